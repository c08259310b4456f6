"""A real Chromium for the tests of this folder, and an archive for it to look at."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.e2e.archive import SampleArchive, sample_archive
from tests.fakes import FakeSearcher
from tests.serving import serving
from web import create_app

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
]


def launch(playwright: Playwright) -> Browser:
    """Start the Chromium of this machine."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    return playwright.chromium.launch(executable_path=path, args=FLAGS)


# Not of the session: Playwright leaves an event loop running in this thread, which
# tests of other folders may want to do themselves.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Give a browser to all the tests here."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Serve the small archive; give its address."""
    with serving(create_app(FakeSearcher())) as address:
        yield address


@pytest.fixture(scope="package")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleArchive]:
    """Crawl, index and serve the sample archive."""
    with sample_archive(tmp_path_factory.mktemp("e2e")) as archive:
        yield archive
