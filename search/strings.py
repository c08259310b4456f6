"""Finding the documents of a segment that hold a string, or strings near each other."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.codec.lists import firsts
from index.codec.segment_file import SegmentFile, to_bytes
from search.near import windows, windows_in_order

_PAIR = 2


def documents_with(
    file: SegmentFile, folded: str, *, title: bool = False
) -> NDArray[np.int32]:
    """Find the documents of a segment that hold a string within one block.

    Args:
        file: The segment.
        folded: The string, folded, not empty.
        title: Look at titles only.

    Returns:
        Docnums, ascending.
    """
    if len(folded) >= _PAIR:
        return file.pairs.documents_with(folded, title=title)
    field = file.fields.get("title_chars" if title else "chars")
    number = field.terms.find(to_bytes(folded)) if field else -1
    if field is None or number < 0:
        return np.empty(0, np.int32)
    return field.lists.values(number)


def documents_near(
    file: SegmentFile,
    folded: Sequence[str],
    distance: int,
    *,
    title: bool,
    ordered: bool,
) -> NDArray[np.int32]:
    """Find the documents of a segment in which strings stand near each other.

    Args:
        file: The segment.
        folded: The strings, folded, two characters or more each.
        distance: Characters between them at the most, block borders being one.
        title: Look at titles only.
        ordered: Find them in this order only.

    Returns:
        Docnums, ascending.
    """
    find = windows_in_order if ordered else windows
    starts = [file.pairs.occurrences(each).astype(np.int64) for each in folded]
    found = find(starts, [len(each) for each in folded], distance)
    order = np.argsort(found.begins)
    begins, ends = found.begins[order], found.ends[order]
    docnums = file.pairs.documents(begins)
    inside = ends <= file.text_ends[docnums]
    if title:
        first = np.concatenate(([0], file.text_ends))[docnums]
        inside &= ends <= first + file.title_lengths[docnums]
    docnums = docnums[inside]
    return docnums[firsts(docnums)]
