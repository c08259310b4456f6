"""A quote that was checked, as the page of its document shows it."""

from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from index.document import Document
from index.history import KeptCapture
from search.quotes import CheckedQuote, Quote, block_quote
from web.citing import public
from web.comparing import html_of
from web.links import Address


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuote:
    """A quote to read.

    Attributes:
        checked: What became of it.
        lines: Its words, by block.
        link: The address that stands for it, with scheme and host.
        difference: What makes the text of now of it, where it was changed.
        newest: Number of the newest capture, to compare with.
    """

    checked: CheckedQuote
    lines: tuple[str, ...]
    link: str
    difference: Markup
    newest: int


def shown_quote(checked: CheckedQuote, captures: tuple[KeptCapture, ...]) -> ShownQuote:
    """Show a quote that was checked."""
    return ShownQuote(
        checked=checked,
        lines=tuple(checked.text.split("\n")) if checked.text else (),
        link=public(quote_path(checked.document.id, checked.quote)),
        difference=html_of(checked.difference),
        newest=captures[-1].number if captures else 0,
    )


def quote_path(document_id: str, quote: Quote) -> str:
    """Address a quote on the page of its document."""
    path = url_for("pages.document", document_id=document_id)
    return f"{path}?quote={quote}#quote"  # it has no sign that must be encoded


def block_links(document: Document, capture: str, here: Address) -> dict[str, str]:
    """Address each block as a quote, what else the page shows kept."""
    kept = here.drop("quoting")
    return {
        block.anchor: f"{kept.put('quote', str(quote))}#quote"
        for block in document.blocks
        if (quote := block_quote(capture, block.anchor, block.text)).end
    }
