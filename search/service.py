"""The service: a request in, results out; the one door of this package."""

import time
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial

from index.analysis import make_analyzer
from index.document import Document
from index.errors import IndexNotUsable, StoreError
from index.home import Home
from index.store import Store
from search.archive import Archive
from search.completions import LiveCompletions
from search.did_you_mean import DidYouMean
from search.engine import Answer, Engine, Match
from search.expansion import expand
from search.explain import explain_terms, largest_first
from search.explanations import Why
from search.export import Exporter
from search.highlight import find_marks
from search.hits import HitDescriber, closeness_parts
from search.impossible import conflict
from search.limits import check_limits
from search.parser import parse
from search.partial import Partial, relax, words_of
from search.parts import Parts
from search.precedents import PrecedentFinder
from search.query import Exact, Query, Words
from search.quotes import Quotes
from search.results import Hit, Results, SearchRequest, Sort
from search.series_views import YearSeries
from search.similar import SimilarFinder
from search.sought import equivalents_in, positive_strings, running_texts
from search.state import name_state
from search.suggest import Suggester
from search.synonyms import SHIPPED, SynonymFiles, expand_words
from search.texts import FoldedTexts, fold_document
from search.unmatched import unmatched
from search.verbatim import to_mark
from search.views import DocumentMarks, DocumentView, Health
from search.whoosh_engine import WhooshEngine
from search.why import Archived, explain_why
from search.wording import Wording


def open_service(home: Home) -> "SearchService":
    """Open the archive in a home folder.

    Raises:
        StoreMissing: There is none.
        SettingsError: A user's dictionary or synonyms cannot be read.
    """
    store = Store(home.store)
    store.database.forbid_writing()
    analyzer = make_analyzer(home.dictionaries)
    texts = FoldedTexts(store)
    engine = WhooshEngine(home.index, analyzer, texts.of)
    synonyms = SynonymFiles((SHIPPED, home.synonyms))
    live = LiveCompletions(home.index, analyzer)
    return SearchService(engine, Parts(store, analyzer, texts, synonyms, live))


class SearchService:
    """Parses, asks the engine, and turns what it found into results."""

    def __init__(self, engine: Engine, parts: Parts) -> None:
        """Take the parts; ``open_service`` puts them together."""
        store, analyzer, texts, synonyms, live = parts
        self._engine, self._store = engine, store
        self._analyzer = analyzer
        self._texts = texts
        self._synonyms = synonyms
        self._describe = HitDescriber(store, texts)
        self.state = partial(name_state, engine, live, synonyms, store)
        self.archive = Archive(store)
        self.quotes = Quotes(store)
        self.wording = Wording(engine, self._describe)
        self.series = YearSeries(store)
        self.exporter = Exporter(engine, store, self.understand)
        self.suggester = Suggester(engine, live, self.understand)
        self._did_you_mean = DidYouMean(engine, live, analyzer, self._expand)
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
        parsed = parse(request.text)
        query = self._expand(parsed, synonyms=request.synonyms)
        strings = running_texts(query)
        answer = self._engine.search(query, request, strings)
        widened = self._widen(query, answer, request, strings)
        shown, partial, asked = widened or (answer, None, query)
        first = (request.page - 1) * request.per_page + 1
        words = words_of(query) if partial else ()
        hits = self._describe(shown.matches, first, positive_strings(query), words)
        if request.explain:
            hits = self._with_parts(asked, hits, shown.matches)
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
            facets=shown.facets,
            explanation=explain_terms(query, self._engine.count)
            if request.explain
            else None,
            suggestion=self._did_you_mean.suggest(
                parsed, request, answer.total_documents
            ),
            pending=self._pending_for(answer),
            synonyms=tuple(dict.fromkeys(equivalents_in(query))),
            why=self._why(query, request, strings) if request.why else None,
            notices=tuple(filter(None, [self._synonyms.problem])),
            conflict=conflict(query),
            unmatched=() if answer.total else unmatched(query, self._count),
            partial=partial,
        )

    def _widen(
        self,
        query: Query,
        answer: Answer,
        request: SearchRequest,
        strings: tuple[str, ...],
    ) -> tuple[Answer, Partial, Query] | None:
        """Find partial matches where too few documents have all words."""
        few = request.partial and relax(query, answer.total)
        if not few:
            return None
        by_relevance = replace(request, sort=Sort.RELEVANCE)
        found = self._engine.search(few, by_relevance, strings)
        if found.total <= answer.total:
            return None
        words = tuple(word.text for word in words_of(query))
        return found, Partial(total=found.total, words=words), few

    def understand(self, text: str, *, synonyms: bool = True) -> Query:
        """Read a query, cut its running text into words and add their equivalents.

        Raises:
            QuerySyntaxError: The query cannot be read.
        """
        return self._expand(parse(text), synonyms=synonyms)

    def _expand(self, parsed: Query, *, synonyms: bool = False) -> Query:
        """Cut the running text of a query into words, and add their equivalents."""
        variants = self._variants if synonyms else None
        return expand(parsed, self._words, variants, self._analyzer.begins_words)

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
            series=self.series.of(document_id),
        )

    def marks(
        self, text: str, document: Document, *, synonyms: bool = True
    ) -> DocumentMarks:
        """Mark what a query matches in a document.

        Raises:
            QuerySyntaxError: The query cannot be read.
        """
        sought = positive_strings(self.understand(text, synonyms=synonyms))
        folded, sought, folding = to_mark(fold_document(document), sought)
        found = {
            each.block.anchor: find_marks(each.folded, sought.everywhere, folding)
            for each in folded.blocks
        }
        return DocumentMarks(
            title=find_marks(
                folded.title, (*sought.everywhere, *sought.title), folding
            ),
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
        self.series.close()
        self._store.close()

    def _words(self, text: str) -> list[str]:
        """Cut running text into words; the original characters of each."""
        return [text[token.start : token.end] for token in self._analyzer.words(text)]

    def _count(self, query: Query) -> Answer:
        """Find the documents of a query, for their number and facets alone."""
        return self._engine.search(query, SearchRequest(per_page=1))

    def _variants(self, words: Words) -> list[Query]:
        """Cut running text into words and add the equivalents of names in it."""
        tokens = self._analyzer.words(words.text)
        return expand_words(words, tokens, self._synonyms.current, self._stands)

    def _stands(self, string: Exact) -> bool:
        """Tell whether a string may stand in a document."""
        try:
            return self._engine.count(string) > 0
        except IndexNotUsable:
            return True

    def _with_parts(
        self, query: Query, hits: tuple[Hit, ...], matches: Sequence[Match]
    ) -> tuple[Hit, ...]:
        """Tell of each hit what its score is the sum of."""
        parts = self._engine.score_parts(query, [hit.id for hit in hits])
        return tuple(
            replace(hit, parts=largest_first((*some, *closeness_parts(match))))
            for hit, some, match in zip(hits, parts, matches, strict=True)
        )

    def _why(
        self, query: Query, request: SearchRequest, strings: tuple[str, ...]
    ) -> Why:
        """Tell why the document asked about is or is not among the hits."""
        archive = Archived(self._store, self._engine, self._texts, self._analyzer)
        return explain_why(request.why, query, request, strings, archive)

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
