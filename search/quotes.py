"""Quotes that can be checked: what was quoted, and whether it still stands there.

A quote names a capture by its digest and characters by block; ``str`` of it is what
an address holds::

    sha256:9f..c1:b12:5-17:1f2e3d4c5b6a7988       within one block
    sha256:9f..c1:b12-b13:5-4:1f2e3d4c5b6a7988    from one to another

The last part is a digest of the words. They themselves are read from the store, which
keeps every text that a document ever had, so no address can put words into a text's
mouth. Blocks keep their names where the template of a site is taken off, and so do
the places in them.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from index.document import Document
from index.history import KeptCapture
from index.store import Store
from search.differences import Piece
from search.errors import RequestError
from search.resemblance import closest
from search.results import Span

WORDS_DIGITS: Final = 16
_QUOTE: Final = re.compile(
    r"(?P<capture>sha256:[0-9a-f]{64})"
    r":(?P<first>[0-9A-Za-z]{1,16})(?:-(?P<last>[0-9A-Za-z]{1,16}))?"
    r":(?P<start>[0-9]{1,9})-(?P<end>[0-9]{1,9})"
    rf"(?::(?P<words>[0-9a-f]{{{WORDS_DIGITS}}}))?"
)


class Standing(StrEnum):
    """Whether quoted words stand in the text of a document as it is now."""

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"
    UNKNOWN = "unknown"
    """No text of the document has such words at this place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Characters of a document as it was captured.

    Attributes:
        capture: Digest of the page's bytes.
        first: Block the quote begins in.
        last: Block it ends in.
        start: Its first character, in the first block.
        end: Behind its last character, in the last block.
        words: Digest of the words; empty where it is not known yet.
    """

    capture: str
    first: str
    last: str
    start: int
    end: int
    words: str = ""

    def __str__(self) -> str:
        """Write the quote as an address holds it."""
        blocks = self.first if self.first == self.last else f"{self.first}-{self.last}"
        named = f"{self.capture}:{blocks}:{self.start}-{self.end}"
        return f"{named}:{self.words}" if self.words else named


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedQuote:
    """A quote and what became of its words.

    Attributes:
        quote: The quote, the digest of its words filled in where they are known.
        document: The document as it is now.
        capture: The newest capture with the digest; ``None`` where there is none.
        text: The words, lines for blocks; empty where they are not known.
        standing: Whether they stand in the document as it is now.
        marks: Where they do, or what they became, by block.
        difference: What makes that of them, where they were changed.
    """

    quote: Quote
    document: Document
    capture: KeptCapture | None
    text: str
    standing: Standing
    marks: dict[str, Span]
    difference: tuple[Piece, ...] = ()


_Stand = tuple[Standing, Span | None, tuple[Piece, ...]]
"""What became of words, where in the text, and how they differ."""


def read_quote(text: str) -> Quote:
    """Read a quote out of an address.

    Raises:
        RequestError: It is none.
    """
    found = _QUOTE.fullmatch(text)
    if not found:
        limit = "must be sha256:DIGEST:BLOCK:START-END or with :WORDS behind it"
        raise RequestError(parameter="quote", limit=limit)
    return Quote(
        capture=found["capture"],
        first=found["first"],
        last=found["last"] or found["first"],
        start=int(found["start"]),
        end=int(found["end"]),
        words=found["words"] or "",
    )


def block_quote(capture: str, anchor: str, text: str) -> Quote:
    """Quote a whole block."""
    return Quote(
        capture=capture,
        first=anchor,
        last=anchor,
        start=0,
        end=len(text),
        words=words_digest(text),
    )


def words_digest(words: str) -> str:
    """Digest quoted words; SHA-256, the first 16 digits."""
    data = words.encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:WORDS_DIGITS]


class Quotes:
    """Checks quotes against a store; safe to share between threads."""

    def __init__(self, store: Store) -> None:
        """Read from a store."""
        self._store = store

    def check(self, document_id: str, quote: Quote) -> CheckedQuote:
        """Find quoted words and tell whether they still stand there.

        Raises:
            UnknownDocument: There is no such document.
        """
        document = self._store.get(document_id)
        captures = self._store.captures(document_id)
        named = [each for each in captures if each.digest == quote.capture]
        capture = named[-1] if named else None
        newest = captures[-1] if captures else None
        words = ""
        if capture or quote.words:
            older = capture if capture is not newest else None
            words = self._words(quote, document, older)
        return checked(quote, words, document, capture)

    def _words(
        self, quote: Quote, document: Document, older: KeptCapture | None
    ) -> str:
        """Read the words in the first text that has them; empty where none does."""
        for text in self._texts(document, older):
            words = cut(text, quote)
            if words and quote.words in ("", words_digest(words)):
                return words
        return ""

    def _texts(
        self, document: Document, older: KeptCapture | None
    ) -> Iterator[Document]:
        """List the texts of a document, the likeliest to be quoted first."""
        if older:
            yield self._store.revision(older.revision)
        yield document
        for seq in self._store.history.revisions(document.id):
            yield self._store.revision(seq)


def checked(
    quote: Quote, words: str, document: Document, capture: KeptCapture | None
) -> CheckedQuote:
    """Tell what became of quoted words."""
    found: _Stand = (Standing.UNKNOWN, None, ())
    if words:
        quote = replace(quote, words=words_digest(words))
        found = _stand(quote, words, document)
    standing, place, difference = found
    return CheckedQuote(
        quote=quote,
        document=document,
        capture=capture,
        text=words,
        standing=standing,
        marks=_by_block(document, place) if place else {},
        difference=difference,
    )


def cut(document: Document, quote: Quote) -> str:
    """Give the characters a quote names in a text; empty where there are none."""
    place = _place(document, quote)
    return document.text[place.start : place.end] if place else ""


def _stand(quote: Quote, words: str, document: Document) -> _Stand:
    """Find words where they were, elsewhere, or what they became."""
    text, place = document.text, _place(document, quote)
    if place and text[place.start : place.end] == words:
        return Standing.SAME, place, ()
    near = place.start if place else 0
    starts = (text.find(words, near), text.rfind(words, 0, near + len(words)))
    found = [start for start in starts if start >= 0]
    if found:
        start = min(found, key=lambda each: abs(each - near))
        return Standing.MOVED, Span(start, start + len(words)), ()
    alike = closest(words, text)
    if alike is None:
        return Standing.GONE, None, ()
    return Standing.CHANGED, alike.place, alike.pieces


def _starts(document: Document) -> Iterator[tuple[str, Span]]:
    """Tell where each block stands in the text."""
    start = 0
    for block in document.blocks:
        yield block.anchor, Span(start, start + len(block.text))
        start += len(block.text) + 1


def _place(document: Document, quote: Quote) -> Span | None:
    """Tell what a quote names in a text; ``None`` where it does not fit."""
    places = dict(_starts(document))
    first, last = places.get(quote.first), places.get(quote.last)
    if first is None or last is None:
        return None
    place = Span(first.start + quote.start, last.start + quote.end)
    fits = place.start < place.end and place.start <= first.end
    return place if fits and place.end <= last.end else None


def _by_block(document: Document, place: Span) -> dict[str, Span]:
    """Part a place of the text by blocks."""
    parts = {
        anchor: Span(
            max(place.start, block.start) - block.start,
            min(place.end, block.end) - block.start,
        )
        for anchor, block in _starts(document)
    }
    return {anchor: part for anchor, part in parts.items() if part.start < part.end}
