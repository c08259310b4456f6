"""What the service shows besides hits: one document, its marks, its health."""

from dataclasses import dataclass

from index.document import Document
from index.history import Gone, KeptCapture
from search.results import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedDocument:
    """Another document that says the same.

    Attributes:
        id: Its id.
        title: Its title.
        site: Its site.
        similarity: Share of the text in common, 0 to 1.
        relation: What it is to the document shown, such as ``copy``.
    """

    id: str
    title: str
    site: str
    similarity: float
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A document with what is known around it.

    Attributes:
        document: The document.
        captures: The times it was fetched or imported, oldest first.
        near_duplicates: Other documents of the same text.
        gone: When its page was found to be gone, if it was.
    """

    document: Document
    captures: tuple[KeptCapture, ...]
    near_duplicates: tuple[RelatedDocument, ...]
    gone: Gone | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentMarks:
    """Where a query matches in one document.

    Attributes:
        title: Marks in the title.
        blocks: Anchor of a block to the marks in its text; blocks without any
            may be left out.
    """

    title: tuple[Span, ...]
    blocks: dict[str, tuple[Span, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Whether searches can be answered.

    Attributes:
        ok: Whether they can.
        state: One word: ``ok``, the state of the index that cannot be used, or
            ``store`` when it is the store that cannot be read.
        detail: One sentence that says what to do; empty when all is well.
        index_version: Name of the index state, ``None`` when there is none.
        documents: Documents in the store.
        pending: Documents changed in the store since the index was built.
    """

    ok: bool
    state: str
    detail: str
    index_version: str | None
    documents: int
    pending: int
