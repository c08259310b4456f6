"""The fetching side of a crawl: Scrapy, fed by the frontier, drained by the worker."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock

from scrapy.crawler import AsyncCrawlerProcess

from crawler.feeder import Feeder
from crawler.fetched import Batch, Fetched, Taken
from crawler.frontier import Frontier
from crawler.pace import Pace
from crawler.recorder import Recorder
from crawler.scrapy_parts import scrapy_settings
from crawler.settings import CrawlSettings
from crawler.spider import WensuSpider
from crawler.visits import Target
from crawler.worker import Worker
from index.archive import Archive
from index.home import Home
from index.http_message import HttpResponse
from index.store import Store
from index.warc_writer import WarcWriter

AGENT = "Wensu/0.1"
_BATCH_SECONDS = 0.2
_BATCH = 32
_REPORT_SECONDS = 0.5
_IDLE_SECONDS = 0.2
_NOT_FETCHED = frozenset({"retry", "robots"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a crawl has come.

    Attributes:
        outcomes: Addresses by what became of them.
        found: Addresses that were new.
        near_duplicates: New documents that are nearly the same as another.
        queued: Addresses still to be fetched.
        hosts: Hosts that have some.
        seconds: Since this run began.
        resumed: Whether an earlier run had begun the crawl.
        recovered: Answers of that run that were found in the archive.
        finished: Whether nothing is left to do.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    found: int = 0
    near_duplicates: int = 0
    queued: int = 0
    hosts: int = 0
    seconds: float = 0.0
    resumed: bool = False
    recovered: int = 0
    finished: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to fetch.

    Attributes:
        crawl: Number of the crawl.
        named: Hosts the user named, without ports; they may be private.
        most: Addresses to fetch at the most.
    """

    crawl: int
    named: frozenset[str]
    most: int


Report = Callable[[Progress], None]


def agent_of(settings: CrawlSettings) -> str:
    """Name the crawler, and whom to ask about it."""
    return AGENT + (f" (+{settings.contact})" if settings.contact else "")


class Fetching:
    """Fetches what is queued, and hands it to the worker.

    Attributes:
        pace: When each host may be asked.
        recorder: Archives what comes.
    """

    def __init__(
        self, home: Home, settings: CrawlSettings, worker: Worker, order: Order
    ) -> None:
        """Open archive and frontier.

        Args:
            home: Where they are.
            settings: How to crawl.
            worker: Takes answers in.
            order: What to fetch.
        """
        self._settings, self._worker, self._order = settings, worker, order
        self._agent = agent_of(settings)
        self._store = Store(home.store)
        self._frontier = Frontier(self._store.database)
        info = {"software": AGENT, "robots": "obey", "operator": settings.contact}
        writer = WarcWriter(
            home.warc,
            info={name: value for name, value in info.items() if value},
            max_bytes=settings.warc_bytes,
        )
        self.recorder = Recorder(Archive(writer, self._store))
        self.pace = Pace(delay=settings.delay_seconds, clock=time.time)
        self._feeder = Feeder(
            self._frontier,
            order.crawl,
            settings,
            self.pace,
            most=order.most,
        )
        self._lock = Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._woken = asyncio.Event()
        self._answers: list[tuple[list[Taken], int]] = []
        self._unsent: list[Fetched] = []
        self._outcomes: Counter[str] = Counter()
        self._found = self._near_duplicates = 0
        self._began = self._sent_at = self._reported_at = time.monotonic()
        self._report: Report = lambda _: None
        self._error: Exception | None = None

    def run(self, report: Report) -> None:
        """Fetch until there is nothing, or Ctrl-C; the worker may not be done then.

        Raises:
            Exception: What made it impossible to go on.
        """
        self._report = report
        self._worker.start(self._note)
        process = AsyncCrawlerProcess(
            scrapy_settings(self._settings, self._agent, self._order.named)
        )
        process.crawl(WensuSpider, steering=self)
        process.start()
        if self._error is None:
            self._send()
            self.recorder.close()
        if self._error:
            raise self._error

    def close(self) -> Progress:
        """Sum up, when the worker is done."""
        progress = self._progress()
        self._store.close()
        return progress

    def next(self) -> Target | None:
        """Give the next address to ask for, and pass on what waits meanwhile."""
        waited = time.monotonic() - self._sent_at
        if waited >= _BATCH_SECONDS or len(self._unsent) >= _BATCH:
            self._turn()
        return None if self._over else self._feeder.next()

    def answered(
        self, target: Target, response: HttpResponse | None, latency: float
    ) -> None:
        """Note that a host has answered."""
        self.pace.answered(
            target.host,
            status=response.status if response else 0,
            retry_after=response.get("Retry-After") if response else None,
            latency=latency,
        )
        self._feeder.answered(target)
        self._woken.set()

    def deliver(self, fetched: Fetched) -> None:
        """Take an answer of the spider."""
        self._unsent.append(fetched)

    def broke(self, error: Exception) -> None:
        """Note what makes it impossible to go on; the first is told."""
        self._error = self._error or error
        self._woken.set()

    async def pause(self) -> bool:
        """Wait for an answer of a host or of the worker; tell whether to go on."""
        self._loop = asyncio.get_running_loop()
        waited = time.monotonic() - self._sent_at
        if waited >= _BATCH_SECONDS or not self._feeder.asking:
            self._turn()
        if self._over or self._feeder.finished:
            return False
        with suppress(TimeoutError):
            async with asyncio.timeout(
                min(self._feeder.wait_seconds() or _IDLE_SECONDS, _IDLE_SECONDS)
            ):
                await self._woken.wait()
        self._woken.clear()
        return True

    @property
    def _over(self) -> bool:
        """Whether nothing more is to be asked for."""
        return self._worker.failed or self._error is not None

    def _turn(self) -> None:
        """Pass on what waits, both ways, and report."""
        self._send()
        self._hear()
        now = time.monotonic()
        if now - self._reported_at >= _REPORT_SECONDS:
            self._reported_at = now
            self._report(self._progress())

    def _send(self) -> None:
        """Hand over what was fetched; its records are on the disk by then."""
        self._sent_at = time.monotonic()
        rows = self.recorder.take_rows()
        sitemaps = self.recorder.take_sitemaps()
        if rows or self._unsent or sitemaps:
            fetched, self._unsent = tuple(self._unsent), []
            self._worker.send(Batch(rows=rows, fetched=fetched, sitemaps=sitemaps))

    def _note(self, taken: list[Taken], rows: int) -> None:
        """Keep what the worker says until it is heard; called from a thread."""
        with self._lock:
            self._answers.append((taken, rows))
        if self._loop:
            with suppress(RuntimeError):  # the loop has just ended
                self._loop.call_soon_threadsafe(self._woken.set)

    def _hear(self) -> None:
        """Tell the feeder and the archive what was taken in."""
        with self._lock:
            answers, self._answers = self._answers, []
        for taken, rows in answers:
            self.recorder.committed(rows)
            for one in taken:
                self._feeder.taken(one.url, counts=one.outcome not in _NOT_FETCHED)
                self._outcomes[one.outcome] += 1
                self._found += one.found
                self._near_duplicates += one.near_duplicate
        if answers:
            self._feeder.refresh()

    def _progress(self) -> Progress:
        """Sum up."""
        self._hear()
        return Progress(
            outcomes=Counter(self._outcomes),
            found=self._found,
            near_duplicates=self._near_duplicates,
            queued=self._frontier.queued(self._order.crawl),
            hosts=self._feeder.hosts,
            seconds=time.monotonic() - self._began,
        )
