"""Outlinks: where a page leads, by markup and by the simple scripts of old sites.

Read are links, areas, frames, ``rel=next`` and ``rel=canonical``, meta refresh,
choices of a pager, literal redirects of scripts, and (in ``pagers``) page lists that
a script writes. Scripts are read, never run. Nothing is judged here: see ``scope``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, islice
from typing import Final
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.lines import collapse
from crawler.pagers import listed_pages
from crawler.shapes import shape_of
from crawler.urls import MAX_LENGTH, resolve, resolve_often

MAX_OUTLINKS: Final = 10_000
"""Outlinks of one page that are read."""

_MAX_TEXT = 200
_MAX_SCRIPT = 200_000
_REFRESH = re.compile(
    r"\s*[\d.]*[\s;,]+(?:url\s*=\s*)?(['\"]?)(.+?)\1\s*", re.IGNORECASE | re.DOTALL
)
_LOCATION = re.compile(
    r"""(?:\blocation(?:\.href)?\s*=(?!=)|\blocation\.(?:replace|assign)\s*\(
    |\bwindow\.(?:open|navigate)\s*\()\s*
    (?:"([^"'\\<>\s]{1,500})"|'([^"'\\<>\s]{1,500})')\s*(?![+\s]|\.\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_NEXT = re.compile(
    r"[\s\[【(（<《]*(?:下[一1]?[页頁]|[后後]一?[页頁]|next(?: ?page)?"
    r"|[>＞›»]{1,3}|→|&gt;)[\s\]】)）>》›»→]*",
    re.IGNORECASE,
)
_PAGER = re.compile(
    r"[\[【(（]?第?\s*\d{1,5}\s*[页頁]?[\]】)）]?|[尾末][页頁]|[上前]一?[页頁]"
    "|最[后後]一?[页頁]|last|prev(?:ious)?",
    re.IGNORECASE,
)
_LEADING = re.compile("location|window|open|jump|go", re.IGNORECASE)
_ADDRESS_MARK = re.compile("[/.?]")
_NOFOLLOW = re.compile(r"\b(?:nofollow|none)\b", re.IGNORECASE)
_LINKING = ("a", "area", "frame", "iframe", "link", "meta", "option", "button", "input")
_ASIDE_TAGS = frozenset({"nav", "header", "footer", "aside"})
_ASIDE_NAMES = re.compile(
    r"\b(?:top|head|header|foot|footer|bottom|nav|navi\w*|menu|sub_?nav|main_?nav"
    r"|side|side_?bar|crumbs?|bread_?crumbs?|friend_?links?|copyright|share|banner"
    r"|login)\b",
    re.IGNORECASE,
)


class LinkKind(StrEnum):
    """By what a page leads on."""

    LINK = "link"
    FRAME = "frame"
    CANONICAL = "canonical"
    REDIRECT = "redirect"
    SCRIPT = "script"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlink:
    """A link of a page.

    Attributes:
        target: What the page says, as it stands there.
        url: The canonical address it leads to; none where it is no address.
        text: What a reader clicks on.
        kind: By what it leads on.
        pager: Whether it leads to another page of the same list.
        next_page: Whether it leads to the next one.
        nofollow: Whether the page asks not to follow it.
        in_content: Whether it stands outside navigation, header and footer.
    """

    target: str
    url: str | None
    text: str = ""
    kind: LinkKind = LinkKind.LINK
    pager: bool = False
    next_page: bool = False
    nofollow: bool = False
    in_content: bool = True


class _Page:
    """What holds for all links of one page."""

    def __init__(self, tree: HtmlElement, url: str, encoding: str) -> None:
        self._url, self._encoding = url, encoding
        self._nofollow = _forbids_following(tree)
        self._asides: dict[HtmlElement, bool] = {}
        base = next((each.get("href") for each in tree.iter("base")), None)
        self._base = (base and resolve(url, base)) or url

    def link(
        self,
        target: str,
        element: HtmlElement | None = None,
        kind: LinkKind = LinkKind.LINK,
    ) -> Outlink:
        """Make an outlink of an address that the page names."""
        url = resolve_often(self._base, target, self._encoding)
        if element is None:
            return Outlink(target=target, url=url, kind=kind, nofollow=self._nofollow)
        text = _text_of(element)
        relations = (element.get("rel") or "").lower().split()
        following = "next" in relations or _is_next(element, text)
        return Outlink(
            target=target,
            url=url,
            text=text,
            kind=kind,
            pager=following or "prev" in relations or self._is_pager(text, url),
            next_page=following,
            nofollow=self._nofollow or "nofollow" in relations,
            in_content=not self._is_aside(element),
        )

    def _is_pager(self, text: str, url: str | None) -> bool:
        """Tell a link to another page of the list that the page belongs to."""
        if url is None or not _PAGER.fullmatch(text):
            return False
        here, there = urlsplit(self._url), urlsplit(url)
        folder = here.path.rpartition("/")[0]
        same_folder = there.path.rpartition("/")[0] == folder
        return here.netloc == there.netloc and (
            same_folder or shape_of(url) == shape_of(self._url)
        )

    def _is_aside(self, element: HtmlElement) -> bool:
        """Tell what stands in navigation, header or footer; each box asked once."""
        asked = []
        aside = False
        for above in element.iterancestors():
            if above in self._asides:
                aside = self._asides[above]
                break
            asked.append(above)
            if _is_aside_box(above):
                aside = True
                break
        self._asides.update(dict.fromkeys(asked, aside))
        return aside


def outlinks(
    tree: HtmlElement, url: str, *, encoding: str = "utf-8"
) -> tuple[Outlink, ...]:
    """List where a page leads, each address once, in the order of the page.

    Args:
        tree: The page, from ``crawler.markup.parse``.
        url: Where it was fetched from, in canonical form.
        encoding: The codec it was decoded by.
    """
    page = _Page(tree, url, encoding)
    found: dict[str, Outlink] = {}
    for link in _all(tree, page, url):
        key = link.url or link.target
        if link.url != url and (key not in found or _rank(link) > _rank(found[key])):
            found[key] = link
    return tuple(found.values())


def _all(tree: HtmlElement, page: _Page, url: str) -> Iterator[Outlink]:
    """List every link, repeated ones too, up to a number."""
    return islice(
        chain(_of_markup(tree, page), _of_scripts(tree, page, url)), MAX_OUTLINKS
    )


def _of_scripts(tree: HtmlElement, page: _Page, url: str) -> Iterator[Outlink]:
    """List what scripts lead to: a page without links is a redirect."""
    stub = next(tree.iter("a", "area"), None) is None
    for script in tree.iter("script"):
        code = (script.text or "")[:_MAX_SCRIPT]
        for target in _locations(code):
            yield page.link(target, kind=LinkKind.REDIRECT if stub else LinkKind.SCRIPT)
        for target in listed_pages(code, url):
            yield replace(page.link(target, kind=LinkKind.SCRIPT), pager=True)


def _of_markup(tree: HtmlElement, page: _Page) -> Iterator[Outlink]:
    """List the links of elements and their attributes."""
    for element in tree.iter(*_LINKING):
        if element.tag in {"frame", "iframe"}:
            yield from _with(page, element.get("src"), LinkKind.FRAME)
        elif element.tag == "meta":
            yield from _with(page, _refresh_of(element), LinkKind.REDIRECT)
        elif element.tag == "link":
            yield from _of_head(element, page)
        else:
            for target in _targets_of(element):
                yield page.link(target, element)


def _with(page: _Page, target: str | None, kind: LinkKind) -> Iterator[Outlink]:
    """Make the outlink of an attribute that may be missing or empty."""
    if target and target.strip():
        yield page.link(target.strip(), kind=kind)


def _of_head(element: HtmlElement, page: _Page) -> Iterator[Outlink]:
    """Read a link element; most are style sheets and icons."""
    relations = (element.get("rel") or "").lower().split()
    target = element.get("href")
    if "canonical" in relations:
        yield from _with(page, target, LinkKind.CANONICAL)
    elif target and {"next", "prev"} & {*relations}:
        yield page.link(target, element)


def _targets_of(element: HtmlElement) -> Iterator[str]:
    """List the addresses of an anchor, a choice, or anything that can be clicked."""
    target = (element.get("href") or "").strip()
    if element.tag == "option":
        target = _chosen(element)
    if target and target[0] != "#" and target[:11].lower() != "javascript:":
        yield target
        return
    code = f"{target};{element.get('onclick') or ''}"
    opened = list(_locations(code))
    yield from opened
    if not opened and target and target[0] != "#":
        yield target  # a script that is not understood is named, too


def _chosen(option: HtmlElement) -> str:
    """Read the address of a choice that leads there at once."""
    target = (option.get("value") or "").strip()
    chooser = next(option.iterancestors("select"), None)
    leads = chooser is not None and _LEADING.search(chooser.get("onchange") or "")
    return target if leads and _ADDRESS_MARK.search(target) else ""


def _refresh_of(meta: HtmlElement) -> str:
    """Read where a meta refresh leads; the page itself has no address there."""
    if (meta.get("http-equiv") or "").strip().lower() != "refresh":
        return ""
    found = _REFRESH.fullmatch((meta.get("content") or "")[:MAX_LENGTH])
    return found[2] if found else ""


def _forbids_following(tree: HtmlElement) -> bool:
    """Tell whether the page asks robots not to follow its links."""
    return any(
        (meta.get("name") or "").strip().lower() == "robots"
        and _NOFOLLOW.search(meta.get("content") or "")
        for meta in tree.iter("meta")
    )


def _locations(code: str | None) -> Iterator[str]:
    """Find the addresses that a script opens and that stand in it as they are."""
    if code and ("location" in code or "window." in code):
        for found in _LOCATION.finditer(code):
            yield (found[1] or found[2]).strip()


def _text_of(element: HtmlElement) -> str:
    """Read what a reader clicks on: text, else a title, else a picture's."""
    text = collapse(element.text_content())
    if not text:
        picture = next(element.iter("img"), None)
        alternative = "" if picture is None else picture.get("alt") or ""
        text = collapse(element.get("title") or element.get("alt") or alternative)
    return text[:_MAX_TEXT]


def _is_next(element: HtmlElement, text: str) -> bool:
    """Tell a link to the next page of a list by its words or its class."""
    if text:
        return bool(_NEXT.fullmatch(text))
    return "next" in (element.get("class") or "").lower().split()


def _is_aside_box(element: HtmlElement) -> bool:
    """Tell an element that holds navigation, header or footer by its names."""
    if element.tag in _ASIDE_TAGS:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag != "body" and bool(_ASIDE_NAMES.search(names))


def _rank(link: Outlink) -> tuple[bool, ...]:
    """Order links to one address by how much they say about it."""
    return not link.nofollow, link.pager, link.next_page, link.in_content
