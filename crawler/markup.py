"""Text to lxml's tree, and what HTML's tags mean for a reader of the page."""

import re

from lxml import etree, html
from lxml.html import HtmlElement

MAX_CHARACTERS = 2_000_000
"""Characters of a page that are read; the rest is cut off.

Of Chinese in UTF-8 that is 6 MB, the length of three novels; it takes the cleaner two
seconds. What is never shown (scripts, pictures within addresses) does not count.
"""

MAX_TAGS = 60_000
"""Tags of a page whose structure is looked at."""

MAX_PARAGRAPHS = 20_000
"""Paragraphs and lines that are told apart; what follows is one line."""

MAX_TAG_BYTES = 50_000
"""Bytes of a tag whose attributes are looked at, if the page has many."""

BREAKING_TAGS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body br caption center dd details dialog dir "
        "div dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 "
        "header hgroup hr html legend li main menu nav noframes ol optgroup option p "
        "pre search section summary table tbody td tfoot th thead tr ul",
    )
)
"""Tags that begin and end lines."""

UNSHOWN_TAGS = frozenset(("script", "style"))
"""Tags whose content is no text of the page."""

_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\r"})
_XML_DECLARATION = re.compile(rb"\A\s*<\?xml[^>]*>", re.IGNORECASE)
# The parser takes time by the square of the attributes of a tag.
_MANY_ATTRIBUTES = 10_000
_LONG_TAG = re.compile(rb"(<[a-zA-Z][\w:.-]*)[^<>]{%d,}" % MAX_TAG_BYTES)
_TAG_START = re.compile(b"</?[a-zA-Z]")
_LINE_START = re.compile(rb"<(?:br|p|div|li|tr|d[dt]|h[1-6r])\b", re.IGNORECASE)
_UNSHOWN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_DATA = re.compile(r"\bdata:[\w/+.-]{1,40}+;base64,[A-Za-z0-9+/=\s]*+")
_BREAKS = re.compile(
    rf"(?:</?(?:{'|'.join(sorted(BREAKING_TAGS))})\b[^<>]*>\s*)+", re.IGNORECASE
)
_OTHER_TAG = re.compile(r"</?(?!title\b|meta\b|link\b)[a-z][^<>]*>", re.IGNORECASE)
_BREAK = "\0"  # cannot occur in a text without control characters
# lxml.html chooses a class for each element in Python, and few tags have their own.
_ELEMENTS = etree.ElementDefaultClassLookup(element=HtmlElement)
_EMPTY_PAGE = "<html><body></body></html>"
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def without_unshown(text: str) -> str:
    """Take out of an over long page what it never shows; others stay as they are."""
    if len(text) <= MAX_CHARACTERS:
        return text
    return _DATA.sub("data:", _UNSHOWN.sub(" ", text))


def parse(text: str) -> HtmlElement:
    """Parse a page however broken; at most ``MAX_CHARACTERS`` of it are read.

    libxml2 gives up below 2,048 levels of nesting. Such a page, and one of more than
    ``MAX_TAGS`` tags or ``MAX_PARAGRAPHS`` lines, is read as a flat run of
    paragraphs: its structure says nothing, its text is kept.
    """
    # Half a surrogate pair is no character; UTF-8 leaves it out.
    markup = text[:MAX_CHARACTERS].encode("utf-8", "ignore").translate(None, _CONTROLS)
    markup = _XML_DECLARATION.sub(b"", markup)
    if markup.count(b"=") > _MANY_ATTRIBUTES:
        markup = _LONG_TAG.sub(rb"\1", markup)
    if _has_too_many_tags(markup):
        return _parsed(_flat(markup.decode()))[0]
    tree, complete = _parsed(markup)
    return tree if complete else _parsed(_flat(markup.decode()))[0]


def _has_too_many_tags(markup: bytes) -> bool:
    """Tell a page of more tags, or of more that begin a line, than are looked at."""
    if markup.count(b"<") <= MAX_PARAGRAPHS:
        return False
    return (
        len(_LINE_START.findall(markup)) > MAX_PARAGRAPHS
        or len(_TAG_START.findall(markup)) > MAX_TAGS
    )


def _parsed(markup: bytes) -> tuple[HtmlElement, bool]:
    """Parse and tell whether the parser reached the end."""
    parser = etree.HTMLParser(huge_tree=True, encoding="utf-8")
    parser.set_element_class_lookup(_ELEMENTS)
    try:
        tree = html.document_fromstring(markup, parser=parser)
    except etree.ParserError:  # lxml's word for a page of nothing but comments
        return html.document_fromstring(_EMPTY_PAGE), True
    # What stands behind </html> the parser puts into a second root.
    for extra in list(tree.itersiblings("html")):
        tree.append(extra)
    gave_up = any(
        error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log
    )
    return tree, not gave_up


def _flat(text: str) -> bytes:
    """Reduce markup to paragraphs without nesting."""
    text = _UNSHOWN.sub(" ", text)
    text = _BREAKS.sub(_BREAK, text, count=MAX_PARAGRAPHS)
    text = _OTHER_TAG.sub("", _BREAKS.sub(" ", text))
    return text.replace(_BREAK, "<p>").encode()


def leads_away(anchor: HtmlElement) -> bool:
    """Tell a link to elsewhere from a place on the page and a table of contents."""
    address = anchor.get("href")
    return address is not None and not (len(address) > 1 and address[0] == "#")


def hiding_attribute(element: HtmlElement) -> str:
    """Return which attribute hides an element, or ``""``."""
    style = element.get("style")
    if style and (found := _HIDING_STYLE.search(style)):
        return "hidden: " + "".join(found[0].lower().split())
    if element.get("hidden") is not None:
        return "hidden: attribute"
    return "hidden: aria" if element.get("aria-hidden") == "true" else ""
