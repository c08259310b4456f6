"""Dates as Chinese pages write them, to ISO 8601 as far as they are known."""

import re
from datetime import date
from typing import NamedTuple

_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*[-/.年]\s*(?P<month>\d{1,2})"
    r"(?:\s*[-/.月]\s*(?P<day>\d{1,2})(?!\d)\s*日?)?"
)
# Republic of China years count from 1911: 民國112年 is 2023.
_ROC = re.compile(
    r"(?<!\d)(?:民[国國]\s*)?(?P<year>\d{2,3})\s*[-/.年]\s*(?P<month>\d{1,2})"
    r"\s*[-/.月]\s*(?P<day>\d{1,2})(?!\d)\s*日?"
)
_MONTH_DAY = re.compile(
    r"(?<![\d./-])(?P<month>\d{1,2})\s*[-/月]\s*(?P<day>\d{1,2})(?![\d/-])\s*日?"
)
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*年?(?!\d)")
ROC_EPOCH = 1911
_LEAP_YEAR = 2000
_ROC_YEARS = range(60, 200)


class FoundDate(NamedTuple):
    """A date read from text.

    Attributes:
        iso: ``2021-03-04``, ``2021-03``, ``2021`` or ``--10-14``.
        text: The characters it was read from.
    """

    iso: str
    text: str


def find_date(text: str, *, roc: bool = False) -> FoundDate | None:
    """Read the first date in a text, the most precise form first.

    Args:
        text: One label's value or one short line.
        roc: Whether two- and three-digit years may count from 1911.
    """
    for pattern in (_DAY, _ROC, _MONTH_DAY, _YEAR):
        if pattern is _ROC and not roc:
            continue
        for match in pattern.finditer(text):
            iso = _iso(match.groupdict(), roc=pattern is _ROC)
            if iso:
                return FoundDate(iso, match.group().strip())
    return None


def _iso(parts: dict[str, str | None], *, roc: bool) -> str | None:
    """Write the parts in ISO 8601; ``None`` where there is no such day."""
    year, month, day = (
        int(parts[name] or 0) if parts.get(name) else None
        for name in ("year", "month", "day")
    )
    if roc:
        if year not in _ROC_YEARS:
            return None
        year = (year or 0) + ROC_EPOCH
    try:
        date(year or _LEAP_YEAR, month or 1, day or 1)
    except ValueError:
        return None
    if year is None:
        return f"--{month:02d}-{day:02d}"
    if month is None:
        return f"{year:04d}"
    return f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day else "")
