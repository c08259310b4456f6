"""Answers kept for as long as they hold: tags before any work, and bodies in memory.

What a search answers depends on its address and on the state of the archive only. So
the tag is made of these: who sends one that still holds is answered without a search,
whichever worker is asked. A few bodies are kept, those asked for last, as most people
ask what others ask, and turn pages back.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from importlib.metadata import version
from typing import Final, NamedTuple

from flask import Response, request

from web.described import JSON

_DIGITS: Final = 32
_PROGRAM: Final = version("wensu")


class Body(NamedTuple):
    """An answer.

    Attributes:
        json: The JSON, in UTF-8.
        links: Values of its Link headers.
    """

    json: bytes
    links: tuple[str, ...] = ()


class Kept:
    """Keeps the answers that were asked for last; safe to share between threads."""

    def __init__(self, most: int) -> None:
        """Take how many bytes are kept at the most, 0 for none."""
        self._most, self._size = most, 0
        self._bodies: OrderedDict[str, Body] = OrderedDict()
        self._changing = threading.Lock()

    def answer(self, state: str, make: Callable[[], Body]) -> Response:
        """Answer the request at hand.

        Args:
            state: Names all that the answer depends on beside the address.
            make: Makes the answer; called where it is not kept.
        """
        asked = f"{request.script_root} {request.path} {request.query_string!r}"
        whole = f"{_PROGRAM} {state} {asked}"
        tag = hashlib.sha256(whole.encode()).hexdigest()[:_DIGITS]
        given = request.if_none_match
        if given.contains_weak(tag) and not given.star_tag:
            return _tagged(Response(status=304), tag)
        body = self._bodies.get(tag) or make()
        self._keep(tag, body)
        response = Response(body.json, content_type=JSON)
        for link in body.links:
            response.headers.add("Link", link)
        return _tagged(response, tag)

    def _keep(self, tag: str, body: Body) -> None:
        """Keep a body as the newest, and forget the oldest."""
        with self._changing:
            if tag not in self._bodies:
                self._size += len(body.json)
            self._bodies[tag] = body
            self._bodies.move_to_end(tag)
            while self._size > self._most:
                _, oldest = self._bodies.popitem(last=False)
                self._size -= len(oldest.json)


def _tagged(response: Response, tag: str) -> Response:
    """Tag an answer; weakly, as the time a search took differs between equal ones."""
    response.set_etag(tag, weak=True)
    response.cache_control.no_cache = True
    return response
