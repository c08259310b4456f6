"""Strings near each other, in any order or in one, few characters between them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]


class Windows(NamedTuple):
    """Passages that hold every string once.

    Attributes:
        begins: Their first characters, shape (n,).
        ends: One past their last characters, shape (n,).
    """

    begins: Places
    ends: Places


def windows(starts: Sequence[Places], lengths: Sequence[int], distance: int) -> Windows:
    """Find the passages in which strings stand near each other.

    A passage begins with one of the strings and goes to the end of the nearest
    occurrence of each other; it counts when at most ``distance`` of its characters
    belong to none of them (strings that overlap take fewer).

    Args:
        starts: Where each string begins, ascending, each of shape (n_i,).
        lengths: Characters of each string.
        distance: Characters between them at the most.
    """
    found = [_from(first, starts, lengths, distance) for first in range(len(starts))]
    return Windows(
        np.concatenate([each.begins for each in found]),
        np.concatenate([each.ends for each in found]),
    )


def windows_in_order(
    starts: Sequence[Places], lengths: Sequence[int], distance: int
) -> Windows:
    """Find the passages in which strings stand near each other in their order.

    A passage begins with the first string; each other one is the nearest behind the
    one before it. Arguments are those of ``windows``.
    """
    begins, ends = starts[0], starts[0] + lengths[0]
    for listed, length in zip(starts[1:], lengths[1:], strict=True):
        place = np.searchsorted(listed, ends)
        begins, place = begins[place < listed.size], place[place < listed.size]
        ends = listed[place] + length
    near = ends - begins - sum(lengths) <= distance
    return Windows(begins[near], ends[near])


def _from(
    first: int, starts: Sequence[Places], lengths: Sequence[int], distance: int
) -> Windows:
    """Find the passages that begin with one of the strings."""
    begins = starts[first]
    ends = begins + lengths[first]
    near = np.ones(begins.size, np.bool_)
    for other, listed in enumerate(starts):
        if other != first and listed.size:
            place = np.searchsorted(listed, begins)
            near &= place < listed.size
            following = listed[np.minimum(place, listed.size - 1)]
            ends = np.maximum(ends, following + lengths[other])
        elif other != first:
            near[:] = False
    near &= ends - begins - sum(lengths) <= distance
    return Windows(begins[near], ends[near])


def stand_near(
    text: str, strings: Sequence[str], distance: int, *, ordered: bool = False
) -> bool:
    """Tell whether a folded text holds folded strings near each other."""
    return bool(_windows(text, strings, distance, ordered=ordered).begins.size)


def smallest_distance(
    text: str, strings: Sequence[str], *, ordered: bool = False
) -> int | None:
    """Tell how few characters stand between folded strings anywhere in a folded text.

    Returns:
        The characters of the shortest passage with all of them that belong to none,
        0 where they overlap, or ``None`` where one of them is missing.
    """
    begins, ends = _windows(text, strings, len(text), ordered=ordered)
    if not begins.size:
        return None
    return max(int((ends - begins).min()) - sum(map(len, strings)), 0)


def _windows(
    text: str, strings: Sequence[str], distance: int, *, ordered: bool
) -> Windows:
    """Find the passages of a text in which strings stand near each other."""
    starts = [np.fromiter(places_of(text, each), np.int64) for each in strings]
    find = windows_in_order if ordered else windows
    return find(starts, [len(each) for each in strings], distance)


def places_of(text: str, string: str) -> Iterator[int]:
    """List where a string begins, overlapping occurrences too."""
    at = text.find(string)
    while at >= 0:
        yield at
        at = text.find(string, at + 1)
