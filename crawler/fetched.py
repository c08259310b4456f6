"""One fetch: what was asked for, and what came back or why nothing did.

The fetching process hands it to the one that takes pages in; what was archived but
not taken in when a crawl was killed becomes one again.
"""

from dataclasses import dataclass

from crawler.visits import Target
from index.http_message import HttpResponse
from index.warc_table import RecordRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came of one request.

    Attributes:
        target: What was asked for.
        at: When the answer was there, ISO 8601 in UTC.
        response: The answer as received; ``None`` where there is none.
        failure: Why there is none, one stable word; else empty.
        detail: The same for people.
        archived: Whether a record of the archive has the answer.
    """

    target: Target
    at: str
    response: HttpResponse | None = None
    failure: str = ""
    detail: str = ""
    archived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What is to be committed in one go.

    Attributes:
        rows: Records of the archive that the store does not know yet.
        fetched: What they are of, robots.txt aside.
        sitemaps: Addresses that robots.txt files named.
    """

    rows: tuple[RecordRow, ...]
    fetched: tuple[Fetched, ...]
    sitemaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a fetch, told back to the fetching process.

    Attributes:
        url: The address.
        outcome: One word for counting: an outcome of the store, why the page gave
            no document, why it failed, or ``retry``.
        found: Addresses that are new in the queue.
        near_duplicate: Whether the page is new and nearly the same as another.
    """

    url: str
    outcome: str
    found: int = 0
    near_duplicate: bool = False
