"""Year series as they are shown: texts by year, and what changed between them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from index.document import Document
from index.store import Store
from search.changes import Changes, changes
from search.errors import UnknownSeries
from search.series import Member, Series, matches
from search.series_shelf import SeriesShelf

_COMPARED: Final = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldText:
    """A document of a series as its timeline shows it.

    Attributes:
        member: What it is in the series.
        document: The document.
        characters: The characters of its text.
    """

    member: Member
    document: Document
    characters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearStep:
    """What became of the text of one year in that of the next that is held.

    Attributes:
        before: The earlier year.
        after: The later one.
        changes: What became of it.
    """

    before: int
    after: int
    changes: Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesView:
    """A series with its texts.

    Attributes:
        series: The series.
        texts: Its documents by year.
        steps: From each year to the next one.
    """

    series: Series
    texts: Mapping[int, tuple[HeldText, ...]]
    steps: tuple[YearStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearComparison:
    """The texts of two years of a series compared.

    Attributes:
        series: The series.
        before: The documents of the earlier year, its parts in order.
        after: Those of the later year.
        step: What became of them.
    """

    series: Series
    before: tuple[Document, ...]
    after: tuple[Document, ...]
    step: YearStep


class YearSeries:
    """Shows the year series of a store; safe to share between threads."""

    def __init__(self, store: Store) -> None:
        """Take the store; nothing is read before it is asked for."""
        self._store = store
        self._shelf = SeriesShelf(store)
        # Revisions never change.
        self._changes = lru_cache(maxsize=_COMPARED)(self._compare)

    def prepare(self) -> None:
        """Begin to find the series before anybody asks for them."""
        self._shelf.prepare()

    def close(self) -> None:
        """Wait for what reads the store."""
        self._shelf.close()

    def of(self, document_id: str) -> Series | None:
        """Give the series that a document is in."""
        return self._shelf.catalogue().by_name.get(document_id)

    def find(self, name: str) -> Series:
        """Give a series by its id, or by that of a document of it.

        Raises:
            UnknownSeries: There is none.
        """
        series = self._shelf.catalogue().by_name.get(name)
        if series is None:
            raise UnknownSeries(name)
        return series

    def search(self, text: str) -> list[Series]:
        """List the series that a unit or a title is typed for; all if it is empty."""
        found = self._shelf.catalogue().series
        return [series for series in found if matches(series, text)]

    def view(self, name: str) -> SeriesView:
        """Give a series with its texts, and what changed from year to year.

        Raises:
            UnknownSeries: There is none.
        """
        series = self.find(name)
        return SeriesView(
            series=series,
            texts={
                year: tuple(map(self._held, members))
                for year, members in series.years.items()
            },
            steps=tuple(self._step(series, *years) for years in pairwise(series.years)),
        )

    def compare(
        self, name: str, before: int | None = None, after: int | None = None
    ) -> YearComparison:
        """Compare the texts of two years.

        Args:
            name: The series, or a document of it.
            before: The earlier year; the one held before the other if not given.
            after: The later year; the latest if not given, or that behind the other.

        Raises:
            UnknownSeries: There is none, or it has nothing of a year.
        """
        series = self.find(name)
        one, other = _chosen(series, before, after)
        return YearComparison(
            series=series,
            before=tuple(map(self._document, self._told(series, one))),
            after=tuple(map(self._document, self._told(series, other))),
            step=self._step(series, one, other),
        )

    def _document(self, member: Member) -> Document:
        """Read a text as it was when the series were found."""
        return self._store.revision(member.revision)

    def _held(self, member: Member) -> HeldText:
        """Read a document for the timeline."""
        document = self._document(member)
        return HeldText(
            member=member,
            document=document,
            characters=sum(len(block.text) for block in document.blocks),
        )

    def _told(self, series: Series, year: int) -> tuple[Member, ...]:
        """Choose what tells of a year: the fullest whole text, or all of its parts."""
        own = [member for member in series.years[year] if not member.copy_of]
        whole = [member for member in own if not member.part]
        if not whole:
            return tuple(own)
        return (max(whole, key=self._fullness),) if len(whole) > 1 else tuple(whole)

    def _fullness(self, member: Member) -> tuple[bool, int]:
        """Weigh how much of a text a document has."""
        held = self._held(member)
        return held.document.completeness.complete, held.characters

    def _step(self, series: Series, before: int, after: int) -> YearStep:
        """Compare two years."""
        sides = (
            tuple(member.revision for member in self._told(series, year))
            for year in (before, after)
        )
        return YearStep(before=before, after=after, changes=self._changes(*sides))

    def _compare(self, before: tuple[int, ...], after: tuple[int, ...]) -> Changes:
        """Compare revisions."""
        return changes(
            [self._store.revision(revision) for revision in before],
            [self._store.revision(revision) for revision in after],
        )


def _chosen(series: Series, before: int | None, after: int | None) -> tuple[int, int]:
    """Choose the two years to compare, neighbours where only one is asked for."""
    years: Sequence[int] = [*series.years]
    for year in (before, after):
        if year is not None and year not in series.years:
            raise UnknownSeries(series.id, year)
    if after is None:
        later = [year for year in years if before is not None and year > before]
        after = later[0] if later else years[-1]
    if before is None:
        before = next(_down_from(years, after), years[0])
    return before, after


def _down_from(years: Sequence[int], year: int) -> Iterator[int]:
    """List the years before one, the nearest first."""
    return (one for one in reversed(years) if one < year)
