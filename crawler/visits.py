"""What passes in and out of the frontier: addresses, and what became of them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """What became of an address."""

    QUEUED = "queued"
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address that is to be fetched.

    Attributes:
        url: Its canonical form.
        host: Whom to ask, with a port that is not the default.
        depth: Links from a start page.
        attempts: How often it was tried in this crawl.
        hops: Redirects, frames and pages of lists since the last deeper step.
        etag: Validator of the last answer, as sent.
        last_modified: The same.
    """

    url: str
    host: str
    depth: int
    attempts: int = 0
    hops: int = 0
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An address that a page links to, with the decision on it.

    Attributes:
        url: Its canonical form.
        host: Whom to ask.
        depth: Links from a start page.
        referrer: The page.
        skipped: Why it is not to be fetched; empty where it is.
        detail: The trap or pattern that decided.
        hops: Redirects, frames and pages of lists since the last deeper step.
    """

    url: str
    host: str
    depth: int
    referrer: str | None = None
    skipped: str = ""
    detail: str = ""
    hops: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What came of fetching an address.

    Attributes:
        url: The address.
        state: What it is from now on; ``queued`` asks for another attempt.
        reason: One stable word where it is not ``done``.
        detail: One sentence for people.
        status: HTTP status, if there was an answer.
        at: When, ISO 8601 in UTC.
        etag: Validator of the answer.
        last_modified: The same.
        digest: Digest of the payload.
        document: Id of the document it gave.
        not_before: Unix time before which it must not be tried again.
    """

    url: str
    state: State
    at: str
    reason: str = ""
    detail: str = ""
    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None
    document: str | None = None
    not_before: float = 0.0


class Crawl(NamedTuple):
    """One crawl: its number, what it was asked for, and whether it is over."""

    number: int
    asked: dict[str, object]
    finished: bool
