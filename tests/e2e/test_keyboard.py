"""Somebody without a mouse gets everywhere, sees where he is, and out again."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, CDPSession, Locator, Page, expect

from tests.e2e.archive import SampleArchive
from tests.e2e.every_page import EVERY_PAGE, QUERY, Visit
from tests.e2e.journey import reader

STOPS = """() => {
  const all = 'a[href], button, input:not([type=hidden]), select, textarea, summary,'
    + ' [tabindex="0"]';
  const shown = [...document.querySelectorAll(all)].filter((one) => !one.disabled
    && one.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true}));
  const stops = shown.filter((one) => one.getAttribute('tabindex') !== '-1');
  const places = new Set(stops.map((one) => one.getAttribute('href')));
  return shown.filter((one) => stops.includes(one)
    || !places.has(one.getAttribute('href'))).length;
}"""
"""Counts what can be used; a bar of a chart may be passed over for its link below."""
HERE = """() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  const outlined = (each) => getComputedStyle(each).outlineStyle !== 'none'
    && parseFloat(getComputedStyle(each).outlineWidth) >= 2;
  const drawn = outlined(one) || outlined(one.closest('form') ?? one)
    || one.matches('svg a');
  const box = one.getBoundingClientRect();
  const [x, y] = [box.x + Math.min(box.width / 2, 40), box.y + box.height / 2];
  const top = document.elementFromPoint(
    Math.min(Math.max(x, 0), innerWidth - 1), Math.min(Math.max(y, 0), innerHeight - 1)
  );
  const seen = box.width > 0 && (one.contains(top) || Boolean(top?.contains(one)));
  window.stops ??= new Map();
  if (!stops.has(one)) stops.set(one, stops.size);
  return {number: stops.get(one), drawn, seen, html: one.outerHTML.slice(0, 120)};
}"""
TO_THE_TOP = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute('tabindex');
}"""


class Stop(NamedTuple):
    """Where the focus is.

    Attributes:
        number: Which stop of the page it is, in the order they were come to.
        drawn: Whether it is drawn around.
        seen: Whether it is in the window, and not covered by something else.
        html: Its first characters.
    """

    number: int
    drawn: bool
    seen: bool
    html: str


@pytest.fixture
def page(chromium: Browser, archive: SampleArchive) -> Iterator[Page]:
    """Open a browser."""
    with reader(chromium, archive.site) as page:
        yield page


def here(page: Page) -> Stop | None:
    """Read where the focus is; ``None`` if it is nowhere on the page."""
    found: dict[str, Any] | None = page.evaluate(HERE)
    return Stop(**found) if found else None


def walk(page: Page) -> list[Stop]:
    """Go from stop to stop until one leaves the page."""
    page.evaluate(TO_THE_TOP)
    stops: list[Stop] = []
    for _ in range(1000):
        page.keyboard.press("Tab")
        stop = here(page)
        if stop is None:
            return stops
        if stop.number < len(stops):
            pytest.fail(f"trapped: {stop.html}")
        stops.append(stop)
    pytest.fail("the page has no end")


SOME = ("home", "results", "results-error", "document-marked", "document-captures")
OTHERS = ("series", "series-diff", "wording-chart", "precedents-found", "coverage")


@pytest.mark.parametrize(
    "visit",
    [visit for visit in EVERY_PAGE if visit.name in (*SOME, *OTHERS)],
    ids=lambda visit: visit.name,
)
def test_every_control_is_a_stop_that_is_seen(
    page: Page, archive: SampleArchive, visit: Visit
) -> None:
    """All that can be used is come to once, drawn around, and not covered."""
    visit.open(page, archive)
    stops = walk(page)
    assert [stop.html for stop in stops if not stop.drawn] == []
    assert [stop.html for stop in stops if not stop.seen] == []
    assert len(stops) == page.evaluate(STOPS)
    assert 'class="skip"' in stops[0].html


def test_skip_link_leads_past_the_head(page: Page) -> None:
    """It shows itself, and the next stop behind it is in the content."""
    page.goto(f"/search?q={QUERY}")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_whole_search_is_done_with_keys(page: Page, archive: SampleArchive) -> None:
    """Ask, take a completion, open a hit, step through its matches, go back."""
    page.goto("/help")
    page.keyboard.press("/")
    page.keyboard.type("统")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.type("战")
    page.keyboard.press("Enter")
    expect(page.locator(".hit")).to_have_count(10)
    page.locator(".hit h2 a").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(archive.ids["incomplete"]))
    page.keyboard.press("n")
    expect(page.locator(":target")).to_be_in_viewport()
    page.go_back()
    expect(page.locator(".hit")).to_have_count(10)


def test_list_of_completions_is_no_trap(page: Page) -> None:
    """With the list open, Tab goes on to the button."""
    page.goto("/")
    page.locator("#q").press_sequentially("统")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.locator("form.search button")).to_be_focused()


def test_list_of_keys_keeps_the_focus_and_gives_it_back(page: Page) -> None:
    """Tab goes round in the dialog, and Escape returns to where one was."""
    page.goto(f"/search?q={QUERY}")
    page.keyboard.press("j")
    expect(page.locator(".hit h2 a").first).to_be_focused()
    page.keyboard.press("?")
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body"
            " || document.activeElement.closest('dialog') !== null"
        )
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator(".hit h2 a").first).to_be_focused()


def test_point_of_a_chart_is_opened_with_enter(page: Page) -> None:
    """A chart is a list of links to those who have keys only."""
    page.goto("/wording?q=脱贫攻坚")
    point = page.locator("figure a").first
    point.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#quotes")).to_be_visible()


@pytest.fixture
def method(page: Page) -> CDPSession:
    """Give the input method of the browser."""
    return page.context.new_cdp_session(page)


def compose(method: CDPSession, letters: str) -> None:
    """Type letters that an input method keeps to itself for the time being."""
    for length in range(1, len(letters) + 1):
        composed = {"text": letters[:length], "selectionStart": length}
        method.send("Input.imeSetComposition", {**composed, "selectionEnd": length})


@pytest.fixture
def box(page: Page) -> Locator:
    """Go to the search box of the first page."""
    page.goto("/")
    page.locator("#q").focus()
    return page.locator("#q")


def test_nothing_happens_while_characters_are_composed(
    page: Page, box: Locator, method: CDPSession
) -> None:
    """A real composition: no request until the characters stand in the box."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    compose(method, "tongzhan")
    page.wait_for_timeout(400)
    expect(box).to_have_value("tongzhan")
    assert asked == []
    method.send("Input.insertText", {"text": "统战"})
    expect(page.get_by_role("option").first).to_be_visible()
    expect(box).to_have_value("统战")


def test_enter_that_ends_a_composition_searches_for_nothing(
    page: Page, box: Locator, method: CDPSession
) -> None:
    """Key code 229 is the input method's; the page stays."""
    compose(method, "tz")
    method.send(
        "Input.dispatchKeyEvent",
        {"type": "rawKeyDown", "key": "Process", "windowsVirtualKeyCode": 229},
    )
    page.wait_for_timeout(200)
    assert page.url.endswith("/")
    method.send("Input.insertText", {"text": "统战"})
    box.press("Escape")
    box.press("Enter")
    expect(page.locator(".hit")).to_have_count(10)
