"""The pages in a real Chromium, served over loopback."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
)

from tests.web.documents import CUT, TRADITIONAL, YEARBOOK

QUERY = "联谊"
DOCUMENT = f"/documents/{YEARBOOK.id}?q={quote(QUERY)}"
NARROW, WIDE = 360, 1280
EVERY_PAGE = [
    "/",
    f"/search?q={quote(QUERY)}",
    "/search?page=2",
    DOCUMENT,
    f"/documents/{CUT.id}?q={quote(QUERY)}#m1",
    f"/documents/{TRADITIONAL.id}",
    f"/documents/{YEARBOOK.id}/compare",
    "/coverage",
    f"/search?q={quote('没有的词')}",
]


def open_context(chromium: Browser, site: str, **options: bool) -> BrowserContext:
    """Open a browser of a reader of simplified Chinese."""
    return chromium.new_context(
        base_url=site,
        locale="zh-CN",
        viewport={"width": WIDE, "height": 800},
        java_script_enabled=options.get("scripted", True),
    )


@pytest.fixture
def page(chromium: Browser, site: str) -> Iterator[Page]:
    """Give a page, and fail if anything was written to its console.

    A violation of the content security policy is written there too.
    """
    context = open_context(chromium, site)
    page = context.new_page()
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def plain(chromium: Browser, site: str) -> Iterator[Page]:
    """Give a page without JavaScript."""
    context = open_context(chromium, site, scripted=False)
    yield context.new_page()
    context.close()


def search(page: Page) -> None:
    """Search from the home page."""
    page.goto("/")
    page.locator("#q").fill(QUERY)
    page.get_by_role("button", name="检索").click()


def test_reader_searches_and_sees_exactly_the_match_marked(page: Page) -> None:
    """From the home page to hits whose marks hold the query and nothing else."""
    search(page)
    expect(page).to_have_url(re.compile(r"/search\?q="))
    expect(page.get_by_role("status")).to_contain_text("共 3 条结果")
    marks = page.locator(".hit mark")
    assert set(marks.all_inner_texts()) == {QUERY}
    assert marks.first.evaluate("mark => getComputedStyle(mark).backgroundColor") == (
        "rgb(255, 223, 134)"
    )


def test_reader_follows_a_passage_to_its_place(page: Page) -> None:
    """A click on a passage shows the block it was cut from."""
    search(page)
    page.locator(".snippet a", has_text="捐建冷库").click()
    block = page.locator("#b2")
    expect(block).to_be_in_viewport()
    expect(block.locator("mark").first).to_have_text(QUERY)
    assert page.url.endswith("#b2")


def test_reader_steps_from_match_to_match(page: Page) -> None:
    """Links at the foot lead on and back, and say where one is."""
    page.goto(DOCUMENT)
    page.get_by_role("link", name="第一处").click()
    steps = page.locator(".steps:visible")
    expect(steps).to_contain_text("1 / 5")
    expect(page.locator(".matches")).to_be_hidden()
    steps.get_by_role("link", name="下一处").click()
    expect(steps).to_contain_text("2 / 5")
    steps.get_by_role("link", name="上一处").click()
    steps.get_by_role("link", name="上一处").click()
    expect(steps).to_contain_text("5 / 5")


def test_reader_steps_with_keys(page: Page) -> None:
    """The keys n and p step through the matches and leave the history alone."""
    page.goto("/")
    page.goto(DOCUMENT)
    for key, place in (("n", "1"), ("n", "2"), ("p", "1"), ("p", "5"), ("n", "1")):
        page.keyboard.press(key)
        expect(page.locator(".steps:visible")).to_contain_text(f"{place} / 5")
    page.go_back()
    expect(page).to_have_url(re.compile(r":\d+/$"))


def test_stepping_begins_where_a_passage_led(page: Page) -> None:
    """After following a passage the next match is the one after its first."""
    page.goto(f"{DOCUMENT}#b2")
    expect(page.locator(".steps:visible")).to_contain_text("3 / 5")
    page.keyboard.press("n")
    expect(page.locator(".steps:visible")).to_contain_text("4 / 5")


def test_slash_goes_to_the_search_box(page: Page) -> None:
    """The key / focuses the box, and is a character once one writes."""
    page.goto(DOCUMENT)
    page.keyboard.press("/")
    box = page.locator("#q")
    expect(box).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("/n")
    expect(box).to_have_value(f"{QUERY}/n")


def test_keys_of_an_input_method_are_left_alone(page: Page) -> None:
    """A key pressed while characters are composed steps nowhere."""
    page.goto(f"{DOCUMENT}#m2")
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'n', bubbles: true, isComposing: true}))"
    )
    assert page.url.endswith("#m2")


def test_reader_switches_the_language(page: Page) -> None:
    """The interface changes, the search stays, and so does the choice."""
    search(page)
    page.get_by_role("link", name="繁體").click()
    expect(page.get_by_role("button", name="檢索")).to_be_visible()
    expect(page.locator("#q")).to_have_value(QUERY)
    page.locator(".hit h2 a").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")


def test_reader_narrows_with_a_facet_and_widens_again(page: Page) -> None:
    """A click on a year narrows, a click on its chip widens."""
    search(page)
    page.locator(".facets a.value", has_text="2023").click()
    expect(page.get_by_role("status")).to_contain_text("共 1 条结果")
    page.get_by_role("link", name="去掉“2023”").click()
    expect(page.get_by_role("status")).to_contain_text("共 3 条结果")


def test_back_button_returns_to_the_results(page: Page) -> None:
    """A search is an address, so going back shows it again."""
    search(page)
    page.locator(".hit h2 a").first.click()
    page.go_back()
    expect(page.locator("#q")).to_have_value(QUERY)
    expect(page.locator(".hit")).to_have_count(3)


def test_everything_works_without_javascript(plain: Page) -> None:
    """Search, passage, next match, removed text: all are plain links."""
    search(plain)
    plain.locator(".snippet a", has_text="捐建冷库").click()
    expect(plain.locator("#b2")).to_be_in_viewport()
    steps = plain.locator(".steps:visible")
    expect(steps).to_contain_text("3 / 5")
    steps.get_by_role("link", name="下一处").click()
    expect(steps).to_contain_text("4 / 5")
    plain.get_by_text("剔除了什么").click()
    expect(plain.get_by_text("分享到：")).to_be_visible()


def test_numbers_stand_behind_the_chart(plain: Page) -> None:
    """A chart opens to its table without JavaScript."""
    plain.goto("/coverage")
    table = plain.get_by_role("table", name=re.compile("青石县情网：各年"))
    expect(table).to_be_hidden()
    plain.locator("details:has(svg) summary").first.click()
    expect(table).to_contain_text("2020")


def test_reader_compares_other_captures(plain: Page) -> None:
    """Two lists and a button, an address that can be passed on."""
    plain.goto(f"/documents/{YEARBOOK.id}/compare?lang=en")
    plain.get_by_label("From").select_option("2")
    plain.get_by_role("button", name="Compare").click()
    expect(plain).to_have_url(re.compile(r"from=2&to=2&lang=en$"))


@pytest.mark.parametrize("address", EVERY_PAGE)
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_no_page_is_wider_than_its_window(page: Page, address: str, width: int) -> None:
    """Nothing has to be scrolled sideways, on a phone or on a desk."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_line_of_text_has_at_most_forty_characters(page: Page) -> None:
    """The measure of a document is forty Han characters on any screen."""
    page.set_viewport_size({"width": 2560, "height": 800})
    page.goto(DOCUMENT)
    ems = page.locator(".text").evaluate(
        "text => text.clientWidth / parseFloat(getComputedStyle(text).fontSize)"
    )
    assert 30 < ems <= 40


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_coverage_and_changes_stand_out(page: Page, scheme: str) -> None:
    """Numbers, faint text and bars, and characters on a tinted ground."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto("/coverage")
    ground = colour(page, "html", "backgroundColor")
    for selector in (".coverage td", ".coverage small", ".coverage thead th"):
        assert contrast(colour(page, selector, "color"), ground) >= 4.5, selector
    assert contrast(colour(page, ".bars", "fill"), ground) >= 3
    page.goto(f"/documents/{YEARBOOK.id}/compare")
    for selector in ("ins", "del", ".what"):
        text = colour(page, selector, "color")
        assert contrast(text, tinted(page, selector, ground)) >= 4.5, selector


def tinted(page: Page, selector: str, ground: list[int]) -> list[int]:
    """Lay the ground of an element, which may be a tint, over the page's."""
    written = page.locator(selector).first.evaluate(
        "element => { const box = new OffscreenCanvas(1, 1).getContext('2d');"
        " box.fillStyle = getComputedStyle(element).backgroundColor;"
        " box.fillRect(0, 0, 1, 1); return [...box.getImageData(0, 0, 1, 1).data]; }"
    )
    share = written[3] / 255
    return [
        round(share * over + (1 - share) * under)
        for over, under in zip(written, ground, strict=False)
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(page: Page, scheme: str) -> None:
    """Text, faint text, links and marks have a contrast of at least 4.5 to 1."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"/search?q={quote(QUERY)}")
    ground = colour(page, "html", "backgroundColor")
    for selector in (".passage", ".hit .facts", ".hit h2 a", ".hit .year"):
        assert contrast(colour(page, selector, "color"), ground) >= 4.5, selector
    mark = colour(page, "mark", "backgroundColor")
    assert contrast(colour(page, "mark", "color"), mark) >= 4.5


def colour(page: Page, selector: str, name: str) -> list[int]:
    """Read a colour as red, green and blue."""
    written = page.locator(selector).first.evaluate(
        f"element => getComputedStyle(element).{name}"
    )
    return [int(part) for part in re.findall(r"\d+", written)[:3]]


def contrast(one: list[int], other: list[int]) -> float:
    """Divide the lighter by the darker luminance, as WCAG 2.2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(parts: list[int]) -> float:
    """Weigh red, green and blue as WCAG 2.2 does."""
    linear = [
        part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4
        for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
