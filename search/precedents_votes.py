"""Where in a segment the wording of a text may stand: its pairs of characters vote.

A text is cut into *stretches* of about a sentence. Of each the rarest pairs of
neighbours are read, as many as a budget of occurrences allows. An occurrence votes for
the place where the stretch would begin if it stood there word for word; votes are
gathered in cells of ``CELL`` places, so that some characters more or fewer do not
part them, and weigh the more the rarer the pair. With one character in five changed
64 of 100 pairs are left; places without shared wording have a few by chance.

A stretch votes by itself, so sentences in another order are found like others.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.codec.elias_fano import Ints, Longs, decode_into
from index.codec.pairs import Arrays
from index.codec.probing import shortest_first
from index.compiled import compiled

CELL_BITS: Final = 6
CELL: Final = 1 << CELL_BITS

LONGEST: Final = 128
"""Characters of a stretch at the most."""

_SHARE: Final = 0.2
_PAIRS: Final = 5
"""A cell counts with so much of the votes of its stretch, and as much as so many of its
pairs have on average."""

_MOST: Final = 1 << 13
"""Cells kept of one stretch in one segment; beyond it the share is doubled."""

_LEAST: Final = 2
"""Pairs of a stretch that are read whatever they cost."""

Votes = NDArray[np.uint16]
Floats = NDArray[np.float64]


class Ballot(NamedTuple):
    """Which pairs of a text are read.

    Attributes:
        bounds: Where each stretch begins, and the last ends, shape (n_stretches + 1,).
        weights: What a vote of the pair at each place counts; 0 where it is not read,
            shape (n_places,).
    """

    bounds: Longs
    weights: Ints


class Cells(NamedTuple):
    """Cells with many votes; all of shape (n_cells,).

    Attributes:
        stretches: The stretch that voted.
        begins: Position where the cell begins; it may be before the segment.
        seen: Position of one of the pairs.
        votes: Share of its stretch's votes that the cell and one beside it have.
    """

    stretches: Ints
    begins: Ints
    seen: Ints
    votes: Floats

    def at(self, places: Longs) -> "Cells":
        """Give some of the cells."""
        return Cells(
            self.stretches[places],
            self.begins[places],
            self.seen[places],
            self.votes[places],
        )


@compiled
def choose_pairs(bounds: Longs, counts: Ints, positions: int, budget: int) -> Ints:
    """Choose the pairs of each stretch that are read.

    Args:
        bounds: See ``Ballot``.
        counts: Occurrences of the pair that begins at each place; 0 for none.
        positions: Characters of the index.
        budget: Occurrences that may be read of one stretch.

    Returns:
        The weights of ``Ballot``: the bits of information in an occurrence.
    """
    weights = np.zeros(counts.size, np.int32)
    for stretch in range(bounds.size - 1):
        first, spent, taken = bounds[stretch], 0, 0
        for place in shortest_first(counts[first : bounds[stretch + 1]]):
            count = counts[first + place]
            if count == 0:
                continue
            spent += count
            if spent > budget and taken >= _LEAST:
                break
            taken += 1
            weights[first + place] = max(1, int(np.log2(positions / count)))
    return weights


@compiled
def find_cells(arrays: Arrays, numbers: Longs, ballot: Ballot) -> Cells:
    """Find the cells of a segment that have many votes.

    Args:
        arrays: The pairs of the segment.
        numbers: Place of each pair in its dictionary, -1 for none.
        ballot: The pairs that vote.

    Raises:
        ValueError: A list is damaged.
    """
    bounds = ballot.bounds
    votes = np.zeros((arrays.positions + LONGEST >> CELL_BITS) + 3, np.uint16)
    kept, size = np.empty((1 << 10, 3), np.int32), 0
    shares = np.empty(1 << 10, np.float64)
    found = np.empty((_MOST, 2), np.int32)
    for stretch in range(bounds.size - 1):
        first, last = bounds[stretch], bounds[stretch + 1]
        total = ballot.weights[first:last].sum()
        if total == 0:
            continue
        share = _needed_share(ballot.weights[first:last])
        enough = max(1, int(total * share / 2))
        votes[:] = 0
        held = _vote(
            arrays, numbers, ballot.weights, (first, last, enough), votes, found
        )
        while size + held > shares.size:
            kept = np.concatenate((kept, np.empty_like(kept)))
            shares = np.concatenate((shares, np.empty_like(shares)))
        for place in range(held):
            cell = found[place, 0]
            beside = max(votes[cell - 1], votes[cell + 1])
            held_share = min(1.0, (votes[cell] + beside) / total)
            if held_share >= share:
                kept[size, 0] = stretch
                kept[size, 1] = (cell - 1 << CELL_BITS) - LONGEST
                kept[size, 2] = found[place, 1]
                shares[size] = held_share
                size += 1
    return Cells(
        kept[:size, 0].copy(),
        kept[:size, 1].copy(),
        kept[:size, 2].copy(),
        shares[:size],
    )


@compiled
def _needed_share(weights: Ints) -> float:
    """Tell which share of the votes of a stretch a cell needs."""
    return min(1.0, max(_SHARE, _PAIRS / np.count_nonzero(weights)))


@compiled
def _vote(  # noqa: PLR0913, PLR0917 (compiled)
    arrays: Arrays,
    numbers: Longs,
    weights: Ints,
    stretch: tuple[int, int, int],
    votes: Votes,
    found: Ints,
) -> int:
    """Count the votes of a stretch; list cells and positions, and tell how many."""
    first, last, enough = stretch
    held = 0
    listed = np.empty(1 << 12, np.int32)
    for place in range(first, last):
        number = numbers[place]
        weight = weights[place]
        if weight == 0 or number < 0:
            continue
        count, at = arrays.layout[number, 0], arrays.layout[number, 1]
        if count > listed.size:
            listed = np.empty(2 * count, np.int32)
        decode_into(arrays.data, at, arrays.positions, listed[:count])
        moved, last_cell = LONGEST + CELL - (place - first), -1
        for position in listed[:count]:
            cell = position + moved >> CELL_BITS
            if cell == last_cell:  # a pair that comes again there has one vote
                continue
            last_cell = cell
            before = votes[cell]
            votes[cell] = before + weight
            if before < enough <= before + weight:
                if held == _MOST:
                    enough *= 2
                    held = _weed(found, votes, enough)
                if held < _MOST and before + weight >= enough:
                    found[held, 0], found[held, 1] = cell, position
                    held += 1
    return held


@compiled
def _weed(found: Ints, votes: Votes, enough: int) -> int:
    """Drop the cells that have not enough votes; tell how many are left."""
    held = 0
    for cell, position in found:
        if votes[cell] >= enough:
            found[held, 0], found[held, 1] = cell, position
            held += 1
    return held
