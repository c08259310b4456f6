"""A light HTTP client for load: many connections in one process, on loopback only."""

import asyncio
import itertools
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

LOOPBACK: Final = "127.0.0.1"
_PATIENCE: Final = 10.0
_MILLI: Final = 1_000
_LENGTH: Final = b"content-length:"
_OK: Final = b"200"


@dataclass(slots=True, kw_only=True)
class Sample:
    """How a load went.

    Attributes:
        milliseconds: What each answered request took.
        errors: What else came than an answer of status 200, and how often.
        seconds: How long it lasted.
        bytes: Bytes of all answers.
    """

    milliseconds: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    bytes: int = 0

    def percentile(self, share: float) -> float:
        """Tell what such a share of requests, in percent, took at most."""
        return float(np.percentile(self.milliseconds or [np.nan], share))

    @property
    def rate(self) -> float:
        """Requests answered in a second."""
        return len(self.milliseconds) / self.seconds if self.seconds else 0.0


async def load(
    port: int, addresses: Sequence[str], clients: int, seconds: float
) -> Sample:
    """Ask for addresses in turns, each client for one at a time."""
    sample = Sample()
    turns = itertools.cycle(addresses)
    began = time.perf_counter()
    until = began + seconds
    await asyncio.gather(*(_client(port, turns, until, sample) for _ in range(clients)))
    sample.seconds = time.perf_counter() - began
    return sample


async def _client(
    port: int, turns: Iterator[str], until: float, sample: Sample
) -> None:
    """Ask until the time is over, on one connection as long as it holds."""
    while time.perf_counter() < until:
        try:
            reader, writer = await asyncio.open_connection(LOOPBACK, port)
            while time.perf_counter() < until:
                if not await _ask(reader, writer, next(turns), sample):
                    break
            writer.close()
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            sample.errors[type(error).__name__] += 1


async def _ask(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    address: str,
    sample: Sample,
) -> bool:
    """Ask for one address; tell whether the connection is kept."""
    began = time.perf_counter()
    writer.write(f"GET {address} HTTP/1.1\r\nHost: {LOOPBACK}\r\n\r\n".encode())
    async with asyncio.timeout(_PATIENCE):
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(_LENGTH)[2].split(b"\r\n", 1)[0])
        await reader.readexactly(length)
    status = head.split(b" ", 2)[1]
    if status == _OK:
        sample.milliseconds.append(_MILLI * (time.perf_counter() - began))
    else:
        sample.errors[status.decode()] += 1
    sample.bytes += len(head) + length
    return b"connection: close" not in head
