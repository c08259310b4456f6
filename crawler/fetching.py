"""The fetching side of a crawl: Scrapy, fed by the frontier, drained by the worker."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from scrapy.crawler import AsyncCrawlerProcess

from crawler.feeder import Feeder
from crawler.fetched import Batch, Fetched, Taken
from crawler.frontier import Frontier
from crawler.recorder import Recorder
from crawler.scrapy_parts import scrapy_settings
from crawler.settings import CrawlSettings
from crawler.spider import WensuSpider
from crawler.worker import Worker
from index.archive import Archive
from index.home import Home
from index.store import Store
from index.warc_writer import WarcWriter

AGENT = "Wensu/0.1"
_BATCH_SECONDS = 0.2
_BATCH = 32
_REPORT_SECONDS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a crawl has come.

    Attributes:
        outcomes: Addresses by what became of them.
        found: Addresses that were new.
        queued: Addresses still to be fetched.
        hosts: Hosts that have some.
        seconds: Since this run began.
        resumed: Whether an earlier run had begun the crawl.
        recovered: Answers of that run that were found in the archive.
        finished: Whether nothing is left to do.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    found: int = 0
    queued: int = 0
    hosts: int = 0
    seconds: float = 0.0
    resumed: bool = False
    recovered: int = 0
    finished: bool = False


Report = Callable[[Progress], None]


def agent_of(settings: CrawlSettings) -> str:
    """Name the crawler, and whom to ask about it."""
    return AGENT + (f" (+{settings.contact})" if settings.contact else "")


class Fetching:
    """Fetches what is queued, and hands it to the worker."""

    def __init__(
        self,
        home: Home,
        settings: CrawlSettings,
        worker: Worker,
        *,
        crawl: int,
        named: frozenset[str],
        most: int,
    ) -> None:
        """Open archive and frontier.

        Args:
            home: Where they are.
            settings: How to crawl.
            worker: Takes answers in.
            crawl: Number of the crawl.
            named: Hosts the user named.
            most: Addresses to fetch at the most.
        """
        self._settings, self._worker, self._crawl = settings, worker, crawl
        self._agent = agent_of(settings)
        self._named = frozenset(host.rpartition(":")[0] or host for host in named)
        self._store = Store(home.store)
        self._frontier = Frontier(self._store.database)
        info = {"software": AGENT, "robots": "obey", "operator": settings.contact}
        writer = WarcWriter(
            home.warc,
            info={name: value for name, value in info.items() if value},
            max_bytes=settings.warc_bytes,
        )
        self._recorder = Recorder(Archive(writer, self._store))
        self._feeder = Feeder(
            self._frontier,
            crawl,
            per_host=settings.concurrency_per_host,
            most=most,
            clock=time.time,
        )
        self._lock = Lock()
        self._answers: list[tuple[list[Taken], int]] = []
        self._unsent: list[Fetched] = []
        self._outcomes: Counter[str] = Counter()
        self._found = 0
        self._began = self._sent_at = self._reported_at = time.monotonic()
        self._report: Report = lambda _: None

    def run(self, report: Report) -> Progress:
        """Fetch until there is nothing, or Ctrl-C; the worker may not be done then."""
        self._report = report
        self._worker.start(self._note)
        process = AsyncCrawlerProcess(
            scrapy_settings(self._settings, self._agent, self._named)
        )
        process.crawl(
            WensuSpider,
            feeder=self._feeder,
            recorder=self._recorder,
            deliver=self._deliver,
            turn=self._turn,
        )
        process.start()
        self._send()
        progress = self._progress()
        self._recorder.close()
        self._store.close()
        return progress

    def _deliver(self, fetched: Fetched) -> None:
        """Take an answer of the spider."""
        self._unsent.append(fetched)
        if len(self._unsent) >= _BATCH:
            self._send()

    def _turn(self) -> bool:
        """Pass on what waits; tell whether to go on. Called often by the spider."""
        now = time.monotonic()
        if now - self._sent_at >= _BATCH_SECONDS:
            self._send()
        self._hear()
        if now - self._reported_at >= _REPORT_SECONDS:
            self._reported_at = now
            self._report(self._progress())
        return not self._worker.failed

    def _send(self) -> None:
        """Hand over what was fetched; its records are on the disk by then."""
        self._sent_at = time.monotonic()
        rows = self._recorder.take_rows()
        if rows or self._unsent:
            self._worker.send(Batch(rows=rows, fetched=tuple(self._unsent)))
            self._unsent = []

    def _note(self, taken: list[Taken], rows: int) -> None:
        """Keep what the worker says until it is heard; called from a thread."""
        with self._lock:
            self._answers.append((taken, rows))

    def _hear(self) -> None:
        """Tell the feeder and the archive what was taken in."""
        with self._lock:
            answers, self._answers = self._answers, []
        for taken, rows in answers:
            self._recorder.committed(rows)
            for one in taken:
                self._feeder.taken(one.url)
                self._outcomes[one.outcome] += 1
                self._found += one.found
        if answers:
            self._feeder.refresh()

    def _progress(self) -> Progress:
        """Sum up."""
        self._hear()
        return Progress(
            outcomes=Counter(self._outcomes),
            found=self._found,
            queued=self._frontier.queued(self._crawl),
            hosts=self._feeder.hosts,
            seconds=time.monotonic() - self._began,
        )
