"""Everything that matches, one after the other.

A search is carried out once, over all pages, in one state of the index; what it names
are revisions, which never change. So an export is of one state, however long it takes
and whatever is indexed meanwhile, and only a few documents are in memory at a time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from index.document import Document
from index.fold import text_of
from index.history import KeptCapture
from index.store import Store
from search.engine import Engine, Listed, Match
from search.highlight import choose_snippets
from search.limits import check_limits
from search.query import Query
from search.results import SearchRequest, Snippet
from search.sought import PositiveStrings, positive_strings, running_texts
from search.texts import FoldedText
from search.verbatim import to_mark

BATCH: Final = 50
"""Documents read at a time; they may have two million characters each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    """What is exported.

    Attributes:
        search: The search; its page and what it explains do not matter.
        text: Give the text of each document.
        snippets: Give the passages that match.
        captures: Give the capture that each document was read from.
    """

    search: SearchRequest
    text: bool = False
    snippets: bool = False
    captures: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A document that matches.

    Attributes:
        rank: 1 for the first.
        score: See ``Hit``.
        near_duplicates: Copies folded into it.
        document: The document as indexed, without its blocks.
        gone: When its page was found to be gone, if it was.
        capture: The newest capture that gave this text; ``None`` unless asked for.
        snippets: Passages with marks; none unless they are asked for.
        text: Its text; ``None`` unless it is asked for.
    """

    rank: int
    score: float
    near_duplicates: int
    document: Document
    gone: str | None
    capture: KeptCapture | None
    snippets: tuple[Snippet, ...] = ()
    text: str | None = None


class Found(Protocol):
    """What matches a search, in one state of the index."""

    @property
    def parsed(self) -> str:
        """The query as understood."""
        ...

    @property
    def total(self) -> int:
        """How many records there are, as the search counts them."""
        ...

    @property
    def total_documents(self) -> int:
        """The same, copies counted each."""
        ...

    @property
    def index_version(self) -> str:
        """Name of the index state."""
        ...

    def records(self, most: int | None = None) -> Iterator[Record]:
        """Read the documents in order, or the first of them; may raise StoreError."""
        ...


class Exporter:
    """Finds everything that matches."""

    def __init__(
        self, engine: Engine, store: Store, understand: Callable[..., Query]
    ) -> None:
        """Take what finds, where the documents are, and what reads a query."""
        self._engine = engine
        self._store = store
        self._understand = understand

    def find(self, request: ExportRequest) -> "Export":
        """Find what matches; documents that lack a word are never among it.

        Raises:
            QuerySyntaxError: The query cannot be read.
            RequestError: A parameter is outside its limits.
            IndexNotUsable: There is no index, or it is stale or broken.
        """
        check_limits(request.search)
        query = self._understand(request.search.text, synonyms=request.search.synonyms)
        listed = self._engine.listed(query, request.search, running_texts(query))
        return Export(listed, query, request, self._store)


class Export:
    """What matches a search."""

    def __init__(
        self, listed: Listed, query: Query, request: ExportRequest, store: Store
    ) -> None:
        """Take what was found, and where it is read."""
        self.parsed = str(query)
        self.total = listed.total
        self.total_documents = listed.total_documents
        self.index_version = listed.index_version
        self._listed = listed
        self._request = request
        self._sought = positive_strings(query)
        self._store = store

    def records(self, most: int | None = None) -> Iterator[Record]:
        """Read the documents in order, or the first of them.

        Raises:
            CorruptStore: One cannot be read.
        """
        count = self.total if most is None else min(most, self.total)
        for start in range(0, count, BATCH):
            matches = self._listed.matches(start, min(start + BATCH, count))
            yield from self._read(matches, start + 1)

    def _read(self, matches: tuple[Match, ...], first: int) -> Iterator[Record]:
        """Read some documents from the revisions that were indexed."""
        texts = map(FoldedText, self._store.skim([each.revision for each in matches]))
        gone = self._store.history.gone(each.id for each in matches)
        asked = self._request
        for rank, (match, text) in enumerate(zip(matches, texts, strict=True), first):
            vanished = gone.get(match.id)
            yield Record(
                rank=rank,
                score=match.score,
                near_duplicates=match.near_duplicates,
                document=text.head,
                gone=vanished.at if vanished else None,
                capture=self._capture(match) if asked.captures else None,
                snippets=_snippets(text, self._sought) if asked.snippets else (),
                text=_text(text) if asked.text else None,
            )

    def _capture(self, match: Match) -> KeptCapture | None:
        """Find the newest capture that gave the text that was indexed."""
        captures = self._store.captures(match.id)
        same = [each for each in captures if each.revision == match.revision]
        return (same or captures or (None,))[-1]


def _snippets(text: FoldedText, sought: PositiveStrings) -> tuple[Snippet, ...]:
    """Choose the passages of a document that a page of hits shows."""
    text, sought, folding = to_mark(text, sought)
    return choose_snippets(
        text.text, text.some_blocks, sought.everywhere, folding=folding
    )


def _text(text: FoldedText) -> str:
    """Give the text of a document, blocks joined by line ends."""
    return text_of(text.text[0]).removesuffix("\n")
