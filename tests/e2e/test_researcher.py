"""A researcher asks, narrows, reads, doubts, and follows words over the years."""

import csv
import re
from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

from index.fold import fold
from tests.e2e.archive import AFTER, BEFORE, SampleArchive
from tests.e2e.journey import reader

PHRASE = "脱贫攻坚"


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(
    chromium: Browser, archive: SampleArchive, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """Open a browser, once with JavaScript and once without."""
    with reader(chromium, archive.site, scripted=request.param) as page:
        yield page


def ask(page: Page, query: str) -> None:
    """Ask from wherever one is."""
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first.fill(query)
    page.locator("form.search button").click()


def total(page: Page) -> int:
    """Read how many results there are said to be."""
    words = page.get_by_role("status").first.inner_text()
    found = re.search(r"共 ([\d,]+) 条结果|，共 ([\d,]+) 条", words)
    assert found, words
    return int((found[1] or found[2]).replace(",", ""))


def test_search_is_narrowed_and_widened_again(page: Page) -> None:
    """What a facet says it would leave is what it leaves; chips undo it."""
    page.goto("/")
    ask(page, "统战")
    everything = total(page)
    value = page.locator("#facets").get_by_role("link", name=re.compile("总结")).first
    promised = int(value.locator(".number").inner_text())
    value.click()
    assert 0 < promised < everything
    assert total(page) == promised
    page.locator("#facets .years input[type=number]").first.fill("2021")
    page.locator("#facets .years button").click()
    narrowed = total(page)
    assert 0 < narrowed < promised
    assert {int(year) for year in page.locator(".hit .year").all_inner_texts()} <= set(
        range(2021, 2100)
    )
    expect(page.locator(".chips li")).to_have_count(3)
    page.locator(".chips .all").click()
    assert total(page) == everything


def test_value_is_left_out(page: Page) -> None:
    """What is left out and what is left are together all there was."""
    page.goto("/search?q=统战")
    everything = total(page)
    value = page.locator("#facets li", has=page.locator("a", has_text="总结")).first
    share = int(value.locator(".number").inner_text())
    value.hover()
    value.locator('a[href*="not_kind=summary"]').click()
    assert total(page) == everything - share
    page.locator(".chips a").first.click()
    assert total(page) == everything


def test_hit_opens_at_its_match_and_leads_back(page: Page) -> None:
    """From a passage to its place, and back to the results as they were."""
    page.goto("/")
    ask(page, "统战")
    page.locator(".hit").nth(1).locator(".snippet a").first.click()
    expect(page.locator(":target mark").first).to_be_in_viewport()
    page.go_back()
    expect(page.locator(".hit")).to_have_count(10)


def test_next_hit_is_the_next_of_the_results(page: Page) -> None:
    """Filters and order are kept from document to document, and on the way back."""
    page.goto("/search?q=统战&kind=summary&sort=oldest")
    titles = page.locator(".hit h2 a").all_inner_texts()
    page.locator(".hit h2 a").first.click()
    for title in titles[1:3]:
        page.locator('.hits-beside [rel="next"]').click()
        expect(page).to_have_title(re.compile(re.escape(title)))
    page.locator('.hits-beside [rel="prev"]').click()
    expect(page).to_have_title(re.compile(re.escape(titles[1])))
    page.locator(".hits-beside .up").click()
    assert page.locator(".hit h2 a").all_inner_texts() == titles


def test_words_are_sought_in_a_document(page: Page, archive: SampleArchive) -> None:
    """The box of the document marks in it what the search did not ask for."""
    page.goto(f"/documents/{archive.ids['rewritten']}")
    page.locator("#find").fill("冷库")
    page.locator("#find").press("Enter")
    expect(page.locator(".text mark")).to_have_text(["冷库"])


def test_everything_found_is_taken_along(page: Page) -> None:
    """The file has as many rows as there are results, in their order."""
    page.goto("/search?q=统战&sort=oldest")
    titles = page.locator(".hit h2 a").all_inner_texts()
    page.locator(".export summary").click()
    with page.expect_download() as download:
        page.locator('.export a[href*="format=csv"]').click()
    table = download.value.path().read_text("utf-8-sig").splitlines()
    rows = list(csv.DictReader(table))
    found = [row["title"] for row in rows if row["title"]]
    assert len(found) == total(page)
    assert found[: len(titles)] == titles


def test_no_hits_are_not_taken_for_absence(page: Page) -> None:
    """A page without hits says what was looked through, and why one is not a hit."""
    page.goto("/")
    ask(page, '"没有这句话的"')
    assert total(page) == 0
    expect(page.locator(".nothing")).to_be_visible()
    page.locator(".nothing").get_by_role("link", name="收录").first.click()
    expect(page).to_have_url(re.compile("/coverage"))
    expect(page.locator("main table").first).to_contain_text("文範網")


def test_reader_asks_why_a_document_is_no_hit(
    page: Page, archive: SampleArchive
) -> None:
    """Each part of the query is told as met or not."""
    page.goto("/")
    ask(page, "统战 冷库 火箭")
    page.locator("#why-id").fill(archive.ids["rewritten"])
    page.locator("form.why button").click()
    verdicts = page.locator("#why .clauses > li")
    expect(verdicts).to_have_count(3)
    expect(page.locator("#why .clauses > .unmet")).to_contain_text("火箭")
    expect(page.locator("#why .clauses > .met")).to_have_count(2)


def test_phrase_is_followed_over_the_years(page: Page) -> None:
    """A point of the chart opens its quotes, which are as many as it says."""
    page.goto("/")
    ask(page, f'"{PHRASE}"')
    page.locator('.understood a[href^="/wording"]').click()
    page.get_by_role("textbox", name="说法 2").fill("乡村振兴")
    page.get_by_role("button", name="查看").click()
    expect(page.locator(".uses > li")).to_have_count(2)
    point = page.locator("figure").get_by_role("link", name=f"2020 年“{PHRASE}”")
    words = point.get_attribute("aria-label") or ""
    count = int(re.findall(r"有 (\d+) 份", words)[0])
    point.focus()
    page.keyboard.press("Enter")
    expect(page.locator("section[aria-labelledby=quotes] .hit")).to_have_count(count)
    marks = page.locator(".hits .hit mark").all_inner_texts()
    assert {fold(mark) for mark in marks} == {PHRASE}


def test_numbers_of_the_chart_are_taken_along(page: Page) -> None:
    """The table of the page and the file have the same numbers."""
    page.goto(f"/wording?q={PHRASE}")
    shown = page.locator("main table tbody tr").filter(has_text="2020").first
    cells = shown.locator("td").all_inner_texts()
    address = page.locator(".formats a").first.get_attribute("href") or ""
    table = page.request.get(address).text().lstrip("\ufeff")
    row = next(row for row in csv.reader(table.splitlines()) if "2020" in row)
    assert {cells[0], cells[1]} <= set(row)


def test_years_of_a_unit_are_compared(page: Page, archive: SampleArchive) -> None:
    """From a document to the years of its unit, and what each wrote anew."""
    page.goto(f"/documents/{archive.ids['summary']}")
    page.locator(".other-years h2 a").click()
    expect(page.locator(".timeline > li")).to_have_count(3)
    page.get_by_role("link", name=re.compile("2021 年与 2022 年")).click()
    expect(page.locator("h1")).to_contain_text("2021")
    page.locator("main select").first.select_option("2020")
    page.locator("main form button").click()
    expect(page.locator("h1")).to_contain_text("2020 年与 2022 年")
    assert "from=2020" in unquote(page.url)


def test_rewritten_page_is_seen_for_what_it_is(
    page: Page, archive: SampleArchive
) -> None:
    """The captures of a page are listed, and their difference shown."""
    page.goto(f"/documents/{archive.ids['rewritten']}")
    captures = page.locator(".captures > ul > li")
    expect(captures).to_have_count(2)
    captures.nth(1).locator('a[href*="compare"]').click()
    inserted = page.locator("main ins").first
    expect(inserted).to_contain_text(AFTER.removesuffix(BEFORE))


def test_page_that_is_gone_is_said_to_be(page: Page, archive: SampleArchive) -> None:
    """What was captured can still be read, and the warning stands above it."""
    page.goto(f"/documents/{archive.ids['gone']}")
    expect(page.locator(".notice.warn #gone")).to_be_visible()
    assert len(page.locator(".text").inner_text()) > 100
