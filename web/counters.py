"""What all workers count, in memory that they share.

One block, made before the workers are started, of one row for each: its process, then
for each route the requests by status, the requests by time, and the time of all. A
worker writes to its row only, so no process waits for another; who asks sums up the
rows. The row of a worker that died goes on with the next one, so no count goes back.
"""

import multiprocessing
import os
import threading
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Upper limits in seconds; what took longer is counted behind them."""

_STATUSES: Final = tuple(sorted(int(status) for status in HTTPStatus))
_UNKNOWN: Final = HTTPStatus.INTERNAL_SERVER_ERROR
_MOST: Final = 128
"""Routes there is room for; the first one stands for what has none."""

_TIMES: Final = len(BUCKETS) + 1
_COLUMNS: Final = len(_STATUSES) + _TIMES + 1
_SPARE: Final = 1
_MICRO: Final = 1_000_000

Counts = NDArray[np.int64]


class RouteCounts(NamedTuple):
    """What was counted of a route.

    Attributes:
        route: Its rule, such as ``/series/<name>``; empty where there is none.
        statuses: Requests by status.
        times: Requests by time, one number for each of ``BUCKETS`` and what is beyond.
        seconds: The time of all.
    """

    route: str
    statuses: dict[int, int]
    times: tuple[int, ...]
    seconds: float


class Counters:
    """Counts the requests of all workers; made before they are started."""

    def __init__(self, workers: int) -> None:
        """Make room for so many."""
        self._rows = workers + _SPARE
        # int64; multiprocessing hands it on to children however they are started.
        self._block = multiprocessing.RawArray("q", self._rows * (1 + _MOST * _COLUMNS))
        self._claiming = multiprocessing.Lock()

    def claim(self) -> int:
        """Take a row for this process."""
        pids = self._pids()
        with self._claiming:
            free = (row for row, pid in enumerate(pids.tolist()) if not _lives(pid))
            row = next(free, self._rows - 1)
            pids[row] = os.getpid()
        return row

    def row(self, row: int) -> Counts:
        """Give the counts of a row, by route and column."""
        own: Counts = self._counts()[row]
        return own

    def totals(self) -> Counts:
        """Sum up all rows."""
        total: Counts = self._counts().sum(axis=0)
        return total

    def processes(self) -> list[int]:
        """List the processes that have a row."""
        return [pid for pid in self._pids().tolist() if _lives(pid)]

    def _pids(self) -> Counts:
        """Give the process of each row."""
        return np.frombuffer(self._block, np.int64)[: self._rows]

    def _counts(self) -> Counts:
        """Give all counts, by row, route and column."""
        counts = np.frombuffer(self._block, np.int64)[self._rows :]
        return counts.reshape(self._rows, _MOST, _COLUMNS)


class Tally:
    """Counts in one worker; safe to share between threads."""

    def __init__(self, counters: Counters, routes: Sequence[str]) -> None:
        """Take a row, and the routes there are, in the same order in each worker."""
        self._counters = counters
        self._routes = ("", *routes)[:_MOST]
        self._places = {route: place for place, route in enumerate(self._routes)}
        self._own = counters.row(counters.claim())
        self._adding = threading.Lock()

    def count(self, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        status = status if status in _STATUSES else _UNKNOWN
        time = len(_STATUSES) + int(np.searchsorted(BUCKETS, seconds))
        own = self._own[self._places.get(route, 0)]
        with self._adding:
            own[_STATUSES.index(status)] += 1
            own[time] += 1
            own[-1] += round(_MICRO * seconds)

    def processes(self) -> list[int]:
        """List the processes that count."""
        return self._counters.processes()

    def counts(self) -> Iterator[RouteCounts]:
        """Give what all workers counted of each route that was asked for."""
        for route, counts in zip(
            self._routes, self._counters.totals().tolist(), strict=False
        ):
            if any(counts):
                by_status = zip(_STATUSES, counts, strict=False)
                yield RouteCounts(
                    route=route,
                    statuses={status: count for status, count in by_status if count},
                    times=tuple(counts[len(_STATUSES) : -1]),
                    seconds=counts[-1] / _MICRO,
                )


def _lives(pid: int) -> bool:
    """Tell whether there is such a process."""
    if not pid:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
