"""What a page tells about its document beside the text."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from crawler.blocks import Page
from crawler.dates import DAY, FoundDate, date_in_address, find_date
from crawler.publishers import tidy_publisher
from index.document import Kind, Script, YearFrom
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
_VOLUME = re.compile(r"^((?:19|20)\d\d)\s*年?\s*(?:卷|刊|版|年鉴|年鑑)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=\s*(?:年|度|[-—~至]))")
_HAN_YEAR = re.compile(
    r"(?<![〇○零一二三四五六七八九])([一二][〇○零九][〇○零一二三四五六七八九]{2})年"
)
_ROC_YEAR = re.compile(r"民[国國]\s*(\d{2,3})\s*年")
_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_ROC_EPOCH = 1911
# The year of a plan that a summary carries along: 2020年总结和2021年打算.
_PLAN = re.compile(
    r"(?:19|20)\d\d\s*年[^\d]{0,8}"
    r"(?:计划|計劃|打算|思路|安排|要点|要點|规划|規劃|展望|重点|重點)"
)
# A year that a text looks forward to: 展望2021年, 2021年，我们将……
_AHEAD = re.compile(
    r"(?:展望|迎接|面向|跨入|迈入|邁入|走进|力争|力爭|到)\s*(?:19|20)\d\d\s*年"
    r"|(?:19|20)\d\d\s*年[，,][^，,。；]{0,25}(?:将|將|要继续|要繼續)"
)
_OPENING_CHARACTERS = 400
_KINDS = (
    (Kind.YEARBOOK, re.compile(r"年鉴|年鑑")),
    (
        Kind.BRIEFING,
        re.compile(r"简报|簡報|提纲|提綱|汇报|匯報|彙報|快报|快報|信息专报"),
    ),
    (Kind.SUMMARY, re.compile(r"总结|總結|小结|小結|综述|綜述|回顾|回顧|回眸")),
    (Kind.REPORT, re.compile(r"报告|報告|述职|述職")),
)
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


def year(
    title: str, path: Sequence[str], text: str, put_up: str | None
) -> tuple[int | None, YearFrom | None]:
    """Find the year a text is about, the surest evidence first.

    A title's own year; a yearbook volume tells of the year before it; the year
    the opening of the text names first, or the whole text most often; at last
    the year it was put up, for January to March the year before.
    """
    told = _years(_PLAN.sub("", title)) or _years(title)
    if told:
        return told[-1], YearFrom.TITLE
    for part in reversed(path):
        match = _VOLUME.match(part)
        if match:
            return int(match.group(1)) - 1, YearFrom.VOLUME
    latest = int(put_up[:4]) if put_up and put_up[:4].isdigit() else None
    spoken = _year_in_body(_AHEAD.sub("", text), latest)
    if spoken:
        return spoken, YearFrom.BODY
    if latest and put_up:
        early = put_up[5:7] in {"01", "02", "03"}
        return latest - early, YearFrom.PUBLISHED
    ahead = _year_in_body(text, latest)
    return ahead, YearFrom.BODY if ahead else None


def _year_in_body(text: str, latest: int | None) -> int | None:
    """Find the year a text speaks of, not later than it was put up."""
    counts = Counter(
        found for found in _years(text) if latest is None or found <= latest
    )
    if not counts:
        return None
    most, times = counts.most_common(1)[0]
    opening = _years(text[:_OPENING_CHARACTERS])
    first = next((found for found in opening if found in counts), most)
    return first if 2 * counts[first] >= times else most


def _years(text: str) -> list[int]:
    """List the years named in a text, in order."""
    found = [(match.start(), int(match.group(1))) for match in _YEAR.finditer(text)]
    found += [
        (match.start(), int(match.group(1).translate(_HAN_DIGITS)))
        for match in _HAN_YEAR.finditer(text)
    ]
    found += [
        (match.start(), int(match.group(1)) + _ROC_EPOCH)
        for match in _ROC_YEAR.finditer(text)
    ]
    return [value for _, value in sorted(found)]


def kind(title: str, path: Sequence[str]) -> Kind:
    """Tell what sort of text it is, by its title, else by its breadcrumb."""
    for text in (title, " ".join(path)):
        for found, pattern in _KINDS:
            if pattern.search(text):
                return found
    return Kind.OTHER


def script(text: str) -> Script:
    """Tell the script by the characters that exist in one of the two only.

    Characters that folding changes are traditional; those it changes others into
    are simplified. Up to a fifth of the other sort is tolerated: some characters
    of one script are rare forms of the other.
    """
    traditional = sum(
        1 for one, other in zip(text, fold(text), strict=True) if _differs(one, other)
    )
    simplified = sum(1 for character in text if character in _simplified_only())
    if not traditional + simplified:
        return Script.HANS
    share = traditional / (traditional + simplified)
    if share < _MIXED[0]:
        return Script.HANS
    return Script.HANT if share > _MIXED[1] else Script.MIXED


def _differs(one: str, other: str) -> bool:
    """Tell whether folding changed a Han character."""
    return one != other and ("\u3400" <= one <= "\u9fff" or one >= "\U00020000")


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
