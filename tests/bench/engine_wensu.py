"""Our own index in the benchmark: store, build and service as the product has them."""

import shutil
from itertools import islice
from pathlib import Path

from index.analysis import make_analyzer
from index.build import update_index
from index.document import (
    Block,
    BlockKind,
    Capture,
    Completeness,
    Document,
    Kind,
    Script,
)
from index.home import Home
from index.settings import IndexSettings
from index.store import Store, payload_digest
from search.completions import LiveCompletions
from search.parts import Parts
from search.query import And, Exact, Or, Query, Word
from search.results import SearchRequest
from search.service import SearchService
from search.synonyms import SynonymFiles
from search.texts import FoldedTexts
from search.warm_up import warm_up
from search.whoosh_engine import WhooshEngine
from tests.bench.cases import (
    DEEP_PAGE,
    Built,
    Case,
    Stopwatch,
    Timing,
    size_of,
    timed,
)
from tests.bench.corpora import Piece, read_pieces

_BATCH = 1_000
_CLEANER = "bench"


def home_of(folder: Path) -> Home:
    """Tell where our archive is in the scratch folder."""
    return Home(folder / "wensu")


def fill(folder: Path, documents: int) -> None:
    """Put the corpus into the store, as far as it is not there."""
    store = Store(home_of(folder).store, create=True)
    pieces = islice(read_pieces(folder), store.counts()["documents"], documents)
    while batch := list(islice(pieces, _BATCH)):
        with store.transaction():
            for piece in batch:
                _put(store, piece)
    store.close()


def compile_loops() -> None:
    """Compile what is not compiled yet, so that no build and no query waits for it."""
    warm_up()


def to_document(piece: Piece) -> Document:
    """Make a document of a piece, one block a line."""
    return Document(
        id=piece.id,
        title=piece.title,
        site=piece.site,
        publisher=piece.source,
        region=piece.region,
        kind=Kind(piece.kind),
        script=Script(piece.script),
        year=piece.year,
        published=str(piece.year),
        completeness=Completeness(complete=piece.complete),
        blocks=tuple(
            Block(anchor=f"b{place}", kind=BlockKind.PARAGRAPH, text=line)
            for place, line in enumerate(piece.text.split("\n"), 1)
            if line
        ),
    )


def build(folder: Path, documents: int) -> Built:
    """Build the index from the store; the clock runs from text to commit."""
    home = home_of(folder)
    shutil.rmtree(home.index, ignore_errors=True)
    store, analyzer = Store(home.store), make_analyzer()
    watch = Stopwatch()
    for _ in update_index(home, store, analyzer, IndexSettings()):
        pass
    seconds = watch.seconds
    store.close()
    return Built(
        documents=documents,
        committed=seconds,
        settled=seconds,
        size=size_of(home.index),
    )


class Wensu:
    """Our engine, and our service for the class ``page``."""

    def __init__(self, folder: Path) -> None:
        """Open the archive."""
        home = home_of(folder)
        store, analyzer = Store(home.store), make_analyzer()
        texts = FoldedTexts(store)
        self.engine = WhooshEngine(home.index, analyzer, texts.of)
        self.service = SearchService(
            self.engine,
            Parts(
                store,
                analyzer,
                texts,
                SynonymFiles(()),
                LiveCompletions(home.index, analyzer),
            ),
        )

    def answer(self, case: Case) -> Timing:
        """Answer through the engine, a search page through the service."""
        if case.kind == "page":
            asked = SearchRequest(text=case.typed)
            seconds, results = timed(lambda: self.service.search(asked))
            return Timing(seconds=seconds, total=results.total_documents)
        request = _request(case)
        seconds, answer = timed(lambda: self.engine.search(_tree(case), request))
        return Timing(seconds=seconds, total=answer.total)


def _put(store: Store, piece: Piece) -> None:
    """Store one piece as an imported file."""
    capture = Capture(
        at="2026-01-01T00:00:00Z",
        status=None,
        digest=payload_digest(piece.id.encode("ascii")),
        origin=piece.id,
    )
    store.put(to_document(piece), capture, b"", _CLEANER)


def _tree(case: Case) -> Query:
    """Write a case as a tree of ours."""
    if case.kind == "exact":
        return Exact(case.text)
    words = tuple(Word(word) for word in case.words)
    if len(words) == 1:
        return words[0]
    return Or(words) if case.either else And(words)


def _request(case: Case) -> SearchRequest:
    """Say what else a case wants; copies are not folded, as nobody else does."""
    if case.kind == "facets":
        first, last = case.years
        return SearchRequest(collapse=False, year_from=first, year_to=last)
    page = DEEP_PAGE if case.kind == "deep" else 1
    return SearchRequest(collapse=False, page=page, facets=False)
