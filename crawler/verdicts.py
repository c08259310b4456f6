"""What an answer means for the address that was asked: taken in, again, or never.

========================  ==========================================================
200, 203                  a page, if its type is one of a page's
206                       failed: a part of a page was not asked for
304                       unchanged since the last crawl, if that was asked
301, 302, 303, 307, 308   done; where it leads is an address of its own
404, 410                  gone
408, 425, 429, 5xx        again later, three times in all; then failed
no answer                 again later, likewise; a refusal of ours is final
anything else             failed
========================  ==========================================================

Source of the meanings: RFC 9110 section 15.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from crawler.fetched import Fetched
from crawler.politeness import retry_after_seconds
from crawler.visits import State

MAX_ATTEMPTS = 3
"""How often an address is asked for in one crawl."""
_BACKOFF_SECONDS = 5.0
PAGE = frozenset({200, 203})
"""Statuses that bring a page."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_AGAIN = frozenset({408, 425, 429})
_UNCHANGED = 304
_SERVER_ERRORS = range(500, 600)
_FINAL_FAILURES = frozenset({"robots", "private-address", "too-large", "bad-address"})
_MARKUP_TYPES = frozenset(
    {"text/html", "application/xhtml+xml", "text/plain", "application/xml", "text/xml"}
)
_UNTOLD_TYPES = frozenset({"", "application/octet-stream", "text/css", "*/*"})
_LOOKS_LIKE_MARKUP = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|\?xml)", re.IGNORECASE
)
_SNIFFED = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What becomes of an address by the status of its answer.

    Attributes:
        state: What it is from now on; ``queued`` means once more.
        reason: One stable word; empty for a page.
        detail: One sentence for people.
        is_page: Whether the body is to be looked at.
        location: Where a redirect leads, as the server wrote it.
        wait_seconds: How long to leave the address alone.
    """

    state: State
    reason: str = ""
    detail: str = ""
    is_page: bool = False
    location: str = ""
    wait_seconds: float = 0.0


def judge(fetched: Fetched) -> Verdict:
    """Judge an answer by its status and type."""
    response = fetched.response
    if response is None:
        return _failure(fetched)
    if response.status in PAGE:
        return _page(fetched)
    if response.status in _REDIRECTS:
        return _redirect(response.get("Location"))
    return _without_page(fetched, response.status)


def _redirect(location: str) -> Verdict:
    """Judge a redirect; one that leads nowhere gave no page."""
    if not location:
        return Verdict(
            state=State.FAILED, reason="no-location", detail="it leads nowhere"
        )
    return Verdict(state=State.DONE, reason="redirect", location=location)


def _without_page(fetched: Fetched, status: int) -> Verdict:
    """Judge a status that brings no page."""
    target = fetched.target
    if status == _UNCHANGED and (target.etag or target.last_modified):
        return Verdict(state=State.DONE, reason="unchanged")
    reason, detail = f"http-{status}", f"HTTP status {status}"
    if status in _AGAIN or status in _SERVER_ERRORS:
        return again(fetched, reason, detail)
    state = State.GONE if status in _GONE else State.FAILED
    return Verdict(state=state, reason=reason, detail=detail)


def _failure(fetched: Fetched) -> Verdict:
    """Judge that there is no answer."""
    reason, detail = fetched.failure, fetched.detail
    if reason == "robots":
        return Verdict(state=State.SKIPPED, reason=reason, detail=detail)
    if reason in _FINAL_FAILURES:
        return Verdict(state=State.FAILED, reason=reason, detail=detail)
    return again(fetched, reason, detail)


def again(fetched: Fetched, reason: str, detail: str) -> Verdict:
    """Ask once more, later each time and not before asked to, until it was enough."""
    attempts = fetched.target.attempts + 1
    if attempts >= MAX_ATTEMPTS:
        return Verdict(state=State.FAILED, reason=reason, detail=detail)
    wait = _BACKOFF_SECONDS * 2.0 ** (attempts - 1)
    if fetched.response:
        now = datetime.fromisoformat(fetched.at)
        wait = max(
            wait, retry_after_seconds(fetched.response.get("Retry-After"), now) or 0.0
        )
    return Verdict(state=State.QUEUED, reason=reason, detail=detail, wait_seconds=wait)


def _page(fetched: Fetched) -> Verdict:
    """Judge whether a body may be a page, by its type or how it begins."""
    response = fetched.response
    media_type = response.media_type if response else ""
    if media_type in _MARKUP_TYPES:
        return Verdict(state=State.DONE, is_page=True)
    if media_type in _UNTOLD_TYPES and response:
        coded = response.get("Content-Encoding")
        if coded or _LOOKS_LIKE_MARKUP.match(response.body[:_SNIFFED]):
            return Verdict(state=State.DONE, is_page=True)
    name = urlsplit(fetched.target.url).path.rpartition("/")[2]
    detail = f"{name or 'it'} is of type {media_type or 'unknown'}"
    return Verdict(state=State.SKIPPED, reason="not-html", detail=detail)
