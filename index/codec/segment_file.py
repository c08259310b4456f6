"""The one file of a segment: documents, dictionaries and posting lists.

A ``container`` with these sections; ``n`` is a column of ``numbers``, other types are
NumPy's. TEXT is ``title``, ``headings`` or ``body``; FIELD is another field of the
schema::

    meta            u1  JSON: {"documents": n, "positions": n}
    row.NAME        u1  zlib(JSON): the different values of one thing stored
    row.NAME.codes  n   for each document its value's place there
    text.lengths    n   characters of each document's exact text: title and blocks,
                        a line end behind each
    title.lengths   n   characters of each title
    TEXT.tokens     n   tokens of each document in the field

    words.terms     u1  the words in UTF-8, one behind the other, ascending
    words.sizes     n   bytes of each word
    TEXT.counts     n   documents in the list of each word, 0 where it has none
    TEXT.lists      u1  docnums of each word: ``elias_fano`` lists, one behind the
                        other, with the number of documents as their universe
    TEXT.freqs      u1  how often each document has the word: ``frequencies``
    TEXT.freqsizes  n   bytes of each word's frequencies
    body.holders    n   documents of each word that have it as a token of the body;
                        the others of its list hold it literally only, see ``words``
    body.whole      n   1 for each word whose list has every document that holds it

    FIELD.terms, FIELD.sizes, FIELD.counts, FIELD.lists
                        the same for a field with terms of its own and no frequencies

    grams.letters   u4  the different characters, ascending
    grams.pairs     n   the pairs of neighbours, ascending: place of the first in
                        ``letters`` times the number of letters, plus place of the
                        second; each as what it has more than the one before
    grams.counts    n   occurrences of each pair
    grams.lists     u1  where each pair begins, in characters from the first
                        document's first: ``elias_fano`` lists, with the sum of
                        ``text.lengths`` as their universe

No pair has a line end in it, so none crosses a block. A string stands where its
pairs stand one behind the other; two of them that do not overlap are enough for
four characters. The pairs of the titles are those that begin before the title ends.

Measured on 100,000 pieces of law text, 98 M characters: 2.07 bytes for each place of
a pair, 0.88 for each document of a word of the body and 0.44 for how often it has it;
2.66 bytes a character in all. ARCHITECTURE.md has the parts.
"""

import json
import zlib
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from index.codec.container import Container
from index.codec.elias_fano import Ints, Longs
from index.codec.pairs import Pairs
from index.codec.postings import Postings
from index.codec.terms import Terms
from index.codec.words import Words

GRAMS: Final = "grams"
WORDS: Final = "words"
BODY: Final = "body"
WORD_FIELDS: Final = ("title", "headings", BODY)
"""The fields of words, in the order that ``index.codec.words`` has them."""

EXTENSION: Final = ".arrays"
Value = str | int | bool | None


def to_bytes(text: str) -> bytes:
    """Write a term; unpaired surrogates are possible in what pages hold."""
    return text.encode("utf-8", "surrogatepass")


def to_str(term: bytes) -> str:
    """Read a term."""
    return term.decode("utf-8", "surrogatepass")


class Field(NamedTuple):
    """A field that is no text, or single characters: its terms and their lists."""

    terms: Terms
    lists: Postings


class SegmentFile:
    """Reads the file of a segment.

    Attributes:
        container: The sections.
        documents: How many documents it has, deleted ones included.
        positions: How many characters their exact texts have.
        words: The words of title, headings and body.
        pairs: The pairs of neighbours.
        fields: The other fields by name.
    """

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            DamagedFile: It is torn, foreign or of another version.
            OSError: It cannot be opened.
        """
        self.container = Container(path)
        self._tokens: dict[str, Longs] = {}
        try:
            meta = json.loads(self.container.get("meta").tobytes())
            self.documents = int(meta["documents"])
            self.positions = int(meta["positions"])
        except (ValueError, KeyError, TypeError) as error:
            self.container.refuse(str(error), error)
        ends = self.text_ends
        sizes = {ends.size, self.title_lengths.size}
        if sizes != {self.documents} or ends[-1:].sum() != self.positions:
            self.container.refuse("its texts have another size")
        self.pairs = Pairs(self.container, GRAMS, ends, self.title_lengths)
        self.words = Words(
            Terms(self.container, WORDS),
            tuple(self._lists(name) for name in WORD_FIELDS),
        )
        names = [*self.container.bytes_by_section()]
        self.fields = {
            name: Field(Terms(self.container, name), self._lists(name))
            for name in (each.removesuffix(".terms") for each in names)
            if name != WORDS and f"{name}.lists" in self.container
        }
        self.row_names = tuple(
            name.removeprefix("row.")
            for name in names
            if name.startswith("row.") and not name.endswith(".codes")
        )

    def _lists(self, name: str) -> Postings:
        return Postings(self.container, name, self.documents)

    @cached_property
    def text_ends(self) -> Longs:
        """Where each document's exact text ends, shape (n_docs,)."""
        return np.cumsum(self.container.numbers("text.lengths"))

    @cached_property
    def title_lengths(self) -> Ints:
        """The characters of each title, shape (n_docs,)."""
        return self.container.numbers("title.lengths").astype(np.int32)

    def tokens(self, field: str) -> Longs:
        """Give the tokens each document has in a field of text, shape (n_docs,)."""
        if field not in self._tokens:
            self._tokens[field] = self.container.numbers(f"{field}.tokens")
        return self._tokens[field]

    def row(self, name: str) -> tuple[list[Value], Longs]:
        """Read the different values stored under a name, and each document's code."""
        try:
            content = zlib.decompress(self.container.get(f"row.{name}").tobytes())
            values = json.loads(content)
        except (zlib.error, ValueError) as error:
            self.container.refuse(str(error), error)
        return values, self.container.numbers(f"row.{name}.codes")
