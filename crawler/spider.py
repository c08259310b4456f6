"""The spider: asks for what the feeder hands out, and passes the answers on."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from scrapy import Request, Spider
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.exchange import Exchange
from crawler.feeder import Feeder
from crawler.frontier import Target
from crawler.scrapy_parts import PrivateAddress

_IDLE_SECONDS = 0.2
_FAILURES: tuple[tuple[type[Exception], str], ...] = (
    (PrivateAddress, "private-address"),
    (IgnoreRequest, "robots"),
    (DownloadTimeoutError, "timeout"),
    (CannotResolveHostError, "dns"),
    (DownloadConnectionRefusedError, "refused"),
    (DownloadCancelledError, "too-large"),
    (ResponseDataLossError, "cut-off"),
    (ValueError, "bad-address"),
)


class WensuSpider(Spider):
    """Fetches what the frontier has, until there is nothing or it is stopped."""

    name = "wensu"

    def __init__(
        self,
        *args: Any,
        feeder: Feeder,
        deliver: Callable[[Exchange], None],
        **kwargs: Any,
    ) -> None:
        """Take what decides on addresses and answers.

        Args:
            args: Scrapy's own.
            feeder: Hands out addresses.
            deliver: Takes answers; must not block.
            kwargs: Scrapy's own.
        """
        super().__init__(*args, **kwargs)
        self._feeder, self._deliver = feeder, deliver

    async def start(self) -> AsyncIterator[Request]:
        """Ask for addresses as they can be asked for."""
        while not self._feeder.finished:
            target = self._feeder.next()
            if target is None:
                await asyncio.sleep(_IDLE_SECONDS)
            else:
                yield self._request(target)

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
                "target": target,
                "asked": time.monotonic(),
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
        error = failure.value
        names = (name for kind, name in _FAILURES if isinstance(error, kind))
        reason = next(names, "broken-answer")
        request: Request = failure.request
        self._pass_on(request, failure=reason, detail=str(error) or reason)
        return iter(())

    def _pass_on(self, request: Request | None, *, failure: str, detail: str) -> None:
        """Tell the feeder and deliver the exchange."""
        if request is None:
            return
        target: Target = request.meta["target"]
        response = request.meta.get("answer")
        self._feeder.answered(target, response)
        self._deliver(
            Exchange(
                target=target,
                at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
                seconds=time.monotonic() - request.meta["asked"],
                response=None if failure else response,
                failure=failure,
                detail=detail,
                place=request.meta.get("place"),
            )
        )
