"""Documents into posting lists, thousands at a time.

Python touches a document, and a word of it once; characters are NumPy's. Texts are
joined, folded and paired as arrays of code points. A list is made by sorting numbers
that hold the term in their upper bits and the place in their lower ones.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import count, islice
from typing import Final

import numpy as np

from index.analysis import Analyzer
from index.batch import Batch, Pieces
from index.characters import chars, pack, pairs
from index.codec.elias_fano import Longs
from index.codec.lists import NO_LISTS, Keys, Lists, count_equal, group, merge
from index.codec.segment_file import GRAMS, WORDS, Value, to_bytes
from index.codepoints import Codes, to_codes, to_text
from index.compiled import compiled
from index.document import Document
from index.fold import fold_codes
from index.whoosh_schema import BREAK, TEXT_FIELDS

_DOC_BITS: Final = 32
_SHIFT: Final = np.uint64(_DOC_BITS)
_BATCH_CHARACTERS: Final = 1 << 21
_BATCH_DOCUMENTS: Final = 2048
_TITLE, _HEADINGS, _BODY = range(len(TEXT_FIELDS))
CHARS, TITLE_CHARS = "chars", "title_chars"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a segment holds, in memory.

    Attributes:
        terms: The terms of each field, ascending; those of the text fields are
            together, under ``words``.
        lists: The lists of each field; those of terms have places as keys. A word
            need not have one in every text field.
        tokens: Tokens of each document in each scored field.
        rows: What is stored of each document, by name.
        text_lengths: Characters of each exact text.
        title_lengths: Characters of each title.
    """

    terms: dict[str, list[bytes]]
    lists: dict[str, Lists]
    tokens: dict[str, Longs]
    rows: dict[str, list[Value]]
    text_lengths: Longs
    title_lengths: Longs

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return int(self.text_lengths.size)

    @property
    def positions(self) -> int:
        """How many characters the exact texts have."""
        return int(self.text_lengths.sum())


def _numbers() -> defaultdict[str, int]:
    """Give every new word the next number."""
    return defaultdict(count().__next__)


@dataclass(slots=True)
class _Runs:
    """What the batches so far gave, by field."""

    lists: dict[str, list[Lists]] = field(default_factory=dict)
    tokens: dict[str, list[Longs]] = field(default_factory=dict)
    rows: dict[str, list[Value]] = field(default_factory=dict)
    text_lengths: list[int] = field(default_factory=list)
    title_lengths: list[int] = field(default_factory=list)

    def add(self, name: str, lists: Lists, by: int) -> None:
        """Keep lists whose values count from the first document of their batch."""
        self.lists.setdefault(name, []).append(lists.shifted(by))


class Inverter:
    """Collects documents until ``finish`` gives the content of a segment."""

    def __init__(self, analyzer: Analyzer) -> None:
        """Take the analyzer; what it has cut is remembered."""
        self._analyzer = analyzer
        self._words = _numbers()
        self._terms = _numbers()
        self._parts, self._ends = array("q"), array("q", [0])
        self._clear()

    def _clear(self) -> None:
        """Begin anew; words keep their numbers."""
        self._runs = _Runs()
        self._batch = Batch(self._terms.__getitem__)
        self.documents = 0
        self.positions = 0

    def add(self, document: Document, revision: int, group: str | None = None) -> None:
        """Take one document; see ``index.whoosh_schema.to_row``."""
        batch, before = self._batch, self._batch.characters
        batch.add(document, revision, group)
        self.documents += 1
        self.positions += batch.characters - before
        if batch.characters >= _BATCH_CHARACTERS or len(batch) >= _BATCH_DOCUMENTS:
            self._invert()

    def finish(self) -> Content:
        """Give what was collected, and begin anew."""
        if len(self._batch):
            self._invert()
        runs, terms = self._runs, {}
        names = [to_bytes(word) for word in self._terms]
        lists = {GRAMS: merge(runs.lists.pop(GRAMS, [NO_LISTS]))}
        for name, fields in _dictionaries(runs.lists):
            merged = {each: merge(runs.lists.pop(each)) for each in fields}
            single = name in (CHARS, TITLE_CHARS)
            terms[name], ordered = _in_order(
                merged, _char if single else names.__getitem__
            )
            lists |= ordered
        content = Content(
            terms=terms,
            lists=lists,
            tokens={name: np.concatenate(t) for name, t in runs.tokens.items()},
            rows=runs.rows,
            text_lengths=np.asarray(runs.text_lengths, np.int64),
            title_lengths=np.asarray(runs.title_lengths, np.int64),
        )
        self._clear()
        return content

    def _invert(self) -> None:
        """Turn the documents of the batch into lists."""
        runs, batch = self._runs, self._batch
        base, place = len(runs.text_lengths), sum(runs.text_lengths)
        lengths = np.asarray([*map(len, batch.texts)], np.int64)
        codes = fold_codes(to_codes("".join(batch.texts)))
        ends = np.cumsum(lengths)
        starts, bodies = ends - lengths, ends - lengths + batch.titles
        for lists in pairs(codes):
            runs.add(GRAMS, lists, place)
        runs.add(CHARS, chars(codes, starts, ends), base)
        runs.add(TITLE_CHARS, chars(codes, starts, bodies), base)
        self._count_words(codes, batch.pieces(), base)
        for name, (numbers, owners) in batch.attributes.items():
            packed = pack(np.asarray(numbers), np.asarray(owners), _DOC_BITS)
            runs.add(name, group(packed, _DOC_BITS), base)
        for name, values in batch.rows.items():
            runs.rows.setdefault(name, []).extend(values)
        runs.text_lengths += lengths.tolist()
        runs.title_lengths += batch.titles.tolist()
        self._batch = Batch(self._terms.__getitem__)

    def _count_words(self, codes: Codes, pieces: Pieces, base: int) -> None:
        """Count the tokens of the text fields."""
        folded = to_text(np.insert(codes, pieces.joints, ord(BREAK)))
        cut = self._analyzer.cut(folded, self._words.__getitem__)
        parts, ends = self._expansion()
        piece_of = np.searchsorted(pieces.starts, cut.places, "right") - 1
        tokens = np.zeros((len(TEXT_FIELDS), len(self._batch)), np.int64)
        packed = _pack_tokens(
            cut.numbers,
            cut.counts,
            pieces.fields[piece_of],
            pieces.owners[piece_of],
            parts,
            ends,
            tokens,
        )
        many = np.split(packed, np.cumsum(tokens.sum(axis=1))[:-1])
        for name, some, held in zip(TEXT_FIELDS, many, tokens, strict=True):
            some.sort()
            self._runs.add(name, count_equal(some, _DOC_BITS), base)
            self._runs.tokens.setdefault(name, []).append(held)

    def _expansion(self) -> tuple[Longs, Longs]:
        """Give the terms in each numbered word: all of them, and where each ends."""
        for word in islice(self._words, len(self._ends) - 1, None):
            self._parts.extend(map(self._terms.__getitem__, self._analyzer.parts(word)))
            self._ends.append(len(self._parts))
        return np.array(self._parts), np.array(self._ends)


@compiled
def _pack_tokens(  # noqa: PLR0913, PLR0917 (compiled)
    numbers: Longs,
    counts: Longs,
    fields: Longs,
    owners: Longs,
    parts: Longs,
    ends: Longs,
    tokens: Longs,
) -> Keys:
    """Put the term of every token above its document, field by field.

    Args:
        numbers: Of each word, shape (n_words,).
        counts: How many words stand in each run, shape (n_runs,).
        fields: The field of each run.
        owners: Its document.
        parts: The terms of all numbered words, one word behind the other.
        ends: Where the terms of each begin, and the last end.
        tokens: The tokens of each document in each field are added, shape (n_fields,
            n_docs).

    Returns:
        One for each token, those of the first field first, shape (n_tokens,).
    """
    word = 0
    for run in range(counts.size):
        for _ in range(counts[run]):
            size = ends[numbers[word] + 1] - ends[numbers[word]]
            tokens[fields[run], owners[run]] += size
            word += 1
    totals = tokens.sum(axis=1)
    at = np.cumsum(totals) - totals
    packed = np.empty(totals.sum(), np.uint64)
    word = 0
    for run in range(counts.size):
        field, owner = fields[run], np.uint64(owners[run])
        for _ in range(counts[run]):
            for part in range(ends[numbers[word]], ends[numbers[word] + 1]):
                packed[at[field]] = (np.uint64(parts[part]) << _SHIFT) | owner
                at[field] += 1
            word += 1
    return packed


def _dictionaries(lists: Iterable[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Tell which fields share a dictionary, and its name."""
    others = [name for name in lists if name not in TEXT_FIELDS]
    return [(WORDS, TEXT_FIELDS), *((name, (name,)) for name in others)]


def _in_order(
    lists: dict[str, Lists], name_of: Callable[[int], bytes]
) -> tuple[list[bytes], dict[str, Lists]]:
    """Put the terms of some fields in order; the new keys are their places."""
    keys = np.unique(np.concatenate([each.keys for each in lists.values()]))
    known = [*map(name_of, keys.tolist())]
    order = sorted(range(len(known)), key=known.__getitem__)
    places = np.empty(keys.size, np.uint64)
    places[order] = np.arange(keys.size, dtype=np.uint64)
    ordered = {
        name: each.reordered(places[np.searchsorted(keys, each.keys)])
        for name, each in lists.items()
    }
    return [known[place] for place in order], ordered


def _char(code: int) -> bytes:
    """Write one character as a term."""
    return to_bytes(chr(code))
