"""What a page calls itself in its head: ``<title>`` and ``og:title``.

The title of the text is in there, with the name of a column and of the site behind
it, or before it, or cut short.
"""

import re
from typing import NamedTuple

from crawler.blocks import Page
from crawler.worksheet import key

_SEPARATOR = re.compile(r"[_|｜–—-]+")
_STRONG_SEPARATOR = re.compile(r"\s*[_|｜]+\s*|\s+[-–—]+\s+|\s*--+\s*")
_LAST_DASH = re.compile(r"\s*[-–—]\s*([^–—-]+)$")
_SITE = re.compile(
    r"(?:网|網|网站|網站|门户|門戶|平台|频道|頻道|首页|首頁|政府|\.com|\.cn|\.tw|\.org)$"
    r"|人民政府|委员会$|委員會$"
)
_ELLIPSIS = re.compile(r"(?:…|\.\.\.?)\s*$")
_BRACKETS_AT_ENDS = re.compile(
    r"^\W*[【\[〔][^】\]〕]*[】\]〕]|[【\[〔(（][^】\]〕)）]*[】\]〕)）]\W*$"
)
MIN_LETTERS = 8
"""Letters from which a name says more than that of a column does."""


class NamedInHead(NamedTuple):
    """What a page says in its head that it is called, reduced to keys.

    Attributes:
        whole: ``<title>`` and ``og:title``.
        pieces: Their pieces between separators.
        cut: The beginnings that end in an ellipsis, as long titles do.
    """

    whole: str
    pieces: tuple[str, ...]
    cut: tuple[str, ...]

    @classmethod
    def of(cls, page: Page) -> "NamedInHead":
        """Read the head of a page."""
        names = [page.title, page.meta.get("og:title", "")]
        parts = [part for name in names for part in _SEPARATOR.split(name)]
        return cls(
            whole="\n".join(map(key, names)),
            pieces=tuple(filter(None, map(key, parts))),
            cut=tuple(
                key(part)
                for part in parts
                if _ELLIPSIS.search(part) and len(key(part)) >= MIN_LETTERS
            ),
        )

    def matched(self, text: str) -> int:
        """Count the letters of a line that the names contain; 0 for too few.

        What stands in brackets at its ends may be missing there: 【专栏】, (3/7).
        """
        if (bare := key(text)) and bare in self.whole:
            return len(bare)
        core = key(_BRACKETS_AT_ENDS.sub("", text))
        if len(core) >= MIN_LETTERS and core in self.whole:
            return len(core)
        return max((len(part) for part in self.cut if bare.startswith(part)), default=0)


def says_much(title: str) -> bool:
    """Tell whether a ``<title>`` names a text rather than its site."""
    name = cut_title_tag(title)
    return len(key(name)) >= MIN_LETTERS and not _SITE.search(name)


def cut_title_tag(title: str) -> str:
    """Take the site's name off a ``<title>``, in which it mostly comes last.

    A dash may stand inside a title; it parts the site's name only where what
    follows is the name of one.
    """
    name, *others = _STRONG_SEPARATOR.split(title.strip())
    if others and (not name or _SITE.search(name)):
        name = max(others, key=len)
    while (dash := _LAST_DASH.search(name)) and _SITE.search(dash[1]):
        name = name[: dash.start()]
    return name.strip()
