"""Which text a page shows, told independently of the reader, and where it went.

What tags, comments and scripts are is told by the few rules of the HTML standard
that matter for text, with a regular expression instead of a parser. Only Han
characters are counted: of them a page's furniture has none but as text.
"""

import html
import re
from collections import Counter

from crawler.blocks import Page
from index.document import Document

_HAN = re.compile("[\u3400-\u9fff]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_UNSHOWN = (
    "script|style|title|iframe|object|embed|applet|audio|video|canvas|textarea|template"
    "|select|button|noscript|noframes|xmp|plaintext|svg|math|option|datalist|frameset"
)
_REST = r"""(?:=\s*+"[^"]*+(?:"|\Z)|=\s*+'[^']*+(?:'|\Z)|[^>])*+(?:>|\Z)"""
# Comments, what shows none of its text or may be hidden, all other tags.
_MARKUP = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    rf"|<({_UNSHOWN})(?=[\s/>]){_REST}.*?(?:</\1(?=[\s/>]){_REST}|\Z)"
    rf"|</?[a-z]{_REST}|<[!?/][^>]*+(?:>|\Z)",
    re.IGNORECASE | re.DOTALL,
)


def lost_by_reader(text: str, page: Page) -> Counter[str]:
    """Count the characters that the page shows and no block has."""
    if page.reader == "html":
        text = html.unescape(_MARKUP.sub(" ", _CONTROLS.sub("", text)))
    cut = int(page.meta.get("reader:cut", "0"))
    shown = Counter(_HAN.findall(text))
    shown.subtract(_HAN.findall("".join(block.text for block in page.blocks)))
    shown.subtract(_HAN.findall(page.title))
    lost = +shown
    return lost if lost.total() > cut else Counter()


def lost_by_cleaner(page: Page, document: Document) -> Counter[str]:
    """Count the characters of a page's blocks that the document no longer has."""
    had = Counter(_HAN.findall("".join(block.text for block in page.blocks)))
    had.subtract(_HAN.findall(document.text))
    had.subtract(_HAN.findall("".join(block.text for block in document.removed)))
    had.subtract(_HAN.findall(document.title))
    return +had
