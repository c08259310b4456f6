"""Documents on their way into lists: of each only what the lists need is kept.

A parsed document is let go at once; thousands of them, kept until they are inverted,
take as long to make again as parsing does.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from index.codec.elias_fano import Longs
from index.codec.segment_file import Value
from index.document import Document
from index.whoosh_schema import BREAK, TEXT_FIELDS, attribute_terms, to_row

_TITLE, _HEADINGS, _BODY = range(len(TEXT_FIELDS))
Rows = dict[str, list[Value]]


class Batch:
    """Collects documents.

    Attributes:
        texts: The exact text of each: title and blocks, a line end behind each.
        characters: How many characters they have.
        ids: The id of each.
        rows: What is stored of each, by name.
        attributes: By field, the terms as numbers, and for each its document.
    """

    def __init__(self, number_of: Callable[[str], int]) -> None:
        """Begin empty; terms get their numbers from ``number_of``."""
        self._number_of = number_of
        self.texts: list[str] = []
        self.characters = 0
        self.ids: list[str] = []
        self.rows: Rows = {}
        self.attributes: dict[str, tuple[list[int], list[int]]] = {}
        self._titles: list[int] = []
        self._blocks: list[int] = []
        self._lengths: list[int] = []
        self._headings: list[int] = []

    def __len__(self) -> int:
        """Tell how many documents there are."""
        return len(self.texts)

    @property
    def titles(self) -> Longs:
        """The characters of each title, shape (n_docs,)."""
        return np.asarray(self._titles, np.int64)

    def add(self, document: Document, revision: int, group: str | None) -> None:
        """Take what is needed of a document; see ``to_row``."""
        blocks = [block.text for block in document.blocks]
        text = BREAK.join((document.title, *blocks, ""))
        self._add_attributes(document)
        self.texts.append(text)
        self.characters += len(text)
        self.ids.append(document.id)
        row = to_row(document, revision, group)
        for name, value in {"id": document.id, **row}.items():
            self.rows.setdefault(name, []).append(value)
        self._titles.append(len(document.title))
        self._blocks.append(len(blocks))
        self._lengths += map(len, blocks)
        self._headings += [block.heading_length for block in document.blocks]

    def _add_attributes(self, document: Document) -> None:
        """Number the terms of the fields that are not text."""
        docnum = len(self)
        for name, terms in attribute_terms(document).items():
            numbers, owners = self.attributes.setdefault(name, ([], []))
            for term in terms:
                numbers.append(self._number_of(term))
                owners.append(docnum)

    def pieces(self) -> "Pieces":
        """Measure titles, headings and bodies."""
        many = np.asarray(self._blocks, np.int64)
        before = np.cumsum(many) - many  # of the blocks, those of other documents
        headings = np.asarray(self._headings, np.int64)
        lengths = np.insert(np.asarray(self._lengths, np.int64), before, self.titles)
        fields = np.insert(np.where(headings > 0, _HEADINGS, _BODY), before, _TITLE)
        headings = np.insert(headings, before, 0)
        owners = np.repeat(np.arange(len(self)), many + 1)
        joined = (headings > 0) & (headings < lengths)
        starts = np.cumsum(lengths + 1) - (lengths + 1)
        shifted = starts + np.cumsum(joined) - joined
        both = np.flatnonzero(joined)
        return Pieces(
            joints=(starts + headings)[both],
            starts=np.insert(shifted, both + 1, (shifted + headings + 1)[both]),
            fields=np.insert(fields, both + 1, _BODY),
            owners=np.insert(owners, both + 1, owners[both]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """Titles, headings and bodies of blocks, as they stand in the texts of a batch.

    Attributes:
        joints: Where a body follows its heading at once, in the texts as they are.
        starts: Where each piece begins when a line end is put in at each joint.
        fields: The place of its field among ``TEXT_FIELDS``.
        owners: Its document.
    """

    joints: Longs
    starts: Longs
    fields: Longs
    owners: Longs
