"""Run ``wensu crawl`` as its users do, in a process of its own, and look at the rest.

Scrapy's reactor runs once in a process, and a crawl that is killed must not take the
tests with it.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from index.home import Home
from index.store import Store
from tests.crawler.big_site import ROOT

LONGEST_SECONDS = 120.0
_COMMAND = (sys.executable, "-c", "from web.cli import main; main()")
_QUICK: dict[str, object] = {
    "delay_seconds": 0.0,
    "concurrency_per_host": 8,
    "timeout_seconds": 5.0,
}


class Row(NamedTuple):
    """An address of the frontier, without the times."""

    state: str
    reason: str
    detail: str
    status: int | None
    document: str | None
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A command that has ended: its status and what it said."""

    status: int
    out: str
    err: str


class CrawlHome:
    """A home folder for tests of crawls, with settings that lose no time."""

    def __init__(self, folder: Path, **settings: object) -> None:
        """Write the settings; a table's values are written as JSON has them."""
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.home = folder, Home(folder)
        lines = (
            f"{name} = {json.dumps(value)}\n"
            for name, value in (_QUICK | settings).items()
        )
        self.home.settings.write_text(f"[crawl]\n{''.join(lines)}", "utf-8")

    def run(self, *arguments: str) -> Ran:
        """Run a command of ``wensu`` to its end; it must come."""
        process = self.start(*arguments)
        try:
            out, err = process.communicate(timeout=LONGEST_SECONDS)
        finally:
            if process.poll() is None:
                end_group(process, signal.SIGKILL)
                process.communicate()
        return Ran(status=process.returncode, out=out, err=err)

    def crawl(self, *arguments: str) -> Ran:
        """Crawl, which must do and must say nothing that is not for its user."""
        ran = self.run("crawl", *arguments)
        assert ran.status == 0, ran.err
        assert "Traceback" not in ran.err
        return ran

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command in a process group of its own."""
        return subprocess.Popen(  # noqa: S603 (our own command)
            [*_COMMAND, "--home", str(self.folder), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            start_new_session=True,
        )

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Open the store, and close it again."""
        store = Store(self.home.store)
        try:
            yield store
        finally:
            store.close()

    def frontier(self) -> dict[str, Row]:
        """Read what became of every address."""
        return {
            url: Row(*rest)
            for url, *rest in self.rows(
                "SELECT url, state, reason, COALESCE(detail, ''), status, document,"
                " attempts FROM frontier"
            )
        }

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Read rows of the store; none before there is one."""
        if not self.home.store.exists():
            return []
        with self.store() as store:
            return store.database.rows(sql)

    def documents(self) -> dict[str, tuple[str, str, str]]:
        """Read the documents by address: id, title, text."""
        with self.store() as store:
            kept = [store.get(name) for name in store.revisions()]
        return {
            document.url or "": (document.id, document.title, document.text)
            for document in kept
        }

    def captures(self) -> set[tuple[str, str, int]]:
        """Read the captures without their times: address, digest, status."""
        return set(self.rows("SELECT origin, digest, status FROM captures"))


def end_group(process: subprocess.Popen[str], number: signal.Signals) -> None:
    """Send a signal to a command and all that it has started."""
    os.killpg(process.pid, number)


def wait_until(holds: Callable[[], object], seconds: float = 30.0) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.02)
