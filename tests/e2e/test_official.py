"""An official looks for how it was put before, and for last year's words."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.archive import SampleArchive
from tests.e2e.every_page import DRAFT
from tests.e2e.journey import reader


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(
    chromium: Browser, archive: SampleArchive, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """Open a browser, once with JavaScript and once without."""
    with reader(chromium, archive.site, scripted=request.param) as page:
        yield page


def compare(page: Page, draft: str) -> None:
    """Paste a draft and send it."""
    page.goto("/")
    page.locator('a[href^="/precedents"]').first.click()
    page.locator("#draft").fill(draft)
    page.locator("#draft ~ .row button").click()


def test_draft_finds_who_wrote_so_before(page: Page, archive: SampleArchive) -> None:
    """Side by side with what is alike marked, and the way to its place."""
    compare(page, DRAFT)
    passage = page.locator(".passages > li").first
    yours, theirs = (passage.locator(".side").nth(place) for place in (0, 1))
    alike = "不设主席台，不念稿子"
    for side in (yours, theirs):
        assert alike in "".join(side.locator("mark").all_inner_texts())
    passage.locator("h2 a").click()
    assert archive.ids["rewritten"] in page.url
    expect(page.locator(":target")).to_be_in_viewport()
    expect(page.locator(":target")).to_contain_text("卡口值守组")


def test_one_goes_back_from_a_document_to_the_draft(page: Page) -> None:
    """What was found is still there, and so is what was pasted."""
    compare(page, DRAFT)
    page.locator(".passages h2 a").first.click()
    page.go_back()
    expect(page.locator("#draft")).to_have_value(DRAFT)
    expect(page.locator(".passages > li").first).to_be_visible()


def test_each_paragraph_is_told_apart(page: Page) -> None:
    """Of a draft half old and half new, the new half is said to be new."""
    compare(
        page, f"{DRAFT}\n\n本段关于太空电梯与深海列车的设想，库里不曾有人写过一个字。"
    )
    shares = page.locator(".parts meter")
    expect(shares).to_have_count(3)
    percents = [
        int(float(share.get_attribute("value") or "")) for share in shares.all()
    ]
    assert min(percents[:2]) > 50
    assert percents[2] < 20


def test_draft_that_is_too_short_is_kept_and_refused(page: Page) -> None:
    """The refusal says the limit, and what was typed is not lost."""
    compare(page, "太短")
    expect(page.get_by_role("alert")).to_contain_text("8")
    expect(page.locator("#draft")).to_have_value("太短")


def test_file_is_compared_as_well(page: Page) -> None:
    """A draft may be a file."""
    page.goto("/precedents")
    page.locator("input[type=file]").set_input_files(
        {"name": "稿.txt", "mimeType": "text/plain", "buffer": DRAFT.encode("gb18030")}
    )
    page.locator("#draft ~ .row button").click()
    expect(page.locator(".passages > li").first).to_contain_text("圆桌夜话")


def test_last_years_words_of_the_unit_are_found(page: Page) -> None:
    """By the name of the unit to its series, and to the text of a year."""
    page.goto("/")
    page.locator('a[href^="/series"]').first.click()
    page.locator("main form input[type=search]").fill("青岭县统战部")
    page.locator("main form button").click()
    page.locator(".found h2 a").first.click()
    page.locator(".axis").get_by_role("link", name="2021").click()
    expect(page.locator("#y2021")).to_be_in_viewport()
    page.locator("#y2021 .texts a").first.click()
    expect(page.locator("h1")).to_have_text(re.compile("2021年工作总结"))
    expect(page.locator(".other-years [aria-current]")).to_have_text("2021")


def test_citation_is_copied(chromium: Browser, archive: SampleArchive) -> None:
    """A button puts it on the clipboard as it is shown."""
    with reader(chromium, archive.site) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"/documents/{archive.ids['summary']}")
        page.locator(".citing button.copy").first.click()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.locator("#cite-gbt7714").inner_text()
        assert "[EB/OL]" in copied
        assert "青岭县" in copied


def test_paragraph_is_quoted_and_checked_later(
    page: Page, archive: SampleArchive
) -> None:
    """The link of a paragraph shows it again, and that it still stands there."""
    page.goto(f"/documents/{archive.ids['rewritten']}")
    page.locator('.citing a[href*="quoting=true"]').click()
    paragraph = page.locator(".text p", has_text="卡口值守组")
    words = paragraph.inner_text()
    paragraph.locator(".quote-this").click()
    link = page.locator("#quote-link").input_value()
    page.goto(link)
    expect(page.locator("#quote.same")).to_be_visible()
    expect(page.locator("#quote blockquote")).to_contain_text(words[:20].strip())
