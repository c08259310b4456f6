"""Whoosh's reader of terms, over a segment's file."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

import numpy as np
from whoosh.codec import base
from whoosh.formats import Format
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound
from whoosh.scoring import BaseScorer

from index.codec.elias_fano import Ints
from index.codec.segment_file import GRAMS, SegmentFile

TITLE_GRAMS: Final = "title_grams"
"""Not in the file: the pairs of ``grams`` that begin before the title ends."""


class ArrayTermsReader(base.TermsReader):  # type: ignore[misc]  # Whoosh is untyped
    """Looks terms up."""

    def __init__(self, file: SegmentFile) -> None:
        """Take the file."""
        self.file = file
        self._names = sorted({*file.fields, TITLE_GRAMS})

    def _place(self, field: str, term: bytes) -> int:
        """Tell where a term stands in the dictionary of its field, or -1."""
        name = GRAMS if field == TITLE_GRAMS else field
        found = self.file.fields[name].find(term) if name in self.file.fields else -1
        if found < 0 or field != TITLE_GRAMS:
            return found
        return found if self.postings(field, found)[0].size else -1

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        """Tell whether a field has a term."""
        return self._place(*term) >= 0

    def indexed_field_names(self) -> list[str]:
        """List the fields."""
        return self._names

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """List all terms."""
        for name in self._names:
            yield from self._from(name, b"")

    def _from(self, field: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """List the terms of a field from one on."""
        lists = self.file.fields[GRAMS if field == TITLE_GRAMS else field]
        for place in range(lists.place(prefix), len(lists)):
            if field != TITLE_GRAMS or self.postings(field, place)[0].size:
                yield field, lists[place]

    def terms_from(self, field: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """List the terms from one on, through all fields that follow."""
        if field in self._names:
            yield from self._from(field, prefix)
        for name in self._names[bisect_right(self._names, field) :]:
            yield from self._from(name, b"")

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """List all terms and what is known of them."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(
        self, field: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """List the terms from one on, and what is known of them."""
        terms = self.terms_from(field, prefix)
        return ((term, self.term_info(*term)) for term in terms)

    def term_info(self, field: str, term: bytes) -> TermInfo:
        """Tell what is known of a term.

        Raises:
            TermNotFound: It is not there.
        """
        place = self._place(field, term)
        if place < 0:
            raise TermNotFound((field, term))
        docnums, weights = self.postings(field, place)
        lengths = self.file.tokens(field)
        held = np.ones(1, np.int64) if lengths is None else lengths[docnums]
        return TermInfo(
            weight=float(weights.sum()),
            df=int(docnums.size),
            minlength=int(held.min()),
            maxlength=int(held.max()),
            maxweight=float(weights.max()),
            minid=int(docnums[0]),
            maxid=int(docnums[-1]),
        )

    def frequency(self, field: str, term: bytes) -> float:
        """Count the occurrences of a term."""
        place = self._place(field, term)
        return 0.0 if place < 0 else float(self.postings(field, place)[1].sum())

    def doc_frequency(self, field: str, term: bytes) -> int:
        """Count the documents of a term."""
        place = self._place(field, term)
        if place < 0 or field in (GRAMS, TITLE_GRAMS):
            return 0 if place < 0 else int(self.postings(field, place)[0].size)
        return int(self.file.fields[field].counts[place])

    def postings(self, field: str, place: int) -> tuple[Ints, Ints]:
        """Read the docnums of a term and how often each has it."""
        if field in (GRAMS, TITLE_GRAMS):
            docnums, counts = np.unique(
                self._occurrences(field, place)[0], return_counts=True
            )
            return docnums.astype(np.int32), counts.astype(np.int32)
        lists = self.file.fields[field]
        docnums = lists.values(place)
        return docnums, lists.freqs(place) if lists.scored else np.ones_like(docnums)

    def _occurrences(self, field: str, place: int) -> tuple[Ints, Ints]:
        """Read the document of each occurrence of a pair, and its place there."""
        found = self.file.pairs.values(place).astype(np.int64)
        docnums = np.searchsorted(self.file.text_ends, found, side="right")
        places = found - np.concatenate(([0], self.file.text_ends))[docnums]
        if field == TITLE_GRAMS:
            kept = places < self.file.title_lengths[docnums]
            docnums, places = docnums[kept], places[kept]
        return docnums.astype(np.int32), places.astype(np.int32)

    def matcher(
        self,
        field: str,
        term: bytes,
        format_: Format,
        scorer: BaseScorer | None = None,
    ) -> ListMatcher:
        """Go over the documents of a term.

        Raises:
            TermNotFound: It is not there.
        """
        info, place = self.term_info(field, term), self._place(field, term)
        docnums, weights = self.postings(field, place)
        values = None
        if field in (GRAMS, TITLE_GRAMS):
            _, places = self._occurrences(field, place)
            parts = np.split(places, np.cumsum(weights)[:-1])
            values = [format_.encode(part.tolist()) for part in parts]
        return ListMatcher(
            docnums.tolist(),
            weights.astype(np.float64).tolist(),
            values,
            format_,
            scorer,
            term=(field, term),
            terminfo=info,
        )

    def close(self) -> None:
        """Leave the file to the last who uses it."""
