"""Filters over the segments of an index: they match, they never score."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.codec.segment_file import SegmentFile, to_bytes
from index.codec.terms import Terms
from index.whoosh_schema import term_of
from search.query import Attribute, YearRange

_LATEST_YEAR = 10_000


def passing(
    query: Attribute | YearRange,
    files: Sequence[tuple[SegmentFile, int]],
    documents: int,
) -> NDArray[np.bool_]:
    """Mark the documents that a filter keeps, deleted ones too.

    Args:
        query: The filter.
        files: The segments, each with its first docnum.
        documents: Documents in all of them.

    Returns:
        A mask, shape (n_docs,).
    """
    name = query.field if isinstance(query, Attribute) else "year"
    mask = np.zeros(documents, np.bool_)
    for file, base in files:
        field = file.fields.get(name)
        for term in _terms(query, field.terms) if field else ():
            number = field.terms.find(term) if field else -1
            if field and number >= 0:
                mask[field.lists.values(number) + base] = True
    return mask


def _terms(query: Attribute | YearRange, terms: Terms) -> Iterable[bytes]:
    """List the terms of a field that a filter keeps."""
    if isinstance(query, Attribute):
        return [to_bytes(term_of(query.field, query.value))]
    first, last = query.first or 0, query.last or _LATEST_YEAR
    return [term for term in terms if first <= int(term) <= last]
