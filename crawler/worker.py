"""The second process of a crawl: takes in what the first one fetches.

Fetching and cleaning each fill a processor. Exchanges come through a pipe in
batches; the answer to a batch is what became of each. When the fetching process
is gone, what it has handed over is still taken in.
"""

import signal
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Self

from crawler.exchange import Exchange, Taken
from crawler.taking_in import TakingIn


class Worker:
    """A process that takes answers in."""

    def __init__(self, make: Callable[[], TakingIn]) -> None:
        """Start the process; it opens the store itself.

        Args:
            make: Makes what takes answers in, there.
        """
        ours, theirs = get_context("fork").Pipe()
        self._process = get_context("fork").Process(
            target=_serve, args=(make, theirs, ours), name="wensu-taking-in"
        )
        self._process.start()
        theirs.close()
        self.connection: Connection = ours

    def __enter__(self) -> Self:
        """Give the running worker."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let it finish what it was given, and wait for its end."""
        self.connection.close()
        self._process.join()

    def send(self, batch: list[Exchange]) -> None:
        """Hand answers over."""
        self.connection.send(batch)

    def receive(self) -> list[Taken]:
        """Wait for what became of the oldest batch.

        Raises:
            EOFError: The process has ended.
        """
        taken: list[Taken] = self.connection.recv()
        return taken


def _serve(
    make: Callable[[], TakingIn], connection: Connection, other: Connection
) -> None:
    """Take in batch after batch until no more come."""
    other.close()
    # Ctrl-C reaches all processes; this one ends when the fetching one has.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    taking_in = make()
    while True:
        try:
            batch = connection.recv()
        except EOFError:
            break
        taken = taking_in.take(batch)
        try:
            connection.send(taken)
        except BrokenPipeError:
            continue
    taking_in.close()
