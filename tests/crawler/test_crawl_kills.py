"""A crawl that is killed at any moment goes on where it stopped, and loses nothing."""

import signal
import time
from datetime import UTC, datetime
from pathlib import Path

from crawler.crawl import Asked
from crawler.frontier import Frontier
from crawler.settings import CrawlSettings
from crawler.site import load_profiles
from crawler.visits import Found
from index.archive import Archive
from index.settings import read_settings
from index.store import Store
from index.warc_format import Exchange, Failure
from index.warc_writer import WarcWriter
from tests.crawler.big_site import BigSite
from tests.crawler.crawls import CrawlHome, end_group
from tests.crawler.hostile_answers import DOCUMENT
from tests.crawler.kills import AT_A_TIME, kill_often
from tests.crawler.served import page, serving

KILLS = 5
NOW = datetime(2031, 3, 4, 8, 5, tzinfo=UTC)
AT = "2031-03-04T08:05:00Z"


def test_killed_again_and_again_it_ends_with_the_same_store(tmp_path: Path) -> None:
    """Documents, captures and the fate of each address are as if undisturbed.

    Only what was under way at a kill is fetched twice.
    """
    killed = kill_often(tmp_path, pages=150, kills=KILLS)
    assert killed.kills >= KILLS - 1
    assert killed.differences == ()
    assert killed.twice <= killed.kills * AT_A_TIME


def test_ctrl_c_ends_what_is_under_way_and_sums_up(tmp_path: Path) -> None:
    """One signal to the whole group: status 0, a summary, and the next run goes on."""
    home = CrawlHome(tmp_path / "home", delay_seconds=0.05)
    with BigSite(pages=60, traps=False) as site:
        process = home.start("crawl", f"{site.root}/")
        while not home.rows("SELECT 1 FROM captures"):
            time.sleep(0.05)
        end_group(process, signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert process.returncode == 0, err
        assert "read, " in out
        assert "left to fetch: run the same command to go on" in err
        first = len(site.log())
        assert "went on with" in home.crawl(f"{site.root}/").err
        log = [each.path for each in site.log() if each.path != "/robots.txt"]
    assert first < 60
    assert len(log) == len(set(log))
    assert len(home.documents()) == 60


def test_what_was_archived_is_taken_in_from_the_archive(tmp_path: Path) -> None:
    """A page, its twin as a revisit, and one that failed: none is lost or fetched."""
    home = CrawlHome(tmp_path / "home")
    with serving() as served:
        served.pages = {"/failed": page()}
        asked = Asked(
            home=home.home,
            settings=read_settings(home.home.settings, "crawl", CrawlSettings),
            profiles=load_profiles(),
            seeds=(f"{served.root}/",),
        )
        urls = [f"{served.root}/{name}" for name in ("", "twin", "failed")]
        store = Store(home.home.store, create=True)
        frontier = Frontier(store.database)
        begun, _ = frontier.begin(asked.identity, AT)
        host = served.root.removeprefix("http://")
        found = (Found(url=url, host=host, depth=0) for url in urls)
        frontier.add(begun.number, found, AT)
        archive = Archive(WarcWriter(home.home.warc, info={}), store)
        for url in urls[:2]:
            archive.put(_exchange(url))
        archive.fail(Failure(url=urls[2], at=NOW, request=b"", reason="timeout"))
        archive.close_file()
        store.close()
        home.crawl(urls[0])
        assert served.paths() == {"/failed": 1}
    rows = home.frontier()
    assert [rows[url].state for url in urls] == ["done"] * 3
    assert set(home.documents()) == set(urls[:2])
    kinds = home.rows("SELECT type FROM warc_records ORDER BY file, offset")
    assert [kind for (kind,) in kinds][:3] == ["response", "revisit", "metadata"]


def _exchange(url: str) -> Exchange:
    """Make a document's exchange."""
    return Exchange(
        url=url,
        at=NOW,
        request=b"GET / HTTP/1.1\r\n\r\n",
        head=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
        body=DOCUMENT.encode(),
        ip="127.0.0.1",
    )
