"""The sample archive for a browser: two real crawls of the sample sites, served.

Between the crawls one page is rewritten and another is taken away, so that there
are captures to compare and a document whose page is gone.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from search.results import SearchRequest
from search.service import SearchService, open_service
from tests.crawler.crawls import CrawlHome
from tests.serving import serving
from tests.sites.serve import SITE_NAMES, SITES_DIR, SampleSites
from web import create_app

REWRITTEN = "changzhou/202103-qingling-tongxin.html"
BEFORE, AFTER = "轮换", "分班轮换"
TAKEN_AWAY = "wm114/231907.html"
TITLES = {
    "copied": "云溪市统一战线2021年防汛救灾工作情况",
    "gone": "区侨务工作总结",
    "incomplete": "县委统战部2019年工作总结",
    "rewritten": "同心聚力谋发展",
    "summary": "中共青岭县委统战部2022年工作总结",
    "traditional": "臨溪縣檔案管理中心111年工作總結",
}
"""A part of the title of each document that the tests speak of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleArchive:
    """The archive as a browser reaches it.

    Attributes:
        site: Address it is served at, without a trailing slash.
        ids: Ids of the documents of ``TITLES`` and of the one ``series``.
    """

    site: str
    ids: Mapping[str, str]


@contextmanager
def sample_archive(folder: Path) -> Iterator[SampleArchive]:
    """Crawl twice into a folder, index, and serve on loopback."""
    crawl_twice(folder)
    service = open_service(CrawlHome(folder / "home").home)
    with serving(create_app(service)) as site:
        yield SampleArchive(site=site, ids=_ids(service))
    service.close()


def _ids(service: SearchService) -> dict[str, str]:
    """Find what the tests speak of."""
    ids = {"series": service.series.search("")[0].id}
    for name, title in TITLES.items():
        asked = SearchRequest(text=f'title:"{title}"')
        ids[name] = service.search(asked).hits[0].id
    return ids


def crawl_twice(folder: Path) -> None:
    """Crawl the sites before and after a change, and index them."""
    pages, home = folder / "sites", CrawlHome(folder / "home")
    for name in SITE_NAMES:
        shutil.copytree(SITES_DIR / name, pages / name)
    with SampleSites(folder=pages) as sites:
        home.crawl(*sites.index_urls)
        _change(pages / REWRITTEN)
        (pages / TAKEN_AWAY).unlink()
        home.crawl(*sites.index_urls)
    assert home.run("index").status == 0


def _change(page: Path) -> None:
    """Rewrite a word, as an editor would."""
    text = page.read_text("utf-8")
    assert BEFORE in text
    page.write_text(text.replace(BEFORE, AFTER), "utf-8")
