"""Facts about asking a list for numbers: the answers are those of reading it."""

from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.codec.elias_fano import LIMIT, Bytes, Ints
from index.codec.probing import find_places, keep_held, shortest_first
from tests.index.lists import (
    WIDTHS,
    damaged,
    encoded,
    every_width,
    seeds,
    some_numbers,
)

PAD = np.full(9, 255, np.uint8)
"""Bytes before and behind a list that are none of its own."""

compiling = settings(deadline=None)


class Asked(NamedTuple):
    """A list, and what is asked of it.

    Attributes:
        universe: What the numbers are below.
        numbers: The list.
        values: What is sought, ascending.
        shift: What is added to each.
    """

    universe: int
    numbers: list[int]
    values: Ints
    shift: int

    @property
    def data(self) -> Bytes:
        """The list between other bytes."""
        return np.concatenate((PAD, encoded([self.numbers], self.universe), PAD))


def ask(rng: np.random.Generator, low: int) -> Asked:
    """Choose a list, and numbers that are in it, beside its own and elsewhere."""
    universe, count = WIDTHS[low]
    numbers = some_numbers(rng, universe, count)
    shift = int(rng.choice([0, 1, -1, 3, -count, -universe, universe // 2]))
    others = some_numbers(rng, universe, count)
    near = [number + int(rng.integers(-2, 3)) for number in numbers]
    some = rng.choice([*numbers, *others, *near], int(rng.integers(2 * count + 1)))
    moved = np.unique(some - shift)
    values = moved[np.abs(moved) < LIMIT].astype(np.int32)
    return Asked(universe, numbers, values, shift)


@every_width
@compiling
@given(rng=seeds)
def test_held_numbers_are_those_of_an_intersection(
    low: int, rng: np.random.Generator
) -> None:
    """Of numbers that are moved up or down those are kept that stand in the list."""
    universe, numbers, values, shift = asked = ask(rng, low)
    expected = [each for each in values.tolist() if each + shift in {*numbers}]
    kept = keep_held(asked.data, PAD.size, len(numbers), universe, values, shift)
    assert values[:kept].tolist() == expected


@every_width
@compiling
@given(rng=seeds)
def test_places_are_those_in_the_list(low: int, rng: np.random.Generator) -> None:
    """A number that is not there has the place -1."""
    universe, numbers, values, shift = asked = ask(rng, low)
    places = {number: place for place, number in enumerate(numbers)}
    found = find_places(asked.data, PAD.size, len(numbers), universe, values, shift)
    expected = [places.get(each + shift, -1) for each in values.tolist()]
    assert found.tolist() == expected


@pytest.mark.parametrize("universe", [0, 3, 1000])
def test_empty_list_holds_nothing(universe: int) -> None:
    """The bytes where it would stand are those of another list, or none."""
    for data in (PAD, PAD[:0]):
        values = np.asarray([0, 1, 2], np.int32)
        assert keep_held(data, 0, 0, universe, values, 0) == 0
        assert find_places(data, 0, 0, universe, values, 0).tolist() == [-1] * 3


@every_width
def test_list_that_is_cut_short_is_refused(low: int) -> None:
    """One byte less is told, and so is a place before the first byte."""
    universe, count = WIDTHS[low]
    data, values = encoded([range(count)], universe), np.asarray([3], np.int32)
    for damage in (data[:-1], data[:0]):
        with pytest.raises(ValueError, match="ends too early"):
            keep_held(damage, 0, count, universe, values, 0)
    with pytest.raises(ValueError, match="ends too early"):
        find_places(data, -1, count, universe, values, 0)


def places_in(data: Bytes, asked: Asked) -> list[int] | None:
    """Tell the places, or nothing for damage; what is behind the bytes is no matter."""
    answers: list[list[int] | None] = []
    for byte in (0, 255, 90):
        buffer = np.append(data, np.full(4000, byte, np.uint8))
        try:
            found = find_places(
                buffer[: data.size],
                0,
                len(asked.numbers),
                asked.universe,
                asked.values,
                asked.shift,
            )
        except ValueError:
            answers.append(None)
        else:
            answers.append(found.tolist())
    assert answers[0] == answers[1] == answers[2]
    return answers[0]


@every_width
@compiling
@given(rng=seeds, data=st.data())
def test_damaged_lists_give_places_they_have(
    low: int, rng: np.random.Generator, data: st.DataObject
) -> None:
    """Whatever the bytes are, a place is one of the list's, so that none is outside."""
    asked = ask(rng, low)
    changed = data.draw(damaged(encoded([asked.numbers], asked.universe)))
    places = places_in(changed, asked)
    if places is not None:
        assert len(places) == asked.values.size
        assert all(-1 <= place < len(asked.numbers) for place in places)


@every_width
def test_list_of_bits_only_gives_places_it_has(low: int) -> None:
    """More numbers than there should be are no reason to read behind the last."""
    universe, count = WIDTHS[low]
    every = np.linspace(0, universe - 1, 5000)
    asked = Asked(universe, [*range(count)], np.unique(every.astype(np.int32)), 0)
    data = np.full(encoded([asked.numbers], universe).size, 255, np.uint8)
    places = places_in(data, asked)
    assert places is None or max(places) < count


@given(st.lists(st.integers(0, 5)))
@compiling
def test_shortest_lists_come_first(counts: list[int]) -> None:
    """Those of one length stay in order."""
    found = shortest_first(np.asarray(counts, np.int32))
    assert found.tolist() == sorted(range(len(counts)), key=counts.__getitem__)
