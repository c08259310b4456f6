"""Traps: addresses that a server can make up without end.

Some addresses are refused as they stand (a path that repeats itself, a calendar of
another century). Others are good for a bounded number: each such address names one
or more ``Budget``, a key that whoever keeps the frontier counts under; and so are
shapes whose pages turn out to be the same again and again. Nothing here remembers
anything. With ``counts`` a ``Counter``, or a table of keys and numbers::

    trap = trap_in(url, this_year=2026) or trap_by_counts(url, counts)
    if trap is None:
        counts.update(budget.key for budget in budgets_of(url))  # it is followed
        ...
        counts.update(outcome_keys(url, duplicate=False))  # it was fetched

``keys_of`` lists every key that ``trap_by_counts`` looks up for an address.
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from crawler.shapes import shape_of
from crawler.urls import parameters

MAX_PATH: Final = 1_000
"""Characters of a path; a Han character takes nine."""

MAX_SEGMENTS: Final = 16
"""Segments of a path."""

CALENDAR_BUDGET: Final = 400
"""Pages of one calendar: a year of days and the months of some years."""

VARIANT_BUDGET: Final = 50
"""Pages of one path that differ in order, view or choice only."""

QUERY_BUDGET: Final = 500
"""Pages of one path that differ in a query without a number."""

PAGED_BUDGET: Final = 1_000
"""The same with a pager in it, and pages of one path with many numbers in a query."""

SHAPE_BUDGET: Final = 50_000
"""Pages of one shape, whatever it is."""

MIN_SAMPLE: Final = 30
"""Pages of a shape that are fetched before it is judged by what they gave."""

MAX_DUPLICATES: Final = 0.9
"""Share of pages without anything new above which a shape is left alone."""

_FIRST_YEAR: Final = 1900
_MAX_SEGMENT_COPIES: Final = 3
_MAX_NUMBERS: Final = 4

# What a page does, not what it shows: a copy of another page, or a form.
_USELESS = re.compile(
    r"replytocom|print(?:able|view|ed)?|share|add-to-cart|logout|login|returnurl"
    r"|return_url|redirect_?to|backurl|referer",
    re.IGNORECASE,
)
_USELESS_ACTION = re.compile(
    "login|logout|register|print|edit|reply|post|share|favou?rite|sendmail|search",
    re.IGNORECASE,
)
_ACTION_NAME = re.compile("action|act|do|op|mod", re.IGNORECASE)
_VARIANT = re.compile(
    r"sort(?:by|_?order|_?field)?|order(?:by|_?by)?|dir(?:ection)?|asc|desc|view(?:mode)?"
    r"|layout|style|skin|theme|per_?page|page_?size|limit|rows|lang|filter\w*|tab|color"
    r"|display|font(?:size)?|mobile|device|format",
    re.IGNORECASE,
)
_PAGER = re.compile(
    r"p|pg|pn|page(?:_?(?:no|num|index|number|id))?|page[a-z]{1,6}|paged|cur_?page"
    r"|curr(?:ent)?_?page(?:no)?|\w*_page|now_?page|start|offset|pno|yema|ye",
    re.IGNORECASE,
)
_CALENDAR_NAME = re.compile(
    "date|day|month|year|ym|riqi|rq|nian|yue|(?:start|end|from|to)_?date|calendar"
    "|week|ymd",
    re.IGNORECASE,
)
_CALENDAR_PATH = re.compile(
    r"/(?:calendars?|rili|events?|schedule|agenda|diary|archives?/date)(?=/|\.|$)",
    re.IGNORECASE,
)
# At the end of a path only: /2551/2/1/47.html are numbers of folders.
_PATH_DATE = re.compile(
    r"/([1-9]\d{3})[-/](\d{1,2})[-/](\d{1,2})/?(?:(?:index|default)\.\w+)?$",
    re.IGNORECASE,
)
_VALUE_DATE = re.compile(r"([1-9]\d{3})[-/.]?(\d{1,2})?[-/.]?(\d{1,2})?")
_MAX_MONTH, _MAX_DAY = 12, 31


class Trap(StrEnum):
    """Why an address is not followed, though it is well formed."""

    LONG_PATH = "long-path"
    REPEATED_PATH = "repeated-path"
    CALENDAR = "calendar"
    USELESS_QUERY = "useless-query"
    VARIANTS = "variants"
    MANY_QUERIES = "many-queries"
    LARGE_SHAPE = "large-shape"
    ONLY_DUPLICATES = "only-duplicates"


class Budget(NamedTuple):
    """How many addresses are followed under one key.

    Attributes:
        key: What is counted, the host included.
        limit: Up to how many.
        trap: What it is when there are more.
    """

    key: str
    limit: int
    trap: Trap


def trap_in(url: str, *, this_year: int) -> Trap | None:
    """Tell what makes an address a trap by itself.

    Args:
        url: A canonical address.
        this_year: Calendars are not followed beyond the year after it.
    """
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    if len(parts.path) > MAX_PATH or len(segments) > MAX_SEGMENTS:
        return Trap.LONG_PATH
    if _repeats(segments):
        return Trap.REPEATED_PATH
    pairs = list(parameters(parts.query))
    if any(_is_useless(name, value) for name, value in pairs):
        return Trap.USELESS_QUERY
    if _is_odd_date(parts.path, pairs, this_year + 1):
        return Trap.CALENDAR
    return None


def budgets_of(url: str) -> tuple[Budget, ...]:
    """List what an address is counted under; never empty.

    What neither a date nor a view decides, such as the number of a document, is part
    of the key, so that each document has views of its own.
    """
    parts = urlsplit(url)
    pairs = list(parameters(parts.query))
    shape = shape_of(url)
    found = [Budget(f"shape {shape}", SHAPE_BUDGET, Trap.LARGE_SHAPE)]
    if _CALENDAR_PATH.search(parts.path):
        found.append(Budget(f"calendar {shape}", CALENDAR_BUDGET, Trap.CALENDAR))
    names = {name for name, _ in pairs}
    place = f"{parts.netloc}{parts.path}"
    if any(map(_CALENDAR_NAME.fullmatch, names)):
        key = f"calendar {place}?{_without(pairs, _CALENDAR_NAME)}"
        found.append(Budget(key, CALENDAR_BUDGET, Trap.CALENDAR))
    elif any(map(_VARIANT.fullmatch, names)):
        limit = PAGED_BUDGET if is_pager(url) else VARIANT_BUDGET
        key = f"variants {place}?{_without(pairs, _VARIANT, _PAGER)}"
        found.append(Budget(key, limit, Trap.VARIANTS))
    elif pairs:
        numbers = sum(any(map(str.isdigit, value)) for _, value in pairs)
        if not numbers or numbers > _MAX_NUMBERS:
            limit = PAGED_BUDGET if numbers else QUERY_BUDGET
            found.append(Budget(f"queries {place}", limit, Trap.MANY_QUERIES))
    return tuple(found)


def keys_of(url: str) -> tuple[str, ...]:
    """List the keys whose counts decide about an address."""
    budgets = (budget.key for budget in budgets_of(url))
    return (*budgets, *outcome_keys(url, duplicate=True))


def outcome_keys(url: str, *, duplicate: bool) -> tuple[str, ...]:
    """List the keys to add one to when a page was fetched.

    Args:
        url: Its address.
        duplicate: Whether its text is that of an earlier page.
    """
    shape = shape_of(url)
    return (f"fetched {shape}", *([f"duplicates {shape}"] if duplicate else []))


def trap_by_counts(url: str, counts: Mapping[str, int]) -> Trap | None:
    """Tell whether enough addresses like this one were followed.

    Args:
        url: A canonical address.
        counts: By key; those of ``keys_of`` are enough, none is 0.
    """
    for budget in budgets_of(url):
        if counts.get(budget.key, 0) >= budget.limit:
            return budget.trap
    fetched, duplicates = (
        counts.get(key, 0) for key in outcome_keys(url, duplicate=True)
    )
    only_duplicates = fetched >= MIN_SAMPLE and duplicates > MAX_DUPLICATES * fetched
    return Trap.ONLY_DUPLICATES if only_duplicates else None


def is_pager(url: str) -> bool:
    """Tell an address that differs from others of its path in a page number only."""
    pairs = parameters(urlsplit(url).query)
    return any(
        value.isdigit() and _PAGER.fullmatch(name) and not _VARIANT.fullmatch(name)
        for name, value in pairs
    )


def _repeats(segments: Sequence[str]) -> bool:
    """Tell a path that goes round: a run of segments twice, or one too often.

    A word may follow itself once, as in ``/gz/gz/``, and numbers may stand in any
    order, as in ``/01/01/``.
    """
    words = [segment for segment in segments if not segment.isdigit()]
    if any(words.count(word) > _MAX_SEGMENT_COPIES for word in words):
        return True
    if any(a == b == c for a, b, c in zip(words, words[1:], words[2:], strict=False)):
        return True
    return any(
        segments[start : start + length]
        == segments[start + length : start + 2 * length]
        and not all(map(str.isdigit, segments[start : start + length]))
        for length in range(2, len(segments) // 2 + 1)
        for start in range(len(segments) - 2 * length + 1)
    )


def _is_useless(name: str, value: str) -> bool:
    """Tell a parameter for which a server shows a form or a copy."""
    return bool(
        _USELESS.fullmatch(name)
        or (_ACTION_NAME.fullmatch(name) and _USELESS_ACTION.fullmatch(value))
    )


def _is_odd_date(path: str, pairs: Sequence[tuple[str, str]], last_year: int) -> bool:
    """Tell a date on which no office has written anything."""
    found = _PATH_DATE.search(path)
    if found:
        year, month, day = map(int, found.groups())
        if _is_day(month, day) and not _FIRST_YEAR <= year <= last_year:
            return True
    return any(
        _is_odd_value(name, value, last_year)
        for name, value in pairs
        if _CALENDAR_NAME.fullmatch(name)
    )


def _is_odd_value(name: str, value: str, last_year: int) -> bool:
    """Compare a value of a calendar's parameter with what it can be."""
    if name in {"month", "yue"} and value.isdigit() and len(value) <= len("12"):
        return int(value) > _MAX_MONTH
    found = _VALUE_DATE.fullmatch(value)
    if found is None:
        return False
    year, month, day = (int(part or 1) for part in found.groups())
    return not (_FIRST_YEAR <= year <= last_year and _is_day(month, day))


def _is_day(month: int, day: int) -> bool:
    """Tell whether a calendar has such a month and day."""
    return 1 <= month <= _MAX_MONTH and 1 <= day <= _MAX_DAY


def _without(pairs: Sequence[tuple[str, str]], *names: re.Pattern[str]) -> str:
    """Write a query without some of its parameters, in one order."""
    return "&".join(
        sorted(
            f"{name}={value}"
            for name, value in pairs
            if not any(pattern.fullmatch(name) for pattern in names)
        )
    )
