"""Real pages whose text is printed again: what a page that repeats itself gives.

The pages with gold text stand beside the project (``shared/pages``). Of each, the
element that holds the text is found by the gold and printed once more, as sites do
it: right below, for telephones at the end of the page, edited, in other markup, in
the other script.

    python -m tests.quality.doubled          mean F1 of every way of repeating
    python -m tests.quality.doubled edited   and the pages that did worst
"""

import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy

import opencc
from lxml import html
from lxml.html import HtmlElement

from crawler.markup import parse
from index.fold import fold
from tests.quality.real_pages import RealPage, load_pages, text_of
from tests.quality.scoring import print_scores, score_text

_HELD = 0.93
_MIN_GOLD = 150
_EDITED = 61
_SAMPLED = 6
_CAPTION_EVERY = 3
_SEPARATORS = ("阅读全文", "", "手机版", "以下为打印版")

Way = Callable[[HtmlElement, RealPage], None]


def twice(container: HtmlElement, page: RealPage) -> None:
    """Print the text again right below."""
    copy = _copy(container)
    container.addnext(copy)
    container.addnext(_separator(page))


def thrice(container: HtmlElement, page: RealPage) -> None:
    """Print the text twice more."""
    twice(container, page)
    twice(container, page)


def elsewhere(container: HtmlElement, page: RealPage) -> None:
    """Print the text again at the end of the page, in a box of its own."""
    box = html.fromstring('<div class="m-view"><h3>手机版</h3></div>')
    box.append(_copy(container))
    _body(container).append(box)
    del page


def edited(container: HtmlElement, page: RealPage) -> None:
    """Print it again with other punctuation, some other words, a paragraph less."""
    lines = _lines(page)
    dropped = len(lines) // 2 if len(lines) > _CAPTION_EVERY else -1
    kept = [_edit(line) for i, line in enumerate(lines) if i != dropped]
    _append_lines(container, page, kept)


def merged(container: HtmlElement, page: RealPage) -> None:
    """Print it again with two paragraphs in one."""
    pairs = zip(_lines(page)[::2], [*_lines(page)[1::2], ""], strict=False)
    _append_lines(container, page, [one + other for one, other in pairs])


def split(container: HtmlElement, page: RealPage) -> None:
    """Print it again with a line for each sentence."""
    pieces = [re.split("(?<=。)(?=.)", line) for line in _lines(page)]
    _append_lines(container, page, [piece for line in pieces for piece in line])


def converted(container: HtmlElement, page: RealPage) -> None:
    """Print it again in the other script."""
    converter = opencc.OpenCC("s2t" if page.script == "hans" else "t2s")
    _append_lines(container, page, [converter.convert(line) for line in _lines(page)])


def captioned(container: HtmlElement, page: RealPage) -> None:
    """Print it again with the captions of pictures between its lines."""
    lines = []
    for i, line in enumerate(_lines(page)):
        lines.append(line)
        if i % _CAPTION_EVERY == 0:
            lines.append(f"图{i + 1}为现场")
    _append_lines(container, page, lines)


WAYS: dict[str, Way] = {
    way.__name__: way
    for way in (
        twice, thrice, elsewhere, edited, merged, split, converted, captioned,
    )
}  # fmt: skip


def derive(page: RealPage, way: Way) -> str | None:
    """Print a page's text again; ``None`` where nothing in it holds the whole."""
    if len(page.gold) < _MIN_GOLD:
        return None
    tree = parse(page.html)
    container = _container(tree, page)
    if container is None:
        return None
    way(container, page)
    return str(html.tostring(tree, encoding="unicode"))


def scores(way: Way, step: int = 1) -> Iterator[tuple[float, str]]:
    """Give the F1 of every page, or every so manyth, repeated in a way."""
    for page in load_pages()[::step]:
        repeated = derive(page, way)
        if repeated is not None:
            yield _score(text_of(repeated), page), page.name


def sampled_scores(way: Way) -> list[float]:
    """Give the F1 of one page in six."""
    return [found for found, _ in scores(way, _SAMPLED)]


def _lines(page: RealPage) -> list[str]:
    """List the paragraphs of a page's text."""
    return [line.strip() for line in page.gold.splitlines() if line.strip()]


def _score(found: str, page: RealPage) -> float:
    """Score a text against a page's gold, whichever script it is in."""
    found, wanted, title = map(fold, (found, page.gold, page.title or ""))
    return score_text(found, wanted, title).f1


def _container(tree: HtmlElement, page: RealPage) -> HtmlElement | None:
    """Find the smallest element below the body that holds the text."""
    lines = [_bare(line) for line in _lines(page)]
    enough = _HELD * sum(map(len, lines))
    body = tree.find("body")
    holder, inside = None, body if body is not None else tree
    while True:
        held = next((child for child in inside if _held(child, lines) >= enough), None)
        if held is None:
            return holder
        holder = inside = held


def _held(element: HtmlElement, lines: Sequence[str]) -> int:
    """Count the characters of those lines that an element holds."""
    if not isinstance(element.tag, str):
        return 0
    text = _bare(str(element.text_content()))
    return sum(len(line) for line in lines if line in text)


def _bare(text: str) -> str:
    return re.sub("[\\s\u200b\ufeff]+", "", unicodedata.normalize("NFKC", text))


def _copy(container: HtmlElement) -> HtmlElement:
    """Copy an element under other names."""
    copy = deepcopy(container)
    copy.tail = None
    for element in copy.iter(html.etree.Element):
        for name in ("id", "class"):
            if element.get(name):
                element.set(name, f"{element.get(name)}-m")
    return copy


def _separator(page: RealPage) -> HtmlElement:
    words = _SEPARATORS[len(page.gold) % len(_SEPARATORS)]
    return html.fromstring(f"<p>{words}</p>" if words else "<hr>")


def _body(container: HtmlElement) -> HtmlElement:
    """Find the element at the top of the page that an element stands in."""
    around = [one for one in container.iterancestors() if one.tag == "body"]
    return around[0] if around else next(container.iterancestors())


def _append_lines(container: HtmlElement, page: RealPage, lines: Sequence[str]) -> None:
    """Print lines below an element, in markup that is not the page's own."""
    box = html.fromstring('<div class="print-view"></div>')
    for line in lines:
        paragraph = html.fromstring("<p></p>")
        paragraph.text = line
        box.append(paragraph)
    container.addnext(box)
    container.addnext(_separator(page))


def _edit(line: str) -> str:
    """Write a line with half-width marks and one character in 61 another one."""
    text = line.translate(str.maketrans("，：；（）", ",:;()"))
    changed = [
        "某" if i % _EDITED == _EDITED - 1 and not character.isdigit() else character
        for i, character in enumerate(text)
    ]
    return "".join(changed) + ("（图）" if len(line) % _CAPTION_EVERY == 0 else "")


if __name__ == "__main__":
    print_scores(WAYS, scores, sys.argv[1:])
