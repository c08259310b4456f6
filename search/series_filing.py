"""Under which unit a document is filed, and what says so.

Wrong is worse than none. The title goes first; what it leaves open is read from the
publisher, the breadcrumb and the site, in this order, and must not contradict it: a
title of a county's office is not filed under the city that put it up. Where nothing
names the place the column of the site stands for it, if it is the column of one office
and not a collection.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from index.document import RegionFrom
from search.series_chapters import file_chapter, is_chapter
from search.series_records import (
    BOUND,
    Evidence,
    Filed,
    Key,
    Record,
    collects,
    column_of,
    is_own,
)
from search.series_titles import Genre, TitleParts, read_title
from search.units import Unit, office_named, place_named, plain_name

_PORTAL = "政府"
_RELIABLE: Final = frozenset(RegionFrom) - {RegionFrom.BODY}
_Column = Mapping[str, Counter[Unit]]


class _Named(NamedTuple):
    """An office named beside the title."""

    unit: Unit
    evidence: Evidence


def file_all(records: Iterable[Record]) -> list[Filed]:
    """File every document that can be filed."""
    filed: list[Filed] = []
    waiting: list[tuple[Record, TitleParts, Unit]] = []
    for record in records:
        if record.year is None:
            continue
        if is_chapter(record):
            filed.extend(file_chapter(record))
            continue
        parts = read_title(record.title)
        if parts.genre is None or parts.serial:
            continue
        unit, evidence = _whose(record, parts)
        if unit.place:
            filed.append(_filed(record, parts, unit, evidence))
        else:
            waiting.append((record, parts, unit))
    named = _named_in_columns(filed)
    for record, parts, unit in waiting:
        filed.extend(_by_column(record, parts, unit, named))
    return filed


def _filed(record: Record, parts: TitleParts, unit: Unit, evidence: Evidence) -> Filed:
    """File a document under a unit."""
    assert parts.genre is not None  # noqa: S101 (the caller has looked)
    return Filed(
        record=record,
        key=Key(
            unit.place,
            unit.office,
            _topic(parts.topic, unit),
            parts.genre,
            parts.period,
        ),
        evidence=evidence,
        part=parts.part,
        shown=parts.shown,
        column=column_of(record),
    )


def _topic(topic: str, unit: Unit) -> str:
    """Leave out what the name of the unit says already: 统战 of 统战部."""
    stem = unit.place[:-1]
    topic = topic.removeprefix(stem) if len(stem) > 1 else topic
    return "" if topic in unit.office else topic


def _whose(record: Record, parts: TitleParts) -> tuple[Unit, Evidence]:
    """Find whose a document is: place and office, the surest evidence first."""
    unit = parts.unit
    if unit.place and (unit.office or parts.topic or unit.is_whole):
        return unit._replace(place=_fuller(record, unit)), Evidence.TITLE
    told = Evidence.TITLE
    place, office = unit.place, unit.office
    for named in _beside(record):
        other = named.unit
        if not _fits(unit, place, office, other):
            continue
        portal = named.evidence is Evidence.SITE and other.office == _PORTAL
        if (not place and other.place) or (not office and other.office and not portal):
            told = max(told, named.evidence, key=list(Evidence).index)
        place = max(place, other.place, key=len) if place else other.place
        office = office or ("" if portal else other.office)
    if not place and (place := _known_place(record, unit)):
        told = Evidence.SITE
    if not (office or parts.topic):
        place = ""  # a portal has the summaries of all its offices
    return Unit(place, unit.level, office), told


def _fuller(record: Record, unit: Unit) -> str:
    """Give the place of a unit with the city it is in, where that is named beside."""
    if unit.is_wide:
        return unit.place
    named = (other.unit.place for other in _beside(record))
    return next((one for one in named if one.endswith(unit.place)), unit.place)


def _is_of(one: str, other: str) -> bool:
    """Tell whether two names are of one place, either with the city it is in."""
    return one.endswith(other) or other.endswith(one)


def _beside(record: Record) -> Iterator[_Named]:
    """List the offices that publisher, breadcrumb and site name."""
    if record.publisher and (unit := office_named(record.publisher)):
        yield _Named(unit, Evidence.PUBLISHER)
    for step in reversed(record.path):
        if unit := office_named(step):
            yield _Named(unit, Evidence.PATH)
    if unit := office_named(record.site):
        yield _Named(unit, Evidence.SITE)
    elif place := place_named(record.site):
        yield _Named(Unit(place), Evidence.SITE)


def _fits(wanted: Unit, place: str, office: str, other: Unit) -> bool:
    """Tell whether an office beside the title may be the one that it leaves open."""
    if wanted.level and other.place and not other.place.endswith(wanted.level):
        return False
    if place and other.place and not _is_of(place, other.place):
        return False
    return not (
        office
        and other.office
        and other.office != _PORTAL
        and not other.office.endswith(office)
        and not office.endswith(other.office)
        and other.place == ""
    )


def _known_place(record: Record, unit: Unit) -> str:
    """Give the city or province that a document is of, if the cleaner knows it."""
    if record.region_from not in _RELIABLE:
        return ""
    place = plain_name(record.city or record.region or "")
    return place if place.endswith(unit.level) else ""


def _named_in_columns(filed: Sequence[Filed]) -> _Column:
    """Collect the units that the documents of each column are of, and how many."""
    units: dict[str, Counter[Unit]] = defaultdict(Counter)
    for one in filed:
        if one.key.genre is not Genre.YEARBOOK:
            units[one.column][Unit(one.key.place, "", one.key.office)] += 1
    return units


def _by_column(
    record: Record, parts: TitleParts, unit: Unit, named: _Column
) -> Iterator[Filed]:
    """File a document under the one office whose column it stands in.

    On sites that are nobody's own, one text that names its unit may be there by chance.
    """
    column, own = column_of(record), is_own(record)
    units = named.get(column, Counter[Unit]())
    if not column or collects(record) or len(units) > 1:
        return
    for only, documents in units.items():
        fits = only.place.endswith(unit.level) and unit.office in ("", only.office)
        if fits and (own or documents > 1):
            yield _filed(record, parts, only, Evidence.COLUMN)
    if own and not units:
        bound = Unit(f"{BOUND}{column}", unit.level, unit.office)
        yield _filed(record, parts, bound, Evidence.COLUMN)
