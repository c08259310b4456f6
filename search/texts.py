"""Folded texts of revisions, kept for the requests that follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.document import Document
from index.fold import fold
from index.store import Store
from search.highlight import FoldedBlock
from search.near import stand_near

_KEPT = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class FoldedText:
    """A revision ready for looking strings up and for marking.

    Attributes:
        document: The document as indexed.
        title: Its folded title.
        blocks: Its blocks, each with the folded text.
    """

    document: Document
    title: str
    blocks: tuple[FoldedBlock, ...]

    def holds(self, folded: str, field: str) -> bool:
        """Tell whether title or, but for ``title``, any one block has a string."""
        if folded in self.title:
            return True
        return field != "title" and any(folded in each.folded for each in self.blocks)

    def holds_near(self, folded: Sequence[str], distance: int, field: str) -> bool:
        """Tell whether strings stand near each other, block borders being one sign."""
        blocks = () if field == "title" else (each.folded for each in self.blocks)
        return stand_near("\n".join((self.title, *blocks)), folded, distance)


def fold_document(document: Document) -> FoldedText:
    """Fold a document's title and blocks."""
    return FoldedText(
        document=document,
        title=fold(document.title),
        blocks=tuple(
            FoldedBlock(block=block, folded=fold(block.text))
            for block in document.blocks
        ),
    )


class FoldedTexts:
    """Reads revisions from the store and keeps the last ones used."""

    def __init__(self, store: Store) -> None:
        """Take the store; revisions never change, so what is kept stays true."""
        self._store = store
        self.of = lru_cache(maxsize=_KEPT)(self._read)

    def _read(self, revision: int) -> FoldedText:
        """Read and fold one revision."""
        return fold_document(self._store.revision(revision))
