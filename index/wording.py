"""What a text says, apart from how it is set: its letters, and its figures as slots.

Copies of one text differ in marks, line ends, script and masks; summaries of two years
differ in figures. So a text becomes a row of *symbols*: folded letters, and one sign in
the place of every figure, whose value is kept beside it. Marks and spaces are no
symbols. A figure that a page masks (``**``, ``00``, ``○○``) has an unknown value.

Shingles, ``SHINGLE`` symbols in a row with figures by value, are hashed; a sample of
the hashes says which other texts are worth comparing. A hash is in the sample where its
lowest bits are 0, so the samples of two texts agree on what they share (FracMinHash:
Hera, Pierce-Ward, Koslicki, Genome Research 33, 2023). How many bits is the *level*,
the lowest that leaves at most ``MOST`` hashes: a short text is sampled densely, and a
long one takes no more room than a short one.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.codepoints import members
from index.compiled import compiled
from index.fold import Codes, codes_of, fold_codes

Symbols = NDArray[np.uint32]
Values = NDArray[np.int64]
Hashes = NDArray[np.int64]
Kinds = NDArray[np.uint8]

FIGURE: Final = 0
"""The symbol of every figure."""

UNKNOWN: Final = -1
"""The value of a masked figure."""

SHINGLE: Final = 10
MOST: Final = 32

_DOUBLED: Final = 1.6
"""A text whose shingles stand there so often on average is printed twice."""

_OTHER, _LETTER, _DIGIT, _NUMERAL, _JOINER, _MASK = range(6)
_NUMERALS: Final = "〇一二三四五六七八九"
_MASKS: Final = "[*×□■●◯]"
_ZERO: Final = ord("0")
_YEAR_LENGTH: Final = 4
"""Chinese digits in a row that are a figure, as in 二〇二一年; fewer may be words."""

# Knuth's multiplier for linear congruences (MMIX), and the finalizer of SplitMix64
# (Steele, Lea, Flood, OOPSLA 2014).
_BASE: Final = np.uint64(6364136223846793005)
_MIX_1: Final = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2: Final = np.uint64(0x94D049BB133111EB)
_KEPT_BITS: Final = np.uint64((1 << 48) - 1)
_VALUE_BITS: Final = (1 << 60) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A text as symbols, and the sample of its hashes.

    Attributes:
        symbols: Folded letters, and ``FIGURE`` for each figure, shape (n,).
        values: The value of each figure, 0 for letters, shape (n,).
        hashes: The sample, ascending, below 2**48, shape (n_hashes,).
        different: How many different shingles there are.
        doubled: Whether the text is printed twice.
    """

    symbols: Symbols
    values: Values
    hashes: Hashes
    different: int
    doubled: bool


def wording(text: str) -> Wording:
    """Read what a text says."""
    return wording_of(fold_codes(codes_of(text)))


def wording_of(folded: Codes) -> Wording:
    """Read what a text says that is folded already."""
    symbols, values = _read(folded, _kinds(), codes_of(_NUMERALS))
    shingles = _shingles(symbols, values)
    shingles.sort()
    different = shingles[_first_ones(shingles)]
    return Wording(
        symbols=symbols,
        values=values,
        hashes=at_level(different, level_of(different.size)),
        different=different.size,
        doubled=shingles.size >= _DOUBLED * different.size and different.size > 1,
    )


def _first_ones(ordered: Hashes) -> NDArray[np.bool_]:
    """Tell of each number whether it is the first of its value."""
    first = np.ones(ordered.size, np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first


def level_of(different: int) -> int:
    """Tell at which level a text with so many different shingles is sampled."""
    return (different // (MOST + 1)).bit_length()


def at_level(hashes: Hashes, level: int) -> Hashes:
    """Give those of a sample that a sparser one has too."""
    found: Hashes = hashes[hashes & ((1 << level) - 1) == 0]
    return found


@cache
def _kinds() -> Kinds:
    """Tell of every code point what it is in a text."""
    kinds = np.zeros(0x110000, np.uint8)
    for kind, letters in (
        (_LETTER, r"[^\W_]"),
        (_DIGIT, "[0-9]"),
        (_NUMERAL, f"[{_NUMERALS}]"),
        (_JOINER, "[.,]"),
        (_MASK, _MASKS),
    ):
        kinds[members(letters)] = kind
    return kinds


@compiled
def _read(folded: Codes, kinds: Kinds, digits: Codes) -> tuple[Symbols, Values]:
    """Give the symbols of a text and the values of its figures."""
    symbols = np.empty(folded.size, np.uint32)
    values = np.zeros(folded.size, np.int64)
    at, size = 0, 0
    while at < folded.size:
        kind, symbol = kinds[folded[at]], int(folded[at])
        end, value = at + 1, 0
        if kind == _DIGIT:
            end, value = _digits(folded, kinds, at)
            symbol = FIGURE
        elif kind in (_NUMERAL, _MASK):
            end, value = _numeral(folded, kinds, at, digits)
            if value != 0:
                symbol = FIGURE
        if kind not in (_OTHER, _JOINER):
            symbols[size], values[size] = symbol, value
            size += 1
        at = end
    return symbols[:size].copy(), values[:size].copy()


@compiled
def _digits(folded: Codes, kinds: Kinds, at: int) -> tuple[int, int]:
    """Give the end and the value of a number; of several zeros it is unknown."""
    value, length, start = 0, folded.size, at
    while at < length:
        if kinds[folded[at]] == _DIGIT:
            value = (value * 10 + int(folded[at]) - _ZERO) & _VALUE_BITS
        elif not (
            kinds[folded[at]] == _JOINER
            and at + 1 < length
            and kinds[folded[at + 1]] == _DIGIT
        ):
            break
        at += 1
    return at, UNKNOWN if value == 0 and at > start + 1 else value


@compiled
def _numeral(folded: Codes, kinds: Kinds, at: int, digits: Codes) -> tuple[int, int]:
    """Give the end and the value of Chinese digits or masks, 0 where they are none.

    Masks and circles alone are a figure of unknown value.
    """
    end, value, kind = at, 0, kinds[folded[at]]
    while end < folded.size and kinds[folded[end]] == kind:
        value *= 10
        for digit in range(1, digits.size):
            if folded[end] == digits[digit]:
                value += digit
        end += 1
    if value == 0:
        return end, UNKNOWN
    return (end, value & _VALUE_BITS) if end >= at + _YEAR_LENGTH else (at + 1, 0)


@compiled
def _shingles(symbols: Symbols, values: Values) -> Hashes:
    """Hash every run of symbols; all of a text that is shorter than one."""
    size = min(SHINGLE, symbols.size)
    shingles = np.empty(symbols.size - size + 1 if size else 0, np.int64)
    power, rolling = np.uint64(1), np.uint64(0)
    for _ in range(size):
        power *= _BASE
    for at in range(symbols.size):
        rolling = rolling * _BASE + _one(symbols, values, at)
        if at >= size:
            rolling -= power * _one(symbols, values, at - size)
        if at + 1 >= size:
            shingles[at + 1 - size] = np.int64(_mix(rolling) & _KEPT_BITS)
    return shingles


@compiled
def _one(symbols: Symbols, values: Values, at: int) -> np.uint64:
    """Give a number for a symbol, and for a figure with its value."""
    return _mix(np.uint64(symbols[at]) + (np.uint64(values[at]) << np.uint64(21)))


@compiled
def _mix(number: np.uint64) -> np.uint64:
    """Spread a number over all bits."""
    number = (number ^ (number >> np.uint64(30))) * _MIX_1
    number = (number ^ (number >> np.uint64(27))) * _MIX_2
    return number ^ (number >> np.uint64(31))
