"""Keys, kept searches and the histogram in a real Chromium."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

SEARCH: Final = f"/search?q={quote('本周')}"
# What a browser does where a reader lets no site keep anything.
REFUSING: Final = """Object.defineProperty(window, 'localStorage', {
  get() { throw new DOMException('refused', 'SecurityError'); }
});"""
SHIFTS: Final = """window.shifted = 0;
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) window.shifted += each.value;
}).observe({ type: 'layout-shift', buffered: true });"""


@pytest.fixture
def page(chromium: Browser, site: str) -> Iterator[Page]:
    """Give a page, and fail if a script fails."""
    context = chromium.new_context(base_url=site, locale="zh-CN")
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    context.close()
    assert problems == []


def at(page: Page) -> int:
    """Tell which hit has the focus, from 0; -1 if none has."""
    found = page.evaluate(
        "[...document.querySelectorAll('.hit')].indexOf("
        "document.activeElement.closest('.hit'))"
    )
    return int(found)


def test_keys_lead_from_hit_to_hit_and_open_one(page: Page) -> None:
    """Letters and arrows do the same, and stop at both ends."""
    page.goto(SEARCH)
    for key, place in (("j", 0), ("j", 1), ("ArrowDown", 2), ("k", 1), ("ArrowUp", 0)):
        page.keyboard.press(key)
        assert at(page) == place
    page.keyboard.press("k")
    assert at(page) == 0
    for _ in range(15):
        page.keyboard.press("j")
    assert at(page) == 9
    expect(page.locator(".hit").nth(9)).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/documents/"))


def test_keys_are_characters_where_one_writes(page: Page) -> None:
    """In the box nothing moves, nor while an input method composes."""
    page.goto(SEARCH)
    box = page.locator("#q")
    box.press("End")
    box.press_sequentially("jk?/")
    expect(box).to_have_value("本周jk?/")
    expect(page.get_by_role("dialog")).to_be_hidden()
    for composing in ("isComposing: true", "keyCode: 229"):
        page.evaluate(
            "document.activeElement.blur(); document.body.dispatchEvent("
            f"new KeyboardEvent('keydown', {{key: 'j', bubbles: true, {composing}}}))"
        )
        assert at(page) == -1


def test_arrows_scroll_where_they_choose_nothing(page: Page) -> None:
    """With the focus on a link beside the hits they are the browser's."""
    page.goto(SEARCH)
    page.locator(".facets a.value").first.focus()
    page.keyboard.press("ArrowDown")
    assert at(page) == -1


def test_list_of_keys_opens_and_closes(page: Page) -> None:
    """By its key, by the link in the foot; Escape and the button close it."""
    page.goto("/")
    page.locator("#q").blur()
    dialog = page.get_by_role("dialog", name="快捷键")
    page.keyboard.press("?")
    expect(dialog).to_be_visible()
    page.keyboard.press("/")
    expect(page.locator("#q")).not_to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("link", name="快捷键").click()
    expect(dialog).to_be_visible()
    dialog.get_by_role("button").click()
    expect(dialog).to_be_hidden()
    expect(page).to_have_url(re.compile(r":\d+/$"))


def test_keys_can_be_switched_off(page: Page) -> None:
    """The choice stays, and can be taken back by the link in the foot."""
    page.goto(SEARCH)
    page.keyboard.press("?")
    page.get_by_role("checkbox", name="启用单键快捷键").uncheck()
    page.keyboard.press("Escape")
    page.goto(SEARCH)
    page.keyboard.press("j")
    assert at(page) == -1
    page.get_by_role("link", name="快捷键").click()
    page.get_by_role("checkbox", name="启用单键快捷键").check()
    page.keyboard.press("Escape")
    page.locator("body").evaluate("() => document.activeElement.blur()")
    page.keyboard.press("j")
    assert at(page) >= 0


def test_searches_are_kept_and_removed_one_by_one(page: Page) -> None:
    """The latest comes first, once; another page of a search is no other search."""
    page.goto(SEARCH)
    page.goto(f"/search?q={quote('联谊')}&year=2020")
    page.goto(f"{SEARCH}&page=2")
    page.goto("/mine")
    history = page.get_by_role("region", name="检索历史")
    expect(history.locator("li a")).to_have_text(["本周", "联谊 · 2020"])
    history.get_by_role("button", name="删除 本周").click()
    expect(history.locator("li a")).to_have_text(["联谊 · 2020"])
    history.get_by_role("link", name="联谊 · 2020").click()
    expect(page.get_by_role("status")).to_contain_text("条结果")
    asked = parse_qs(urlsplit(page.url).query)
    assert asked == {"q": ["联谊"], "year": ["2020"]}
    page.goto("/mine")
    history.get_by_role("button", name="清空历史").click()
    expect(history.locator("li")).to_have_count(0)
    expect(history).to_contain_text("还没有")


def test_search_is_saved_and_found_on_the_home_page(page: Page) -> None:
    """What is saved comes before the history, in the language of the page."""
    page.goto(SEARCH)
    save = page.get_by_role("button", name="收藏")
    save.click()
    expect(save).to_have_attribute("aria-pressed", "true")
    page.goto(f"/search?q={quote('联谊')}")
    page.goto("/?lang=en")
    recent = page.get_by_role("region", name="Recent searches")
    expect(recent.locator("li a")).to_have_text(["本周", "联谊"])
    recent.get_by_role("link", name="本周").click()
    assert parse_qs(urlsplit(page.url).query) == {"q": ["本周"], "lang": ["en"]}
    page.get_by_role("button", name="Save").click()
    page.goto("/mine")
    saved = page.get_by_role("region", name="收藏的检索")
    expect(saved).to_contain_text("还没有")


def test_history_can_be_switched_off(page: Page) -> None:
    """Nothing more is kept then; what was kept stays until it is removed."""
    page.goto(SEARCH)
    page.goto("/mine")
    page.get_by_role("checkbox", name="记录检索历史").uncheck()
    page.goto(f"/search?q={quote('联谊')}")
    page.goto("/mine")
    history = page.get_by_role("region", name="检索历史")
    expect(history.locator("li a")).to_have_text(["本周"])
    expect(page.get_by_role("checkbox", name="记录检索历史")).not_to_be_checked()


def test_refused_storage_is_said_and_breaks_nothing(page: Page) -> None:
    """Keys and pages work, no button promises what it cannot do."""
    page.add_init_script(REFUSING)
    page.goto("/")
    expect(page.locator("[data-recent]")).to_be_hidden()
    page.goto(SEARCH)
    expect(page.locator("[data-save]")).to_be_hidden()
    page.keyboard.press("j")
    assert at(page) == 0
    page.goto("/mine")
    expect(page.locator(".mine .refused")).to_be_visible()


def test_foreign_data_in_the_store_is_passed_over(page: Page) -> None:
    """Whatever stands there, the page is shown and leads nowhere else."""
    page.goto("/")
    for kept in (
        "no JSON",
        "7",
        '[null, {"query": 1}]',
        '[{"query": "q=x", "title": "<b>"}]',
    ):
        page.evaluate("kept => localStorage.setItem('wensu.saved', kept)", kept)
        page.goto("/mine")
        expect(page.get_by_role("region", name="检索历史")).to_be_visible()
    expect(page.locator("[data-kept=saved] li a")).to_have_text(["<b>"])


def test_dragging_over_years_narrows_to_them(page: Page) -> None:
    """From either side; a click takes one year."""
    page.goto("/search?sort=newest&site=&kind=")
    drawing = page.locator(".histogram svg")
    box = drawing.bounding_box()
    assert box
    years = [
        int(each)
        for each in drawing.locator("a").evaluate_all(
            "all => all.map((each) => each.dataset.first)"
        )
    ]
    step = box["width"] / len(years)

    def over(place: int) -> tuple[float, float]:
        return box["x"] + step * (place + 0.5), box["y"] + box["height"] / 2

    page.mouse.move(*over(3))
    page.mouse.down()
    page.mouse.move(*over(2), steps=4)
    page.mouse.move(*over(1), steps=4)
    expect(drawing.locator(".dragged")).to_have_count(3)
    with page.expect_navigation():
        page.mouse.up()
    asked = parse_qs(urlsplit(page.url).query)
    assert (asked["year_from"], asked["year_to"]) == ([str(years[1])], [str(years[3])])
    page.goto("/search?sort=newest")
    page.mouse.click(*over(0))
    page.wait_for_url(re.compile(f"year={years[0]}"))


def test_quick_hand_drags_over_years_too(page: Page) -> None:
    """One that has left the drawing before it is noticed, to the first of the years."""
    page.goto("/search?sort=newest")
    drawing = page.locator(".histogram svg")
    box = drawing.bounding_box()
    assert box
    first = drawing.locator("a").first.get_attribute("data-first")
    page.mouse.move(box["x"] + box["width"] - 3, box["y"] + 9)
    page.mouse.down()
    page.mouse.move(box["x"] - 200, box["y"] + 200)
    with page.expect_navigation():
        page.mouse.up()
    assert parse_qs(urlsplit(page.url).query)["year_from"] == [first]


@pytest.mark.parametrize("address", ["/", SEARCH, "/mine"])
def test_nothing_moves_once_it_is_shown(page: Page, address: str) -> None:
    """Kept searches come in without pushing anything away."""
    page.add_init_script(SHIFTS)
    page.goto(SEARCH)
    page.goto(address)
    page.wait_for_timeout(300)
    assert float(page.evaluate("window.shifted")) < 0.01
