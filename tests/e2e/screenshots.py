"""Take a picture of every page: ``python -m tests.e2e.screenshots FOLDER``.

Each is taken wide and narrow, light and dark, from top to foot.
"""

import sys
import tempfile
from pathlib import Path
from typing import Final, Literal

from playwright.sync_api import Browser, sync_playwright

from tests.e2e.archive import SampleArchive, sample_archive
from tests.e2e.conftest import launch
from tests.e2e.every_page import EVERY_PAGE

WIDTHS: Final = {"wide": 1280, "narrow": 390}
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")


def take(browser: Browser, archive: SampleArchive, folder: Path) -> int:
    """Write the pictures; give their number."""
    page = browser.new_page(base_url=archive.site, locale="zh-CN")
    for visit in EVERY_PAGE:
        visit.open(page, archive)
        for name, width in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 900})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                path = folder / f"{visit.name}-{name}-{scheme}.png"
                page.screenshot(path=path, full_page=True)
    page.close()
    return len(EVERY_PAGE) * len(WIDTHS) * len(SCHEMES)


def main(folder: Path) -> None:
    """Build the archive in a folder that is thrown away, and take the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        sample_archive(Path(home)) as archive,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        taken = take(browser, archive, folder)
        browser.close()
    sys.stdout.write(f"{taken} pictures in {folder}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
