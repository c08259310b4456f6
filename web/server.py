"""The production server: Granian, some processes over one memory-mapped index.

The first process listens for signals, starts the others (the workers), and starts one
again that dies. What the first process has imported, compiled and read is in memory
once (fork, see ``serving``), and so is the index, which is mapped.

Addresses with raw Han characters are understood, as people type them for curl.
"""

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server as Granian

Wsgi = Callable[..., Iterable[bytes]]
"""A WSGI application."""

FORMAT: Final = "%(asctime)s %(levelname)s %(name)s %(message)s"
"""Of the lines of the log, which goes to standard error."""

_HEADER_SECONDS: Final = 10
"""A request whose head is not there by then is given up."""

_LOOK_SECONDS: Final = 0.05
_CONNECT_SECONDS: Final = 1.0
_LOGGING: Final[dict[str, Any]] = {
    "formatters": {"line": {"format": FORMAT}},
    "handlers": {"log": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"_granian": {"handlers": ["log"], "propagate": False}},
}


def cores() -> int:
    """Count the processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Server:
    """Listens, and serves until it is stopped."""

    def __init__(self, *, host: str, port: int, workers: int, threads: int) -> None:
        """Take the address to listen on.

        Args:
            host: Address or name.
            port: TCP port, 0 for any free one.
            workers: Processes that answer.
            threads: Requests that each of them answers at the same time.

        Raises:
            OSError: The port is taken or the address is not this machine's.
        """
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # The workers share the port, which another server of ours would get, too.
        with socket.create_server((host, port), family=family) as tried:
            name, number = tried.getsockname()[:2]
        self._place = (name, number)
        self._workers, self._threads = workers, threads
        self.address = f"http://{f'[{name}]' if ':' in name else name}:{number}"

    def run(
        self, load: Callable[[], Wsgi], serving: Callable[[], None], patience: int
    ) -> None:
        """Serve until SIGTERM or SIGINT; requests under way are finished.

        Args:
            load: Gives the application; called in each worker.
            serving: Called once when the first worker answers.
            patience: Seconds that requests have for being finished.

        Raises:
            SystemExit: Workers cannot start; the log says why.
        """
        host, port = self._place
        server = _Announced(
            "wensu",
            host,
            port,
            interface=Interfaces.WSGI,
            workers=self._workers,
            blocking_threads=self._threads,
            http1_settings=HTTP1Settings(header_read_timeout=1000 * _HEADER_SECONDS),
            websockets=False,
            log_level=LogLevels.warning,
            log_dictconfig=_LOGGING,
            respawn_failed_workers=True,
            workers_kill_timeout=patience,
        )
        server.serving = serving
        load_alone = partial(_load_alone, load, os.getpid())
        server.serve(target_loader=load_alone, wrap_loader=False)


class _Announced(Granian):  # type: ignore[misc,valid-type]  # what the platform has
    """Says when it answers."""

    serving: Callable[[], None]

    def startup(self, *arguments: object) -> None:
        """Start the workers, wait until one listens, and say so.

        No thread may run before: a worker would inherit the locks that it holds.
        """
        super().startup(*arguments)
        while not self.main_loop_interrupt.wait(_LOOK_SECONDS):
            try:
                place = self.bind_addr, self.bind_port
                socket.create_connection(place, timeout=_CONNECT_SECONDS).close()
            except OSError:
                continue
            self.serving()
            return


def _load_alone(load: Callable[[], Wsgi], first: int) -> Wsgi:
    """Load the application in a worker, which ends when the first process has died."""
    for number in (signal.SIGTERM, signal.SIGINT):
        # Until the worker has its own, the handlers of the first process would be
        # called in it, where they stop nothing.
        signal.signal(number, signal.SIG_DFL)
    logging.basicConfig(level=logging.INFO, format=FORMAT, force=True)
    if hasattr(os, "setpgrp"):
        os.setpgrp()  # Ctrl-C is for the first process, which tells the others
    threading.Thread(target=_end_with, args=(first,), daemon=True).start()
    return load()


def _end_with(first: int) -> None:
    """End this process, requests under way finished, when the first one has died."""
    while os.getppid() == first:
        time.sleep(_CONNECT_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
