"""What the service shows besides hits: one document, its marks, its health."""

from dataclasses import dataclass

from index.document import Document
from index.history import Gone, KeptCapture
from index.near_duplicates import NearDuplicate
from search.results import Span
from search.series import Series


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A document with what is known around it.

    Attributes:
        document: The document.
        captures: The times it was fetched or imported, oldest first.
        canonical: Id of the document that stands for it and its near-duplicates.
        near_duplicates: The others, the canonical one first.
        gone: When its page was found to be gone, if it was.
        series: The texts of its unit over the years, if there are others.
    """

    document: Document
    captures: tuple[KeptCapture, ...]
    canonical: str
    near_duplicates: tuple[NearDuplicate, ...]
    gone: Gone | None = None
    series: Series | None = None


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
