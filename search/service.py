"""The service: a request in, results out; the one door of this package."""

import time
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from index.analysis import Analyzer, make_analyzer
from index.document import Document
from index.errors import IndexNotUsable, StoreError
from index.history import Gone
from index.home import Home
from index.store import Store
from search.archive import Archive
from search.engine import Answer, Engine, Match
from search.errors import RequestError
from search.highlight import choose_snippets, find_marks
from search.parser import expand, parse
from search.precedents import PrecedentFinder
from search.query import And, Exact, Near, Not, Or, Query, Word
from search.results import Hit, Results, SearchRequest, TermExplanation
from search.similar import SimilarFinder
from search.sought import PositiveStrings, positive_strings
from search.texts import FoldedText, FoldedTexts, fold_document
from search.views import DocumentMarks, DocumentView, Health
from search.whoosh_engine import WhooshEngine

MAX_QUERY = 1000
MAX_PER_PAGE = 100
MAX_RESULTS = 10_000


def open_service(home: Home) -> "SearchService":
    """Open the archive in a home folder.

    Raises:
        StoreMissing: There is none.
        SettingsError: A user's dictionary cannot be read.
    """
    store = Store(home.store)
    analyzer = make_analyzer(home.dictionaries)
    texts = FoldedTexts(store)
    engine = WhooshEngine(home.index, analyzer, texts.of)
    return SearchService(engine, store, analyzer, texts)


class SearchService:
    """Parses, asks the engine, and turns what it found into results."""

    def __init__(
        self, engine: Engine, store: Store, analyzer: Analyzer, texts: FoldedTexts
    ) -> None:
        """Take the parts; ``open_service`` puts them together."""
        self._engine = engine
        self._store = store
        self._analyzer = analyzer
        self._texts = texts
        self.archive = Archive(store)
        self.precedents = PrecedentFinder(engine, texts)
        self.similar = SimilarFinder(engine, analyzer, texts)
        self._pending = lru_cache(maxsize=2)(self._count_pending)

    def search(self, request: SearchRequest) -> Results:
        """Answer a search.

        Raises:
            QuerySyntaxError: The query cannot be read.
            RequestError: A parameter is outside its limits.
            IndexNotUsable: There is no index, or it is stale or broken.
        """
        started = time.perf_counter()
        check_limits(request)
        query = self.understand(request.text)
        answer = self._engine.search(query, request)
        sought = positive_strings(query)
        first = (request.page - 1) * request.per_page + 1
        hits = self._hits(answer.matches, first, sought)
        return Results(
            text=request.text,
            parsed=str(query),
            total=answer.total,
            total_documents=answer.total_documents,
            page=request.page,
            per_page=request.per_page,
            took_ms=round(1000 * (time.perf_counter() - started), 2),
            index_version=answer.index_version,
            hits=hits,
            facets=answer.facets,
            explanation=self._explain(query) if request.explain else None,
            pending=self._pending_for(answer),
        )

    def understand(self, text: str) -> Query:
        """Read a query and cut its running text into words.

        Raises:
            QuerySyntaxError: The query cannot be read.
        """
        return expand(parse(text), self._words)

    def document(self, document_id: str) -> DocumentView:
        """Show a document.

        Raises:
            UnknownDocument: There is none with this id.
        """
        document = self._store.get(document_id)
        return DocumentView(
            document=document,
            captures=self._store.captures(document_id),
            canonical=self._store.groups.canonical(document_id),
            near_duplicates=self._store.groups.near_duplicates(document_id),
            gone=self._store.history.gone([document_id]).get(document_id),
        )

    def marks(self, text: str, document: Document) -> DocumentMarks:
        """Mark what a query matches in a document.

        Raises:
            QuerySyntaxError: The query cannot be read.
        """
        sought = positive_strings(self.understand(text))
        folded = fold_document(document)
        found = {
            each.block.anchor: find_marks(each.folded, sought.everywhere)
            for each in folded.blocks
        }
        return DocumentMarks(
            title=find_marks(folded.title, (*sought.everywhere, *sought.title)),
            blocks={anchor: spans for anchor, spans in found.items() if spans},
        )

    def health(self) -> Health:
        """Tell whether searches can be answered; never raises for what is on disk."""
        documents = 0
        try:
            documents = self._store.counts()["documents"]
            version = self._engine.version()
            pending = self._pending(version, self._store.state())
        except (IndexNotUsable, StoreError) as error:
            return Health(
                ok=False,
                state=error.state if isinstance(error, IndexNotUsable) else "store",
                detail=str(error),
                index_version=None,
                documents=documents,
                pending=documents,
            )
        return Health(
            ok=True,
            state="ok",
            detail="",
            index_version=version,
            documents=documents,
            pending=pending,
        )

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def _words(self, text: str) -> list[str]:
        """Cut running text into words; the original characters of each."""
        return [text[token.start : token.end] for token in self._analyzer.words(text)]

    def _hits(
        self, matches: Sequence[Match], first: int, sought: PositiveStrings
    ) -> tuple[Hit, ...]:
        """Describe matches from the revisions that were indexed."""
        texts = self._texts.of_all([each.revision for each in matches])
        gone = self._store.history.gone(text.head.id for text in texts)
        pairs = zip(matches, texts, strict=True)
        return tuple(
            _hit(match, text, rank, sought, gone.get(text.head.id))
            for rank, (match, text) in enumerate(pairs, first)
        )

    def _explain(self, query: Query) -> tuple[TermExplanation, ...]:
        """Count the documents of every string in the query."""
        texts = dict.fromkeys(_strings(query))
        return tuple(
            TermExplanation(text=text, documents=self._engine.document_frequency(text))
            for text in texts
        )

    def _pending_for(self, answer: Answer) -> int:
        """Count what changed in the store since the index that answered."""
        return self._pending(answer.index_version, self._store.state())

    def _count_pending(self, version: str, state: str) -> int:
        """Compare store and index; kept until either changes."""
        del version, state
        indexed = self._engine.revisions()
        stored = self._store.revisions()
        changed = sum(indexed.get(name) != seq for name, seq in stored.items())
        return changed + sum(name not in stored for name in indexed)


def _hit(
    match: Match,
    text: FoldedText,
    rank: int,
    sought: PositiveStrings,
    gone: Gone | None,
) -> Hit:
    """Describe one match from its text."""
    document = text.head
    return Hit(
        id=document.id,
        rank=rank,
        score=match.score,
        title=document.title,
        title_marks=find_marks(text.title, (*sought.everywhere, *sought.title)),
        url=document.url,
        site=document.site,
        published=document.published,
        year=document.year,
        source=document.publisher,
        region=document.region,
        kind=document.kind,
        script=document.script,
        complete=document.completeness.complete,
        near_duplicates=match.near_duplicates,
        snippets=choose_snippets(text.text, text.some_blocks, sought.everywhere),
        gone=gone.at if gone else None,
    )


def check_limits(request: SearchRequest) -> None:
    """Refuse a request outside the stated limits.

    Raises:
        RequestError: Names the parameter and its limit.
    """
    if len(request.text) > MAX_QUERY:
        raise RequestError(parameter="q", limit=f"at most {MAX_QUERY} characters")
    if any(unicodedata.category(char) == "Cs" for char in request.text):
        raise RequestError(parameter="q", limit="text in UTF-8, no half characters")
    if not 1 <= request.per_page <= MAX_PER_PAGE:
        raise RequestError(parameter="per_page", limit=f"1 to {MAX_PER_PAGE}")
    if request.page < 1 or request.page * request.per_page > MAX_RESULTS:
        limit = f"1 or more, and page x per_page at most {MAX_RESULTS:,}"
        raise RequestError(parameter="page", limit=limit)


def _strings(query: Query) -> Iterator[str]:
    """List the strings of a query, excluded ones too."""
    match query:
        case Word(text, _) | Exact(text, _):
            yield text
        case Near(texts, _, _):
            yield from texts
        case Not(clause):
            yield from _strings(clause)
        case And(clauses) | Or(clauses):
            for clause in clauses:
                yield from _strings(clause)
        case _:
            return
