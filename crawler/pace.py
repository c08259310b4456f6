"""When each host may be asked next; the clock is the caller's.

A host is left alone for its delay after each request, and for longer when it says
"not now": the first is what every request keeps to, robots.txt included; the second
is a reason to ask others first.
"""

from collections.abc import Callable
from datetime import datetime

from crawler.politeness import (
    HostState,
    after_answer,
    delay_seconds,
    retry_after_seconds,
)


class Pace:
    """The pace of one crawl, by host.

    Attributes:
        now: Tells Unix time.
    """

    def __init__(self, *, delay: float, clock: Callable[[], float]) -> None:
        """Know no host yet.

        Args:
            delay: Least seconds between two requests; 0 also leaves slow hosts no
                more time than they ask for.
            clock: Tells Unix time.
        """
        self._delay, self.now = delay, clock
        self._crawl_delays: dict[str, float] = {}
        self._latencies: dict[str, float] = {}
        self._asked_at: dict[str, float] = {}
        self._states: dict[str, HostState] = {}
        self._rests_until: dict[str, float] = {}

    def heed(self, host: str, crawl_delay: float | None) -> None:
        """Keep to the Crawl-delay of a robots.txt."""
        self._crawl_delays[host] = crawl_delay or 0.0

    def asked(self, host: str) -> None:
        """Note that a request goes out now."""
        self._asked_at[host] = self.now()

    def answered(
        self, host: str, *, status: int, retry_after: str | None, latency: float
    ) -> None:
        """Note how a host bears it.

        Args:
            host: The host.
            status: Of its answer; 0 where there is none.
            retry_after: The header of that name, as it came.
            latency: Seconds until the answer began.
        """
        now = self.now()
        self._latencies[host] = latency
        state = after_answer(
            self._states.get(host, HostState()),
            status=status,
            retry_after=retry_after_seconds(
                retry_after, datetime.fromtimestamp(now).astimezone()
            ),
            delay=self._delay_of(host),
        )
        self._states[host] = state
        if status:
            self._rests_until[host] = now + state.wait_seconds

    def pause_seconds(self, host: str) -> float:
        """Tell how long no request may go to a host."""
        if host not in self._asked_at:
            return 0.0
        until = self._asked_at[host] + self._delay_of(host)
        return max(0.0, until - self.now())

    def rest_seconds(self, host: str) -> float:
        """Tell how long a host is to be left alone, refusals included."""
        rest = self._rests_until.get(host, 0.0) - self.now()
        return max(rest, self.pause_seconds(host))

    def _delay_of(self, host: str) -> float:
        """Tell the delay between two requests to a host."""
        return delay_seconds(
            configured=self._delay,
            crawl_delay=self._crawl_delays.get(host),
            latency=self._latencies.get(host, 0.0) if self._delay else 0.0,
        )
