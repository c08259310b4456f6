"""The JSON of citations and quotes; see ``schemas`` for what holds of every answer."""

from search.quotes import Standing
from web.answer import Answer
from web.archive_schemas import PieceAnswer
from web.document_schemas import CaptureAnswer


class CitationAnswer(Answer):
    """A document cited in each format."""

    id: str
    address: str
    """Where our copy is read, with scheme and host."""
    capture: CaptureAnswer | None
    """The capture cited; null where there is none."""
    gbt7714: str
    """GB/T 7714-2015."""
    bibtex: str
    ris: str


class PlaceAnswer(Answer):
    """Characters of a block."""

    anchor: str
    start: int
    end: int


class QuoteAnswer(Answer):
    """A quote and what became of its words."""

    id: str
    """Id of the document."""
    quote: str
    """The quote with the digest of its words, as far as it is known."""
    link: str
    """Address of the page that shows it, with scheme and host."""
    standing: Standing
    """Whether the words stand in the text as it is now: same place, moved, changed or
    gone; unknown where no text of the document has such words at this place."""
    text: str
    """The words, blocks joined by newlines; empty where they are not known."""
    capture: CaptureAnswer | None
    """The newest capture with the digest; null where there is none."""
    now: list[PlaceAnswer]
    """Where the words, or what they became, stand now."""
    difference: list[PieceAnswer]
    """What makes the text of now of the words, where they were changed."""
