"""What goes wrong on our side ends a crawl with a sentence, and loses nothing."""

from collections import Counter
from pathlib import Path

from index.store import Store
from tests.crawler.big_site import BigSite
from tests.crawler.crawls import CrawlHome

PAGES = 40
_NO_ROOM = (
    "CREATE TRIGGER no_room BEFORE INSERT ON captures"
    " WHEN (SELECT COUNT(*) FROM captures) >= 5"
    " BEGIN SELECT RAISE(ABORT, 'no room'); END"
)


def test_a_store_that_cannot_grow_ends_it_and_nothing_is_lost(tmp_path: Path) -> None:
    """With room again the crawl goes on from the archive."""
    home = CrawlHome(tmp_path / "home")
    Store(home.home.store, create=True).close()
    home.rows(_NO_ROOM)
    with BigSite(pages=PAGES, traps=False) as site:
        ran = home.run("crawl", f"{site.root}/")
        assert ran.status == 1
        assert "pages could not be taken in (the store " in ran.err
        assert "run the same command again to go on" in ran.err
        assert "Traceback" not in ran.err
        before = len(site.log())
        home.rows("DROP TRIGGER no_room")
        home.crawl(f"{site.root}/")
        log = site.log()
    asked = Counter(each.path for each in log if each.path != "/robots.txt")
    assert before > 2
    assert max(asked.values()) == 1
    assert len(home.documents()) == PAGES


def test_an_archive_that_cannot_be_written_ends_it(tmp_path: Path) -> None:
    """Nothing is taken in that is not archived; the page is asked for again."""
    home = CrawlHome(tmp_path / "home")
    home.home.warc.write_text("in the way", "utf-8")
    with BigSite(pages=PAGES, traps=False) as site:
        ran = home.run("crawl", f"{site.root}/")
        assert ran.status == 1
        assert "warc" in ran.err
        assert "Traceback" not in ran.err
        assert [row.state for row in home.frontier().values()] == ["queued"]
        home.home.warc.unlink()
        home.crawl(f"{site.root}/")
    assert len(home.documents()) == PAGES


def test_a_pattern_that_cannot_be_read_is_told_before_anything(tmp_path: Path) -> None:
    """Status 1 and one sentence that names it."""
    home = CrawlHome(tmp_path / "home")
    ran = home.run("crawl", "--exclude", "re:(", "http://yun.example/")
    assert ran.status == 1
    assert "re:(" in ran.err
    assert "Traceback" not in ran.err
