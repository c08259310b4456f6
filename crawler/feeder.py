"""Which address is fetched next: every host in turn, none more than it can bear.

The feeder hands out addresses of the frontier and remembers those that were handed
out and not yet taken in, a bounded number; everything else stays on disk. What is
handed out is asked for at once: nothing waits in a queue of its own.
"""

from collections import Counter, deque

from crawler.frontier import Frontier
from crawler.pace import Pace
from crawler.settings import CrawlSettings
from crawler.visits import Target

_MOST_UNTAKEN = 256
"""Answers that may wait to be taken in before no more is asked for."""
_READ = 64
_LOOK_AGAIN_SECONDS = 1.0
_PATIENCE_SECONDS = 120.0
"""How long a crawl waits for hosts that all want to be left alone."""


class Feeder:
    """Hands out what one crawl is to fetch."""

    def __init__(
        self,
        frontier: Frontier,
        crawl: int,
        settings: CrawlSettings,
        pace: Pace,
        *,
        most: int,
    ) -> None:
        """Begin with what is queued.

        Args:
            frontier: The addresses.
            crawl: The crawl.
            settings: How many requests may be under way.
            pace: When each host may be asked.
            most: Addresses to fetch in all.
        """
        self._frontier, self._crawl = frontier, crawl
        self._settings, self._pace, self._left = settings, pace, most
        self._handed: dict[str, str] = {}
        self._asked: set[str] = set()
        self._on_host: Counter[str] = Counter()
        self._ready: dict[str, deque[Target]] = {}
        self._dry: dict[str, float] = {}
        self._turns: deque[str] = deque()
        self.refresh()

    @property
    def hosts(self) -> int:
        """Hosts with something to fetch."""
        return len(self._turns)

    @property
    def asking(self) -> int:
        """Addresses handed out whose hosts have not answered yet."""
        return len(self._asked)

    @property
    def finished(self) -> bool:
        """Whether nothing is on its way, and nothing may be asked for soon."""
        if self._handed:
            return False
        return self._left <= 0 or not any(map(self._due_soon, self._turns))

    def next(self) -> Target | None:
        """Give the next address; ``None`` where all must wait."""
        if (
            self._left <= 0
            or len(self._asked) >= self._settings.concurrency
            or len(self._handed) >= _MOST_UNTAKEN
        ):
            return None
        for _ in range(len(self._turns)):
            host = self._turns[0]
            self._turns.rotate(-1)
            target = self._of_host(host)
            if target:
                self._left -= 1
                self._handed[target.url] = host
                self._asked.add(target.url)
                self._on_host[host] += 1
                return target
        return None

    def wait_seconds(self) -> float:
        """Tell how long no host may be asked; 0 where that is not why all wait."""
        return min(map(self._pace.rest_seconds, self._turns), default=0.0)

    def answered(self, target: Target) -> None:
        """Note that a host has answered, or will not."""
        if target.url in self._asked:
            self._asked.discard(target.url)
            self._on_host[target.host] -= 1

    def taken(self, url: str, *, counts: bool) -> None:
        """Note that an answer was taken in: the frontier knows about it now.

        Args:
            url: The address.
            counts: Whether it is one of those to fetch in all; one that is to be
                tried again is not.
        """
        if self._handed.pop(url, None) and not counts:
            self._left += 1
        self._dry.clear()

    def refresh(self) -> None:
        """Look which hosts have something queued."""
        queued = dict.fromkeys(self._frontier.hosts(self._crawl))
        kept = [host for host in self._turns if host in queued]
        self._turns = deque(dict.fromkeys((*kept, *queued)))

    def _due_soon(self, host: str) -> bool:
        """Tell whether something of a host can be asked for before long."""
        if self._pace.rest_seconds(host) > _PATIENCE_SECONDS:
            return False
        before = self._pace.now() + _PATIENCE_SECONDS
        return bool(self._frontier.due(self._crawl, host, before, 1))

    def _of_host(self, host: str) -> Target | None:
        """Give the next address of a host that may be asked."""
        now = self._pace.now()
        if self._on_host[host] >= self._settings.concurrency_per_host:
            return None
        if self._dry.get(host, 0.0) > now or self._pace.rest_seconds(host) > 0:
            return None
        ready = self._ready.setdefault(host, deque())
        if not ready:
            limit = _READ + len(self._handed)
            due = self._frontier.due(self._crawl, host, now, limit)
            ready += [target for target in due if target.url not in self._handed]
        while ready:
            target = ready.popleft()
            if target.url not in self._handed:
                return target
        # Nothing new until an answer is taken in, or what was put off is due.
        self._dry[host] = now + _LOOK_AGAIN_SECONDS
        return None
