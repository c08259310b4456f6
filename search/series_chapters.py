"""Chapters of yearbooks, filed under their book and the place within it."""

import re
from collections.abc import Iterator, Sequence

from index.document import Kind, YearFrom
from search.series_records import Evidence, Filed, Key, Record, column_of
from search.series_titles import Genre, read_chapter, read_title, without_years
from search.units import place_named, plain_name

_YEARBOOK = re.compile(r"^.*年鉴")
_ANY_YEARBOOK = re.compile(
    r"^(?:地方|综合|历年|历史|统计|电子|数字|网上|本地|部门|在线|史志|地情|[省市县区州旗])*年鉴$"
)


def is_chapter(record: Record) -> bool:
    """Tell whether a document is a chapter of a yearbook."""
    if record.kind is not Kind.YEARBOOK:
        return False
    dated = record.year_from is YearFrom.TITLE
    return not dated or read_title(record.title).genre is None


def file_chapter(record: Record) -> Iterator[Filed]:
    """File a chapter under its yearbook, and under the place within it."""
    steps = [without_years(step) for step in record.path]
    book, tail = _book(record, steps)
    parts = read_chapter(_YEARBOOK.sub("", plain_name(record.title)) or record.title)
    topic, unit = parts.topic, parts.unit
    if not (topic or unit.office or unit.place):
        topic = f"{tail[-1]}概况" if tail else ""
    inner = dict.fromkeys((*map(place_named, tail), unit.place))
    whose = "/".join((book, *(one for one in inner if one and one[:-1] not in book)))
    if not book or not (topic or unit.office or unit.place):
        return
    yield Filed(
        record=record,
        key=Key(whose, unit.office, topic, Genre.YEARBOOK, ""),
        evidence=Evidence.VOLUME,
        part=parts.part,
        shown=parts.shown,
        column=column_of(record),
        finer=tuple(tail),
    )


def _book(record: Record, steps: Sequence[str]) -> tuple[str, list[str]]:
    """Name the yearbook of a chapter; give the steps of the breadcrumb below it."""
    books = [
        place
        for place, step in enumerate(steps)
        if step.endswith("年鉴") and not _ANY_YEARBOOK.match(step)
    ]
    if books:
        return steps[books[-1]], [step for step in steps[books[-1] + 1 :] if step]
    titled = _YEARBOOK.match(without_years(record.title))
    if titled and not _ANY_YEARBOOK.match(titled.group()):
        return titled.group(), []
    some = [at for at, step in enumerate(steps) if step.endswith("年鉴") or not step]
    below = steps[some[-1] + 1 :] if some else []
    place = place_named(record.site) or plain_name(record.site)
    return f"{place}年鉴" if place else "", [step for step in below if step]
