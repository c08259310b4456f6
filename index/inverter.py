"""Documents into posting lists, thousands at a time.

Python touches a document, and a word of it once; characters are NumPy's. Texts are
joined, folded and paired as arrays of code points. A list is made by sorting numbers
that hold the term in their upper bits and the place in their lower ones.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count, islice
from typing import Final

import numpy as np

from index.analysis import Analyzer
from index.characters import chars, fingerprint, pack, pairs
from index.codec.elias_fano import Longs
from index.codec.lists import NO_LISTS, Lists, count_equal, group, merge, spread
from index.codec.segment_file import GRAMS, WORDS, Value, to_bytes
from index.codepoints import Codes, to_codes, to_text
from index.document import Document
from index.fold import fold_codes
from index.whoosh_schema import BREAK, TEXT_FIELDS, attribute_terms, to_row

_DOC_BITS: Final = 32
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pieces:
    """Titles, headings and bodies of blocks, as they stand in the texts of a batch.

    Attributes:
        documents: How many documents there are.
        joints: Where a body follows its heading at once, in the texts as they are.
        starts: Where each piece begins when a line end is put in at each joint.
        fields: The place of its field among ``TEXT_FIELDS``.
        owners: Its document.
    """

    documents: int
    joints: Longs
    starts: Longs
    fields: Longs
    owners: Longs

    @classmethod
    def of(cls, documents: Sequence[Document]) -> "_Pieces":
        """Measure the titles and blocks of documents."""
        blocks = [block for document in documents for block in document.blocks]
        many = np.asarray([len(document.blocks) for document in documents], np.int64)
        titles = np.asarray([len(document.title) for document in documents], np.int64)
        lengths = np.asarray([len(block.text) for block in blocks], np.int64)
        headings = np.asarray([block.heading_length for block in blocks], np.int64)
        before = np.cumsum(many) - many  # of the blocks, those of other documents
        lengths = np.insert(lengths, before, titles)
        fields = np.insert(np.where(headings > 0, _HEADINGS, _BODY), before, _TITLE)
        headings = np.insert(headings, before, 0)
        owners = np.repeat(np.arange(len(documents)), many + 1)
        joined = (headings > 0) & (headings < lengths)
        starts = np.cumsum(lengths + 1) - (lengths + 1)
        shifted = starts + np.cumsum(joined) - joined
        both = np.flatnonzero(joined)
        return cls(
            documents=len(documents),
            joints=(starts + headings)[both],
            starts=np.insert(shifted, both + 1, (shifted + headings + 1)[both]),
            fields=np.insert(fields, both + 1, _BODY),
            owners=np.insert(owners, both + 1, owners[both]),
        )


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
        self._waiting: list[tuple[Document, int]] = []
        self._texts: list[str] = []
        self._waiting_characters = 0
        self.documents = 0
        self.positions = 0

    def add(self, document: Document, revision: int) -> None:
        """Take one document."""
        text = _exact_text(document)
        self._waiting.append((document, revision))
        self._texts.append(text)
        self._waiting_characters += len(text)
        self.documents += 1
        self.positions += len(text)
        if (
            self._waiting_characters >= _BATCH_CHARACTERS
            or len(self._waiting) >= _BATCH_DOCUMENTS
        ):
            self._invert()

    def finish(self) -> Content:
        """Give what was collected, and begin anew."""
        if self._waiting:
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
        """Turn the waiting documents into lists."""
        runs, documents = self._runs, [document for document, _ in self._waiting]
        base, place = len(runs.text_lengths), sum(runs.text_lengths)
        lengths = np.asarray([*map(len, self._texts)], np.int64)
        titles = np.asarray([len(document.title) for document in documents], np.int64)
        codes = fold_codes(to_codes("".join(self._texts)))
        ends = np.cumsum(lengths)
        for lists in pairs(codes):
            runs.add(GRAMS, lists, place)
        owners = np.repeat(np.arange(len(documents)), lengths)
        runs.add(CHARS, chars(codes, owners), base)
        inside = spread(ends - lengths, titles)
        runs.add(TITLE_CHARS, chars(codes[inside], owners[inside]), base)
        self._count_words(codes, _Pieces.of(documents), base)
        self._add_attributes(documents, base)
        bodies = [
            codes[a:b] for a, b in zip(ends - lengths + titles, ends, strict=True)
        ]
        for (document, revision), body in zip(self._waiting, bodies, strict=True):
            row = to_row(document, revision, fingerprint(body, document.id))
            for name, value in {"id": document.id, **row}.items():
                runs.rows.setdefault(name, []).append(value)
        runs.text_lengths += lengths.tolist()
        runs.title_lengths += titles.tolist()
        self._waiting, self._texts, self._waiting_characters = [], [], 0

    def _count_words(self, codes: Codes, pieces: _Pieces, base: int) -> None:
        """Count the tokens of the text fields."""
        folded = to_text(np.insert(codes, pieces.joints, ord(BREAK)))
        cut = self._analyzer.cut(folded, self._words.__getitem__)
        parts, ends = self._expansion()
        sizes = np.diff(ends)[cut.numbers]
        found = np.searchsorted(pieces.starts, cut.places, "right") - 1
        piece_of = np.repeat(found, cut.counts)
        field_of, owner_of = pieces.fields[piece_of], pieces.owners[piece_of]
        for number, name in enumerate(TEXT_FIELDS):
            chosen = np.flatnonzero(field_of == number)
            owners, many = owner_of[chosen], sizes[chosen]
            terms = parts[spread(ends[cut.numbers[chosen]], many)]
            packed = pack(terms, np.repeat(owners, many), _DOC_BITS)
            self._runs.add(name, count_equal(packed, _DOC_BITS), base)
            tokens = np.bincount(owners, many, minlength=pieces.documents)
            self._runs.tokens.setdefault(name, []).append(tokens.astype(np.int64))

    def _expansion(self) -> tuple[Longs, Longs]:
        """Give the terms in each numbered word: all of them, and where each ends."""
        for word in islice(self._words, len(self._ends) - 1, None):
            self._parts.extend(map(self._terms.__getitem__, self._analyzer.parts(word)))
            self._ends.append(len(self._parts))
        return np.array(self._parts), np.array(self._ends)

    def _add_attributes(self, documents: Sequence[Document], base: int) -> None:
        """List the documents of each attribute."""
        found: dict[str, tuple[list[int], list[int]]] = {}
        for docnum, document in enumerate(documents):
            for name, terms in attribute_terms(document).items():
                numbers, owners = found.setdefault(name, ([], []))
                for term in dict.fromkeys(filter(None, terms)):
                    numbers.append(self._terms[term])
                    owners.append(docnum)
        for name, (numbers, owners) in found.items():
            packed = pack(np.asarray(numbers), np.asarray(owners), _DOC_BITS)
            self._runs.add(name, group(packed, _DOC_BITS), base)


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


def _exact_text(document: Document) -> str:
    """Join title and blocks, a line end behind each."""
    return BREAK.join((document.title, *[block.text for block in document.blocks], ""))
