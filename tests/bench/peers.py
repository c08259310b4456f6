"""Extractors of the field behind one signature, for the bench that compares them.

None of them is a dependency: ``pip install '.[bench]'`` installs them, and a bench
names those that are missing. Each is called as its documentation shows, on text
that is decoded already.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from crawler.clean import Skipped, clean
from crawler.read import to_page
from crawler.site import load_profiles


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """What an extractor gave; fields it does not know are empty.

    Attributes:
        text: Main content, lines separated by line feeds.
        title: Title.
        day: Date it was put up, beginning in ISO 8601.
        authors: Writers, in whatever form.
    """

    text: str
    title: str = ""
    day: str = ""
    authors: str = ""


Extractor = Callable[[str], Extracted]


def installed_peers() -> tuple[dict[str, Extractor], list[str]]:
    """Give the extractors that can be imported, ours first, and what is missing."""
    found: dict[str, Extractor] = {"wensu": _wensu()}
    missing = []
    for name, make in _PEERS.items():
        try:
            found[name] = make()
        except ImportError:
            missing.append(name)
    return found, missing


def _wensu() -> Extractor:
    """Read and clean as ``wensu ingest`` does."""
    profiles = load_profiles()

    def extract(html: str) -> Extracted:
        document = clean(to_page(html, profiles), profiles)
        if isinstance(document, Skipped):
            return Extracted(text="")
        return Extracted(
            text=document.text,
            title=document.title,
            day=document.published or "",
            authors=" ".join(document.authors),
        )

    return extract


def _trafilatura() -> Extractor:
    """Standard settings: text, tables and metadata."""
    run: Any = import_module("trafilatura").bare_extraction

    def extract(html: str) -> Extracted:
        found = run(html, with_metadata=True)
        if found is None:
            return Extracted(text="")
        return Extracted(
            text=found.text or "",
            title=found.title or "",
            day=found.date or "",
            authors=found.author or "",
        )

    return extract


def _trafilatura_precise() -> Extractor:
    """The setting that prefers precision."""
    run: Any = import_module("trafilatura").extract
    return lambda html: Extracted(text=run(html, favor_precision=True) or "")


def _readability() -> Extractor:
    """The summary's paragraphs, and the short title."""
    make: Any = import_module("readability").Document
    parse: Any = import_module("lxml.html").fromstring

    def extract(html: str) -> Extracted:
        page = make(html)
        tree = parse(page.summary(html_partial=True))
        for line_break in tree.iter("br", "p", "div", "li", "tr", "h1", "h2", "h3"):
            line_break.tail = "\n" + (line_break.tail or "")
        return Extracted(text=tree.text_content(), title=page.short_title() or "")

    return extract


def _gne() -> Extractor:
    """The general extractor of news pages."""
    extractor: Any = import_module("gne").GeneralNewsExtractor()

    def extract(html: str) -> Extracted:
        found = extractor.extract(html)
        return Extracted(
            text=found["content"],
            title=found["title"],
            day=found["publish_time"],
            authors=found["author"],
        )

    return extract


def _resiliparse() -> Extractor:
    """Main content as text."""
    run: Any = import_module("resiliparse.extract.html2text").extract_plain_text
    return lambda html: Extracted(text=run(html, main_content=True))


_PEERS: dict[str, Callable[[], Extractor]] = {
    "trafilatura": _trafilatura,
    "trafilatura, precise": _trafilatura_precise,
    "readability-lxml": _readability,
    "gne": _gne,
    "resiliparse": _resiliparse,
}
