"""Collects what may be completed from an index, and writes ``index.completions``.

Four tables. *Terms* are the words of the dictionaries, two characters and more with a
letter in them, and neighbours among the words of titles (统战 and 工作 are 统战工作
there); *titles*, *sources* and *regions* are those of documents that are not deleted.
"""

import json
import operator
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import Final

import numpy as np

from index.analysis import Analyzer
from index.codec.container import ContainerWriter
from index.codec.elias_fano import Longs
from index.codec.numbers import pack
from index.codec.segment_file import SegmentFile, to_bytes
from index.codec.whoosh_codec import files_of
from index.codepoints import to_codes
from index.completions import (
    CELLS,
    FORMAT,
    NAME,
    TABLES,
    Entry,
    cell_of,
    commit_of,
)
from index.fold import fold
from index.pinyin import readings, spell
from index.respelling import spelled
from index.whoosh_index import broken_errors, newest_commit, open_reader

_LONGEST: Final = 20  # characters of a term
_LONGEST_TITLE: Final = 200
_NEIGHBOURS: Final = re.compile(r"[^\W\d_]{2,12}")
_HAN: Final = range(0x4E00, 0xA000)  # what is typed wrong need not be in any text
_LETTER: Final = re.compile(r"[^\W\d_]")

Part = tuple[SegmentFile, Sequence[int]]
"""A segment and the docnums deleted of it."""


def refresh_completions(folder: Path, analyzer: Analyzer) -> bool:
    """Write the completions of an index anew if they are of another commit.

    Returns:
        Whether there are completions now; none of an index that Whoosh wrote.

    Raises:
        IndexBroken: The index cannot be read.
    """
    commit = newest_commit(folder)
    if commit_of(folder) == commit:
        return True
    reader = open_reader(folder, analyzer)
    with broken_errors(folder):
        parts = files_of(reader)
        if parts is not None:
            write_completions(folder / NAME, collect(parts, analyzer), commit)
        reader.close()
    return parts is not None


def collect(parts: Sequence[Part], analyzer: Analyzer) -> dict[str, list[Entry]]:
    """Collect the entries of every table from the segments of an index."""
    titles = _values(parts, "title")
    terms = _terms(parts)
    for words, count in _phrases(titles, analyzer).items():
        subjects = count if count > 1 else 0  # one title's own words are no subject
        phrase = Entry("".join(words), spelled(words), count, count, subjects)
        terms.setdefault(phrase.folded, phrase)
    return {
        "terms": [*terms.values()],
        "titles": _named(titles, subjects=True),
        "sources": _named(_values(parts, "source"), subjects=False),
        "regions": _named(_values(parts, "region"), subjects=False),
    }


def write_completions(path: Path, tables: dict[str, list[Entry]], commit: int) -> None:
    """Write a file of completions; readers find the old or the new, never a part."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    numbers[""] = 0
    with ContainerWriter(path) as out:
        for name in TABLES:
            _put_table(out, name, sorted(tables[name]), numbers)
        _put_readings(out, [char for char in map(chr, _HAN) if readings(char)], numbers)
        out.put("syllables", _bytes("\n".join(numbers)))
        meta = json.dumps({"format": FORMAT, "commit": commit})
        out.put("meta", _bytes(meta))


def _terms(parts: Sequence[Part]) -> dict[str, Entry]:
    """List the words of all segments."""
    counts: dict[bytes, list[int]] = {}
    for file, _ in parts:
        words = file.words
        title, headings, body = words.fields
        subjects = np.maximum(title.counts, headings.counts)
        documents = np.maximum(body.counts, subjects)
        columns = np.stack((documents, np.maximum(body.holders, subjects), subjects))
        for term, row in zip(words.terms[:], columns.T.tolist(), strict=True):
            known = counts.setdefault(term, [0, 0, 0])
            known[:] = map(operator.add, known, row)
    entries = {}
    for term, (held, tokens, subject) in counts.items():
        text = term.decode("utf-8", "replace")
        if tokens and 1 < len(text) <= _LONGEST and _LETTER.search(text):
            entries[text] = Entry(text, spelled([text]), held, tokens, subject)
    return entries


def _phrases(titles: Counter[str], analyzer: Analyzer) -> Counter[tuple[str, str]]:
    """Count the documents in whose titles two words stand beside each other."""
    found: Counter[tuple[str, str]] = Counter()
    for title, count in titles.items():
        words = [word.text for word in analyzer.words(title)]
        pairs = {
            (one, other)
            for one, other in pairwise(words)
            if _NEIGHBOURS.fullmatch(one) and _NEIGHBOURS.fullmatch(other)
        }
        for pair in pairs:
            found[pair] += count
    return found


def _values(parts: Sequence[Part], name: str) -> Counter[str]:
    """Count the documents that are not deleted by a value that is stored of them."""
    found: Counter[str] = Counter()
    for file, deleted in parts:
        values, codes = file.row(name)
        counts = np.bincount(codes, minlength=len(values))
        counts -= np.bincount(codes[[*deleted]], minlength=len(values))
        for value, count in zip(values, counts.tolist(), strict=True):
            if count and (text := str(value or "").strip()):
                found[text] += count
    return found


def _named(values: Counter[str], *, subjects: bool) -> list[Entry]:
    """List values; of those that fold alike the commonest is shown."""
    entries: dict[str, Entry] = {}
    for value, count in values.most_common():
        text = value[:_LONGEST_TITLE]
        text = text.encode("utf-8", "replace").decode("utf-8").replace("\n", " ")
        folded = fold(text)
        known = entries.get(folded)
        shown, total = (known.shown, known.documents) if known else (text, 0)
        total += count
        entries[folded] = Entry(folded, shown, total, total, total if subjects else 0)
    return [*entries.values()]


def _put_table(
    out: ContainerWriter, name: str, entries: Sequence[Entry], numbers: dict[str, int]
) -> None:
    """Write one table, its entries in order."""
    read = [spell(entry.shown) for entry in entries]
    terms = [to_bytes(entry.folded) for entry in entries]
    cells = np.asarray([*map(_cell, entries, read)], np.int64)
    order = np.lexsort((-_column(entries, "weight"), cells))
    ends = np.searchsorted(cells[order], np.arange(CELLS * CELLS + 1))
    sounds = [numbers[each] for each in chain.from_iterable(read)]
    out.put(f"{name}.terms", _bytes(b"".join(terms)))
    out.put(f"{name}.sizes", pack(np.asarray([*map(len, terms)], np.int64)))
    out.put(f"{name}.shown", _bytes("".join(entry.shown for entry in entries)))
    out.put(f"{name}.sounds", np.asarray(sounds, np.uint16))
    for column in ("documents", "tokens", "subjects"):
        out.put(f"{name}.{column}", pack(_column(entries, column)))
    out.put(f"{name}.order", order.astype(np.uint32))
    out.put(f"{name}.cells", pack(ends))


def _put_readings(
    out: ContainerWriter, letters: Sequence[str], numbers: dict[str, int]
) -> None:
    """Write how characters are read."""
    read = [readings(letter) for letter in letters]
    sounds = [numbers[each] for each in chain.from_iterable(read)]
    out.put("letters", to_codes("".join(letters)))
    out.put("letters.counts", pack(np.asarray([*map(len, read)], np.int64)))
    out.put("letters.sounds", np.asarray(sounds, np.uint16))


def _cell(entry: Entry, read: Sequence[str]) -> int:
    """Tell the cell of an entry by how its first two characters are spelled."""
    pairs = zip(entry.folded[:2], read[:2], strict=True)
    first, second, *_ = [*((sound or char)[:1] for char, sound in pairs), "", ""]
    return cell_of(first, second)


def _column(entries: Iterable[Entry], name: str) -> Longs:
    """Give one count of every entry."""
    return np.asarray([*map(operator.attrgetter(name), entries)], np.int64)


def _bytes(text: str | bytes) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    """Give text in UTF-8 as an array."""
    content = text.encode("utf-8") if isinstance(text, str) else text
    return np.frombuffer(content, np.uint8)
