"""Citations of a document as its page and the API give them, and what Zotero reads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import url_for

from index.document import BlockKind, Document
from index.history import KeptCapture
from search.archive import choose_capture
from search.citations import CitationFormat, cite
from web.hosts import public_root
from web.reading import LANGUAGE_OF, safe_link

MEDIA_TYPES: Final[Mapping[CitationFormat, str]] = {
    CitationFormat.GBT7714: "text/plain",
    CitationFormat.BIBTEX: "application/x-bibtex",
    CitationFormat.RIS: "application/x-research-info-systems",
}
"""What browsers and Zotero know the formats by."""
ENDINGS: Final[Mapping[CitationFormat, str]] = {
    CitationFormat.GBT7714: "txt",
    CitationFormat.BIBTEX: "bib",
    CitationFormat.RIS: "ris",
}
_EXCERPT: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Citing:
    """What a document is cited by.

    Attributes:
        capture: The capture cited, if there is any.
        address: Where it is read, with scheme and host.
        texts: The citation in each format.
    """

    capture: KeptCapture | None
    address: str
    texts: Mapping[CitationFormat, str]


def public(path: str) -> str:
    """Write one of our addresses with scheme and host, as others are to call it."""
    return public_root() + path


def citing(
    document: Document, captures: Sequence[KeptCapture], capture: str = ""
) -> Citing:
    """Cite a document as it was captured.

    Args:
        document: The document.
        captures: Its captures.
        capture: Number or digest of the one to cite; the newest if empty.

    Raises:
        UnknownCapture: It has no such capture.
    """
    chosen = choose_capture(document.id, captures, capture) if captures else None
    path = (
        url_for("archive.raw", document_id=document.id, capture=chosen.digest)
        if chosen
        else url_for("pages.document", document_id=document.id)
    )
    address = public(path)
    return Citing(
        capture=chosen,
        address=address,
        texts={each: cite(each, document, address, chosen) for each in CitationFormat},
    )


def metadata(document: Document, cited: Citing) -> Iterator[tuple[str, str]]:
    """List the ``meta`` elements that reference managers read.

    Dublin Core makes of it the web page it is: Zotero's translator *Embedded Metadata*
    takes what has ``citation_title`` for a journal article. It reads the address from
    ``citation_public_url`` alone, and has no field for an archive of a web page, so
    our copy is told behind the abstract.
    """
    yield "DC.type", "webpage"
    yield "DC.title", document.title or cited.address
    yield from (("DC.creator", name) for name in document.authors)
    if document.site:
        yield "DC.source", document.site
    if document.publisher:
        yield "DC.publisher", document.publisher
    if document.published and document.published[0].isdigit():
        yield "DC.date", document.published
    yield "DC.language", LANGUAGE_OF[document.script]
    yield "DC.description", _abstract(document, cited)
    yield "citation_public_url", safe_link(document.url) or cited.address


def _abstract(document: Document, cited: Citing) -> str:
    """Tell how the text begins, and where our copy is."""
    paragraphs = (b.text for b in document.blocks if b.kind is BlockKind.PARAGRAPH)
    text = next(paragraphs, "")
    begins = text if len(text) <= _EXCERPT else f"{text[:_EXCERPT]}…"
    capture = cited.capture
    when = f" ({capture.at}, {capture.digest})" if capture else ""
    return f"{begins} [存档: {cited.address}{when}]".strip()
