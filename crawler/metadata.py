"""What a page tells about its document beside the text."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from crawler.blocks import Page
from crawler.dates import DAY, FoundDate, date_in_address, find_date
from crawler.publishers import tidy_publisher
from index.document import Kind, Script
from index.fold import fold

_META_DATES = (
    "pubdate",
    "publishdate",
    "article:published_time",
    "og:published_time",
    "ld:datePublished",
    "datepublished",
    "firstpublishedtime",
    "publishtime",
    "publish_time",
    "og:release_date",
    "weibo: article:create_at",
    "dcterms.created",
    "dc.date.issued",
    "dc.date",
    "date",
)
_META_PUBLISHERS = ("contentsource", "source", "ld:publisher")
_META_SITES = ("sitename", "og:site_name", "application-name")
_KINDS = (
    (Kind.YEARBOOK, re.compile("年鉴")),
    (Kind.BRIEFING, re.compile("简报|提纲|汇报|快报|信息专报|工作动态|情况通报")),
    (Kind.SUMMARY, re.compile("总结|小结|综述|回顾|回眸|施政成果|施政绩效")),
    (Kind.REPORT, re.compile("报告|述职")),
)
# Official texts say in their first paragraph what they are: 现将……汇报如下.
_ANNOUNCED = re.compile("现[将就][^。]{0,60}?(总结|汇报|报告)如下")
_OPENING_CHARACTERS = 400
_MIXED = (0.2, 0.8)


def published(page: Page, said: Mapping[str, str]) -> FoundDate | None:
    """Read when the page was put up: picked, labelled, or from its meta elements.

    Args:
        page: The page.
        said: What its label lines say.
    """
    told = [page.fields.get("published", ""), said.get("published", "")]
    found = [find_date(text, roc=True) for text in told]
    found += [find_date(page.meta.get(name, "")) for name in _META_DATES]
    found += [find_date(said.get("written", ""), roc=True)]
    return most_precise(found)


def published_elsewhere(page: Page, said: Mapping[str, str]) -> list[FoundDate | None]:
    """Read what tells less surely when the page was put up: its last change and so on.

    Args:
        page: The page.
        said: What its label lines say.
    """
    return [
        find_date(said.get("updated", ""), roc=True),
        find_date(page.meta.get("time:datetime", "")),
        date_in_address(page.url),
    ]


def most_precise(dates: Iterable[FoundDate | None]) -> FoundDate | None:
    """Take the first date, or one behind it that is the same and tells the day too."""
    found = [one for one in dates if one]
    if not found or len(found[0].iso) == DAY:
        return found[0] if found else None
    first = found[0].iso
    agreeing = (
        one
        for one in found
        if len(one.iso) == DAY
        and (one.iso.startswith(first) or one.iso[4:] == first[1:])
    )
    return next(agreeing, found[0])


def publisher(page: Page, *told: str | None) -> str | None:
    """Name the source of the text, if the page does.

    Args:
        page: The page.
        told: What its lines say, the surest first; meta elements go behind the first.
    """
    label, *others = told or ("",)
    meta = [page.meta.get(name, "") for name in _META_PUBLISHERS]
    named = (page.fields.get("publisher"), label, *meta, *others)
    tidied = (tidy_publisher(name)[0] for name in named if name)
    return next(filter(None, tidied), None)


def site_name(page: Page) -> str:
    """Name the site as its own meta elements do; empty where they do not."""
    names = (page.meta.get(name, "").strip() for name in _META_SITES)
    return next(filter(None, names), "")


def kind(title: str, path: Sequence[str], text: str = "") -> Kind:
    """Tell what sort of text it is.

    By its title, else by its breadcrumb, else by what its first paragraph announces.
    """
    announced = _ANNOUNCED.search(fold(text[:_OPENING_CHARACTERS]))
    told = (title, " ".join(path), announced[1] if announced else "")
    for words in map(fold, told):
        for found, pattern in _KINDS:
            if pattern.search(words):
                return found
    return Kind.OTHER


def script(text: str) -> Script:
    """Tell the script by the characters that exist in one of the two only.

    Characters that folding changes are traditional; those it changes others into
    are simplified. Up to a fifth of the other sort is tolerated: some characters
    of one script are rare forms of the other.
    """
    changed = [one for one, other in zip(text, fold(text), strict=True) if one != other]
    traditional = sum(map(_is_han, changed))
    simplified = sum(map(_simplified_only().__contains__, text))
    if not traditional + simplified:
        return Script.HANS
    share = traditional / (traditional + simplified)
    if share < _MIXED[0]:
        return Script.HANS
    return Script.HANT if share > _MIXED[1] else Script.MIXED


def _is_han(character: str) -> bool:
    """Tell Han characters from the others that folding changes."""
    return "\u3400" <= character <= "\u9fff" or character >= "\U00020000"


@cache
def _simplified_only() -> frozenset[str]:
    """Collect the characters that only simplified text uses.

    They are what folding makes of other characters, less those that traditional
    text has too (里, 面, 后): the ones that Big5 can write.
    """
    han = map(chr, range(0x4E00, 0xA000))
    targets = {fold(one) for one in han if fold(one) != one}
    return frozenset(one for one in targets if not _in_big5(one))


def _in_big5(character: str) -> bool:
    """Tell whether Big5 has a character."""
    try:
        character.encode("big5")
    except UnicodeEncodeError:
        return False
    return True
