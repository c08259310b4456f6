"""Folded texts of revisions, kept for the requests that follow."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.document import Document
from index.fold import codes_of, fold, fold_width, text_of
from index.skim import Skimmed, skim_document
from index.store import Store
from search.highlight import FoldedBlock
from search.near import places_of, stand_near
from search.query import Exact, Near

_KEPT: Final = 2048


class FoldedText:
    """A revision ready for looking strings up and for marking."""

    def __init__(self, skimmed: Skimmed, folding: Callable[[str], str] = fold) -> None:
        """Take the document as indexed, and how its text is folded."""
        self.head = skimmed.head
        self._folding = folding
        self.text = skimmed.text
        self.some_blocks = skimmed.blocks

    @property
    def as_written(self) -> "FoldedText":
        """The same document, its script not folded."""
        codes, _, starts = self.text
        kept = codes_of(fold_width(text_of(codes))).copy()
        text = (codes, kept, starts)
        skimmed = Skimmed(head=self.head, text=text, blocks=self.some_blocks)
        return FoldedText(skimmed, fold_width)

    @cached_property
    def title(self) -> str:
        """The folded title."""
        return self._folding(self.head.title)

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The folded text of each block."""
        _, folded, starts = self.text
        joined, bounds = text_of(folded), starts.tolist()
        return tuple(joined[start : stop - 1] for start, stop in pairwise(bounds))

    @property
    def blocks(self) -> tuple[FoldedBlock, ...]:
        """Its blocks, each with the folded text."""
        return tuple(
            FoldedBlock(block=block, folded=folded)
            for block, folded in zip(
                self.some_blocks(range(len(self.folded))), self.folded, strict=True
            )
        )

    def holds(self, folded: str, field: str) -> bool:
        """Tell whether title or, but for ``title``, any one block has a string."""
        if folded in self.title:
            return True
        return field != "title" and any(folded in each for each in self.folded)

    def holds_near(self, folded: Sequence[str], near: Near) -> bool:
        """Tell whether strings stand near each other, block borders being one sign."""
        blocks = () if near.field == "title" else self.folded
        text = "\n".join((self.title, *blocks))
        return stand_near(text, folded, near.distance, ordered=near.ordered)

    def holds_verbatim(self, clause: Exact | Near) -> bool:
        """Tell whether it holds strings in the script they are typed in."""
        if isinstance(clause, Near):
            strings = [*map(fold_width, clause.texts)]
            return self.as_written.holds_near(strings, clause)
        wanted, sought = fold_width(clause.text), fold(clause.text)
        parts = [(self.head.title, self.title)]
        if clause.field != "title":
            parts.append((text_of(self.text[0]), text_of(self.text[1])))
        return any(
            fold_width(text[at : at + len(wanted)]) == wanted
            for text, folded in parts
            for at in places_of(folded, sought)
        )


def fold_document(document: Document) -> FoldedText:
    """Fold a document's title and blocks."""
    return FoldedText(skim_document(document))


Looks = Callable[[Sequence[int], Callable[[FoldedText], bool]], NDArray[np.bool_]]
"""Looks at the texts of revisions: which of them pass a test, shape (n_revisions,)."""


class FoldedTexts:
    """Reads revisions from the store and keeps the last ones used."""

    def __init__(self, store: Store) -> None:
        """Take the store; revisions never change, so what is kept stays true."""
        self._store = store
        self._kept: OrderedDict[int, FoldedText] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, revision: int) -> FoldedText:
        """Give one revision."""
        return self.of_all((revision,))[0]

    def of_all(self, revisions: Sequence[int]) -> list[FoldedText]:
        """Give several revisions, reading at once what is not kept.

        Raises:
            CorruptStore: One is not there, or cannot be read.
        """
        with self._lock:
            texts = {each: self._kept.get(each) for each in revisions}
        missing = [each for each, text in texts.items() if text is None]
        if missing:
            read = map(FoldedText, self._store.skim(missing))
            texts.update(zip(missing, read, strict=True))
        given = [text for each in revisions if (text := texts[each])]
        with self._lock:
            for revision, text in zip(revisions, given, strict=True):
                self._kept[revision] = text
                self._kept.move_to_end(revision)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return given
