"""Pages fit their window, stand still, and are light."""

import gzip
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.e2e.archive import SampleArchive
from tests.e2e.every_page import EVERY_PAGE, Visit
from tests.e2e.journey import HEIGHT, NARROW, WIDE, reader

NARROWEST = 320
"""What 1280 pixels are at four times their size (WCAG 2.2, 1.4.10 Reflow)."""
MOST_SHIFT = 0.01
MOST_BYTES = 60_000
WIDER = """() => [...document.querySelectorAll('body *')].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.right > innerWidth + 1 && !one.closest('.unseen, .wide, svg, [hidden]');
}).map((one) => one.outerHTML.slice(0, 100)).slice(0, 5)"""
WATCH = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifted += entry.value;
}).observe({type: 'layout-shift', buffered: true});
"""


@pytest.fixture
def page(chromium: Browser, archive: SampleArchive) -> Iterator[Page]:
    """Open a browser."""
    with reader(chromium, archive.site) as page:
        yield page


@pytest.mark.parametrize("visit", EVERY_PAGE, ids=lambda visit: visit.name)
def test_no_page_is_wider_than_the_narrowest_window(
    page: Page, archive: SampleArchive, visit: Visit
) -> None:
    """Nothing has to be scrolled sideways at 320 pixels but tables and charts."""
    page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
    visit.open(page, archive)
    wide = page.evaluate("document.documentElement.scrollWidth") > NARROWEST
    assert (page.evaluate(WIDER) if wide else []) == []
    assert not wide


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("name", ["home", "results", "document-marked"])
def test_nothing_moves_while_a_page_loads(
    page: Page, archive: SampleArchive, name: str, width: int
) -> None:
    """The sum of layout shifts is under a hundredth, as the browser counts them."""
    page.add_init_script(WATCH)
    page.set_viewport_size({"width": width, "height": HEIGHT})
    next(visit for visit in EVERY_PAGE if visit.name == name).open(page, archive)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.shifted") < MOST_SHIFT


def test_a_shift_is_noticed(page: Page) -> None:
    """The test above can fail."""
    page.add_init_script(WATCH)
    page.goto("/")
    page.evaluate("document.querySelector('h1').style.paddingTop = '200px'")
    # Not by wait_for_function: where it has to wait, the policy forbids its eval.
    page.evaluate(
        """least => new Promise((done) => {
          const look = () =>
            window.shifted > least ? done() : requestAnimationFrame(look);
          look();
        })""",
        MOST_SHIFT,
    )


def transferred(response: Response) -> int:
    """Weigh an answer on the wire; compressed, whether or not it was."""
    if response.header_value("content-encoding"):
        return response.request.sizes()["responseBodySize"]
    return len(gzip.compress(response.body()))


@pytest.mark.parametrize("address", ["/", "/search?q=统战"])
def test_first_page_is_light(page: Page, address: str) -> None:
    """With style, scripts and icon it is under 60 KB, and all from this server."""
    answers: list[Response] = []

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert len(answers) >= 4
    assert {re.sub("(//[^/]+).*", r"\\1", one.url) for one in answers} == {
        re.sub("(//[^/]+).*", r"\\1", page.url)
    }
    assert sum(transferred(one) for one in answers) < MOST_BYTES


def test_title_without_end_leaves_room_for_the_other_hits(page: Page) -> None:
    """Four lines of it are shown; the rest stands on the page of the document."""
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    page.goto("/search?q=统战")
    title = page.locator(".hit h2 a").first
    usual = title.evaluate("e => e.getBoundingClientRect().height")
    title.evaluate("e => e.textContent = '统战工作'.repeat(200)")
    assert usual < title.evaluate("e => e.getBoundingClientRect().height") < HEIGHT / 5


def test_latest_years_of_a_chart_are_in_sight(page: Page) -> None:
    """Where it is wider than the window, one goes back in it, not forward."""
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    page.goto("/wording?q=统战")
    chart = page.locator("figure.timeline .wide")
    assert chart.evaluate("e => e.scrollWidth > e.clientWidth")
    last = chart.locator("svg").evaluate("e => e.getBoundingClientRect().right")
    assert last <= NARROW


@pytest.mark.parametrize("name", ["document-incomplete", "wording-chart"])
def test_paper_is_white_on_a_dark_screen_too(
    page: Page, archive: SampleArchive, name: str
) -> None:
    """Every colour is as for those whose screen is light, and no form is printed."""
    next(visit for visit in EVERY_PAGE if visit.name == name).open(page, archive)
    colours = """() => [...document.querySelectorAll('main *')].map((one) => {
      const style = getComputedStyle(one);
      return [style.color, style.backgroundColor, style.borderLeftColor, style.fill];
    })"""
    page.emulate_media(media="print", color_scheme="light")
    expected = page.evaluate(colours)
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(colours) == expected
    assert not page.locator("main form").first.is_visible()
