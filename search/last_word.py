"""Where the cursor stands: what of a query is still being typed."""

import re
from dataclasses import dataclass
from typing import Final

from search.fields import Field, find_field
from search.notation import BARE, COLON, MINUS, NAME, QUOTES

_BACKSLASH: Final = "\\"
_FIELD_BEFORE: Final = re.compile(rf"(?<![^\W\d_])[^\W\d_]{{1,12}}[{COLON}]\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class LastWord:
    """A query taken apart at its last word.

    Attributes:
        before: What stands before it; a minus, too, but not the name of its field.
        field: The field it is a value of.
        quoted: Whether it stands behind a quotation mark that is not closed.
        text: The word, or all behind that quotation mark.
    """

    before: str
    field: Field | None
    quoted: bool
    text: str


def last_word(query: str) -> LastWord | None:
    """Take the last word of a query off; none if it ends otherwise."""
    opened = _open_quote(query)
    if opened is not None:
        return _with_field(query[:opened], query[opened + 1 :], quoted=True)
    word = _bare_end(query)
    before = query[: len(query) - len(word)]
    text = word.lstrip(MINUS)
    minus, name = word[: len(word) - len(text)], NAME.match(text)
    cut = name.end() if name else 0
    return _with_field(before + minus + text[:cut], text[cut:], quoted=False)


def _with_field(before: str, text: str, *, quoted: bool) -> LastWord | None:
    """Take the name of a field off what stands before the last word."""
    found = _FIELD_BEFORE.search(before)
    field = find_field(found[0][:-1]) if found else None
    if not text.strip() or (found and not field):
        return None
    before = before[: found.start()] if found else before
    return LastWord(before=before, field=field, quoted=quoted, text=text.lstrip())


def _open_quote(query: str) -> int | None:
    """Tell where the quotation mark stands that is not closed."""
    at = 0
    while at < len(query):
        closing = QUOTES.get(query[at])
        if closing:
            end = _closing(query, at + 1, closing)
            if end is None:
                return at
            at = end
        at += 1
    return None


def _closing(query: str, at: int, closing: str) -> int | None:
    """Tell where a quotation mark is closed; only ``"`` can be escaped."""
    while at < len(query):
        if query[at] == closing:
            return at
        at += 2 if closing == '"' and query[at] == _BACKSLASH else 1
    return None


def _bare_end(query: str) -> str:
    """Give the characters that stand together at the end of a query."""
    at = len(query)
    while at and BARE.fullmatch(query[at - 1]):
        at -= 1
    return query[at:]
