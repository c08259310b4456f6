"""Which address is fetched next: every host in turn, none more than it can bear.

The feeder hands out addresses of the frontier and remembers those that were handed
out and not yet taken in, a bounded number; everything else stays on disk.
"""

from collections import Counter, deque
from collections.abc import Callable
from datetime import datetime

from crawler.frontier import Frontier
from crawler.politeness import HostState, after_answer, retry_after_seconds
from crawler.visits import Target
from index.http_message import HttpResponse

_AHEAD = 4
"""Addresses of one host handed out for each that it may be asked for at a time."""
_MOST_UNTAKEN = 256
"""Answers that may wait to be taken in before no more is asked for."""
_READ = 64
_LOOK_AGAIN_SECONDS = 1.0


class Feeder:
    """Hands out what one crawl is to fetch."""

    def __init__(
        self,
        frontier: Frontier,
        crawl: int,
        *,
        per_host: int,
        most: int,
        clock: Callable[[], float],
    ) -> None:
        """Begin with what is queued.

        Args:
            frontier: The addresses.
            crawl: The crawl.
            per_host: Requests that one host may be asked at a time.
            most: Addresses to hand out in all.
            clock: Tells Unix time.
        """
        self._frontier, self._crawl, self._clock = frontier, crawl, clock
        self._per_host, self._left = per_host, most
        self._handed: dict[str, str] = {}
        self._asked: set[str] = set()
        self._on_host: Counter[str] = Counter()
        self._ready: dict[str, deque[Target]] = {}
        self._dry: dict[str, float] = {}
        self._turns: deque[str] = deque()
        self._states: dict[str, HostState] = {}
        self._rests_until: dict[str, float] = {}
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
        """Whether nothing is queued and nothing on its way."""
        if self._handed:
            return False
        return self._left <= 0 or self._frontier.next_due(self._crawl) is None

    def next(self) -> Target | None:
        """Give the next address; ``None`` where all must wait."""
        if self._left <= 0 or len(self._handed) >= _MOST_UNTAKEN:
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

    def answered(self, target: Target, response: HttpResponse | None) -> None:
        """Note that a host has answered, and how it bears it."""
        if target.url in self._asked:
            self._asked.discard(target.url)
            self._on_host[target.host] -= 1
        now = self._clock()
        status = response.status if response else 0
        asked = retry_after_seconds(
            response.get("Retry-After") if response else None,
            datetime.fromtimestamp(now).astimezone(),
        )
        before = self._states.get(target.host, HostState())
        state = after_answer(before, status=status, retry_after=asked)
        self._states[target.host] = state
        self._rests_until[target.host] = now + state.wait_seconds

    def taken(self, url: str) -> None:
        """Note that an answer was taken in: the frontier knows about it now."""
        self._handed.pop(url, None)
        self._dry.clear()

    def refresh(self) -> None:
        """Look for hosts that are new in the queue."""
        known = set(self._turns)
        self._turns += [
            host for host in self._frontier.hosts(self._crawl) if host not in known
        ]

    def _of_host(self, host: str) -> Target | None:
        """Give the next address of a host that may be asked."""
        now = self._clock()
        if self._on_host[host] >= _AHEAD * self._per_host:
            return None
        if max(self._rests_until.get(host, 0.0), self._dry.get(host, 0.0)) > now:
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
