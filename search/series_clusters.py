"""Documents of one key that are of different units of one name, told apart.

Names of districts, towns and schools repeat: theirs are put together from several
sites only where the city is known to be the same or one has a copy of the other's text.
Two documents whose regions are known to differ are never put together.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from index.document import RegionFrom
from search.series_records import Filed, Key, collects
from search.series_titles import Genre
from search.units import Unit


class Where(NamedTuple):
    """Where the documents of a key are from."""

    site: str
    region: str
    city: str


def where_from(filed: Filed) -> Where:
    """Tell where a document is from; what its text mentions does not count."""
    record = filed.record
    known = record.region_from not in (None, RegionFrom.BODY)
    return Where(
        "" if collects(record) else filed.column.partition("|")[0],
        (record.region or "") if known else "",
        (record.city or "") if known else "",
    )


def clusters_of(key: Key, some: Sequence[Filed]) -> Iterator[list[Filed]]:
    """Part the documents of a key that are of different units of one name."""
    places: dict[Where, list[Filed]] = defaultdict(list)
    for filed in some:
        places[where_from(filed)].append(filed)
    clusters: list[tuple[list[Where], list[Filed]]] = []
    # What is known best goes first; what could be of two of them is of neither.
    for where, members in sorted(
        places.items(), key=lambda one: (not one[0].city, not one[0].region, one[0])
    ):
        near = [
            cluster
            for cluster in clusters
            if _together(key, where, members, cluster[0], cluster[1])
        ]
        if len(near) == 1:
            near[0][0].append(where)
            near[0][1].extend(members)
        else:
            clusters.append(([where], list(members)))
    for _, members in clusters:
        yield from _parted(key, members)


def _together(
    key: Key,
    where: Where,
    members: Sequence[Filed],
    others: Sequence[Where],
    their: Sequence[Filed],
) -> bool:
    """Tell whether documents are of the same unit as those of a cluster."""
    for other in others:
        for mine, its in ((where.region, other.region), (where.city, other.city)):
            if mine and its and mine != its:
                return False
    if key.genre is Genre.YEARBOOK or Unit(place=key.place).is_wide:
        return True
    if any(
        (where.site and where.site == other.site)
        or (where.city and where.city == other.city)
        for other in others
    ):
        return True
    groups = {filed.record.group for filed in their}
    return any(filed.record.group in groups for filed in members)


def _parted(key: Key, members: Sequence[Filed]) -> Iterator[list[Filed]]:
    """Part chapters of one title by the part of the book that they stand in.

    Where a year has several texts of one title and no unit is named, nothing tells
    which of them goes on which of another year.
    """
    named = not key.is_bound and key.genre is not Genre.YEARBOOK
    if named or not _is_ambiguous(members):
        yield list(members)
        return
    finer: dict[tuple[str, ...], list[Filed]] = defaultdict(list)
    for filed in members:
        finer[filed.finer].append(filed)
    for some in finer.values():
        if not _is_ambiguous(some):
            yield some


def _is_ambiguous(members: Iterable[Filed]) -> bool:
    """Tell whether a year has two whole texts that are not copies of each other."""
    texts: dict[int | None, set[str]] = defaultdict(set)
    for filed in members:
        if not filed.part:
            texts[filed.record.year].add(filed.record.group)
    return any(len(groups) > 1 for groups in texts.values())
