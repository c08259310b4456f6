"""Quotes checked in memory: an older text of each document lacks its first block."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from index.document import Block, BlockKind, Document
from search.quotes import CheckedQuote, Quote, checked, cut, words_digest
from tests.web.documents import CAPTURES
from web.ports import QuoteChecker

OLD_WORDS = "旧稿开头一段，后来删去。"


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeQuotes(QuoteChecker):
    """Finds words in a document, or in what it was: it began otherwise.

    Attributes:
        find: Gives a document, or raises what a searcher would.
    """

    find: Callable[[str], Document]

    def check(self, document_id: str, quote: Quote) -> CheckedQuote:
        """Look for the words in the text of now, then in the older one."""
        document = self.find(document_id)
        line = Block(anchor="b1", kind=BlockKind.PARAGRAPH, text=OLD_WORDS)
        older = replace(document, blocks=(line, *document.blocks[1:]))
        capture = next((c for c in CAPTURES if c.digest == quote.capture), None)
        texts = (older, document) if capture is CAPTURES[0] else (document, older)
        found = [cut(text, quote) for text in texts]
        words = next(
            (w for w in found if w and quote.words in ("", words_digest(w))), ""
        )
        return checked(quote, words, document, capture)
