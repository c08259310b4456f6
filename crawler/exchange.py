"""One fetch: what was asked for, and what came back or why nothing did.

The fetching process hands it to the one that takes pages in; what was archived but
not taken in when a crawl was killed becomes one again.
"""

from dataclasses import dataclass

from crawler.frontier import Target
from index.http_message import HttpResponse


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its answer.

    Attributes:
        target: What was asked for.
        at: When the answer was there, ISO 8601 in UTC.
        seconds: From asking to the end of the answer.
        response: The answer as received; ``None`` where there is none.
        failure: Why there is none, one stable word; else empty.
        detail: The same for people.
        place: File, offset and length of its record in the archive.
    """

    target: Target
    at: str
    seconds: float = 0.0
    response: HttpResponse | None = None
    failure: str = ""
    detail: str = ""
    place: tuple[str, int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of an exchange, told back to the fetching process.

    Attributes:
        url: The address.
        host: Whom it was asked from.
        outcome: One word for counting: an outcome of the store, why the page gave
            no document, why it failed, or ``retry``.
        found: Addresses that are new in the queue.
    """

    url: str
    host: str
    outcome: str
    found: int = 0
