"""Walk over the text of a query: what stands here, how far it goes, what is wrong."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, NoReturn

from search.errors import Edit, QuerySyntaxError
from search.mending import without_sign
from search.mistakes import Mistake
from search.notation import (
    BARE,
    BLANK,
    CLOSING,
    OPENING,
    QUOTES,
    healed,
    is_or,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large a query may be.

    Attributes:
        characters: Code points of its text.
        clauses: Words, quoted strings and filters in it, as typed.
        depth: Parentheses, minuses and equals signs around one clause.
    """

    characters: int = 1_000
    clauses: int = 64
    depth: int = 20


_BLANKS: Final = re.compile(f"[{BLANK}]*")
_ESCAPED: Final = r'"((?:[^"\\]|\\.)*)"'
_ESCAPE: Final = re.compile(r'\\(["\\])')
_ANY_CLOSING: Final = re.compile('["＂' + re.escape("".join(QUOTES.values())) + "]")
_EMPTY_GROUP: Final = re.compile(f"[{OPENING}][{BLANK}]*[{CLOSING}]")


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
                Mistake.TOO_LONG,
                limits.characters,
                count=len(text),
                limit=limits.characters,
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
        return found[0] if found and is_or(found[0]) else ""

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
        """Take a quoted string; give what stands in it.

        One that is closed by another mark than its own, as people mix them, ends there.
        """
        start, opening = self.at, self.next()
        closing = QUOTES.get(opening)
        if closing is None:
            edit = without_sign(self.text, start)
            self.fail(Mistake.UNOPENED_QUOTE, edit=edit, sign=opening)
        pattern = _ESCAPED if opening == '"' else f"{opening}([^{closing}]*){closing}"
        found = re.compile(pattern, re.DOTALL).match(self.text, start)
        if found is None:
            edit = self._closed(start, closing)
            if edit.start == edit.stop or edit.written != closing:
                self.fail(Mistake.UNCLOSED_QUOTE, edit=edit, sign=closing)
            inside, end = self.text[start + 1 : edit.start], edit.stop
        else:
            inside, end = found[1], found.end()
        text = healed(inside)
        if _BLANKS.fullmatch(text):
            self.fail(Mistake.EMPTY_QUOTES, edit=Edit(start, end))
        self.at = end
        return _ESCAPE.sub(r"\1", text) if opening == '"' else text

    def _closed(self, start: int, closing: str) -> Edit:
        """Close the quoted string that begins here: by another mark, or at the end."""
        found = _ANY_CLOSING.search(self.text, start + 1)
        if found and found[0] != closing:
            return Edit(found.start(), found.end(), closing)
        end = len(self.text.rstrip())
        return Edit(start, end) if end == start + 1 else Edit(end, end, closing)

    def empty_group(self) -> str:
        """Give the parentheses around nothing that begin here, or nothing."""
        found = _EMPTY_GROUP.match(self.text, self.at)
        return found[0] if found else ""

    def count_clause(self, start: int) -> None:
        """Count a clause, which begins at ``start``, against the limit."""
        self._clauses += 1
        if self._clauses > self.limits.clauses:
            self.fail(Mistake.TOO_MANY, start, limit=self.limits.clauses)

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Count one level of nesting while what is in it is read."""
        self._depth += 1
        if self._depth > self.limits.depth:
            self.fail(Mistake.TOO_DEEP, limit=self.limits.depth)
        yield
        self._depth -= 1

    def fail(
        self,
        mistake: Mistake,
        at: int | None = None,
        edit: Edit | None = None,
        **values: object,
    ) -> NoReturn:
        """Report a mistake, here if no other place is given."""
        position = self.at if at is None else at
        raise QuerySyntaxError(self.text, position, mistake, edit, **values)
