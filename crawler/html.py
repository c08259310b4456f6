"""Markup to blocks: the HTML reader.

``read_html`` reads a page of an unknown site, ``read_html_within`` one whose site
has a profile. Both give the whole page, top to bottom; what is not main content is
marked in ``RawBlock.boilerplate`` with a reason, never left out. A reason is a
prefix from this list, then mostly a colon and the features that decided:

==============  ==================================================================
``hidden``      the page does not show it: ``hidden: display:none``, ``hidden: select``
``noise``       a profile's selector drops it: ``noise: div.share``
``outside-main``  not in the main content, or not in the profile's element
``container``   inside the main content, but in a box named as an aside
``interface``   inside the main content, but the words of a button
``link-list``   inside the main content, but one of several links in a row
==============  ==================================================================

``Page.meta`` holds, beside the page's own meta elements, what ``structured`` reads,
and ``reader:cut``, the number of characters cut off, where a page is over long.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from lxml import etree, html
from lxml.html import HtmlElement

from crawler.blocks import Page, RawBlock, Reader
from crawler.lines import Line, collapse
from crawler.main_content import judge
from crawler.markup import MAX_CHARACTERS, parse, without_unshown
from crawler.structured import NAMES_CRUMBS, structured
from crawler.tree import Walked, walk
from crawler.weights import sentence_weight

__all__ = ["blocks", "head", "parse", "read_html", "read_html_within"]

_NUMBER = "data-wensu-number"
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")
_META_NAMES = ("property", "name", "itemprop")
_REVEALABLE = ("hidden: display", "hidden: visibility", "hidden: attribute")


def read_html(text: str, *, url: str | None = None) -> Page:
    """Read a page of an unknown site.

    Args:
        text: The page, decoded.
        url: Where it was fetched from, if known.
    """
    text = without_unshown(text)
    tree = parse(text)
    found = head(tree, crumbs=NAMES_CRUMBS in text)
    walked = _walk_shown(tree)
    return _page(text, found, url, _generic(walked, found.title))


def read_html_within(
    text: str,
    *,
    content: Sequence[str],
    drop: Sequence[str],
    fields: Mapping[str, str],
    url: str | None = None,
) -> Page:
    """Read a page by its site's profile.

    Args:
        text: The page, decoded.
        content: CSS selectors for the element that holds the document; the first
            that matches counts. With none the page is judged like an unknown one.
        drop: CSS selectors for noise, wherever it stands.
        fields: Names of page fields, each with the CSS selector that picks it.
        url: Where it was fetched from, if known.

    Raises:
        soupsieve.SelectorSyntaxError: A selector cannot be read.
    """
    text = without_unshown(text)
    tree = parse(text)
    selector = _Selector(tree)
    chosen, elements = next(
        ((css, match) for css in content if (match := selector.select(css))), ("", [])
    )
    noise = {
        element: f"noise: {css}"
        for css in reversed(drop)
        for element in selector.select(css)
    }
    found = head(tree, crumbs=NAMES_CRUMBS in text)
    picked = {name: _field(selector.select(css)) for name, css in fields.items()}
    if elements:
        walked = walk(tree, content=elements, noise=noise)
        result = _inside(walked, f"outside-main: profile {chosen}")
    else:
        result = _generic(walk(tree, noise=noise), found.title)
    return _page(text, found, url, result, picked)


def blocks(tree: HtmlElement) -> list[RawBlock]:
    """Return all blocks of a page, unjudged but for what the page hides."""
    lines = walk(tree).lines
    return _raw_blocks(lines, [line.aside for line in lines])


class Head(NamedTuple):
    """What a page's head says: its title, its meta elements, its own address."""

    title: str
    meta: dict[str, str]
    url: str | None


def head(tree: HtmlElement, *, crumbs: bool = True) -> Head:
    """Return a page's title, its meta elements, and the address it gives itself.

    Args:
        tree: The page.
        crumbs: Whether there may be an element named as its breadcrumb.
    """
    found = tree.find(".//title")
    title = collapse(found.text_content()) if found is not None else ""
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = next(filter(None, map(element.get, _META_NAMES)), "")
        content = collapse(element.get("content") or "")
        if name and content:
            meta.setdefault(name.strip().lower(), content)
    meta |= structured(tree, crumbs=crumbs)
    return Head(title, meta, _own_address(tree, meta))


def _page(
    text: str,
    found: Head,
    url: str | None,
    result: list[RawBlock],
    fields: dict[str, str] | None = None,
) -> Page:
    """Put a page together."""
    title, meta, own = found
    if len(text) > MAX_CHARACTERS:
        meta["reader:cut"] = str(len(text) - MAX_CHARACTERS)
    address = urljoin(url, own) if url and own else own or url
    return Page(
        reader=Reader.HTML,
        url=address if address and _is_web(address) else url,
        title=title,
        meta=meta,
        fields={name: value for name, value in (fields or {}).items() if value},
        blocks=tuple(result),
    )


def _walk_shown(tree: HtmlElement) -> Walked:
    """Walk a tree as a reader sees it once the page's scripts have run.

    Some pages hide their whole text until a script shows it. So if what style and
    attributes hide outweighs what they show, it is read as shown.
    """
    walked = walk(tree)
    hidden = [line for line in walked.lines if line.aside.startswith(_REVEALABLE)]
    weight = sum(sentence_weight(line) for line in hidden)
    if not weight:
        return walked
    shown = sum(sentence_weight(line) for line in walked.lines if not line.aside)
    return walk(tree, reveal=True) if weight > shown else walked


def _generic(walked: Walked, title: str) -> list[RawBlock]:
    """Return blocks marked by the judgement for unknown sites."""
    lines, spans = walked
    reasons = judge(lines, spans, title)
    marks = [line.aside or reason for line, reason in zip(lines, reasons, strict=True)]
    return _raw_blocks(lines, marks)


def _inside(walked: Walked, reason: str) -> list[RawBlock]:
    """Return blocks marked by whether they stand in a profile's element."""
    lines, spans = walked
    marks = [line.aside or reason for line in lines]
    for span in spans:
        if span.chosen:
            for number in range(span.start, min(span.end, len(lines))):
                marks[number] = lines[number].aside
    return _raw_blocks(lines, marks)


def _raw_blocks(lines: Sequence[Line], marks: Sequence[str]) -> list[RawBlock]:
    return [
        RawBlock(
            text=line.text,
            kind=line.kind,
            boilerplate=mark,
            tight=line.tight,
            linked=line.linked,
        )
        for line, mark in zip(lines, marks, strict=True)
    ]


class _Selector:
    """CSS selectors of beautifulsoup4 over lxml's tree.

    Each element carries its number through beautifulsoup4, so that what is selected
    there is found again here.
    """

    def __init__(self, tree: HtmlElement) -> None:
        self._elements = list(tree.iter(etree.Element))
        for number, element in enumerate(self._elements):
            element.set(_NUMBER, str(number))
        markup = html.tostring(tree, encoding="unicode")
        self._soup = BeautifulSoup(markup, "lxml")

    def select(self, css: str) -> list[HtmlElement]:
        """Return the elements a selector matches, in page order."""
        return [
            self._elements[int(str(tag[_NUMBER]))] for tag in self._soup.select(css)
        ]


def _field(elements: Sequence[HtmlElement]) -> str:
    """Return the text of the first element picked, a meta element's content."""
    if not elements:
        return ""
    if elements[0].tag == "meta":
        return collapse(elements[0].get("content") or "")
    lines = walk(elements[0], content=elements[:1]).lines
    return " ".join(line.text for line in lines if line.text and not line.aside)


def _own_address(tree: HtmlElement, meta: Mapping[str, str]) -> str | None:
    """Return the address a page gives itself."""
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            return str(link.get("href")).strip()
    if address := meta.get("og:url"):
        return address
    for comment in tree.getroottree().xpath("//comment()[contains(., 'saved from')]"):
        if found := _SAVED_FROM.search(comment.text or ""):
            return found[1]
    return None


def _is_web(address: str) -> bool:
    try:
        return urlsplit(address).scheme in {"http", "https"}
    except ValueError:
        return False
