"""Segments that are merged, and where their documents go."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.codec.elias_fano import Longs
from index.codec.lists import Lists
from index.codec.postings import Postings
from index.codec.segment_file import (
    GRAMS,
    WORD_FIELDS,
    SegmentFile,
    Value,
)


@dataclass
class Source:
    """A segment that is merged, and where its documents go.

    Attributes:
        file: Its file.
        deleted: Documents left out.
        before: The segment whose documents come before.
    """

    file: SegmentFile
    deleted: set[int]
    before: "Source | None"

    @cached_property
    def alive(self) -> NDArray[np.bool_]:
        """Tell of each document whether it stays."""
        alive = np.ones(self.file.documents, np.bool_)
        alive[[*self.deleted]] = False
        return alive

    @cached_property
    def text_lengths(self) -> Longs:
        """The lengths of the texts that stay."""
        ends = self.file.text_ends
        return np.diff(np.concatenate(([0], ends)))[self.alive]

    @cached_property
    def title_lengths(self) -> Longs:
        """The lengths of the titles that stay."""
        return self.file.title_lengths.astype(np.int64)[self.alive]

    @cached_property
    def ends(self) -> tuple[int, int]:
        """Where documents and positions end when these have been put in."""
        documents, positions = self.starts
        kept = int(np.count_nonzero(self.alive))
        return documents + kept, positions + int(self.text_lengths.sum())

    @property
    def starts(self) -> tuple[int, int]:
        """Where documents and positions begin."""
        return self.before.ends if self.before else (0, 0)

    def tokens(self, field: str) -> Longs:
        """Give the tokens in a field of the documents that stay."""
        return self.file.tokens(field).astype(np.int64)[self.alive]

    def row(self, name: str) -> Iterator[Value]:
        """Give what is stored of the documents that stay."""
        values, codes = self.file.row(name)
        return (values[code] for code in codes[self.alive].tolist())

    def lists(self, name: str) -> Postings:
        """Give the lists of a field."""
        if name == GRAMS:
            return self.file.pairs
        if name in WORD_FIELDS:
            return self.file.words.fields[WORD_FIELDS.index(name)]
        return self.file.fields[name].lists

    def read(self, name: str, first: int, last: int) -> Lists:
        """Read lists with the new docnums or positions, what is deleted left out."""
        lists = self.lists(name).read(first, last)
        start = self.starts[name == GRAMS]
        if not self.deleted:
            return lists.shifted(start)
        owners: NDArray[np.integer] = lists.values
        lost = (~self.alive).astype(np.int64)
        if name == GRAMS:
            owners = self.file.pairs.documents(lists.values)
            lost *= np.diff(self.file.text_ends, prepend=0)
        kept = self.alive[owners]
        moved = np.cumsum(lost)[owners[kept]] - start
        lists = lists.chosen(kept)
        return lists._replace(values=(lists.values - moved).astype(np.int32))
