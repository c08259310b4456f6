"""The spider: asks for what the feeder hands out, and passes the answers on."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Protocol

from scrapy import Request, Spider
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response
from twisted.internet.error import DNSLookupError
from twisted.python.failure import Failure

from crawler.archiving import Stopped
from crawler.fetched import Fetched
from crawler.guard import PrivateAddress
from crawler.ingest import iso_seconds
from crawler.pace import Pace
from crawler.recorder import ANSWER, TARGET, Recorder
from crawler.robots import Forbidden, RobotsUnavailable
from crawler.visits import Target
from index.errors import WensuError
from index.http_message import HttpResponse

_FAILURES: tuple[tuple[type[Exception], str, str], ...] = (
    (PrivateAddress, "private-address", ""),
    (Forbidden, "robots", ""),
    (RobotsUnavailable, "robots-unavailable", ""),
    (DownloadTimeoutError, "timeout", ""),
    (CannotResolveHostError, "dns", ""),
    (DNSLookupError, "dns", ""),
    (DownloadConnectionRefusedError, "refused", ""),
    (DownloadCancelledError, "too-large", "larger than max_bytes"),
    (ResponseDataLossError, "cut-off", "it ended before its end"),
    (ValueError, "bad-address", ""),
)
"""Exceptions, the stable word for each, and a sentence where its own is none."""


class Steering(Protocol):
    """What decides on addresses and answers."""

    recorder: Recorder
    pace: Pace

    def next(self) -> Target | None:
        """Give the next address to ask for; ``None`` where all must wait."""

    def answered(
        self, target: Target, response: HttpResponse | None, latency: float
    ) -> None:
        """Note that a host has answered, and how many seconds it took."""

    def deliver(self, fetched: Fetched) -> None:
        """Take what came of a request; must not block."""

    async def pause(self) -> bool:
        """Wait until something may have changed; tell whether to go on."""

    def broke(self, error: Exception) -> None:
        """Note that nothing more can be asked for."""


class WensuSpider(Spider):
    """Fetches what it is told to, until there is nothing or it is stopped."""

    name = "wensu"

    def __init__(self, *, steering: Steering) -> None:
        """Take what decides."""
        super().__init__()
        self.recorder, self.pace = steering.recorder, steering.pace
        self._steering = steering

    async def start(self) -> AsyncIterator[Request]:
        """Ask for addresses as they can be asked for."""
        try:
            while True:
                target = self._steering.next()
                if target:
                    yield self._request(target)
                elif not await self._steering.pause():
                    return
        except Exception as error:  # noqa: BLE001  Scrapy would only log it
            self._steering.broke(error)

    def _request(self, target: Target) -> Request:
        """Make Scrapy's request of an address."""
        validators = {
            "If-None-Match": target.etag,
            "If-Modified-Since": target.last_modified,
        }
        return Request(
            target.url,
            callback=self.answered,
            errback=self.failed,
            headers={name: value for name, value in validators.items() if value},
            dont_filter=True,
            meta={
                TARGET: target,
                "download_slot": target.host,
                "handle_httpstatus_all": True,
            },
        )

    def answered(self, response: Response) -> Iterator[Request]:
        """Pass an answer on."""
        self._pass_on(response.request, failure="", detail="")
        return iter(())

    def failed(self, failure: Failure) -> Iterator[Request]:
        """Pass on that there is no answer, and why."""
        error = failure.value or Exception()
        if isinstance(error, WensuError):
            self._steering.broke(error)
            return iter(())
        if isinstance(error, Stopped):
            return iter(())
        known = (named for kind, *named in _FAILURES if isinstance(error, kind))
        reason, sentence = next(known, ("broken-answer", f"no HTTP: {_told(error)}"))
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        self._pass_on(request, failure=reason, detail=sentence or str(error) or reason)
        return iter(())

    def _pass_on(self, request: Request | None, *, failure: str, detail: str) -> None:
        """Tell the feeder and deliver it."""
        if request is None:
            return
        target: Target = request.meta[TARGET]
        response = request.meta.get(ANSWER)
        latency = request.meta.get("download_latency", 0.0)
        self._steering.answered(target, response, latency)
        self.recorder.passed_on(request)
        self._steering.deliver(
            Fetched(
                target=target,
                at=iso_seconds(datetime.now(UTC)),
                response=None if failure else response,
                failure=failure,
                detail=detail,
                archived=response is not None,
            )
        )


def _told(error: BaseException | None) -> str:
    """Write what an exception tells; of Twisted's, what those within it tell."""
    within = getattr((error and error.__cause__) or error, "reasons", None)
    if isinstance(within, list):
        return "; ".join(str(each.value) for each in within)
    return str(error)
