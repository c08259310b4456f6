"""Year series: the texts that one unit writes every year, found by themselves.

Documents that are filed under one unit (``series_filing``), topic, genre and part of
the year, and that are not of two units of one name (``series_clusters``), are a series
where they are about two years at least. What has the text of one of them goes with it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from index.document import YearFrom
from index.fold import fold
from search.series_clusters import clusters_of, where_from
from search.series_filing import file_all
from search.series_records import Evidence, Filed, Key, Record
from search.units import Unit

_LEAST_YEARS: Final = 2
_ID_DIGITS: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A document of a series.

    Attributes:
        id: The document.
        revision: The revision of its text.
        year: The year it is about.
        evidence: What told that it is of this unit.
        year_from: What told the year.
        part: Which part of the text of its year it is; empty for the whole.
        copy_of: Id of the document of the same year whose text it has, or empty.
    """

    id: str
    revision: int
    year: int
    evidence: Evidence
    year_from: YearFrom | None
    part: str = ""
    copy_of: str = ""


@dataclass(frozen=True, kw_only=True)
class Series:
    """The texts of one unit over the years.

    Attributes:
        id: Its name in addresses, 16 hexadecimal digits.
        title: The title of its latest document without the year.
        key: What its documents have in common.
        site: The site most of them are on.
        members: Its documents by year; within one, copies behind their original.
    """

    id: str
    title: str
    key: Key
    site: str
    members: tuple[Member, ...]

    @cached_property
    def years(self) -> Mapping[int, tuple[Member, ...]]:
        """The documents of each year that there are any of."""
        found: dict[int, list[Member]] = defaultdict(list)
        for member in self.members:
            found[member.year].append(member)
        return {year: tuple(members) for year, members in sorted(found.items())}

    @cached_property
    def gaps(self) -> tuple[int, ...]:
        """The years between the first and the last of which nothing is held."""
        first, last = self.members[0].year, self.members[-1].year
        return tuple(y for y in range(first, last + 1) if y not in self.years)

    @cached_property
    def sought(self) -> str:
        """What it is found by, folded."""
        return fold(f"{self.title}\n{self.unit}\n{self.key.topic}\n{self.site}")

    @property
    def unit(self) -> str:
        """The unit as far as it is known; empty where its column stands for it."""
        place = "" if self.key.is_bound else self.key.place.replace("/", " ")
        return place + self.key.office


def find_series(records: Sequence[Record]) -> list[Series]:
    """Find all series, those of most years first."""
    by_key: dict[Key, list[Filed]] = defaultdict(list)
    for filed in file_all(records):
        by_key[filed.key].append(filed)
    found = [
        series
        for key, some in by_key.items()
        if len(some) >= _LEAST_YEARS
        for cluster in clusters_of(key, some)
        for series in _series(key, cluster)
    ]
    return sorted(
        _with_copies(found, records),
        key=lambda one: (-len(one.years), -one.members[-1].year, one.title, one.id),
    )


def _series(key: Key, cluster: Sequence[Filed]) -> Iterator[Series]:
    """Make a series of the documents of a unit if they are of several years."""
    members = _members(cluster)
    if len({member.year for member in members}) < _LEAST_YEARS:
        return
    latest = max(
        cluster,
        key=lambda one: (
            one.evidence in (Evidence.TITLE, Evidence.VOLUME),
            one.record.year,
            one.record.id,
        ),
    )
    sites = [filed.record.site for filed in cluster]
    site = max(sorted(set(sites)), key=sites.count)
    where = [*map(where_from, cluster)]
    apart = min((one.region, one.city) for one in where)
    if not apart[0] and not Unit(place=key.place).is_wide:
        apart = (min(one.site for one in where), "")
    yield Series(
        id=_name(key, apart, cluster),
        title=latest.shown,
        key=key,
        site=site,
        members=members,
    )


def _name(key: Key, apart: tuple[str, str], cluster: Sequence[Filed]) -> str:
    """Name a series by what its documents have in common."""
    finer = set.intersection(*(set(filed.finer) for filed in cluster))
    text = "\n".join((*key, *apart, *sorted(finer)))
    return hashlib.sha256(text.encode()).hexdigest()[:_ID_DIGITS]


def _members(cluster: Sequence[Filed]) -> tuple[Member, ...]:
    """Put the documents of a unit in order and tell copies."""
    first: dict[tuple[int, str], str] = {}
    members = []
    for filed in sorted(cluster, key=_order):
        record = filed.record
        assert record.year is not None  # noqa: S101 (only such are filed)
        original = first.setdefault((record.year, record.group), record.id)
        members.append(
            Member(
                id=record.id,
                revision=record.revision,
                year=record.year,
                evidence=filed.evidence,
                year_from=record.year_from,
                part=filed.part,
                copy_of="" if original == record.id else original,
            )
        )
    return tuple(members)


def _order(filed: Filed) -> tuple[int, int, bool, str]:
    """Order documents by year and part, the one that stands for its copies first."""
    record = filed.record
    return (
        record.year or 0,
        _number(filed.part),
        record.id != record.group,
        record.id,
    )


def _number(part: str) -> int:
    """Order parts as they are counted."""
    if part.isdigit():
        return int(part)
    return max("一二三四五六七八九十".find(part), "上中下".find(part)) + 1


def _with_copies(
    found: Sequence[Series], records: Sequence[Record]
) -> Iterator[Series]:
    """Add to each series what has the text of one of its documents, and no series."""
    at: dict[str, tuple[int, Member]] = {}
    for number, series in enumerate(found):
        for member in series.members:
            at[member.id] = number, member
    groups: dict[str, list[tuple[int, Member]]] = defaultdict(list)
    for record in records:
        if record.id in at and not at[record.id][1].copy_of:
            groups[record.group].append(at[record.id])
    added: dict[int, list[Member]] = defaultdict(list)
    for record in records:
        if record.id in at:
            continue
        for number, member in groups.get(record.group, ()):
            if record.year in (None, member.year) or not _dated(record):
                added[number].append(_copy(record, member))
                break
    for number, series in enumerate(found):
        yield _extended(series, added.get(number, ()))


def _dated(record: Record) -> bool:
    """Tell whether a document says itself which year it is about."""
    return record.year_from in (YearFrom.TITLE, YearFrom.VOLUME)


def _copy(record: Record, member: Member) -> Member:
    """Make a member of a document that has the text of one."""
    return Member(
        id=record.id,
        revision=record.revision,
        year=member.year,
        evidence=Evidence.COPY,
        year_from=record.year_from,
        part=member.part,
        copy_of=member.id,
    )


def _extended(series: Series, copies: Sequence[Member]) -> Series:
    """Give a series its copies, each behind its original."""
    if not copies:
        return series
    behind: dict[str, list[Member]] = defaultdict(list)
    for copy in copies:
        behind[copy.copy_of].append(copy)
    members = [one for member in series.members for one in (member, *behind[member.id])]
    return replace(series, members=tuple(members))


def matches(series: Series, text: str) -> bool:
    """Tell whether a series is one that somebody who typed a text looks for."""
    return all(word in series.sought for word in fold(text).split())
