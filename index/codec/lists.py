"""Posting lists in memory: what a batch of text gives, merged and put in order."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.codec.elias_fano import Ints, Longs
from index.compiled import compiled

Keys = NDArray[np.uint64]


class Lists(NamedTuple):
    """The lists of some terms, one after the other.

    Attributes:
        keys: The terms as numbers, ascending, shape (n_lists,).
        counts: The length of each list, shape (n_lists,).
        values: Docnums or positions, ascending in each list, shape (n_values,).
        freqs: How often the term stands in the document, shape (n_values,), where
            that is kept.
    """

    keys: Keys
    counts: Longs
    values: Ints
    freqs: Ints | None = None

    @property
    def starts(self) -> Longs:
        """Where each list begins in ``values``."""
        return np.cumsum(self.counts) - self.counts

    def shifted(self, by: int) -> "Lists":
        """Add a number to all values."""
        return Lists(self.keys, self.counts, self.values + np.int32(by), self.freqs)

    def reordered(self, keys: Keys) -> "Lists":
        """Give the lists other keys, and the order of these."""
        order = np.argsort(keys)
        counts, starts = self.counts[order], self.starts[order]
        values, freqs = _take(self.values, counts, starts), self.freqs
        if freqs is not None:
            freqs = _take(freqs, counts, starts)
        return Lists(keys[order], counts, values, freqs)

    def covering(self, first: int, last: int) -> "Lists":
        """Give the lists of all keys from one up to another, empty ones too."""
        at = np.searchsorted(self.keys, np.asarray([first, last], np.uint64))
        ends = np.concatenate(([0], np.cumsum(self.counts)))
        part = slice(*ends[at].tolist())
        counts = np.zeros(last - first, np.int64)
        held = slice(*at.tolist())
        counts[self.keys[held].astype(np.int64) - first] = self.counts[held]
        freqs = None if self.freqs is None else self.freqs[part]
        keys = np.arange(first, last, dtype=np.uint64)
        return Lists(keys, counts, self.values[part], freqs)

    def without_empty(self) -> "Lists":
        """Leave out the keys of empty lists."""
        some = self.counts > 0
        return Lists(self.keys[some], self.counts[some], self.values, self.freqs)

    def chosen(self, kept: NDArray[np.bool_]) -> "Lists":
        """Keep some of the values; lists may become empty."""
        owners = np.repeat(np.arange(self.keys.size), self.counts)[kept]
        counts = np.bincount(owners, minlength=self.keys.size)
        freqs = None if self.freqs is None else self.freqs[kept]
        return Lists(self.keys, counts, self.values[kept], freqs)


NO_LISTS = Lists(np.empty(0, np.uint64), np.empty(0, np.int64), np.empty(0, np.int32))


def group(packed: NDArray[np.uint64], bits: int) -> Lists:
    """Make lists of sorted numbers, each a key above ``bits`` bits of value."""
    keys = packed >> np.uint64(bits)
    values = (packed & np.uint64((1 << bits) - 1)).astype(np.int32)
    first = firsts(keys)
    counts = np.diff(np.concatenate((first, [keys.size])))
    return Lists(keys[first], counts, values)


def count_equal(packed: NDArray[np.uint64], bits: int) -> Lists:
    """Make lists as ``group`` does, of numbers that stand there several times."""
    first = firsts(packed)
    freqs = np.diff(np.concatenate((first, [packed.size]))).astype(np.int32)
    lists = group(packed[first], bits)
    return Lists(lists.keys, lists.counts, lists.values, freqs)


def firsts(ordered: NDArray[np.generic]) -> Longs:
    """List the places where a sorted array has a new value."""
    if not ordered.size:
        return np.empty(0, np.int64)
    return np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))


def ranks(counts: Longs) -> Longs:
    """Number the members of each of some groups from 0."""
    starts = np.cumsum(counts) - counts
    return np.arange(int(counts.sum())) - np.repeat(starts, counts)


def spread(starts: Longs, counts: Longs) -> Longs:
    """List the places of ranges that begin at ``starts``, range after range."""
    return np.repeat(starts, counts) + ranks(counts)


def merge(runs: Sequence[Lists]) -> Lists:
    """Join lists of the same keys; the values of later runs are the larger ones."""
    if len(runs) == 1:
        return runs[0]
    keys, place = np.unique(
        np.concatenate([run.keys for run in runs]), return_inverse=True
    )
    counts = np.zeros(keys.size, np.int64)
    places = np.split(place, np.cumsum([run.keys.size for run in runs])[:-1])
    for run, at in zip(runs, places, strict=True):
        counts[at] += run.counts
    starts = np.cumsum(counts) - counts
    values = np.empty(int(counts.sum()), np.int32)
    freqs = None if runs[0].freqs is None else np.empty_like(values)
    for run, at in zip(runs, places, strict=True):
        _put(run.values, run.counts, starts[at], values)
        if freqs is not None and run.freqs is not None:
            _put(run.freqs, run.counts, starts[at], freqs)
        starts[at] += run.counts
    return Lists(keys, counts, values, freqs)


@compiled
def _put(values: Ints, counts: Longs, starts: Longs, out: Ints) -> None:
    """Put each of some lists where it begins."""
    place = 0
    for number in range(counts.size):
        for at in range(starts[number], starts[number] + counts[number]):
            out[at] = values[place]
            place += 1


@compiled
def _take(values: Ints, counts: Longs, starts: Longs) -> Ints:
    """Put lists that begin at some places one behind the other."""
    out = np.empty(counts.sum(), np.int32)
    place = 0
    for number in range(counts.size):
        for at in range(starts[number], starts[number] + counts[number]):
            out[place] = values[at]
            place += 1
    return out
