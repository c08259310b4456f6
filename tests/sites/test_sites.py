"""The sample collection is sound: what its gold says is on its pages."""

import html
import re
import urllib.request
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from tests.sites.gold import Gold, load_gold
from tests.sites.serve import SITE_NAMES, SITES_DIR, SampleSites

_HIDDEN = re.compile(r"<!--.*?-->|<(script|style|head)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_LINK = re.compile(r'href="([^"#:]+\.html)"')
_DECLARED = re.compile(rb'charset="?([\w-]+)')

PAGES = tuple(gold for gold in load_gold() if gold.site != "renderings")
RENDERINGS = tuple(gold for gold in load_gold() if gold.site == "renderings")


def _name(gold: Gold) -> str:
    return f"{gold.site}/{gold.file}"


each_gold = pytest.mark.parametrize("gold", load_gold(), ids=_name)


def _bare(text: str) -> str:
    """Take the white space out of a string."""
    return re.sub(r"\s+", "", text)


@cache
def _page_text(gold: Gold) -> str:
    """Everything a page shows, without markup and white space."""
    source = gold.path.read_bytes().decode(gold.encoding)
    if gold.path.suffix == ".html":
        source = html.unescape(_TAG.sub("", _HIDDEN.sub("", source)))
    return _bare(source)


def _sought(gold: Gold) -> Iterator[str]:
    """Yield all strings that the gold promises to be readable on the page."""
    yield from (gold.title, gold.starts_with, gold.ends_with)
    yield from gold.contains
    yield from gold.sections
    yield from gold.removed_contains
    yield from gold.authors
    yield from gold.unique_terms


@each_gold
def test_page_decodes_with_its_encoding(gold: Gold) -> None:
    """Every listed page exists and its bytes are valid in its encoding."""
    text = gold.path.read_bytes().decode(gold.encoding)
    assert "\N{REPLACEMENT CHARACTER}" not in text


@each_gold
def test_promised_strings_are_on_the_page(gold: Gold) -> None:
    """Every string that the gold names can be read on the page."""
    text = _page_text(gold)
    assert [sought for sought in _sought(gold) if _bare(sought) not in text] == []


@each_gold
def test_main_text_is_long_and_in_order(gold: Gold) -> None:
    """The passages stand between the first and the last words, far apart."""
    text = _page_text(gold)
    end = text.rindex(_bare(gold.ends_with))
    start = text.rindex(_bare(gold.starts_with), 0, end)
    assert end - start >= 300
    places = [text.index(_bare(passage), start) for passage in gold.contains]
    assert len(places) >= 3
    assert max(places) - min(places) >= 100


@each_gold
def test_furniture_is_in_the_source(gold: Gold) -> None:
    """What must be left out is there to be left out, if only as an attribute."""
    source = _bare(gold.path.read_bytes().decode(gold.encoding))
    assert [bad for bad in gold.absent if _bare(bad) not in source] == []
    assert len(gold.absent) >= (1 if gold.path.suffix == ".txt" else 4)


@each_gold
def test_furniture_is_not_part_of_the_passages(gold: Gold) -> None:
    """No string is both wanted in the text and wanted out of it."""
    wanted = [gold.starts_with, gold.ends_with, *gold.contains]
    clashes = [bad for bad in gold.absent if any(_bare(bad) in good for good in wanted)]
    assert clashes == []


@each_gold
def test_incomplete_pages_say_how_much_is_missing(gold: Gold) -> None:
    """Figures of completeness stand on the page and agree with each other."""
    if gold.claimed is None:
        assert gold.shown is None
        assert gold.omissions == ()
        return
    assert gold.shown is not None
    assert not gold.complete
    assert gold.shown + sum(gold.omissions) < gold.claimed
    notice = f"全文共{gold.claimed}字,当前仅显示{gold.shown}字"
    assert notice in _page_text(gold).replace("，", ",")


@pytest.mark.parametrize("site", SITE_NAMES)
def test_site_has_eight_pages_or_more_all_linked(site: str) -> None:
    """The list page of a site links exactly the pages of its gold."""
    listed = {gold.file for gold in PAGES if gold.site == site}
    source = (SITES_DIR / site / "index.html").read_bytes().decode("gb18030", "replace")
    assert len(listed) >= 8
    assert set(_LINK.findall(source)) - {"index.html"} == listed
    assert {path.name for path in (SITES_DIR / site).glob("*.html")} == {
        *listed,
        "index.html",
    }


def test_there_are_enough_pages_in_the_older_encodings() -> None:
    """Eight pages are GB 18030, six Big5, and their labels vary as promised."""
    labels = Counter(
        (gold.encoding, _declared(gold)) for gold in PAGES if gold.encoding != "utf-8"
    )
    encodings = Counter(gold.encoding for gold in PAGES)
    assert encodings["gb18030"] >= 8
    assert encodings["big5"] >= 6
    assert labels["gb18030", "gb2312"] >= 3
    assert labels["gb18030", None] >= 2
    assert labels["gb18030", "utf-8"] == 1
    assert labels["big5", "big5"] >= 2
    assert labels["big5", None] >= 2


def _declared(gold: Gold) -> str | None:
    """The charset a page's markup names."""
    found = _DECLARED.search(gold.path.read_bytes())
    return found[1].decode("ascii").lower() if found else None


def test_older_encodings_are_not_utf8_by_accident() -> None:
    """A page in an older encoding cannot be read as UTF-8."""
    for gold in PAGES:
        if gold.encoding != "utf-8":
            with pytest.raises(UnicodeDecodeError):
                gold.path.read_bytes().decode("utf-8")


def test_unique_terms_occur_in_one_page_only() -> None:
    """A unique term is on its own page and on no other page."""
    terms = [(term, gold) for gold in PAGES for term in gold.unique_terms]
    owners = {
        term: [_name(page) for page in PAGES if term in _page_text(page)]
        for term, _ in terms
    }
    assert len(terms) >= 40
    assert owners == {term: [_name(gold)] for term, gold in terms}


def test_some_bodies_are_printed_twice() -> None:
    """Several pages on three sites print their whole body twice."""
    doubled = [gold for gold in PAGES if _is_doubled(gold)]
    assert len(doubled) >= 6
    assert len({gold.site for gold in doubled}) == 3


def _is_doubled(gold: Gold) -> bool:
    """Tell whether every passage of a page stands there twice."""
    return all(_page_text(gold).count(_bare(one)) == 2 for one in gold.contains)


def test_near_duplicates_name_an_existing_page() -> None:
    """Every relation leads to another page of the collection, none is missing."""
    names = {_name(gold) for gold in PAGES}
    related = [gold for gold in load_gold() if gold.duplicate_of]
    assert all(gold.duplicate_of in names - {_name(gold)} for gold in related)
    assert {gold.relation for gold in related} == {
        "copy",
        "other script",
        "truncated",
        "edited",
    }
    assert all(gold.duplicate_of for gold in RENDERINGS)


def test_there_are_two_renderings_of_each_known_kind() -> None:
    """The text renderings are of two pages of each of the five known sites."""
    kinds = Counter(gold.file.partition("-")[0] for gold in RENDERINGS)
    assert kinds == dict.fromkeys(SITE_NAMES[:5], 2)


def test_server_names_a_charset_only_for_utf8_pages() -> None:
    """Pages arrive byte for byte, and older encodings without a charset."""
    with SampleSites() as sites:
        for gold in PAGES:
            address = f"{sites.url}{_name(gold)}"
            with urllib.request.urlopen(address) as answer:  # noqa: S310 - loopback
                content = answer.read()
                label = answer.headers["Content-Type"]
            assert content == gold.path.read_bytes()
            suffix = "; charset=utf-8" if gold.encoding == "utf-8" else ""
            assert label == f"text/html{suffix}"


def test_every_index_url_answers() -> None:
    """The seven list pages are served at the addresses given for them."""
    with SampleSites() as sites:
        assert len(sites.index_urls) == 7
        for address in sites.index_urls:
            with urllib.request.urlopen(address) as answer:  # noqa: S310 - loopback
                assert answer.status == 200
