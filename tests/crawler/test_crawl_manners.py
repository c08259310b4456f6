"""A crawl asks as seldom as it is told, says who it is, and asks what has changed."""

import re
import signal
import socket
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.crawler.big_site import BigSite, Logged
from tests.crawler.crawls import CrawlHome, end_group, wait_until
from tests.crawler.served import Served, page, serving

CLOSE = 0.85
"""Share of a delay that two arrivals lie apart at least, on a machine that is busy."""


@pytest.fixture(name="served")
def serve() -> Iterator[Served]:
    """Serve a site that grows with the test."""
    with serving() as served:
        yield served


def gaps(log: list[Logged]) -> list[float]:
    """Tell the seconds between requests."""
    return [later.at - each.at for each, later in pairwise(log)]


def test_requests_to_a_host_keep_their_distance(tmp_path: Path) -> None:
    """Pages, robots.txt and sitemap alike, however many may be under way."""
    home = CrawlHome(tmp_path / "home", delay_seconds=0.3, max_pages=8)
    with BigSite(pages=20, traps=False) as site:
        home.crawl(f"{site.root}/")
        log = site.log()
    assert len(log) == 9
    assert min(gaps(log)) >= 0.3 * CLOSE


def test_a_crawl_delay_is_kept_to(tmp_path: Path, served: Served) -> None:
    """That of robots.txt counts from the first page to the last, for each host."""
    served.pages = {
        "/robots.txt": (200, {}, "User-agent: Wensu\nCrawl-delay: 0.6"),
        "/": page(*"abc"),
    }
    home = CrawlHome(tmp_path / "home", delay_seconds=0.1)
    home.crawl(f"{served.root}/")
    times = [at for at, _, _ in served.asked]
    assert len(times) == 5
    assert all(later - at >= 0.6 * CLOSE for at, later in pairwise(times[1:]))


@pytest.mark.parametrize("at_a_time", [1, 3])
def test_no_more_requests_are_under_way_than_allowed(
    tmp_path: Path, served: Served, at_a_time: int
) -> None:
    """As many as the setting says, and no more."""
    served.pages = {"/": page(*map(str, range(12)))}
    served.seconds = 0.1
    home = CrawlHome(tmp_path / "home", concurrency_per_host=at_a_time)
    home.crawl(f"{served.root}/")
    assert served.most == at_a_time
    assert sum(served.paths().values()) == 13


def test_all_hosts_together_have_a_bound(tmp_path: Path) -> None:
    """Three hosts, and two requests at a time in all."""
    home = CrawlHome(tmp_path / "home", concurrency=2)
    with serving() as one, serving() as two, serving() as three:
        for each in (one, two, three):
            each.pages = {"/": page(*map(str, range(4)))}
            each.seconds = 0.05
        home.crawl(*(f"{each.root}/" for each in (one, two, three)))
        asked = [at for each in (one, two, three) for at, _, _ in each.asked]
    assert len(asked) == 18
    spans = sorted(asked)
    assert all(later - at >= 0.04 for at, later in zip(spans, spans[2:], strict=False))


def test_the_agent_is_named_with_whom_to_ask(tmp_path: Path, served: Served) -> None:
    """In every request, robots.txt too; pages in Chinese are preferred."""
    served.pages = {"/": page("a")}
    contact = "mailto:archive@yun.example"
    CrawlHome(tmp_path / "home", contact=contact).crawl(f"{served.root}/")
    agents = {headers["user-agent"] for _, _, headers in served.asked}
    assert agents == {f"Wensu/0.1 (+{contact})"}
    assert all("zh-CN" in headers["accept-language"] for _, _, headers in served.asked)


def test_a_second_crawl_asks_what_has_changed(tmp_path: Path, served: Served) -> None:
    """By the validators of the last answer, word for word; 304 means unchanged."""
    tags = {"ETag": 'W/"7"', "Last-Modified": "Tue, 04 Mar 2031 08:05:00 GMT"}
    served.pages = {"/": (200, tags, page()[2])}
    home = CrawlHome(tmp_path / "home")
    home.crawl(f"{served.root}/")
    served.pages["/"] = (304, {}, "")
    second = home.crawl(f"{served.root}/")
    home.crawl(f"{served.root}/")
    for _, path, headers in served.asked[2:]:
        if path == "/":
            assert headers["if-none-match"] == tags["ETag"]
            assert headers["if-modified-since"] == tags["Last-Modified"]
    assert "1 unchanged" in second.out
    (row,) = home.frontier().values()
    assert (row.state, row.reason, row.status) == ("done", "unchanged", 304)
    kinds = home.rows("SELECT type FROM warc_records WHERE url LIKE '%/' ORDER BY at")
    assert [kind for (kind,) in kinds] == ["response", "revisit", "revisit"]


def test_a_failure_is_no_state_to_compare_with(tmp_path: Path, served: Served) -> None:
    """A login page with an ETag does not become unchanged when it comes again."""
    login = "<title>用户登录</title><form><input type=password></form>"
    served.pages = {"/": page("a"), "/a": (200, {"ETag": '"1"'}, login)}
    home = CrawlHome(tmp_path / "home")
    home.crawl(f"{served.root}/")
    home.crawl(f"{served.root}/")
    assert home.frontier()[f"{served.root}/a"].reason == "login"
    assert all("if-none-match" not in headers for _, _, headers in served.asked)


def test_retry_fetches_what_failed_and_nothing_else(
    tmp_path: Path, served: Served
) -> None:
    """What the page leads to waits for the next crawl, which then fetches it."""
    served.pages = {"/": page("a", "b"), "/a": (403, {}, "x"), "/b": page()}
    home = CrawlHome(tmp_path / "home")
    home.crawl(f"{served.root}/")
    (failed,) = home.run("failed").out.splitlines()
    assert failed.startswith(f"{served.root}/a\thttp-403\t")
    served.pages |= {"/a": page("c", "b"), "/c": page()}
    served.asked.clear()
    home.crawl("--retry", f"{served.root}/")
    assert served.paths() == {"/a": 1}
    assert home.run("failed").out == ""
    served.asked.clear()
    home.crawl(f"{served.root}/")
    assert served.paths() == {"/": 1, "/a": 1, "/b": 1, "/c": 1}


def test_redirects_are_addresses_of_their_own(tmp_path: Path, served: Served) -> None:
    """A document has the address that answered; other sites are not asked."""
    with serving() as other:
        served.pages = {
            "/": page("old", "away"),
            "/old": (301, {"Location": "/new"}, ""),
            "/away": (302, {"Location": f"{other.root}/x"}, ""),
            "/new": page(),
        }
        home = CrawlHome(tmp_path / "home")
        home.crawl(f"{served.root}/")
        assert other.asked == []
    rows = {url: row.reason for url, row in home.frontier().items()}
    assert rows[f"{served.root}/old"] == "redirect"
    assert rows[f"{served.root}/new"] == "no-text"


def test_sites_that_cannot_be_reached_are_an_error(tmp_path: Path) -> None:
    """Status 1 and one sentence with the reason, for a name and for a port."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    home = CrawlHome(tmp_path / "home")
    seeds = (f"http://127.0.0.1:{port}/", "http://nowhere.invalid/")
    ran = home.run("crawl", *seeds)
    assert ran.status == 1
    assert "nothing could be fetched: http://" in ran.err
    assert "Traceback" not in ran.err
    reasons = {url: row.reason for url, row in home.frontier().items()}
    assert reasons == dict(zip(seeds, ("refused", "dns"), strict=True))


def test_progress_is_told_while_it_goes_on(tmp_path: Path) -> None:
    """A line every five seconds on the error stream, where that is no terminal."""
    home = CrawlHome(tmp_path / "home", delay_seconds=0.5)
    with BigSite(pages=60, traps=False) as site:
        process = home.start("crawl", f"{site.root}/")
        assert process.stderr
        line = process.stderr.readline()
        end_group(process, signal.SIGINT)
        out, _ = process.communicate(timeout=20)
    assert re.match(r"[1-9]\d* fetched, [\d.]+/s, 1 hosts, \d+ queued, 0 failed", line)
    assert "read, " in out


def test_two_crawls_do_not_work_on_one_folder(tmp_path: Path) -> None:
    """The second waits a moment, then says what is the matter."""
    home = CrawlHome(tmp_path / "home", delay_seconds=1.0)
    with BigSite(pages=60, traps=False) as site:
        first = home.start("crawl", f"{site.root}/")
        wait_until(site.log)
        second = home.run("crawl", f"{site.root}/")
        end_group(first, signal.SIGKILL)
        first.communicate()
    assert second.status == 1
    assert "another crawl works on" in second.err
