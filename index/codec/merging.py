"""Writing a segment's file: from what is in memory, or from older segments.

A merge goes through the terms in order, some million postings at a time, so that it
needs no more memory than that, the dictionaries and the columns.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.codec.container import ContainerWriter
from index.codec.lists import Keys, Lists, firsts, merge
from index.codec.literal import made_whole, with_literal
from index.codec.numbers import pack
from index.codec.pairs import Pairs
from index.codec.sections import (
    write_lists,
    write_meta,
    write_pairs,
    write_row,
    write_terms,
    write_whole,
)
from index.codec.segment_file import (
    BODY,
    GRAMS,
    WORD_FIELDS,
    WORDS,
    SegmentFile,
)
from index.codec.sources import Source
from index.codec.terms import Terms
from index.inverter import Content

_CHUNK: Final = 1 << 23
"""Postings merged at once; each takes about 40 bytes while it is."""


def write_content(path: Path, content: Content) -> None:
    """Write a segment from memory; the file appears whole or not at all."""
    with ContainerWriter(path) as out:
        _write_columns(out, content)
        _write_pairs(out, [content.lists[GRAMS]], content.positions)
        pairs = _written_pairs(out, content)
        words = content.terms[WORDS]
        write_terms(out, WORDS, words)
        tokens = {
            name: content.lists[name].covering(0, len(words)) for name in WORD_FIELDS
        }
        whole = made_whole(words, tokens[BODY].counts, content.documents)
        for name, lists in tokens.items():
            parts: Iterable[Lists] = [lists]
            if name == BODY:
                parts = with_literal(parts if words else (), words, whole, pairs)
            write_lists(out, name, content.documents, parts)
        write_whole(out, whole)
        for name, terms in content.terms.items():
            if name != WORDS:
                write_terms(out, name, terms)
                write_lists(out, name, content.documents, [content.lists[name]])


def merge_segments(path: Path, files: Sequence[tuple[SegmentFile, set[int]]]) -> int:
    """Write one segment from others, in their order, without what is deleted.

    Args:
        path: The file to write.
        files: Segments, and the documents deleted of each.

    Returns:
        The documents left.
    """
    sources: list[Source] = []
    for file, deleted in files:
        sources.append(Source(file, deleted, sources[-1] if sources else None))
    columns = _columns(sources)
    with ContainerWriter(path) as out:
        _write_columns(out, columns)
        keys = [source.file.pairs.keys for source in sources]
        _write_pairs(out, _merged(sources, keys, GRAMS), columns.positions)
        _merge_words(out, sources, columns.documents)
        for name in sorted({name for file, _ in files for name in file.fields}):
            _merge_field(out, name, sources, columns.documents)
    return columns.documents


def _columns(sources: Sequence[Source]) -> Content:
    """Join what is kept for each document."""
    return Content(
        terms={},
        lists={},
        tokens={
            name: np.concatenate([source.tokens(name) for source in sources])
            for name in WORD_FIELDS
        },
        rows={
            name: [value for source in sources for value in source.row(name)]
            for name in sources[0].file.row_names
        },
        text_lengths=np.concatenate([source.text_lengths for source in sources]),
        title_lengths=np.concatenate([source.title_lengths for source in sources]),
    )


def _write_pairs(out: ContainerWriter, parts: Iterable[Lists], positions: int) -> None:
    """Write the pairs, those left out that nothing is left of."""
    written: list[Keys] = [np.empty(0, np.uint64)]

    def seen() -> Iterator[Lists]:
        for part in parts:
            some = part.without_empty()
            written.append(some.keys)
            yield some

    write_lists(out, GRAMS, positions, seen())
    write_pairs(out, np.concatenate(written))


def _written_pairs(out: ContainerWriter, content: Content) -> Pairs:
    """Open the pairs that were just written."""
    ends, titles = np.cumsum(content.text_lengths), content.title_lengths
    return Pairs(out.so_far(), GRAMS, ends, titles.astype(np.int32))


def _write_columns(out: ContainerWriter, content: Content) -> None:
    """Write what is kept for each document."""
    write_meta(out, content.documents, content.positions)
    for name, values in content.rows.items():
        write_row(out, name, values)
    out.put("text.lengths", pack(content.text_lengths))
    out.put("title.lengths", pack(content.title_lengths))
    for name, tokens in content.tokens.items():
        out.put(f"{name}.tokens", pack(tokens))


def _merge_words(
    out: ContainerWriter, sources: Sequence[Source], documents: int
) -> None:
    """Merge the words of all fields of text."""
    terms, keys = _unite([source.file.words.terms for source in sources])
    write_terms(out, WORDS, terms)
    for name in WORD_FIELDS:
        write_lists(out, name, documents, _merged(sources, keys, name))
    several = np.zeros(len(terms), np.int64)
    for source, known in zip(sources, keys, strict=True):
        several[known.astype(np.int64)] += source.file.words.whole
    write_whole(out, (several == len(sources)).astype(np.int64))


def _merge_field(
    out: ContainerWriter, name: str, sources: Sequence[Source], documents: int
) -> None:
    """Merge a field that has a dictionary of its own."""
    held = [each for each in sources if name in each.file.fields]
    terms, keys = _unite([each.file.fields[name].terms for each in held])
    kept: list[Keys] = [np.empty(0, np.uint64)]

    def parts() -> Iterator[Lists]:
        for part in _merged(held, keys, name):
            some = part.without_empty()
            kept.append(some.keys)
            yield some

    write_lists(out, name, documents, parts())
    write_terms(out, name, [terms[place] for place in np.concatenate(kept).tolist()])


def _merged(
    sources: Sequence[Source], keys: Sequence[Keys], name: str
) -> Iterator[Lists]:
    """Merge the lists of a field, some million postings at a time.

    Args:
        sources: The segments.
        keys: The keys of each one's lists, as they are in the whole.
        name: The field.

    Yields:
        Lists of all keys in order; those that nothing is left of are empty.
    """
    for first, last in _ranges(keys, [source.lists(name).counts for source in sources]):
        runs = []
        for source, known in zip(sources, keys, strict=True):
            start, stop = np.searchsorted(known, np.asarray([first, last], np.uint64))
            here = known[start:stop]
            runs.append(source.read(name, int(start), int(stop))._replace(keys=here))
        yield merge(runs)


def _unite(dictionaries: Iterable[Terms]) -> tuple[list[bytes], list[Keys]]:
    """Join dictionaries; the keys of each are the places in the whole."""
    each = [terms[:] for terms in dictionaries]
    united = sorted({term for known in each for term in known})
    places = {term: place for place, term in enumerate(united)}
    keys = [np.asarray([places[term] for term in known], np.uint64) for known in each]
    return united, keys


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
