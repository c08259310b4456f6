"""Year series in memory: those that are found in a few documents."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.document import Document
from search.changes import changes
from search.errors import UnknownSeries
from search.series import Member, Series, find_series, matches
from search.series_records import Record
from search.series_views import HeldText, SeriesView, YearComparison, YearStep


def record_of(document: Document, group: str = "") -> Record:
    """Give what series are found by."""
    return Record(
        id=document.id,
        revision=int(document.id[1:]) if document.id[1:].isdigit() else 0,
        group=group or document.id,
        url=document.url,
        site=document.site,
        title=document.title,
        path=document.path,
        publisher=document.publisher,
        region=document.region,
        city=document.city,
        region_from=document.region_from,
        kind=document.kind,
        year=document.year,
        year_from=document.year_from,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeYearSeries:
    """Answers from documents.

    Attributes:
        documents: What is looked through.
        copies: Id of a document to that of the one it is a copy of.
        check: Raises what everything is to raise, if anything.
    """

    documents: Sequence[Document]
    copies: Mapping[str, str]
    check: Callable[[], None]

    def search(self, text: str) -> list[Series]:
        """Find the series."""
        self.check()
        records = [record_of(d, self.copies.get(d.id, "")) for d in self.documents]
        return [series for series in find_series(records) if matches(series, text)]

    def of(self, document_id: str) -> Series | None:
        """Give the series of a document."""
        for series in self.search(""):
            if document_id in (series.id, *(member.id for member in series.members)):
                return series
        return None

    def view(self, name: str) -> SeriesView:
        """Show a series."""
        series = self._found(name)
        return SeriesView(
            series=series,
            texts={
                year: tuple(map(self._held, members))
                for year, members in series.years.items()
            },
            steps=tuple(self._step(series, *pair) for pair in pairwise(series.years)),
        )

    def compare(
        self, name: str, before: int | None = None, after: int | None = None
    ) -> YearComparison:
        """Compare two years, the first and the last if none is given."""
        series = self._found(name)
        years = [*series.years]
        one, other = before or years[0], after or years[-1]
        for year in (one, other):
            if year not in years:
                raise UnknownSeries(name, year)
        return YearComparison(
            series=series,
            before=self._texts(series, one),
            after=self._texts(series, other),
            step=self._step(series, one, other),
        )

    def _found(self, name: str) -> Series:
        """Find a series that must be there."""
        series = self.of(name)
        if series is None:
            raise UnknownSeries(name)
        return series

    def _step(self, series: Series, before: int, after: int) -> YearStep:
        """Compare two years."""
        texts = (self._texts(series, before), self._texts(series, after))
        return YearStep(before=before, after=after, changes=changes(*texts))

    def _texts(self, series: Series, year: int) -> tuple[Document, ...]:
        """Give the first document of a year."""
        return (self._held(series.years[year][0]).document,)

    def _held(self, member: Member) -> HeldText:
        """Give a document with its length."""
        document = next(each for each in self.documents if each.id == member.id)
        return HeldText(member=member, document=document, characters=len(document.text))
