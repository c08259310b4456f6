"""Serve a large invented site from a process of its own, fast and with a log.

::

    with BigSite(pages=5_000) as site:
        crawl(site.root)
        site.log()      # what was asked, when, and what was answered
        site.turn(2)    # the same site some time later

``python -m tests.crawler.big_site --port 0`` serves it by itself and prints its
address. Documents are described in ``big_site_pages``.
"""

import asyncio
import json
import subprocess
import sys
import time
import urllib.request
from dataclasses import replace
from email.utils import format_datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import parse_qs

import click

from tests.crawler.big_site_pages import Site

ROOT = Path(__file__).parents[2]
_LOOPBACK = "127.0.0.1"
_MAX_HEAD = 65_536
_REASONS = {200: "OK", 304: "Not Modified", 404: "Not Found", 410: "Gone"}


class Logged(NamedTuple):
    """One request: seconds of the server's monotonic clock, path, status, agent."""

    at: float
    path: str
    status: int
    agent: str


class BigSite:
    """The site in a process of its own.

    Attributes:
        root: Its address, without a slash at the end.
        site: Its first version; ``replace(site, version=2)`` is what follows.
    """

    def __init__(
        self,
        *,
        pages: int = 5_000,
        seed: int = 1,
        traps: bool = True,
        validators: bool = True,
        latency_seconds: float = 0.0,
    ) -> None:
        """Say what to serve; the process begins with ``with``.

        Args:
            pages: Documents in version 1.
            seed: Another one, other texts.
            traps: Whether there are links without end.
            validators: Whether answers have ETag and Last-Modified.
            latency_seconds: How long each answer is held back.
        """
        self.site = Site(pages=pages, seed=seed, traps=traps)
        self._command = [
            *(sys.executable, "-m", "tests.crawler.big_site"),
            *("--pages", str(pages), "--seed", str(seed)),
            "--traps" if traps else "--no-traps",
            "--validators" if validators else "--no-validators",
            *("--latency-seconds", str(latency_seconds)),
        ]
        self._process: subprocess.Popen[str] | None = None
        self.root = ""

    def __enter__(self) -> Self:
        """Start the process and wait until it listens."""
        self._process = subprocess.Popen(  # noqa: S603 (our own module)
            self._command, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        assert self._process.stdout
        self.root = self._process.stdout.readline().strip()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process."""
        assert self._process
        assert self._process.stdout
        self._process.terminate()
        self._process.wait(10)
        self._process.stdout.close()

    def log(self) -> list[Logged]:
        """Read what was asked so far, in order; asking for it is not in it."""
        return [Logged(*each) for each in json.loads(self._ask("/_log"))]

    def turn(self, version: int) -> None:
        """Make it the site of another version."""
        self._ask(f"/_turn?version={version}")

    def _ask(self, path: str) -> bytes:
        with urllib.request.urlopen(f"{self.root}{path}", timeout=30) as response:  # noqa: S310 (loopback)
            content: bytes = response.read()
            return content


class _Server(asyncio.Protocol):
    """One connection; requests on it are answered one after another."""

    def __init__(self, state: "_State") -> None:
        self._state = state
        self._received = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete."""
        self._received += data
        while b"\r\n\r\n" in self._received:
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            response = self._state.respond(head.decode("latin-1"))
            assert self._transport
            if self._state.latency_seconds:
                loop = asyncio.get_running_loop()
                loop.call_later(
                    self._state.latency_seconds, self._transport.write, response
                )
            else:
                self._transport.write(response)
        if len(self._received) > _MAX_HEAD and self._transport:
            self._transport.close()


class _State:
    """What all connections share."""

    def __init__(self, site: Site, *, validators: bool, latency_seconds: float) -> None:
        self.site = site
        self.latency_seconds = latency_seconds
        self._validators = validators
        self._log: list[Logged] = []
        self._prepared = lru_cache(maxsize=20_000)(self._prepare)

    def respond(self, head: str) -> bytes:
        """Answer a request."""
        line, *lines = head.split("\r\n")
        method, target, *_ = [*line.split(" "), "", ""]
        if target.startswith("/_"):
            return self._control(target)
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (each.partition(":") for each in lines)
        }
        status, fields, body, tags = self._prepared(target)
        if status == 200 and self._is_known(headers, tags):
            status, body = 304, b""
        agent = headers.get("user-agent", "")
        self._log.append(Logged(time.monotonic(), target, status, agent))
        return _response(status, fields, b"" if method == "HEAD" else body)

    def _control(self, target: str) -> bytes:
        """Do what the process that started us wants."""
        path, _, query = target.partition("?")
        if path == "/_turn":
            version = int(parse_qs(query)["version"][0])
            self.site = replace(self.site, version=version)
            self._prepared.cache_clear()
        log = json.dumps(self._log if path == "/_log" else None).encode()
        return _response(200, "Content-Type: application/json\r\n", log)

    def _prepare(self, target: str) -> tuple[int, str, bytes, tuple[str, ...]]:
        """Make an answer: status, headers, body, and what tells it from others."""
        path, _, query = target.partition("?")
        page = self.site.answer(path, query)
        body = page.text.encode()
        fields = f"Content-Type: {page.kind}; charset=utf-8\r\n"
        if not self._validators or page.status != 200:
            return page.status, fields, body, ()
        tag = f'"{sha256(body).hexdigest()[:16]}"'
        modified = format_datetime(page.modified, usegmt=True)
        fields += f"ETag: {tag}\r\nLast-Modified: {modified}\r\n"
        return page.status, fields, body, (tag, modified)

    def _is_known(self, headers: dict[str, str], tags: tuple[str, ...]) -> bool:
        """Tell whether the client has this very answer; its tag counts, if given."""
        known = headers.get("if-none-match") or headers.get("if-modified-since")
        return known in tags


def _response(status: int, fields: str, body: bytes) -> bytes:
    """Write an answer."""
    length = "" if status == 304 else f"Content-Length: {len(body)}\r\n"
    head = f"HTTP/1.1 {status} {_REASONS[status]}\r\n{fields}{length}\r\n"
    return head.encode() + body


async def _serve(state: _State, port: int) -> None:
    """Listen, say where, and answer until the process ends."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Server(state), _LOOPBACK, port)
    click.echo(f"http://{_LOOPBACK}:{server.sockets[0].getsockname()[1]}")
    sys.stdout.flush()
    await server.serve_forever()


@click.command()
@click.option("--port", default=0, help="Any free one for 0.")
@click.option("--pages", default=5_000, help="Documents in version 1.")
@click.option("--seed", default=1, help="Another one, other texts.")
@click.option("--version", default=1, help="1, or 2 for the site some time later.")
@click.option("--traps/--no-traps", default=True, help="Links without end.")
@click.option("--validators/--no-validators", default=True, help="ETag and the like.")
@click.option("--latency-seconds", default=0.0, help="How long answers are held back.")
def main(  # noqa: PLR0913 (one for each option)
    port: int,
    pages: int,
    seed: int,
    version: int,
    *,
    traps: bool,
    validators: bool,
    latency_seconds: float,
) -> None:
    """Serve the site until interrupted; its address is the first line printed."""
    site = Site(pages=pages, seed=seed, version=version, traps=traps)
    state = _State(site, validators=validators, latency_seconds=latency_seconds)
    asyncio.run(_serve(state, port))


if __name__ == "__main__":
    main()
