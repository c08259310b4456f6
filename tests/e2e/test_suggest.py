"""Completion in a real Chromium: keys, pointer, input methods, and without scripts."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from search.suggest import Suggestion, SuggestionKind
from tests.fakes import FakeSearcher
from tests.serving import serving
from web import create_app

OFFERED = tuple(
    Suggestion(kind=SuggestionKind.SUBJECT, text=text, query=text, documents=9)
    for text in ("联谊", "联谊会", "联谊活动")
)
PAUSE_MS = 400  # longer than the script waits


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Serve the small archive with three completions; give its address."""
    app = create_app(FakeSearcher(completions=OFFERED))
    with serving(app) as address:
        yield address


@pytest.fixture
def page(chromium: Browser, site: str) -> Iterator[Page]:
    """Open the first page; an error on it fails the test."""
    context = chromium.new_context(base_url=site, locale="zh-CN")
    opened = context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.goto("/")
    yield opened
    context.close()
    assert problems == []


@pytest.fixture
def box(page: Page) -> Locator:
    """Give the search box with its list open."""
    found = page.locator("#q")
    found.press_sequentially("联")
    expect(page.get_by_role("option")).to_have_count(3)
    return found


def test_box_is_a_combobox_that_says_what_it_has(page: Page, box: Locator) -> None:
    """By role and state, for those who do not see it; and nothing moves."""
    expect(box).to_have_role("combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("listbox", name="补全建议")).to_be_visible()
    expect(page.locator("#q ~ [aria-live]")).to_contain_text("3")
    place = page.locator(".intro").bounding_box()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert page.locator(".intro").bounding_box() == place


def test_arrows_choose_and_go_round(page: Page, box: Locator) -> None:
    """The chosen one stands in the box; past the last stands what was typed."""
    for text in ("联谊", "联谊会", "联谊活动", "联", "联谊"):
        box.press("ArrowDown")
        expect(box).to_have_value(text)
    for text in ("联", "联谊活动"):
        box.press("ArrowUp")
        expect(box).to_have_value(text)
    box.press("Home")
    expect(box).to_have_value("联谊")
    box.press("End")
    expect(box).to_have_value("联谊活动")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_count(1)
    name = chosen.get_attribute("id") or ""
    expect(box).to_have_attribute("aria-activedescendant", name)


def test_escape_gives_back_what_was_typed(page: Page, box: Locator) -> None:
    """The list is closed, and a second arrow opens it again."""
    box.press("ArrowDown")
    box.press("Escape")
    expect(box).to_have_value("联")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press("ArrowDown")
    expect(page.get_by_role("option")).to_have_count(3)


def test_enter_searches_for_the_chosen_one(page: Page, box: Locator) -> None:
    """As does a click."""
    box.press("ArrowDown")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=%E8%81%94%E8%B0%8A$"))
    again = page.locator("#q")
    again.fill("")
    again.press_sequentially("联")
    page.get_by_role("option").nth(1).click()
    expect(page).to_have_url(re.compile(r"q=%E8%81%94%E8%B0%8A%E4%BC%9A"))


def test_word_at_the_cursor_is_completed(page: Page, box: Locator) -> None:
    """What stands behind the cursor stays there."""
    box.fill("联 老人")
    box.press("Home")
    box.press("ArrowRight")
    box.dispatch_event("input")
    page.wait_for_timeout(PAUSE_MS)
    box.press("ArrowDown")
    expect(box).to_have_value("联谊 老人")


def test_nothing_happens_while_an_input_method_composes(page: Page) -> None:
    """No request and no list before the characters are chosen."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    found = page.locator("#q")
    found.focus()
    found.dispatch_event("compositionstart")
    found.press_sequentially("联")
    page.wait_for_timeout(PAUSE_MS)
    assert not any("suggest" in address for address in asked)
    found.dispatch_event("compositionend")
    expect(page.get_by_role("option")).to_have_count(3)


def test_one_request_for_several_keys(page: Page) -> None:
    """Only what stands at last is asked for."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#q").press_sequentially("联谊会")
    expect(page.get_by_role("option")).to_have_count(1)
    assert sum("suggest?q=" in address for address in asked) == 1


def test_without_scripts_it_is_a_plain_box(chromium: Browser, site: str) -> None:
    """It has no role it does not play, and searches."""
    context = chromium.new_context(base_url=site, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/")
    found = plain.locator("#q")
    expect(found).not_to_have_attribute("role", "combobox")
    found.fill("联谊")
    found.press("Enter")
    expect(plain).to_have_url(re.compile("/search"))
    context.close()
