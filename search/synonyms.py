"""Synonyms and abbreviations: files, and the equivalents they give a query.

A file is UTF-8, one rule a line; empty lines and what stands behind ``#`` say nothing::

    统战部 = 统一战线工作部 = 统战工作部     who types one of these finds the others too
    人大 => 人民代表大会                     who types the left finds the right too
    !科协                                    takes all equivalents of a word away

Rules of several lines and files add up; ``synonyms.txt`` beside this module is read
first, then the user's. Width, case and script do not matter. A query is looked
through before it is cut into words, the longest name first; what stands in quotation
marks is left alone. Nothing of this is in the index, so a change works at once.
"""

import logging
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from index.errors import SettingsError
from index.fold import fold
from index.tokenizer import Token
from search.expansion import clause_of
from search.notation import reads_as_word
from search.query import And, Exact, Query, Variants, Words

logger = logging.getLogger(__name__)

SHIPPED: Final = Path(__file__).parent / "synonyms.txt"
_TABLE: Final = "synonyms"
_LONGEST: Final = 40
"""Characters of a name at the most; one office with its place has some twenty."""

_COMMENT: Final = re.compile("[#＃].*")
_ARROW: Final = re.compile("[=＝][>＞]")
_EQUALS: Final = re.compile("[=＝]")
_TAKES_AWAY: Final = "!！"
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"

Stands = Callable[[Exact], bool]
"""Tells whether a string stands in any document."""


class Named(NamedTuple):
    """A name with equivalents that stands in a text: ``text[start:end]``."""

    start: int
    end: int
    equivalents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """The equivalents of names; immutable.

    Attributes:
        equivalents: Folded name to what says the same, as written in the file.
        longest: Characters of the longest name.
    """

    equivalents: Mapping[str, tuple[str, ...]]
    longest: int

    def find(self, text: str) -> Iterator[Named]:
        """Find names in a text from left to right, the longest at each place."""
        folded, at = fold(text), 0
        while at < len(folded):
            found = self._at(folded, at)
            if found:
                yield found
            at = found.end if found else at + 1

    def _at(self, folded: str, start: int) -> Named | None:
        """Give the longest name that begins at a place."""
        for end in range(min(start + self.longest, len(folded)), start, -1):
            if equivalents := self.equivalents.get(folded[start:end]):
                return Named(start, end, equivalents)
        return None


def expand_words(
    words: Words, tokens: Sequence[Token], synonyms: Synonyms, stands: Stands
) -> list[Query]:
    """Make clauses of running text: its words, and the equivalents of names in it.

    A name that begins or ends within a word is taken with the whole of that word:
    市委统战部 has 市委统一战线工作部 beside it. So every document that is found
    without equivalents is found with them.

    Args:
        words: The running text.
        tokens: Its words in order.
        synonyms: The equivalents.
        stands: Tells whether a string stands in any document.
    """
    clauses: list[Query] = []
    named = [*synonyms.find(words.text)]
    at = 0
    while at < len(tokens):
        last, inside = _covered(tokens, at, named)
        some = tokens[at : last + 1]
        clauses.append(_clause(words, some, inside, stands))
        at = last + 1
    return clauses


def _covered(
    tokens: Sequence[Token], first: int, named: Sequence[Named]
) -> tuple[int, list[Named]]:
    """Give the last of the tokens that names tie together, and these names."""
    last, inside = first, list[Named]()
    for name in named:
        if name.start < tokens[last].end and name.end > tokens[first].start:
            inside.append(name)
            while tokens[last].end < name.end and last + 1 < len(tokens):
                last += 1
    return last, inside


def _clause(
    words: Words, tokens: Sequence[Token], named: Sequence[Named], stands: Stands
) -> Query:
    """Make a clause of tokens and the names in them."""
    typed = [
        clause_of(words.text[each.start : each.end], words.field) for each in tokens
    ]
    start, end = tokens[0].start, tokens[-1].end
    text = words.text[start:end]
    written = dict.fromkeys(
        (words.text[start : name.start], equivalent, words.text[name.end : end])
        for name in named
        for equivalent in name.equivalents
    )
    equivalents = [
        exact
        for before, equivalent, after in written
        for exact in [Exact(before + equivalent + after, words.field)]
        if fold(text) not in fold(exact.text) and (not before + after or stands(exact))
    ]
    clause = typed[0] if len(typed) == 1 else And(tuple(dict.fromkeys(typed)))
    return Variants(text, clause, tuple(equivalents)) if equivalents else clause


class SynonymFiles:
    """The synonyms of some files, read again when one of them has changed."""

    def __init__(self, paths: Sequence[Path]) -> None:
        """Read the files; one that does not exist says nothing.

        Raises:
            SettingsError: One cannot be read, or a line of it is wrong.
        """
        self._paths = tuple(paths)
        self._lock = threading.Lock()
        self._stamp = self._changed()
        self._synonyms = read_synonyms(self._paths)
        self.problem = ""
        """Why the files as they are now are not in use; empty where they are."""

    @property
    def current(self) -> Synonyms:
        """The synonyms in use: the newest that could be read."""
        if self._stamp != self._changed():
            with self._lock:
                self._read_again()
        return self._synonyms

    @property
    def state(self) -> tuple[tuple[int, int] | None, ...]:
        """Times and sizes of the files; other synonyms have others."""
        return self._changed()

    def _read_again(self) -> None:
        stamp = self._changed()
        if stamp == self._stamp:
            return
        try:
            self._synonyms, self.problem = read_synonyms(self._paths), ""
        except SettingsError as error:
            kept = "until then the synonyms of before are in use"
            logger.warning("%s; %s", error, kept)
            named = str(error).replace(str(error.path), error.path.name)
            self.problem = f"{named}; {kept}"
        self._stamp = stamp

    def _changed(self) -> tuple[tuple[int, int] | None, ...]:
        """Give time and size of each file."""
        return tuple(map(_stamp, self._paths))


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def read_synonyms(paths: Iterable[Path]) -> Synonyms:
    """Read files of synonyms; one that does not exist says nothing.

    Raises:
        SettingsError: One cannot be read, or a line of it is wrong.
    """
    found: dict[str, dict[str, str]] = {}
    for path in paths:
        for number, line in enumerate(_lines(path), 1):
            try:
                _read(line, found)
            except ValueError as error:
                line_of = f"line {number}"
                raise SettingsError(path, _TABLE, line_of, str(error)) from error
    equivalents = {name: tuple(others.values()) for name, others in found.items()}
    return Synonyms(equivalents, max(map(len, equivalents), default=0))


def _lines(path: Path) -> list[str]:
    try:
        data = path.read_bytes().removeprefix(_BYTE_ORDER_MARK)
        return data.decode("utf-8").splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        problem = f"cannot be read ({error.strerror}): name a file that can"
        raise SettingsError(path, _TABLE, "file", problem) from error
    except UnicodeDecodeError as error:
        number = path.read_bytes()[: error.start].count(b"\n") + 1
        problem = "is not UTF-8: save the file in this encoding"
        raise SettingsError(path, _TABLE, f"line {number}", problem) from error


def _read(line: str, found: dict[str, dict[str, str]]) -> None:
    """Read a rule into folded name to folded equivalent to equivalent as written."""
    rule = _COMMENT.sub("", line).strip()
    if not rule:
        return
    if rule[0] in _TAKES_AWAY:
        gone = fold(_name(rule[1:]))
        found.pop(gone, None)
        return
    match [_names(side) for side in _ARROW.split(rule)]:
        case [[_, _, *_] as names]:
            pairs = [(one, other) for one in names for other in names]
        case [typed, others] if typed and others:
            pairs = [(one, other) for one in typed for other in others]
        case _:
            message = (
                "expected: 统战部 = 统一战线工作部, or 人大 => 人民代表大会, or !人大"
            )
            raise ValueError(message)
    for one, other in pairs:
        if fold(one) != fold(other):
            found.setdefault(fold(one), {}).setdefault(fold(other), other)


def _names(side: str) -> list[str]:
    """Read the names on one side of a rule."""
    return [_name(name) for name in _EQUALS.split(side)]


def _name(written: str) -> str:
    """Check a name."""
    name = written.strip()
    if not name:
        message = "a name is missing: write one on each side of ="
        raise ValueError(message)
    if len(name) > _LONGEST:
        message = f"{name[:10]}… is longer than {_LONGEST} characters: shorten it"
        raise ValueError(message)
    if not reads_as_word(name) or not name[0].isalnum():
        message = f"{name} is not one word: leave out blanks, brackets and marks"
        raise ValueError(message)
    return name
