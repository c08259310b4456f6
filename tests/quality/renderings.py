"""Real pages as other tools save them: what is found in a text rendering.

A page's tree is written out again as text in the ways that readers of such files
meet: copied from a browser, hard-wrapped, as Markdown, as a text browser dumps it. The
writers know nothing of what is main content; links, pictures and menus are all there.

    python -m tests.quality.renderings           mean F1 of every way
    python -m tests.quality.renderings markdown  and the pages that did worst
"""

import re
import sys
from collections.abc import Callable, Iterator
from unicodedata import east_asian_width

from lxml.html import HtmlElement

from crawler.markup import BREAKING_TAGS, hiding_attribute, parse
from tests.quality.real_pages import RealPage, load_pages, text_of
from tests.quality.scoring import print_scores, score_text

COLUMNS = 78
"""Width of a hard-wrapped text, 39 Han characters."""

_UNSHOWN = frozenset(
    re.findall(r"\w+", "head script style noscript template select textarea iframe")
)
_PARAGRAPHS = frozenset(
    re.findall(r"\w+", "p h1 h2 h3 h4 h5 h6 ul ol table blockquote pre dl hr")
)
_NO_LINE_START = frozenset("，。；：！？、”’）》」』】")
_SAMPLED = 6

Way = Callable[[HtmlElement], str]


def copied(body: HtmlElement) -> str:
    """Write what a browser gives when all is marked and copied."""
    return _Writer().write(body)


def wrapped(body: HtmlElement) -> str:
    """Break the copied text at a width, as printing tools do."""
    lines = copied(body).split("\n")
    return "\n".join(part for line in lines for part in _broken(line))


def markdown(body: HtmlElement) -> str:
    """Write Markdown: links, pictures, headings, bullets, tables."""
    return _Markdown().write(body)


def dumped(body: HtmlElement) -> str:
    """Write the dump of a text browser: numbers before links, addresses at the end."""
    writer = _Dump()
    text = writer.write(body)
    lines = [f"   {line}" for whole in text.split("\n") for line in _broken(whole)]
    listed = [f"   {n}. {address}" for n, address in enumerate(writer.addresses, 1)]
    return "\n".join([*lines, "", "References", "", *listed])


WAYS: dict[str, Way] = {
    way.__name__: way for way in (copied, wrapped, markdown, dumped)
}


def scores(way: Way, step: int = 1) -> Iterator[tuple[float, str]]:
    """Give the F1 of every page, or every so manyth, written in a way."""
    for page in load_pages()[::step]:
        yield (
            score_text(text_of(render(page, way)), page.gold, page.title).f1,
            page.name,
        )


def sampled_scores(way: Way) -> list[float]:
    """Give the F1 of one page in six."""
    return [found for found, _ in scores(way, _SAMPLED)]


def render(page: RealPage, way: Way) -> str:
    """Write a page as text."""
    tree = parse(page.html)
    body = tree.find("body")
    return way(tree if body is None else body)


class _Writer:
    """Writes a tree as lines; what a notation adds stands in its methods."""

    def __init__(self) -> None:
        self._pieces: list[str] = []

    def write(self, body: HtmlElement) -> str:
        """Write a tree; runs of blank lines become one."""
        self._element(body)
        text = re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(self._pieces))
        return re.sub(r"\n{3,}", "\n\n", text).strip()

    def _element(self, element: HtmlElement) -> None:
        if element.tag not in _UNSHOWN and not hiding_attribute(element):
            breaks = self._breaks(element.tag)
            self._pieces.append(breaks)
            self._open(element)
            self._text(element.text)
            for child in element:
                if isinstance(child.tag, str):
                    self._element(child)
                self._text(child.tail)
            self._close(element)
            self._pieces.append(breaks)

    def _breaks(self, tag: str) -> str:
        if tag in _PARAGRAPHS:
            return "\n\n"
        return "\n" if tag in BREAKING_TAGS and tag not in {"tr", "table"} else ""

    def _text(self, text: str | None) -> None:
        self._pieces.append(re.sub(r"[ \t\r\n]+", " ", text or ""))

    def _open(self, element: HtmlElement) -> None:
        if element.tag in {"br", "tr"}:
            self._pieces.append("\n")

    def _close(self, element: HtmlElement) -> None:
        if element.tag in {"td", "th"}:
            self._pieces.append("\t")


class _Markdown(_Writer):
    """Writes Markdown."""

    def _open(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag == "img":
            self._pieces.append(f"![{element.get('alt', '')}]({element.get('src')})")
        elif re.fullmatch("h[1-6]", tag):
            self._pieces.append("#" * int(tag[1]) + " ")
        elif tag == "li":
            self._pieces.append("* ")
        elif tag == "a" and element.get("href"):
            self._pieces.append("[")
        elif tag == "tr":
            self._pieces.append("\n| ")
        else:
            super()._open(element)

    def _close(self, element: HtmlElement) -> None:
        if element.tag == "a" and element.get("href"):
            self._pieces.append(f"]({element.get('href')})")
        elif element.tag in {"td", "th"}:
            self._pieces.append(" | ")


class _Dump(_Writer):
    """Writes what a text browser dumps."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def _open(self, element: HtmlElement) -> None:
        if element.tag == "a" and element.get("href"):
            self.addresses.append(f"http://example.org/{element.get('href')}")
            self._pieces.append(f"[{len(self.addresses)}]")
        elif element.tag == "li":
            self._pieces.append("* ")
        else:
            super()._open(element)


def _broken(line: str) -> list[str]:
    """Break a line at the width; no line begins with a closing mark."""
    parts = [""]
    width = 0
    for character in line:
        wide = 1 + (east_asian_width(character) in "WF")
        if width + wide > COLUMNS and character not in _NO_LINE_START:
            parts.append("")
            width = 0
        parts[-1] += character
        width += wide
    return parts


if __name__ == "__main__":
    print_scores(WAYS, scores, sys.argv[1:])
