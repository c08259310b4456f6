"""Finding the documents that hold a string, by the pairs of its characters."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.codec.elias_fano import Ints
from index.codec.lists import firsts
from index.codec.segment_file import SegmentFile, to_bytes
from search.near import windows

Positions = Callable[[int], Ints]
"""Reads the list of a pair by its place in the dictionary."""

_PAIR = 2


def documents_with(
    file: SegmentFile, folded: str, *, title: bool, positions: Positions
) -> NDArray[np.int32]:
    """Find the documents of a segment that hold a string within one block.

    Args:
        file: The segment.
        folded: The string, folded, not empty.
        title: Look at titles only.
        positions: Reads a list, or remembers it.

    Returns:
        Docnums, ascending.
    """
    if len(folded) < _PAIR:
        field = file.fields["title_chars" if title else "chars"]
        number = field.find(to_bytes(folded))
        return np.empty(0, np.int32) if number < 0 else field.values(number)
    places = occurrences(file, folded, positions)
    docnums = file.owners(places)
    if title:
        starts = np.concatenate(([0], file.text_ends))[docnums]
        inside = places + len(folded) <= starts + file.title_lengths[docnums]
        docnums = docnums[inside]
    return docnums[firsts(docnums)]


def documents_near(
    file: SegmentFile,
    folded: Sequence[str],
    distance: int,
    *,
    title: bool,
    positions: Positions,
) -> NDArray[np.int32]:
    """Find the documents of a segment in which strings stand near each other.

    Args:
        file: The segment.
        folded: The strings, folded, two characters or more each.
        distance: Characters between them at the most, block borders being one.
        title: Look at titles only.
        positions: Reads a list, or remembers it.

    Returns:
        Docnums, ascending.
    """
    starts = [occurrences(file, each, positions).astype(np.int64) for each in folded]
    found = windows(starts, [len(each) for each in folded], distance)
    begins = np.sort(found.begins).astype(np.int32)
    ends = found.ends[np.argsort(found.begins)].astype(np.int32)
    docnums = file.owners(begins)
    inside = ends <= file.text_ends[docnums]
    if title:
        first = np.concatenate(([0], file.text_ends))[docnums]
        inside &= ends <= first + file.title_lengths[docnums]
    docnums = docnums[inside]
    return docnums[firsts(docnums)]


def occurrences(file: SegmentFile, folded: str, positions: Positions) -> Ints:
    """List where a string of two characters or more begins, ascending.

    Pairs are taken rarest first until every character stands in one of them.
    """
    pairs = file.pairs
    numbers = [pairs.find(to_bytes(folded[i : i + 2])) for i in range(len(folded) - 1)]
    if min(numbers) < 0:
        return np.empty(0, np.int32)
    order = sorted(range(len(numbers)), key=lambda i: int(pairs.counts[numbers[i]]))
    covered: set[int] = set()
    found: Ints | None = None
    for at in order:
        if {at, at + 1} <= covered:
            continue
        covered |= {at, at + 1}
        listed = positions(numbers[at])
        found = listed - np.int32(at) if found is None else _also(found, listed, at)
    assert found is not None  # noqa: S101 (there is at least one pair)
    return found


def _also(found: Ints, listed: Ints, at: int) -> Ints:
    """Keep the places that have one more pair some characters on."""
    wanted = found + np.int32(at)
    place = np.minimum(np.searchsorted(listed, wanted), listed.size - 1)
    held: Ints = found[listed[place] == wanted]
    return held
