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
    page.wait_for_function(f"window.shifted > {MOST_SHIFT}")


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
