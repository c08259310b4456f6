"""Years and ranges of years, as people write them."""

import re
from typing import Final, NamedTuple

from index.fold import fold

_DIGITS: Final = str.maketrans("〇零一二三四五六七八九", "00123456789")
_YEAR: Final = r"([1-9][0-9]{3})(?:年度?)?"
# fold() makes one sign of dashes that look alike.
_BETWEEN: Final = r"\.{2,3}|‥|…+|-+|—+|~|至|到"
_ONE: Final = re.compile(_YEAR)
_RANGE: Final = re.compile(f"{_YEAR}(?:{_BETWEEN}){_YEAR}")
_FROM: Final = re.compile(rf"{_YEAR}(?:\.{{2,3}}|‥|…+)")
_UNTIL: Final = re.compile(rf"(?:\.{{2,3}}|‥|…+){_YEAR}")
# What other engines write, as in year:[2019 TO 2021] or year:>=2019; and what falls
# apart at its blanks.
_SOME: Final = re.compile(r"(?<![0-9])[1-9][0-9]{3}(?![0-9])")
_BRACKETS: Final = re.compile(r"[\[{][^\]}]*[\]}]?")
_BLANKS: Final = r"[ \t\u3000]"
_BROKEN: Final = re.compile(
    rf"{_YEAR}(?:{_BLANKS}+(?:{_BETWEEN})(?<!-){_BLANKS}*|{_BLANKS}*(?:{_BETWEEN})"
    rf"{_BLANKS}+){_YEAR}"
)


class Years(NamedTuple):
    """A range of years, both ends included; ``None`` is an open end."""

    first: int | None
    last: int | None

    def __str__(self) -> str:
        """Write it as the query language does."""
        if self.first == self.last:
            return str(self.first)
        first = "" if self.first is None else self.first
        return f"{first}..{'' if self.last is None else self.last}"


def read_years(text: str) -> Years | None:
    """Read a year or a range; ``None`` if the text is neither."""
    plain = fold(text).translate(_DIGITS)
    if found := _ONE.fullmatch(plain):
        return Years(int(found[1]), int(found[1]))
    if found := _RANGE.fullmatch(plain):
        years = Years(int(found[1]), int(found[2]))
        return years if found[1] <= found[2] else None
    if found := _FROM.fullmatch(plain):
        return Years(int(found[1]), None)
    if found := _UNTIL.fullmatch(plain):
        return Years(None, int(found[1]))
    return None


def guess_years(text: str) -> Years | None:
    """Guess which years a text that cannot be read as years may mean."""
    plain = fold(text).translate(_DIGITS)
    years = sorted(map(int, _SOME.findall(plain)))
    if not years:
        return None
    if len(years) > 1:
        return Years(years[0], years[-1])
    if plain[0] in "<-":
        return Years(None, years[0])
    if plain[0] == ">" or plain[-1] == "-":
        return Years(years[0], None)
    return Years(years[0], years[0])


def broken_range(text: str, start: int) -> int:
    """Give where a range with blanks in it ends that begins here, else ``start``."""
    found = _BROKEN.match(fold(text).translate(_DIGITS), start)
    return found.end() if found else start


def brackets(text: str, start: int) -> int:
    """Give where a range in brackets ends that begins here, else ``start``."""
    found = _BRACKETS.match(text, start)
    return found.end() if found else start
