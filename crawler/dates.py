"""Dates as Chinese pages write them, to ISO 8601 as far as they are known."""

import re
from datetime import date
from typing import NamedTuple

_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*[-/.年]\s*(?P<month>\d{1,2})"
    r"(?:\s*[-/.月]\s*(?P<day>\d{1,2})(?:(?!\d)|(?=\d{2}:\d{2}))\s*日?)?"
)
# Republic of China years count from 1911: 民國112年 is 2023.
_ROC = re.compile(
    r"(?<!\d)(?P<named>民[国國]\s*)?(?P<year>\d{2,3})\s*[-/.年]\s*(?P<month>\d{1,2})"
    r"\s*[-/.月]\s*(?P<day>\d{1,2})(?!\d)\s*日?"
)
_NAMED_ROC = re.compile(
    r"(?P<named>民[国國])\s*(?P<year>\d{2,3})\s*年"
    r"(?:\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*日)?)?"
)
_MONTH_DAY = re.compile(
    r"(?<![\d./-])(?P<month>\d{1,2})\s*[-/月]\s*(?P<day>\d{1,2})(?![\d/-])\s*日?"
)
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*年?(?!\d)")
# 9/17/2004 5:54:13 AM: month first, as the clock of an American system writes it; of
# two numbers that may both be a month none is taken to be one without that clock.
_MONTH_FIRST = re.compile(
    r"(?<![\d/])(?P<month>0?[1-9]|1[0-2])/(?P<day>\d{1,2})/(?P<year>(?:19|20)\d\d)"
    r"(?=\s+\d{1,2}:\d\d(?::\d\d)?\s*[AP]M)"
)
_EITHER_FIRST = re.compile(
    r"(?<![\d/])(?:(?P<month>0?[1-9]|1[0-2])/(?P<day>1[3-9]|2\d|3[01])"
    r"|(?P<day_first>1[3-9]|2\d|3[01])/(?P<month_second>0?[1-9]|1[0-2]))"
    r"/(?P<year>(?:19|20)\d\d)(?!\d)"
)
# 二〇二三年四月十二日
_HAN_DAY = re.compile(
    r"[一二][〇○零Oo０一二三四五六七八九]{3}年(?:[一二三四五六七八九十元正]{1,3}月"
    r"(?:[一二三四五六七八九十廿卅]{1,3}日)?)?"
)
_NUMERAL = re.compile(r"\d|[一二]\S{3}年")
_HAN_DIGITS = str.maketrans("〇○零Oo０一二三四五六七八九", "000000123456789")
# 3小时前, 昨天 12:30: told from the day a page was read on, which it does not say.
_RELATIVE = re.compile(
    r"\d\s*(?:秒|分|分钟|分鐘|小时|小時|天|日|周|个月|個月|年)钟?之?前|昨[天日]|今[天日]|前天|刚刚|剛剛"
)
_IN_ADDRESS = re.compile(
    r"(?<!\d)(?P<year>(?:19[89]|20[0-4])\d)[-/_]?(?P<month>0[1-9]|1[0-2])"
    r"[-/_]?(?P<day>0[1-9]|[12]\d|3[01])(?=\D|\d{6}\D)"
    r"|(?<=/)(?P<year2>(?:19[89]|20[0-4])\d)/(?P<month2>\d{1,2})/(?P<day2>\d{1,2})(?=/)"
    r"|(?<=/)(?P<year3>20[0-4]\d)[-/]?(?P<month3>0[1-9]|1[0-2])(?=/)"
)
ROC_EPOCH = 1911
_LEAP_YEAR = 2000
_ROC_YEARS = range(60, 200)
_WEEKDAY = 6
DAY = len("2021-03-04")
"""Length of a date that is known to the day."""


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

    Days told from today (昨天, 3小时前) are not guessed.

    Args:
        text: One label's value or one short line.
        roc: Whether two- and three-digit years may count from 1911 unnamed.
    """
    if not _NUMERAL.search(text):
        return None
    forms = [_DAY, _MONTH_FIRST, _EITHER_FIRST, _NAMED_ROC]
    forms += [_ROC] if roc else []
    for pattern in (*forms, _HAN_DAY, _MONTH_DAY, _YEAR):
        if pattern in {_MONTH_DAY, _YEAR} and _RELATIVE.search(text):
            continue
        for match in pattern.finditer(text):
            iso = _iso(_parts(match), roc=pattern in {_ROC, _NAMED_ROC})
            if iso:
                return FoundDate(iso, match.group().strip())
    return None


def is_day(text: str) -> bool:
    """Tell whether a short text is a day and little else: 2012年1月12日 星期四."""
    found = find_date(text)
    return (
        found is not None
        and len(found.iso) == DAY
        and len(text) <= len(found.text) + _WEEKDAY
    )


def date_in_address(url: str | None) -> FoundDate | None:
    """Read the day, or the month, that a page's address names.

    ``/2023/0412/``, ``/202304/t20230412_31.html``, ``/art/2023/4/12/``.
    """
    path = (url or "").partition("://")[2].partition("?")[0]
    best: FoundDate | None = None
    for match in _IN_ADDRESS.finditer(path[path.find("/") :]):
        parts = {
            name.rstrip("23"): value
            for name, value in match.groupdict().items()
            if value
        }
        iso = _iso(parts, roc=False)
        if iso and (best is None or len(iso) > len(best.iso)):
            best = FoundDate(iso, match.group())
    return best


def _parts(match: re.Match[str]) -> dict[str, str | None]:
    """Name the numbers of a date, Chinese numerals as digits."""
    if match.re is not _HAN_DAY:
        parts = match.groupdict()
        parts["month"] = parts.get("month") or parts.get("month_second")
        parts["day"] = parts.get("day") or parts.get("day_first")
        return parts
    year, _, rest = match.group().partition("年")
    month, _, day = rest.partition("月")
    return {
        "year": year.translate(_HAN_DIGITS),
        "month": _numeral(month),
        "day": _numeral(day.rstrip("日")),
    }


def _numeral(han: str) -> str | None:
    """Read a number below a hundred: 十二, 二十, 廿三, 元 (the first)."""
    plain = han.replace("廿", "二十").replace("卅", "三十")
    plain = plain.replace("元", "一").replace("正", "一")
    tens, ten, ones = plain.rpartition("十")
    digits = (tens or "一" if ten else "") + (ones or ("零" if ten else ""))
    return digits.translate(_HAN_DIGITS) or None


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
