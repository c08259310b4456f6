"""A crawl from its first request to its last: two processes, one store.

This one fetches with Scrapy, writes the archive and reads the frontier; the worker
writes the store. What is on its way between them is archived already and still
queued, so that whatever is killed, nothing is fetched for nothing::

    feeder --> Scrapy --> recorder --> [WARC]
      ^                      |
      |                      v
    [frontier] <--- worker: clean, follow, commit ---> [documents, rows of records]
"""

import fcntl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from crawler.errors import CrawlerRunning, FetchError, WorkerFailed
from crawler.fetched import Batch, Fetched
from crawler.fetching import Fetching, Order, Progress, Report
from crawler.frontier import Frontier
from crawler.ingest import Stage, iso_seconds
from crawler.scope import Reason, Scope
from crawler.settings import CrawlSettings
from crawler.site import Profiles
from crawler.taking_in import TakingIn
from crawler.urls import canonical_url, host_of, is_web
from crawler.verdicts import PAGE
from crawler.visits import Found
from crawler.worker import Worker
from index.archive import Recovered, recover
from index.errors import StoreNotWritten
from index.home import Home
from index.store import Store
from index.warc_record import RecordType

_BATCH = 50
_LOCK_SECONDS = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a crawl is asked for.

    Attributes:
        home: Where everything is kept.
        settings: How to crawl.
        profiles: How to read known sites.
        seeds: Start addresses, canonical.
        retry: Whether only what failed is to be fetched again.
    """

    home: Home
    settings: CrawlSettings
    profiles: Profiles
    seeds: tuple[str, ...]
    retry: bool = False

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts of the start addresses."""
        return tuple(dict.fromkeys(map(host_of, self.seeds)))

    @property
    def named(self) -> frozenset[str]:
        """The same without ports."""
        return frozenset(urlsplit(seed).hostname or "" for seed in self.seeds)

    @property
    def scope(self) -> Scope:
        """Which outlinks belong to the crawl."""
        settings = self.settings
        return Scope(
            hosts=self.hosts,
            subdomains=settings.subdomains,
            include=settings.include,
            exclude=settings.exclude,
            max_depth=settings.max_depth,
        )

    def covers(self, url: str) -> bool:
        """Tell whether an address belongs to the crawl."""
        return self.scope.covers(url) is Reason.FOLLOW

    @property
    def identity(self) -> dict[str, object]:
        """What a later call must have alike to go on with this crawl."""
        settings = self.settings
        return {
            "seeds": sorted(self.seeds),
            "include": settings.include,
            "exclude": settings.exclude,
            "subdomains": settings.subdomains,
            "max_depth": settings.max_depth,
            "retry": self.retry,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A crawl that was begun or taken up again.

    Attributes:
        number: Its number.
        resumed: Whether an earlier run had begun it.
        recovered: Answers of that run that were found in the archive.
        fetched: Addresses that were fetched before.
    """

    number: int
    resumed: bool
    recovered: int
    fetched: int


def check_seeds(urls: Sequence[str]) -> tuple[str, ...]:
    """Write start addresses in their canonical form, each once.

    Raises:
        FetchError: One of them is not an http address.
    """
    for url in urls:
        if not is_web(url):
            raise FetchError(url, "not an http address: write http://host/path")
    return tuple(dict.fromkeys(map(canonical_url, urls)))


def crawl(asked: Asked, report: Report) -> Progress:
    """Fetch until nothing is left, the bound is reached, or Ctrl-C.

    Args:
        asked: What is to be crawled.
        report: Told the progress twice a second.

    Raises:
        CrawlerRunning: Another crawl works on this home folder.
        WorkerFailed: The process that takes pages in has ended.
        StoreError: The store cannot be used.
        WarcNotWritten: The archive cannot be written.
    """
    with _alone(asked.home.crawl_lock):
        begun = _begin(asked)
        with Worker(lambda: _taking_in(asked, begun.number)) as worker:
            order = Order(
                crawl=begun.number,
                named=asked.named,
                most=_budget(asked.settings.max_pages, begun.fetched),
            )
            fetching = Fetching(asked.home, asked.settings, worker, order)
            fetching.run(report)
        if worker.failed:
            raise WorkerFailed(worker.reason)
        return replace(
            _end(asked, begun.number, fetching.close()),
            resumed=begun.resumed,
            recovered=begun.recovered,
        )


def _begin(asked: Asked) -> Begun:
    """Queue what is to be fetched first, and take in what was left over."""
    taking_in = _taking_in(asked, 0)
    frontier = Frontier(taking_in.store.database)
    try:
        now = iso_seconds(datetime.now(UTC))
        with taking_in.store.transaction():
            begun, resumed = frontier.begin(asked.identity, now)
            if not resumed:
                _queue_first(asked, frontier, begun.number, now)
        taking_in.crawl = begun.number
        recovered = _recover(asked.home, taking_in, frontier)
        return Begun(
            number=begun.number,
            resumed=resumed,
            recovered=recovered,
            fetched=frontier.fetched(begun.number),
        )
    finally:
        taking_in.close()


def _budget(max_pages: int, fetched: int) -> int:
    """Tell how many pages a run may fetch.

    One that was stopped before it had fetched as many as it might has the rest; a
    crawl that has left addresses for want of them goes on with as many again.
    """
    return max_pages - fetched % max_pages


def _queue_first(asked: Asked, frontier: Frontier, number: int, now: str) -> None:
    """Queue what a crawl begins with."""
    if asked.retry:
        frontier.retry_failed(number, asked.covers)
        return
    frontier.begin_again(number, asked.covers, asked.settings.max_depth)
    seeds = (Found(url=url, host=host_of(url), depth=0) for url in asked.seeds)
    frontier.add(number, seeds, now)


def _end(asked: Asked, number: int, progress: Progress) -> Progress:
    """Note whether the crawl is over; what its budget left is the next run's."""
    store = Store(asked.home.store)
    try:
        frontier = Frontier(store.database)
        left = frontier.queued(number)
        if not left:
            frontier.finish(number, iso_seconds(datetime.now(UTC)))
    finally:
        store.close()
    return replace(progress, queued=left, finished=not left)


def _taking_in(asked: Asked, number: int) -> TakingIn:
    """Open the store for taking in."""
    store = Store(asked.home.store, create=True)
    return TakingIn(
        store,
        Stage(store, asked.profiles),
        asked.scope,
        number,
        max_bytes=asked.settings.max_bytes,
        later=asked.retry,
    )


def _recover(home: Home, taking_in: TakingIn, frontier: Frontier) -> int:
    """Take in what an earlier run archived and did not come to take in."""
    store, count = taking_in.store, 0
    found = recover(home.warc, store)
    while batch := list(islice(found, _BATCH)):
        with store.transaction():
            store.records.add(one.row for one in batch)
            again = (_again(one, taking_in, frontier) for one in batch)
            fetched = tuple(each for each in again if each)
            taking_in.take(Batch(rows=(), fetched=fetched))
        count += len(fetched)
    return count


def _again(found: Recovered, taking_in: TakingIn, frontier: Frontier) -> Fetched | None:
    """Make a record that the store does not know a fetch again, if it is wanted."""
    target = frontier.target(taking_in.crawl, found.row.url)
    response = found.record.response
    if target is None or response is None:
        return None
    if found.row.type == RecordType.REVISIT and response.status in PAGE:
        payload = taking_in.store.payload(found.row.digest)
        if payload is None:
            return None
        kept = tuple(
            field
            for field in response.fields
            if field[0].lower() not in {"content-encoding", "transfer-encoding"}
        )
        response = replace(response, body=payload, fields=kept)
    at = found.record.date or datetime.now(UTC)
    return Fetched(target=target, at=iso_seconds(at), response=response, archived=True)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock of a home folder; the worker inherits it.

    The worker of a crawl that was killed may have some pages to take in yet.

    Raises:
        CrawlerRunning: Another process has it, and keeps it.
    """
    until = time.monotonic() + _LOCK_SECONDS
    with _opened(path) as file:
        while not _locked(file):
            if time.monotonic() >= until:
                raise CrawlerRunning(path)
            time.sleep(_LOCK_SECONDS / 100)
        yield


def _opened(path: Path) -> BinaryIO:
    """Open the file of the lock."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("ab")
    except OSError as error:
        raise StoreNotWritten(path, str(error)) from error


def _locked(file: BinaryIO) -> bool:
    """Lock a file, unless another process has it locked."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
