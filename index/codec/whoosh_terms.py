"""Whoosh's reader of terms, over a segment's file."""

from collections.abc import Iterator
from functools import cached_property
from itertools import dropwhile
from typing import Final

import numpy as np
from whoosh.codec import base
from whoosh.formats import Format
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound
from whoosh.scoring import BaseScorer

from index.codec.elias_fano import Ints
from index.codec.pairs import LETTER_BITS
from index.codec.postings import Postings
from index.codec.segment_file import (
    GRAMS,
    WORD_FIELDS,
    SegmentFile,
    to_bytes,
    to_str,
)
from index.codec.terms import Terms

TITLE_GRAMS: Final = "title_grams"
"""Not in the file: the pairs of ``grams`` that begin before the title ends."""

_SECOND: Final = (1 << LETTER_BITS) - 1
_PAIR: Final = 2


class ArrayTermsReader(base.TermsReader):  # type: ignore[misc]  # Whoosh is untyped
    """Looks terms up."""

    def __init__(self, file: SegmentFile) -> None:
        """Take the file."""
        self.file = file
        self._names = sorted({*file.fields, *WORD_FIELDS, GRAMS, TITLE_GRAMS})

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        """Tell whether a field has a term."""
        return self.doc_frequency(*term) > 0

    def indexed_field_names(self) -> list[str]:
        """List the fields."""
        return self._names

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """List all terms."""
        for name in self._names:
            yield from self._from(name, b"")

    def _from(self, field: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """List the terms of a field from one on."""
        if field in (GRAMS, TITLE_GRAMS):
            some: Iterator[bytes] = dropwhile(lambda pair: pair < prefix, self._pairs)
        else:
            terms = self._terms(field)
            some = (terms[place] for place in range(terms.place(prefix), len(terms)))
        return ((field, term) for term in some if (field, term) in self)

    def _terms(self, field: str) -> Terms:
        """Give the dictionary of a field that is not of pairs."""
        if field in WORD_FIELDS:
            return self.file.words.terms
        return self.file.fields[field].terms

    def _lists(self, field: str) -> Postings:
        """Give the lists of a field that is not of pairs."""
        if field in WORD_FIELDS:
            return self.file.words.fields[WORD_FIELDS.index(field)]
        return self.file.fields[field].lists

    @cached_property
    def _pairs(self) -> list[bytes]:
        """List all pairs."""
        keys = self.file.pairs.keys.tolist()
        return [to_bytes(chr(k >> LETTER_BITS) + chr(k & _SECOND)) for k in keys]

    def terms_from(self, field: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """List the terms from one on, through all fields that follow."""
        if field in self._names:
            yield from self._from(field, prefix)
        for name in self._names:
            if name > field:
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
        docnums, weights = self.postings(field, term)
        if not docnums.size:
            raise TermNotFound((field, term))
        scored = field in WORD_FIELDS
        held = self.file.tokens(field)[docnums] if scored else np.ones(1, np.int64)
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
        return float(self.postings(field, term)[1].sum())

    def doc_frequency(self, field: str, term: bytes) -> int:
        """Count the documents of a term."""
        if field in (GRAMS, TITLE_GRAMS):
            return int(self.postings(field, term)[0].size)
        number = self._terms(field).find(term) if field in self._names else -1
        return int(self._lists(field).holders[number]) if number >= 0 else 0

    def postings(self, field: str, term: bytes) -> tuple[Ints, Ints]:
        """Read the docnums of a term and how often each has it, none if unknown."""
        nothing = np.empty(0, np.int32)
        if field in (GRAMS, TITLE_GRAMS):
            found = self._occurrences(field, term)[0]
            owners, counts = np.unique(found, return_counts=True)
            return owners, counts.astype(np.int32)
        number = self._terms(field).find(term) if field in self._names else -1
        if number < 0:
            return nothing, nothing
        if field in WORD_FIELDS:
            docnums, freqs = self.file.words.read(WORD_FIELDS.index(field), number)
            return docnums[freqs > 0], freqs[freqs > 0]
        listed = self.file.fields[field].lists.values(number)
        return listed, np.ones_like(listed)

    def _occurrences(self, field: str, term: bytes) -> tuple[Ints, Ints]:
        """Read the document of each occurrence of a pair, and its place there."""
        pair = to_str(term)
        if len(pair) != _PAIR:
            return np.empty(0, np.int32), np.empty(0, np.int32)
        found = self.file.pairs.occurrences(pair)
        docnums = self.file.pairs.documents(found)
        places = found - np.concatenate(([0], self.file.text_ends))[docnums]
        if field == TITLE_GRAMS:
            kept = places + 1 < self.file.title_lengths[docnums]
            docnums, places = docnums[kept], places[kept]
        return docnums, places.astype(np.int32)

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
        info = self.term_info(field, term)
        docnums, weights = self.postings(field, term)
        values = None
        if field in (GRAMS, TITLE_GRAMS):
            _, places = self._occurrences(field, term)
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
