"""How often a client may ask: so many requests a minute, told with every answer.

The generic cell rate algorithm (ITU-T I.371): a client has a minute's worth of
requests, and gets one back in each part of the minute. One number is kept for each
client, the time by which all that was asked is paid for. Each process counts by
itself: with several workers a client may get as many times the number.
"""

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Final, NamedTuple

from flask import Flask, Response, g, request
from werkzeug.exceptions import TooManyRequests

_WINDOW: Final = 60.0
_MOST_CLIENTS: Final = 10_000
"""Clients remembered, 1 MB; whoever asked longest ago is forgotten first."""
_NETWORK_BITS: Final = 64
"""Of an IPv6 address: whoever has one has all of its network (RFC 6177)."""
_UNCOUNTED: Final = frozenset({"/healthz", "/metrics"})
_POLICY: Final = "client"
_ROUNDING: Final = 1e-6


class Ruling(NamedTuple):
    """What becomes of a request.

    Attributes:
        wait: Seconds until it may be repeated; 0 where it is answered.
        left: Requests that may follow at once.
        full: Seconds until all of them are there again.
    """

    wait: float
    left: int
    full: float


@dataclass(slots=True)
class RateLimit:
    """Counts requests of clients; safe to share between threads.

    Attributes:
        quota: Requests a minute.
        clock: Tells seconds that never go back.
    """

    quota: int
    clock: Callable[[], float] = time.monotonic
    _paid: OrderedDict[str, float] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def ask(self, client: str) -> Ruling:
        """Count a request, unless it is one too many."""
        cost = _WINDOW / self.quota
        with self._lock:
            now = self.clock()
            paid = max(self._paid.get(client, now), now) + cost
            wait = paid - _WINDOW - now
            if wait > _ROUNDING:
                return Ruling(wait, 0, paid - cost - now)
            self._paid[client] = paid
            self._paid.move_to_end(client)
            if len(self._paid) > _MOST_CLIENTS:
                self._paid.popitem(last=False)
        return Ruling(0.0, int(_ROUNDING - wait / cost), paid - now)


def install(app: Flask, requests_per_minute: int) -> None:
    """Refuse clients that ask too often; 0 for as often as they like."""
    if not requests_per_minute:
        return
    limit = RateLimit(requests_per_minute)
    advice = (
        f"at most {requests_per_minute} requests a minute are answered: wait as "
        "Retry-After says, then go on"
    )

    @app.before_request
    def count() -> None:
        if request.path in _UNCOUNTED or request.endpoint == "static":
            return
        g.ruling = ruling = limit.ask(client_of(request.remote_addr or ""))
        if ruling.wait:
            raise TooManyRequests(advice, retry_after=math.ceil(ruling.wait))

    @app.after_request
    def tell(response: Response) -> Response:
        """Tell the limit (IETF draft-ietf-httpapi-ratelimit-headers-10)."""
        if ruling := g.get("ruling"):
            policy = f'"{_POLICY}";q={requests_per_minute};w={_WINDOW:.0f}'
            left = f'"{_POLICY}";r={ruling.left};t={math.ceil(ruling.full)}'
            response.headers["RateLimit-Policy"] = policy
            response.headers["RateLimit"] = left
        return response


def client_of(address: str) -> str:
    """Name whom an address belongs to."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((int(found), _NETWORK_BITS), strict=False))
    return str(found)
