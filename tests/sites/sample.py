"""Build the sample archive: serve the sample sites, crawl them, index them.

``python -m tests.sites.sample FOLDER`` does on loopback what a user does on the
web, with the same commands.
"""

import sys

from tests.sites.serve import SampleSites
from web.cli import main as wensu

PORT = 8790
"""Fixed, because an address is what names a document: the same every time."""


def build(home: str, port: int = PORT) -> None:
    """Crawl the sample sites into a home folder and index it."""
    with SampleSites(port=port) as sites:
        wensu(
            ["--home", home, "crawl", "--delay", "0", *sites.index_urls],
            standalone_mode=False,
        )
    wensu(["--home", home, "index"], standalone_mode=False)


if __name__ == "__main__":
    build(sys.argv[1])
