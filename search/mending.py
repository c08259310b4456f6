"""Queries with mistakes, mended as somebody would who knows the language.

Each mistake comes with the smallest change that mends it; the changes are made one
after the other until the query can be read, or there is one that cannot be guessed.
"""

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Final

from index.fold import fold
from search.errors import Edit, QuerySyntaxError
from search.fields import Field, find_field, similar_field
from search.notation import BLANK, CLOSING, OPENING, OR_WORDS, TILDE, narrow, quoted
from search.query import Everything, Query

_ROUNDS: Final = 24
"""As deep as parentheses can stand in each other, and some more."""
_LIKE: Final = 0.6
"""Names are alike by ``difflib`` from here on (its own default)."""

_USUAL_DISTANCE: Final = 10
"""What is suggested where no distance is given."""

_BLANKS: Final = f"[{BLANK}]*"
_NUMBER: Final = re.compile(r"\d+")
_APART: Final = re.compile(rf"[{TILDE}]{_BLANKS}[>＞]?{_BLANKS}\d+")
_BEFORE: Final = re.compile(
    rf"(?:(?<![^{BLANK}{OPENING}{CLOSING}])({'|'.join(OR_WORDS)}|ＯＲ)"
    rf"|([{OPENING}])){_BLANKS}$"
)
_NAME_BEFORE: Final = re.compile(rf"([^\W\d_]+){_BLANKS}$")
_FOLLOWING: Final = re.compile(rf"{_BLANKS}(?=[^{BLANK}])")


def mended(
    error: QuerySyntaxError, read: Callable[[str], Query], longest: int
) -> str | None:
    """Write the query that was meant, or nothing if it cannot be guessed.

    Args:
        error: The first mistake in the query.
        read: Reads a query, or raises ``QuerySyntaxError``.
        longest: The most characters of a query.
    """
    for _ in range(_ROUNDS):
        if error.edit is None:
            return None
        text = error.edit.apply(error.text).strip()
        if len(text) > longest:
            return None
        try:
            query = read(text)
        except QuerySyntaxError as another:
            error = another
        else:
            return None if isinstance(query, Everything) else text
    return None


def without_operand(text: str, at: int, sign: str) -> Edit:
    """Mend an operator or parenthesis that lacks what belongs before it.

    Args:
        text: The query.
        at: Where the operand should stand.
        sign: The operator or parenthesis there; nothing at the end.
    """
    before = _BEFORE.search(text, 0, at)
    end = at + len(sign)
    if before and before[1]:
        return Edit(before.start(1), at)
    if before and before[2] and (not sign or sign in CLOSING):
        return Edit(before.start(2), end)
    return Edit(at, end)


def without_sign(text: str, at: int) -> Edit:
    """Take a sign away; what it kept apart does not become one word."""
    apart = text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum()
    return Edit(at, at + 1, " " if apart else "")


def closer(text: str, start: int, end: int) -> Edit:
    """Bring a sign and what follows it together, or take the sign away alone."""
    following = _FOLLOWING.match(text, end)
    if following and following[0] and text[following.end()] not in CLOSING:
        return Edit(end, following.end())
    return Edit(start, end)


def colon(text: str, at: int) -> Edit:
    """Mend a colon between blanks: it belongs to the field before it, or to none."""
    before = _NAME_BEFORE.search(text, 0, at)
    following = _FOLLOWING.match(text, at + 1)
    if before and following and find_field(before[1]):
        return Edit(before.end(1), following.end(), ":")
    return Edit(at, at + 1, " ")


def behind_quotes(text: str, start: int, end: int, closing: Iterable[str]) -> Edit:
    """Mend a distance that stands alone: it belongs to the string before it."""
    before = text[:start].rstrip()
    if before[-1:] in tuple(closing) and before:
        return Edit(len(before), start)
    return Edit(start, end)


def distance(text: str, start: int, end: int, most: int) -> Edit:
    """Mend a distance: one that stands apart, is too large, or is no number."""
    found = _APART.match(text, start)
    stop = max(end, found.end()) if found else end
    digits = _NUMBER.search(text, start, stop)
    number = min(int(digits[0]), most) if digits else _USUAL_DISTANCE
    ordered = ">" in narrow(text[start:stop])
    return Edit(start, stop, f"~{'>' if ordered else ''}{number}")


def negated(text: str, start: int, end: int) -> Edit:
    """Write a minus for NOT."""
    following = _FOLLOWING.match(text, end)
    return Edit(start, following.end() if following else end, "-" if following else "")


def field_name(start: int, name: str, word: str) -> Edit:
    """Mend an unknown field: the one with a similar name, or text in quotes."""
    if similar := similar_field(name):
        return Edit(start, start + len(name), similar)
    return Edit(start, start + len(word), quoted(word))


def choice(field: Field, text: str, start: int, end: int) -> Edit | None:
    """Mend a value that a field cannot have: a similar one, if there is one."""
    names = [
        fold(name)
        for each in field.choices
        for name in (each.value, each.chinese, *each.also)
    ]
    similar = get_close_matches(fold(narrow(text)), names, n=1, cutoff=_LIKE)
    return Edit(start, end, similar[0]) if similar else None
