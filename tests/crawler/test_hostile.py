"""Broken, huge and odd pages: none fails, and none loses text without a record."""

import pytest

from crawler.clean import Skipped, clean
from crawler.markup import MAX_CHARACTERS, MAX_PARAGRAPHS
from crawler.read import read_page, to_page
from crawler.site import load_profiles
from index.decode import decode
from index.document import Document
from tests.bench.hostile import hostile_page, kind_of
from tests.bench.visible import lost_by_cleaner, lost_by_reader

SEED = 7
SENTENCE = "全县新建冷库七座，改造水渠二十一公里，带动三千四百户农民增收。"
PROFILES = load_profiles()


def read(page: str) -> Document:
    """Read a page that has a document."""
    document = read_page(page.encode(), PROFILES)
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize(
    "number", [pytest.param(i, id=f"{i}-{kind_of(i)}") for i in range(200)]
)
def test_hostile_page_is_read_and_its_text_recorded(number: int) -> None:
    """What a page shows is in a block, a removed block, or counted as cut off."""
    payload = hostile_page(SEED, number)
    assert isinstance(read_page(payload, PROFILES), Document | Skipped)
    decoded = decode(payload)
    if decoded.damaged:
        return
    page = to_page(decoded.text, PROFILES)
    assert not lost_by_reader(decoded.text, page)
    document = clean(page, PROFILES)
    if isinstance(document, Document):
        assert not lost_by_cleaner(page, document)


def test_text_behind_the_end_of_the_page_is_kept() -> None:
    """A second page, or a paragraph, behind ``</html>`` is text like any other."""
    page = f"<html><body><p>{SENTENCE}</p></body></html>"
    behind = "<p>第二段，在页面的结束标记之后，仍然可见，应当保留。</p>"
    for markup in (page + behind, page + f"<html><body>{behind}</body></html>"):
        blocks = to_page(markup, PROFILES).blocks
        assert [block.text for block in blocks] == [SENTENCE, behind[3:-4]]


def test_page_that_is_cut_off_says_so_in_the_document() -> None:
    """Markup and plain text over the limit are incomplete, with the number lost."""
    text = "字" * (MAX_CHARACTERS + 9)
    for page in (text, f"<p>{text}"):
        completeness = read(page).completeness
        assert not completeness.complete
        assert str(len(page) - MAX_CHARACTERS) in (completeness.reason or "")


@pytest.mark.parametrize("line", ["{}\n", "<pre>{}\n", "　　{}", "<p>　　{}"])
def test_very_many_lines_keep_their_text(line: str) -> None:
    """Behind the limit lines are told apart no longer; no character is lost."""
    count = MAX_PARAGRAPHS + 1000
    blocks = to_page(line.format("字") * count, PROFILES).blocks
    assert sum(block.text.count("字") for block in blocks) == count
    assert len(blocks) <= count


def test_tag_of_very_many_attributes_keeps_its_text() -> None:
    """The attributes are not looked at, what stands in the element is."""
    attributes = " ".join(f"a{i}=b" for i in range(20_000))
    page = to_page(f"<div {attributes}><p>{SENTENCE}</p></div>", PROFILES)
    assert [block.text for block in page.blocks] == [SENTENCE]


def test_text_that_goes_on_and_on_over_its_lines_takes_linear_time() -> None:
    """Lines that all break off are one line, not joined anew for each of them."""
    count = 40_000
    line = (
        "全县新建冷库七座，改造水渠二十一公里，带动三千四百户农民稳定增收，受到表扬，"
    )
    page = "\n".join(f"{line}{i:06}" for i in range(count))
    (block,) = read(page).blocks
    assert block.text.count(line) == count
