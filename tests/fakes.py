"""A searcher in memory: naive, but its counts and marks are real."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from index.document import Document
from index.errors import UnknownDocument, WensuError
from index.history import Gone
from index.whoosh_schema import published_year
from search.errors import QuerySyntaxError, UnknownField
from search.explanations import TermExplanation
from search.mistakes import Mistake
from search.results import (
    FacetCount,
    Hit,
    Results,
    SearchRequest,
    Snippet,
    Sort,
    Span,
    Unmatched,
)
from search.suggest import Suggestion
from search.views import DocumentMarks, DocumentView, Health
from tests.fake_archive import FakeArchive
from tests.fake_exports import FakeExporter
from tests.fake_precedents import FakePrecedents, FakeSimilar
from tests.fake_quotes import FakeQuotes
from tests.fake_series import FakeYearSeries
from tests.fake_wording import FakeWording
from tests.web.documents import COPIES, DOCUMENTS, view
from tests.web.years import YEARS

_TERM = re.compile(
    r'(?P<minus>-?)(?:(?P<name>\w+):)?(?:"(?P<exact>[^"]*)"|(?P<word>\S+))'
)
Value = str | int | bool | None

FIELDS: Final[dict[str, Callable[[Document], Value]]] = {
    "year": lambda document: document.year,
    "site": lambda document: document.site,
    "region": lambda document: document.region,
    "kind": lambda document: document.kind,
    "source": lambda document: document.publisher,
    "script": lambda document: document.script,
    "complete": lambda document: document.completeness.complete,
    "published": published_year,
}


@dataclass(frozen=True, slots=True)
class Terms:
    """A query: strings that must stand in a document, and strings that must not."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]


@dataclass(kw_only=True)
class FakeSearcher:
    """Answers from a few documents.

    Attributes:
        documents: What is searched; ``YEARS`` can be shown as well.
        failure: Raised by every search and document instead of an answer.
        pending: Told with every answer.
        suggestions: Query to a better one.
        requests: Every search that was asked for.
        gone: When the page of every document was found to be gone.
        conflict: Told with every answer.
        unmatched: Told with every answer.
        completions: What may be offered; what begins as the last word typed is.
        cut: Rank of a hit at which exports break off, and what they fail with.
    """

    documents: tuple[Document, ...] = DOCUMENTS
    failure: WensuError | None = None
    pending: int = 0
    suggestions: dict[str, str] = field(default_factory=dict)
    requests: list[SearchRequest] = field(default_factory=list)
    gone: Gone | None = None
    conflict: tuple[str, str] | None = None
    unmatched: tuple[Unmatched, ...] = ()
    completions: tuple[Suggestion, ...] = ()
    cut: tuple[int, Exception | None] = (0, None)

    @property
    def exporter(self) -> FakeExporter:
        """Give what exports what a search finds here."""
        at, failure = self.cut
        return FakeExporter(
            search=self.search, document=self.document, fails_at=at, failure=failure
        )

    @property
    def suggester(self) -> "FakeSuggester":
        """Give what completes as this searcher is told."""
        return FakeSuggester(self.completions, self._check)

    @property
    def archive(self) -> FakeArchive:
        """Give an archive that fails as this searcher does."""
        return FakeArchive(
            find=lambda name: self.document(name).document, check=self._check
        )

    @property
    def quotes(self) -> FakeQuotes:
        """Give what checks quotes."""
        return FakeQuotes(find=lambda name: self.document(name).document)

    @property
    def wording(self) -> FakeWording:
        """Give what follows phrases by searching here."""
        return FakeWording(search=self.search, documents=self.documents)

    @property
    def series(self) -> FakeYearSeries:
        """Give the series of the documents; they fail as this searcher does."""
        return FakeYearSeries(
            documents=(*self.documents, *YEARS), copies=COPIES, check=self._check
        )

    @property
    def precedents(self) -> FakePrecedents:
        """Give what finds precedents, and fails as this searcher does."""
        return FakePrecedents(documents=self.documents, check=self._check)

    @property
    def similar(self) -> FakeSimilar:
        """Give what finds similar documents, and fails as this searcher does."""
        return FakeSimilar(documents=self.documents, check=self._check)

    def state(self) -> str:
        """Name what answers depend on."""
        self._check()
        told = (self.pending, self.suggestions, self.gone, self.conflict)
        return repr((*told, self.unmatched, self.documents))

    def search(self, request: SearchRequest) -> Results:
        """Find documents that contain every string of the query."""
        self.requests.append(request)
        self._check()
        terms = parse(request.text)
        found = [d for d in self.documents if matches(d, terms) and kept(d, request)]
        collapse = request.collapse and not request.group
        listed = order(fold(found) if collapse else found, request.sort)
        start = (request.page - 1) * request.per_page
        shown = listed[start : start + request.per_page]
        return Results(
            text=request.text,
            parsed=" ".join(terms.wanted),
            total=len(listed),
            total_documents=len(found),
            page=request.page,
            per_page=request.per_page,
            took_ms=1.23456,
            index_version="fake-1",
            hits=tuple(
                replace(
                    hit(document, terms, start + number, len(found) - len(listed)),
                    gone=self.gone.at if self.gone else None,
                )
                for number, document in enumerate(shown, 1)
            ),
            facets=self._facets(request, terms),
            explanation=self._explanation(terms) if request.explain else None,
            suggestion=self.suggestions.get(request.text),
            pending=self.pending,
            conflict=self.conflict,
            unmatched=self.unmatched,
        )

    def document(self, document_id: str) -> DocumentView:
        """Show a document."""
        self._check()
        for document in (*self.documents, *YEARS):
            if document.id == document_id:
                series = self.series.of(document_id)
                return replace(view(document), gone=self.gone, series=series)
        raise UnknownDocument(document_id)

    def marks(
        self, text: str, document: Document, *, synonyms: bool = True
    ) -> DocumentMarks:
        """Mark every place of every string; it knows no synonyms."""
        del synonyms
        wanted = parse(text).wanted
        return DocumentMarks(
            title=spans(document.title, wanted),
            blocks={b.anchor: spans(b.text, wanted) for b in document.blocks},
        )

    def health(self) -> Health:
        """Tell whether a failure is set."""
        state = getattr(self.failure, "state", "ok")
        return Health(
            ok=self.failure is None,
            state=state,
            detail=str(self.failure or ""),
            index_version=None if self.failure else "fake-1",
            documents=len(self.documents),
            pending=self.pending,
        )

    def _check(self) -> None:
        """Fail if a failure is set."""
        if self.failure:
            raise self.failure

    def _facets(
        self, request: SearchRequest, terms: Terms
    ) -> dict[str, tuple[FacetCount, ...]]:
        """Count each field with the filters of the others."""
        return {name: self._facet(name, request, terms) for name in FIELDS}

    def _facet(
        self, name: str, request: SearchRequest, terms: Terms
    ) -> tuple[FacetCount, ...]:
        """Count one field, most frequent value first."""
        found = [
            d for d in self.documents if matches(d, terms) and kept(d, request, name)
        ]
        counts = Counter(FIELDS[name](d) for d in fold(found))
        return tuple(
            FacetCount(value=value, count=count)
            for value, count in counts.most_common()
            if value is not None
        )

    def _explanation(self, terms: Terms) -> tuple[TermExplanation, ...]:
        """Count the documents of each string."""
        return tuple(
            TermExplanation(
                text=term,
                folded=term,
                documents=sum(matches(d, Terms((term,), ())) for d in self.documents),
            )
            for term in terms.wanted
        )


@dataclass(frozen=True)
class FakeSuggester:
    """Completes the last word by a list, kind and spelling aside."""

    completions: tuple[Suggestion, ...]
    check: Callable[[], None]

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        """Give what begins as the last word does."""
        self.check()
        word = typed.rsplit(" ", maxsplit=1)[-1]
        return tuple(
            each for each in self.completions if word and each.text.startswith(word)
        )


def parse(text: str) -> Terms:
    """Read words, quoted strings and minus signs."""
    if text.count('"') % 2:
        error = QuerySyntaxError(
            text, text.rindex('"'), Mistake.UNCLOSED_QUOTE, sign='"'
        )
        error.suggestion = f'{text}"'
        raise error
    wanted: list[str] = []
    unwanted: list[str] = []
    for found in _TERM.finditer(text):
        if name := found["name"]:
            raise UnknownField(text, found.start("name"), name, ("title", "year"))
        side = unwanted if found["minus"] else wanted
        side.append(found["exact"] or found["word"])
    return Terms(tuple(wanted), tuple(unwanted))


def matches(document: Document, terms: Terms) -> bool:
    """Look for the strings in title and text."""
    texts = [document.title, *(block.text for block in document.blocks)]
    return all(any(term in text for text in texts) for term in terms.wanted) and not (
        any(term in text for term in terms.unwanted for text in texts)
    )


def kept(document: Document, request: SearchRequest, without: str = "") -> bool:
    """Apply the filters of a request, all but one if so asked."""
    for name, value_of in FIELDS.items():
        allowed = getattr(request, name)
        value = value_of(document)
        if name == without:
            continue
        if name == "complete":
            if allowed is not None and value is not allowed:
                return False
        elif allowed and value not in allowed:
            return False
        if value in getattr(request, f"not_{name}", ()):
            return False
    names = (document.id, COPIES.get(document.id))
    if request.group and request.group not in names:
        return False
    year = document.year or 0
    return (request.year_from or 0) <= year <= (request.year_to or 9999)


def fold(documents: list[Document]) -> list[Document]:
    """Leave out copies of documents that were found too."""
    ids = {document.id for document in documents}
    return [d for d in documents if COPIES.get(d.id) not in ids]


def order(documents: list[Document], sort: Sort) -> list[Document]:
    """Order by year; relevance is the order of the archive."""
    if sort is Sort.RELEVANCE:
        return documents
    return sorted(documents, key=lambda d: d.year or 0, reverse=sort is Sort.NEWEST)


def hit(document: Document, terms: Terms, rank: int, copies: int) -> Hit:
    """Make a hit with real marks."""
    folded = copies if document.id in COPIES.values() else 0
    return Hit(
        id=document.id,
        rank=rank,
        score=10 / rank if terms.wanted else 0,
        title=document.title,
        title_marks=spans(document.title, terms.wanted),
        url=document.url,
        site=document.site,
        published=document.published,
        year=document.year,
        source=document.publisher,
        region=document.region,
        kind=document.kind,
        script=document.script,
        complete=document.completeness.complete,
        near_duplicates=folded,
        snippets=tuple(snippets(document, terms)),
    )


def snippets(document: Document, terms: Terms) -> Iterator[Snippet]:
    """Show the blocks that match."""
    for block in document.blocks:
        marks = spans(block.text, terms.wanted)
        if marks or not terms.wanted:
            yield Snippet(
                text=block.text,
                marks=marks,
                section=block.section,
                anchor=block.anchor,
            )


def spans(text: str, terms: tuple[str, ...]) -> tuple[Span, ...]:
    """Find every place of every string, in order."""
    return tuple(
        sorted(
            Span(found.start(), found.end())
            for term in terms
            for found in re.finditer(re.escape(term), text)
        )
    )
