"""What two sequences have in common, found in bounded time.

Myers' greedy algorithm: the fewest insertions and deletions that make one sequence of
the other, row by row: a row has the furthest places that so many edits lead to, one
for each diagonal. A number of a row stands for the diagonal ``2 * number - edits``: so
much further is one in the first sequence than in the second.

Source: E. W. Myers, An O(ND) Difference Algorithm and Its Variations, Algorithmica 1
(1986), section 4.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Run(NamedTuple):
    """Equal items: ``one[first:first + length]`` is ``other[second:...]``."""

    first: int
    second: int
    length: int


@dataclass(slots=True)
class Budget:
    """Steps that may still be taken, shared by what is compared one by one."""

    steps: int


def common_runs(
    one: Sequence[object], other: Sequence[object], budget: Budget
) -> list[Run]:
    """Find the runs that two sequences have in common, in order.

    Where the budget does not suffice only what both begin and end with is found.
    """
    head = _shared(one, other)
    tail = _shared(one[head:][::-1], other[head:][::-1])
    middle = _greedy(
        one[head : len(one) - tail], other[head : len(other) - tail], budget
    )
    runs = [Run(0, 0, head)]
    runs += (Run(run.first + head, run.second + head, run.length) for run in middle)
    runs.append(Run(len(one) - tail, len(other) - tail, tail))
    return list(_joined(run for run in runs if run.length))


def _shared(one: Sequence[object], other: Sequence[object]) -> int:
    """Count the items that two sequences begin with alike."""
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length


def _greedy(
    one: Sequence[object], other: Sequence[object], budget: Budget
) -> list[Run]:
    """Go as far as possible with ever more edits until both ends are reached."""
    rows: list[list[int]] = []
    if not one or not other:
        return []
    while budget.steps > 0:
        edits, row = len(rows), list[int]()
        for number in range(edits + 1):
            start = _reach(rows[-1], number)[0] if rows else 0
            lead = 2 * number - edits
            place = start
            while (
                place < len(one)
                and place - lead < len(other)
                and one[place] == other[place - lead]
            ):
                place += 1
            row.append(place)
            budget.steps -= 1 + place - start
            if place >= len(one) and place - lead >= len(other):
                return list(_walk_back([*rows, row]))[::-1]
        rows.append(row)
    return []


def _reach(before: list[int], number: int) -> tuple[int, bool]:
    """Tell where one edit more leads to, and whether it is an insertion."""
    inserts = number == 0 or (
        number != len(before) and before[number - 1] < before[number]
    )
    return (before[number] if inserts else before[number - 1] + 1), inserts


def _walk_back(rows: list[list[int]]) -> Iterator[Run]:
    """List the runs on the way to the last place of the last row, last one first."""
    number = len(rows[-1]) - 1
    place = rows[-1][number]
    for edits in range(len(rows) - 1, -1, -1):
        start, inserts = _reach(rows[edits - 1], number) if edits else (0, False)
        yield Run(start, start - (2 * number - edits), place - start)
        number -= not inserts
        place = start - (not inserts)


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Join runs that follow on one another in both sequences."""
    last: Run | None = None
    for run in runs:
        if last is None:
            last = run
        elif (last.first + last.length, last.second + last.length) == run[:2]:
            last = Run(last.first, last.second, last.length + run.length)
        else:
            yield last
            last = run
    if last is not None:
        yield last
