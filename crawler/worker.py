"""The second process of a crawl: takes in what the first one fetches.

Fetching and cleaning each fill a processor. Batches go through a pipe; the answer
to a batch is what became of each fetch. Two threads keep the fetching process from
waiting for the pipe. When that process is gone, what it has handed over is still
taken in; then this one ends, and with it the lock on the home folder.
"""

import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Self

from crawler.fetched import Batch, Taken
from crawler.taking_in import TakingIn

_AWAKE_SECONDS = 0.1
OnTaken = Callable[[list[Taken], int], None]


class Worker:
    """A process that takes answers in.

    Attributes:
        failed: Whether it ended before it was told to.
        reason: What it said about that, if it could.
    """

    def __init__(self, make: Callable[[], TakingIn]) -> None:
        """Start the process; it opens the store itself.

        Args:
            make: Makes what takes answers in, there.
        """
        # Forked before Scrapy starts: nothing but this thread is there to copy.
        context = get_context("fork")
        ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(make, theirs, ours))
        self._process.start()
        theirs.close()
        self._connection = ours
        self._to_send: SimpleQueue[Batch | None] = SimpleQueue()
        self._rows: SimpleQueue[int] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._ending = False
        self.failed = False
        self.reason = ""

    def __enter__(self) -> Self:
        """Give the running worker."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let it finish what it was given, and wait for its end."""
        self._ending = True
        self._to_send.put(None)
        for thread in self._threads:
            # Awake now and then: a signal, such as that of the process's end, is
            # handled by this thread alone, and one that is traced waits for that.
            while thread.is_alive():
                thread.join(_AWAKE_SECONDS)
        self._process.join()
        self._connection.close()

    def start(self, on_taken: OnTaken) -> None:
        """Begin to pass batches and answers.

        Args:
            on_taken: Told from a thread what became of a batch, and how many rows
                of the archive it had.
        """
        for run in (self._send_all, lambda: self._receive_all(on_taken)):
            thread = threading.Thread(target=run, daemon=True)
            thread.start()
            self._threads.append(thread)

    def send(self, batch: Batch) -> None:
        """Hand a batch over; does not wait."""
        self._rows.put(len(batch.rows))
        self._to_send.put(batch)

    def _send_all(self) -> None:
        """Write to the pipe until there is no more; then say so."""
        try:
            while (batch := self._to_send.get()) is not None:
                self._connection.send(batch)
            self._connection.send(None)
        except OSError:
            self.failed = True

    def _receive_all(self, on_taken: OnTaken) -> None:
        """Read from the pipe until the process ends."""
        try:
            while True:
                answer: list[Taken] | str = self._connection.recv()
                if isinstance(answer, str):
                    self.reason, self.failed = answer, True
                else:
                    on_taken(answer, self._rows.get())
        except (EOFError, OSError):
            self.failed = self.failed or not self._ending


def _serve(
    make: Callable[[], TakingIn], connection: Connection, other: Connection
) -> None:
    """Take in batch after batch until no more come."""
    other.close()
    # Ctrl-C reaches all processes; this one ends when the fetching one has.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        _take_in(make(), connection)
    except Exception as error:  # noqa: BLE001  whatever it is, the other one tells
        with suppress(OSError):
            connection.send(str(error) or type(error).__name__)


def _take_in(taking_in: TakingIn, connection: Connection) -> None:
    """Take in what comes."""
    try:
        while (batch := _next(connection)) is not None:
            taken = taking_in.take(batch)
            with suppress(OSError):  # the fetching process is gone
                connection.send(taken)
    finally:
        taking_in.close()


def _next(connection: Connection) -> Batch | None:
    """Wait for a batch; ``None`` when no more come."""
    try:
        batch: Batch | None = connection.recv()
    except (EOFError, OSError):
        return None
    return batch
