"""axe-core finds nothing on any page, in any colours, on any width."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.archive import SampleArchive
from tests.e2e.axe import COLOUR_RULES, violations
from tests.e2e.every_page import EVERY_PAGE, QUERY, Visit
from tests.e2e.journey import HEIGHT, NARROW, WIDE

UNFOLD = "document.querySelectorAll('details').forEach(one => { one.open = true; })"


@pytest.fixture(scope="module")
def page(chromium: Browser, archive: SampleArchive) -> Iterator[Page]:
    """Open a browser of a reader of simplified Chinese."""
    context = chromium.new_context(base_url=archive.site, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("visit", EVERY_PAGE, ids=lambda visit: visit.name)
def test_axe_finds_no_violation(
    page: Page, archive: SampleArchive, visit: Visit
) -> None:
    """All rules wide and narrow, unfolded there; those on colours in the dark, too."""
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    visit.open(page, archive)
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    page.evaluate(UNFOLD)
    found += violations(page, COLOUR_RULES)
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    found += violations(page, COLOUR_RULES)
    page.emulate_media(color_scheme="light")
    found += violations(page)
    assert found == []


def test_axe_finds_nothing_in_what_opens(page: Page, archive: SampleArchive) -> None:
    """The list of keys, and that of completions."""
    page.goto(f"{archive.site}/search?q={QUERY}")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.locator("#q").press_sequentially(" 县")
    expect(page.get_by_role("option").first).to_be_visible()
    assert violations(page) == []


def test_axe_finds_a_violation_where_there_is_one(
    page: Page, archive: SampleArchive
) -> None:
    """The test above can fail: a faint text and a box without a label."""
    page.goto(archive.site)
    page.evaluate("document.querySelector('.intro').style.color = 'silver'")
    page.evaluate("document.querySelector('#q').labels[0].remove()")
    page.evaluate("document.querySelector('#q').placeholder = ''")
    rules = {line.split()[0] for line in violations(page)}
    assert rules == {"color-contrast", "label"}
