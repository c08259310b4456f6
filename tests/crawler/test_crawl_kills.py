"""A crawl that is killed at any moment goes on where it stopped, and loses nothing."""

import signal
import time
from pathlib import Path

from tests.crawler.big_site import BigSite
from tests.crawler.crawls import CrawlHome, end_group
from tests.crawler.kills import AT_A_TIME, kill_often

KILLS = 5


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
