"""Walk over the text of a query: what stands here, how far it goes, what is wrong."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, NoReturn

from search.errors import QuerySyntaxError
from search.query import BARE, BLANK, CLOSING, OR_WORDS, QUOTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large a query may be.

    Attributes:
        characters: Code points of its text.
        clauses: Words, quoted strings and filters in it, as typed.
        depth: Parentheses and minuses around one clause.
    """

    characters: int = 1_000
    clauses: int = 64
    depth: int = 20


_BLANKS: Final = re.compile(f"[{BLANK}]*")
_ESCAPED: Final = r'"((?:[^"\\]|\\.)*)"'
_ESCAPE: Final = re.compile(r'\\(["\\])')


class Scanner:
    """A place in the text of a query; ``at`` is the next character.

    Attributes:
        text: The query as typed.
        limits: How large it may be.
        at: Code point of the next character.
    """

    def __init__(self, text: str, limits: Limits) -> None:
        """Begin at the first character."""
        self.text, self.limits = text, limits
        self.at = self._depth = self._clauses = 0
        if len(text) > limits.characters:
            self.fail(
                f"the query has {len(text)} characters",
                f"shorten it to at most {limits.characters}",
                limits.characters,
            )

    def next(self) -> str:
        """Give the next character; nothing at the end."""
        return self.text[self.at : self.at + 1]

    def skip_blanks(self) -> bool:
        """Go to the next character that is not blank; tell whether one was."""
        start = self.at
        found = _BLANKS.match(self.text, start)
        self.at = found.end() if found else start
        return self.at > start

    def operator(self) -> str:
        """Give the OR that stands here; nothing if there is none."""
        found = BARE.match(self.text, self.at)
        return found[0] if found and found[0] in OR_WORDS else ""

    def ends_conjunction(self) -> bool:
        """Tell whether no clause can begin here."""
        char = self.next()
        return not char or char in CLOSING or bool(self.operator())

    def word(self) -> str:
        """Take the characters that stand together here."""
        found = BARE.match(self.text, self.at)
        word = found[0] if found else ""
        self.at += len(word)
        return word

    def quoted(self) -> str:
        """Take a quoted string; give what stands in it."""
        opening = self.next()
        closing = QUOTES.get(opening)
        if closing is None:
            self.fail(
                f"nothing is opened before {opening}",
                "take it away, or open the quoted string",
            )
        pattern = _ESCAPED if opening == '"' else f"{opening}([^{closing}]*){closing}"
        found = re.compile(pattern, re.DOTALL).match(self.text, self.at)
        if found is None:
            self.fail("this quotation mark is never closed", f"close it with {closing}")
        if _BLANKS.fullmatch(found[1]):
            self.fail(
                "there is nothing in the quotation marks",
                "write the string to be found between them",
            )
        self.at = found.end()
        return _ESCAPE.sub(r"\1", found[1]) if opening == '"' else found[1]

    def count_clause(self, start: int) -> None:
        """Count a clause, which begins at ``start``, against the limit."""
        self._clauses += 1
        if self._clauses > self.limits.clauses:
            self.fail(
                "the query has too many words",
                f"use at most {self.limits.clauses}, or quote what belongs together",
                start,
            )

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Count one level of nesting while what is in it is read."""
        self._depth += 1
        if self._depth > self.limits.depth:
            self.fail(
                "the query is nested too deeply",
                f"use at most {self.limits.depth} parentheses or minuses in each other",
            )
        yield
        self._depth -= 1

    def fail(self, problem: str, expected: str, at: int | None = None) -> NoReturn:
        """Report a mistake, here if no other place is given."""
        position = self.at if at is None else at
        raise QuerySyntaxError(self.text, position, expected, problem)
