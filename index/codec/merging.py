"""Writing a segment's file: from what is in memory, or from older segments.

A merge goes through the terms in order, some million postings at a time, so that it
needs no more memory than that, the dictionaries and the columns.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.codec.container import ContainerWriter
from index.codec.elias_fano import Longs
from index.codec.lists import Keys, Lists, firsts, merge
from index.codec.sections import (
    narrow,
    write_lists,
    write_meta,
    write_pairs,
    write_row,
    write_terms,
)
from index.codec.segment_file import (
    GRAMS,
    FieldFile,
    PairsFile,
    SegmentFile,
    Value,
)
from index.inverter import Content

_CHUNK: Final = 1 << 23
"""Postings merged at once; each takes about 40 bytes while it is."""


def write_content(path: Path, content: Content) -> None:
    """Write a segment from memory; the file appears whole or not at all."""
    with ContainerWriter(path) as out:
        _write_columns(out, content)
        for name, lists in content.lists.items():
            if name == GRAMS:
                write_pairs(out, lists.keys)
                write_lists(out, name, content.positions, [lists])
            else:
                write_terms(out, name, content.terms[name])
                write_lists(out, name, content.documents, [lists])


def merge_segments(path: Path, files: Sequence[tuple[SegmentFile, set[int]]]) -> int:
    """Write one segment from others, in their order, without what is deleted.

    Args:
        path: The file to write.
        files: Segments, and the documents deleted of each.

    Returns:
        The documents left.
    """
    sources: list[_Source] = []
    for file, deleted in files:
        sources.append(_Source(file, deleted, sources[-1] if sources else None))
    rows = {
        name: [value for source in sources for value in source.row(name)]
        for name in files[0][0].row_names
    }
    scored = {name: files[0][0].tokens(name) for name in files[0][0].fields}
    columns = Content(
        terms={},
        lists={},
        tokens={
            name: np.concatenate([source.tokens(name) for source in sources])
            for name, tokens in scored.items()
            if tokens is not None
        },
        rows=rows,
        text_lengths=np.concatenate([source.text_lengths for source in sources]),
        title_lengths=np.concatenate([source.title_lengths for source in sources]),
    )
    with ContainerWriter(path) as out:
        _write_columns(out, columns)
        for name in sorted({name for file, _ in files for name in file.fields}):
            universe = columns.positions if name == GRAMS else columns.documents
            _merge_field(out, name, sources, universe)
    return columns.documents


def _write_columns(out: ContainerWriter, content: Content) -> None:
    """Write what is kept for each document."""
    write_meta(out, content.documents, content.positions)
    for name, values in content.rows.items():
        write_row(out, name, values)
    out.put("text.lengths", content.text_lengths.astype("<u4"))
    out.put("title.lengths", narrow(content.title_lengths))
    for name, tokens in content.tokens.items():
        out.put(f"{name}.tokens", narrow(tokens))


@dataclass
class _Source:
    """A segment that is merged, and where its documents go.

    Attributes:
        file: Its file.
        deleted: Documents left out.
        before: The segment whose documents come before.
    """

    file: SegmentFile
    deleted: set[int]
    before: "_Source | None"

    @cached_property
    def alive(self) -> NDArray[np.bool_]:
        """Tell of each document whether it stays."""
        alive = np.ones(self.file.documents, np.bool_)
        alive[[*self.deleted]] = False
        return alive

    @cached_property
    def text_lengths(self) -> Longs:
        """The lengths of the texts that stay."""
        ends = self.file.text_ends
        return np.diff(np.concatenate(([0], ends)))[self.alive]

    @cached_property
    def title_lengths(self) -> Longs:
        """The lengths of the titles that stay."""
        return self.file.title_lengths.astype(np.int64)[self.alive]

    @cached_property
    def ends(self) -> tuple[int, int]:
        """Where documents and positions end when these have been put in."""
        documents, positions = self.starts
        kept = int(np.count_nonzero(self.alive))
        return documents + kept, positions + int(self.text_lengths.sum())

    @property
    def starts(self) -> tuple[int, int]:
        """Where documents and positions begin."""
        return self.before.ends if self.before else (0, 0)

    def tokens(self, field: str) -> Longs:
        """Give the tokens in a field of the documents that stay."""
        tokens = self.file.tokens(field)
        if tokens is None:
            return np.zeros(self.text_lengths.size, np.int64)
        return tokens.astype(np.int64)[self.alive]

    def row(self, name: str) -> Iterator[Value]:
        """Give what is stored of the documents that stay."""
        values, codes = self.file.row(name)
        return (values[code] for code in codes[self.alive].tolist())

    def moved(self, lists: Lists, name: str) -> Lists:
        """Give lists with the new docnums or positions, deleted ones left out."""
        start = self.starts[name == GRAMS]
        if not self.deleted:
            return lists.shifted(start)
        owners: NDArray[np.integer] = lists.values
        if name == GRAMS:
            owners = np.searchsorted(self.file.text_ends, lists.values, "right")
        kept = self.alive[owners]
        gone: Longs = np.cumsum(~self.alive, dtype=np.int64)
        if name == GRAMS:
            lengths = np.diff(np.concatenate(([0], self.file.text_ends)))
            gone = np.cumsum(lengths * ~self.alive)
        values = lists.values[kept] - gone[owners[kept]] + start
        owner_list = np.repeat(np.arange(lists.keys.size), lists.counts)[kept]
        counts = np.bincount(owner_list, minlength=lists.keys.size)
        some = counts > 0
        freqs = None if lists.freqs is None else lists.freqs[kept]
        return Lists(lists.keys[some], counts[some], values.astype(np.int32), freqs)


def _merge_field(
    out: ContainerWriter, name: str, sources: Sequence[_Source], universe: int
) -> None:
    """Merge one field."""
    held = [
        (each, each.file.fields[name]) for each in sources if name in each.file.fields
    ]
    terms: list[bytes] = []
    if name == GRAMS:
        keys = [lists.keys for _, lists in held if isinstance(lists, PairsFile)]
    else:
        terms, keys = _unite([lists for _, lists in held])
    written: list[Keys] = [np.empty(0, np.uint64)]

    def parts() -> Iterator[Lists]:
        for first, last in _ranges(keys, [lists.counts for _, lists in held]):
            runs = []
            for (source, lists), known in zip(held, keys, strict=True):
                at = np.searchsorted(known, np.asarray([first, last], np.uint64))
                read = lists.read(*at.tolist())
                read = Lists(known[at[0] : at[1]], read.counts, read.values, read.freqs)
                runs.append(source.moved(read, name))
            merged = merge(runs)
            written.append(merged.keys)
            yield merged

    write_lists(out, name, universe, (part for part in parts() if part.keys.size))
    left = np.concatenate(written)
    if name == GRAMS:
        write_pairs(out, left)
    else:
        write_terms(out, name, [terms[place] for place in left.tolist()])


def _unite(fields: Iterable[FieldFile]) -> tuple[list[bytes], list[Keys]]:
    """Join dictionaries; the keys of each are the places in the whole."""
    each = [[lists[place] for place in range(len(lists))] for lists in fields]
    terms = sorted({term for known in each for term in known})
    places = {term: place for place, term in enumerate(terms)}
    keys = [np.asarray([places[term] for term in known], np.uint64) for known in each]
    return terms, keys


def _ranges(
    keys: Sequence[Keys], counts: Sequence[NDArray[np.generic]]
) -> Iterator[tuple[int, int]]:
    """Cut the keys into ranges that have about ``_CHUNK`` postings or one key."""
    known = np.concatenate(keys)
    if not known.size:
        return
    order = np.argsort(known, kind="stable")
    ordered = known[order]
    before = np.cumsum(np.concatenate(counts).astype(np.int64)[order])
    new = firsts(ordered)
    start = 0
    while start < ordered.size:
        done = int(before[start - 1]) if start else 0
        at = int(np.searchsorted(before, done + _CHUNK, "right"))
        later = new[np.searchsorted(new, max(at, start + 1)) :]
        end = int(later[0]) if later.size else ordered.size
        last = int(ordered[end]) if end < ordered.size else int(ordered[-1]) + 1
        yield int(ordered[start]), last
        start = end
