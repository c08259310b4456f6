"""Kill a crawl again and again, and compare what it comes to with a calm one."""

import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.crawler.big_site import BigSite, Logged
from tests.crawler.crawls import CrawlHome, end_group, wait_until

AT_A_TIME = 8
"""Requests under way at a time: what may be fetched twice for each kill."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Killed:
    """What came of killing a crawl.

    Attributes:
        kills: How often it was killed before it was over.
        twice: Requests for what had been asked for before, robots.txt aside.
        differences: In what it differs from a calm crawl; should be none.
    """

    kills: int
    twice: int
    differences: tuple[str, ...]


def kill_often(folder: Path, *, pages: int, kills: int, seed: int = 11) -> Killed:
    """Crawl a site in peace, and again with kills, and compare.

    Every other kill ends the process that fetches and leaves the one that writes
    the store, which the next run has to wait for.

    Args:
        folder: Where the two home folders go.
        pages: Documents of the site.
        kills: How often to kill, each after some further requests.
        seed: Another one, other moments.
    """
    random = Random(seed)  # noqa: S311 (repeatable)
    with BigSite(pages=pages, traps=False, latency_seconds=0.02) as site:
        calm = CrawlHome(folder / "calm", concurrency_per_host=AT_A_TIME)
        calm.crawl(f"{site.root}/")
        before = len(site.log())
        home = CrawlHome(folder / "killed", concurrency_per_host=AT_A_TIME)
        most, done = max(2, 3 * pages // (2 * kills)), 0
        while done < kills and not _is_over(home):
            _kill(home, site, random.randrange(most), group=done % 2 == 0)
            done += 1
        if not _is_over(home):
            home.crawl(f"{site.root}/")
        log = site.log()
    asked = _paths(log[before:])
    return Killed(
        kills=done,
        twice=sum(asked.values()) - len(asked),
        differences=tuple(_differences(calm, home, _paths(log[:before]), asked)),
    )


def _is_over(home: CrawlHome) -> bool:
    """Tell whether the crawl has come to its end; the next run would be another."""
    return bool(home.rows("SELECT 1 FROM crawls WHERE finished IS NOT NULL"))


def _kill(home: CrawlHome, site: BigSite, requests: int, *, group: bool) -> None:
    """Start a crawl, and kill it after some more requests."""
    asked = len(site.log())
    process = home.start("crawl", f"{site.root}/")
    wait_until(lambda: process.poll() is not None or len(site.log()) > asked + requests)
    if group and process.poll() is None:
        end_group(process, signal.SIGKILL)
    process.kill()
    process.wait()
    for stream in (process.stdout, process.stderr):
        if stream:
            stream.close()


def _paths(log: list[Logged]) -> Counter[str]:
    """Count requests by path, robots.txt aside: each run reads it."""
    return Counter(each.path for each in log if each.path != "/robots.txt")


def _differences(
    calm: CrawlHome, home: CrawlHome, calmly: Counter[str], asked: Counter[str]
) -> Iterator[str]:
    """Name what is not the same, times and order aside."""
    if set(calmly) != set(asked):
        yield "requests"
    if calm.documents() != home.documents():
        yield "documents"
    if calm.captures() != home.captures():
        yield "captures"
    became = [
        {url: (row.state, row.reason, row.document) for url, row in each.items()}
        for each in (calm.frontier(), home.frontier())
    ]
    if became[0] != became[1]:
        yield "frontier"
    home.run("index")
    if home.run("check").status:
        yield "archive"
