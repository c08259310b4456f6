"""The one file of a segment: documents, dictionaries and posting lists.

A ``container`` with these sections; ``u?`` is the narrowest of u1, u2 and u4 that
holds all numbers, FIELD the name of a field of the schema::

    meta            u1  JSON: {"documents": n, "positions": n}
    row.NAME        u1  zlib(JSON): the different values of one thing stored
    row.NAME.codes  u?  for each document its value's place there
    text.lengths    u4  characters of each document's exact text: title and blocks,
                        a line end behind each
    title.lengths   u?  characters of each title
    FIELD.tokens    u?  tokens of each document in the field, where it is scored

    FIELD.terms     u1  the field's terms in UTF-8, one behind the other, ascending
    FIELD.sizes     u?  bytes of each term
    FIELD.counts    u?  documents of each term
    FIELD.lists     u1  docnums of each term: ``elias_fano`` lists, one behind the
                        other, with the number of documents as their universe
    FIELD.freqs     u1  how often each document has the term: ``frequencies``
    FIELD.freqsizes u?  bytes of each term's frequencies

    grams.letters   u4  the different characters, ascending
    grams.pairs     u?  the pairs of neighbours: place of the first in ``letters``
                        times the number of letters, plus place of the second
    grams.counts    u?  occurrences of each pair
    grams.lists     u1  where each pair begins, in characters from the first
                        document's first: ``elias_fano`` lists, with the sum of
                        ``text.lengths`` as their universe

No pair has a line end in it, so none crosses a block. A string stands where its
pairs stand one behind the other; two of them that do not overlap are enough for
four characters. The pairs of the titles are those that begin before the title ends.

Measured on law texts, 20,000 documents (21 M characters; ``tests.bench``): see
ARCHITECTURE.md.
"""

import json
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.codec.container import Array, Container, DamagedFile
from index.codec.elias_fano import (
    Ints,
    Longs,
    decode,
    decode_all,
    low_bits,
    sizes,
)
from index.codec.frequencies import decode_all_freqs, decode_freqs
from index.codec.lists import Lists

GRAMS: Final = "grams"
EXTENSION: Final = ".arrays"
_GRID: Final = 8
Value = str | int | bool | None


def to_bytes(text: str) -> bytes:
    """Write a term; unpaired surrogates are possible in what pages hold."""
    return text.encode("utf-8", "surrogatepass")


@dataclass(frozen=True)
class FieldFile:
    """The lists of one field.

    Attributes:
        file: The segment's file.
        name: The field.
        universe: Documents, or positions for ``grams``.
    """

    file: Container
    name: str
    universe: int

    def _section(self, name: str) -> Array:
        return self.file.get(f"{self.name}.{name}")

    @cached_property
    def counts(self) -> Array:
        """The length of each list."""
        return self._section("counts")

    @cached_property
    def scored(self) -> bool:
        """Whether frequencies are kept."""
        return f"{self.name}.freqs" in self.file

    @cached_property
    def _low(self) -> NDArray[np.uint8]:
        return low_bits(self.counts, self.universe).astype(np.uint8)

    @cached_property
    def offsets(self) -> Longs:
        """Where each list begins, and the end of the last."""
        ends = np.cumsum(sizes(self.counts, self.universe))
        if self._section("lists").size != (int(ends[-1]) if ends.size else 0):
            raise DamagedFile(self.file.name, f"{self.name} has lists of another size")
        return np.concatenate(([0], ends))

    @cached_property
    def _freq_offsets(self) -> Longs:
        ends = np.cumsum(self._section("freqsizes"), dtype=np.int64)
        return np.concatenate(([0], ends))

    @cached_property
    def _term_ends(self) -> NDArray[np.uint32]:
        return np.cumsum(self._section("sizes"), dtype=np.uint32)

    @cached_property
    def _term_bytes(self) -> memoryview:
        return memoryview(self._section("terms"))  # type: ignore[arg-type]  # an array

    def __len__(self) -> int:
        """Tell how many terms there are."""
        return int(self.counts.size)

    def __getitem__(self, number: int) -> bytes:
        """Give a term."""
        ends = self._term_ends
        start = ends[number - 1] if number else 0
        return bytes(self._term_bytes[start : ends[number]])

    def place(self, term: bytes) -> int:
        """Tell where a term stands or would stand."""
        return bisect_left(self, term)

    def find(self, term: bytes) -> int:
        """Tell where a term stands, or -1."""
        number = self.place(term)
        return number if number < len(self) and self[number] == term else -1

    def begin(self, start: bytes) -> Iterator[bytes]:
        """List the terms that begin with some bytes."""
        for number in range(self.place(start), len(self)):
            term = self[number]
            if not term.startswith(start):
                return
            yield term

    def values(self, number: int) -> Ints:
        """Read one list."""
        data = self._section("lists")[int(self.offsets[number]) :]
        count, low = int(self.counts[number]), int(self._low[number])
        return decode(data.view(np.uint8), count, low, self.universe)

    def freqs(self, number: int) -> Ints:
        """Read the frequencies of one list."""
        data = self._section("freqs")[int(self._freq_offsets[number]) :]
        return decode_freqs(data.view(np.uint8), int(self.counts[number]))

    def read(self, first: int, last: int) -> Lists:
        """Read the lists from one place up to another; their keys are the places."""
        at = self.offsets
        counts = self.counts[first:last].astype(np.int64)
        data = self._section("lists")[int(at[first]) : int(at[last])].view(np.uint8)
        values = decode_all(data, counts, self.universe)
        freqs = None
        if self.scored:
            lengths = self._section("freqsizes")[first:last].astype(np.int64)
            begin, end = self._freq_offsets[[first, last]].tolist()
            kept = self._section("freqs")[begin:end].view(np.uint8)
            freqs = decode_all_freqs(kept, counts, lengths)
        return Lists(np.arange(first, last, dtype=np.uint64), counts, values, freqs)


class PairsFile(FieldFile):
    """The lists of the pairs of neighbours."""

    @cached_property
    def letters(self) -> Array:
        """The different characters, ascending."""
        return self._section("letters")

    @cached_property
    def _pairs(self) -> Array:
        return self._section("pairs")

    @cached_property
    def keys(self) -> NDArray[np.uint64]:
        """All pairs as ``first << 21 | second``."""
        first, second = np.divmod(self._pairs.astype(np.int64), self.letters.size)
        letters = self.letters.astype(np.uint64)
        keys: NDArray[np.uint64] = (letters[first] << np.uint64(21)) | letters[second]
        return keys

    def __getitem__(self, number: int) -> bytes:
        """Give a pair."""
        places = divmod(int(self._pairs[number]), self.letters.size)
        return to_bytes("".join(chr(int(self.letters[place])) for place in places))

    def place(self, term: bytes) -> int:
        """Tell where a pair, or what a pair begins with, stands or would stand."""
        codes = [*map(ord, term.decode("utf-8", "surrogatepass"))][:2]
        first, second = [*codes, 0, 0][:2]
        row = int(np.searchsorted(self.letters, first))
        if row == self.letters.size:
            return len(self)
        key = row * self.letters.size
        if self.letters[row] == first:
            key += int(np.searchsorted(self.letters, second))
        if not self._pairs.size or key > int(self._pairs[-1]):
            return len(self)
        return int(np.searchsorted(self._pairs, self._pairs.dtype.type(key)))


class SegmentFile:
    """Reads the file of a segment."""

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            DamagedFile: It is torn, foreign or of another version.
            OSError: It cannot be opened.
        """
        self.container = Container(path)
        try:
            meta = json.loads(self.container.get("meta").tobytes())
            self.documents = int(meta["documents"])
            self.positions = int(meta["positions"])
        except (ValueError, KeyError, TypeError) as error:
            raise DamagedFile(path.name, str(error)) from error
        names = self.container.bytes_by_section()
        self.fields: dict[str, FieldFile] = {
            name.removesuffix(".lists"): self._field(name.removesuffix(".lists"))
            for name in names
            if name.endswith(".lists")
        }
        self.row_names = tuple(
            name.removeprefix("row.")
            for name in names
            if name.startswith("row.") and not name.endswith(".codes")
        )

    def _field(self, name: str) -> FieldFile:
        if name == GRAMS:
            return PairsFile(self.container, name, self.positions)
        return FieldFile(self.container, name, self.documents)

    @property
    def pairs(self) -> PairsFile:
        """The pairs of neighbours."""
        found = self.fields[GRAMS]
        assert isinstance(found, PairsFile)  # noqa: S101 (made so above)
        return found

    @cached_property
    def text_ends(self) -> Longs:
        """Where each document's exact text ends, shape (n_docs,)."""
        return np.cumsum(self.container.get("text.lengths"), dtype=np.int64)

    @cached_property
    def _owners(self) -> Ints:
        """The document that each 256th position is in."""
        grid = np.arange(0, self.positions, 1 << _GRID)
        return np.searchsorted(self.text_ends, grid, "right").astype(np.int32)

    def owners(self, places: Ints) -> Ints:
        """Tell the document of each position."""
        if self.documents << _GRID > self.positions << 2:  # very short texts
            return np.searchsorted(self.text_ends, places, "right").astype(np.int32)
        found: Ints = self._owners[places >> _GRID]
        while (later := places >= self.text_ends[found]).any():
            found += later
        return found

    @cached_property
    def title_lengths(self) -> Array:
        """The characters of each title, shape (n_docs,)."""
        return self.container.get("title.lengths")

    def tokens(self, field: str) -> Array | None:
        """Give the tokens each document has in a scored field, shape (n_docs,)."""
        name = f"{field}.tokens"
        return self.container.get(name) if name in self.container else None

    def row(self, name: str) -> tuple[list[Value], Array]:
        """Read the different values stored under a name, and each document's code."""
        try:
            content = zlib.decompress(self.container.get(f"row.{name}").tobytes())
            values = json.loads(content)
        except (zlib.error, ValueError) as error:
            raise DamagedFile(self.container.name, str(error)) from error
        return values, self.container.get(f"row.{name}.codes")
