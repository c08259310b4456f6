"""What the store's tables tell of crawls: coverage by site, and what failed.

The tables are filled by the crawler (``crawls``, ``frontier``; one row an address,
see ``crawler.frontier``) and by whatever stores documents.
"""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from index.coverage import Coverage, SiteCoverage, by_site
from index.database import Database

_COST_SHARE: Final = 20
"""A count is kept for so many times the time it took, even while a crawl writes."""

# Answered from an index alone: 42 ms for 300,000 addresses.
_ADDRESSES: Final = (
    "SELECT host, state, reason, crawl, COUNT(*), MIN(fetched), MAX(fetched)"
    " FROM frontier GROUP BY host, state, reason, crawl"
)
_FAILED: Final = (
    "SELECT url, host, reason, COALESCE(detail, ''), status, fetched, attempts"
    " FROM frontier WHERE state = 'failed'"
)
# Scheme and host of an address: what stands before the first slash behind the two.
_ORIGIN: Final = "substr(url, 1, 7 + instr(substr(url, 9) || '/', '/'))"
_DOCUMENTS: Final = (
    f"SELECT site, {_ORIGIN}, year, COUNT(*), SUM(NOT EXISTS"  # noqa: S608 (of constants)
    " (SELECT 1 FROM frontier WHERE frontier.document = documents.id))"
    " FROM documents GROUP BY 1, 2, 3"
)
_DUPLICATES: Final = (
    f"SELECT site, {_ORIGIN}, COUNT(*) FROM documents"  # noqa: S608 (of constants)
    " JOIN texts ON texts.document = documents.id"
    " WHERE texts.canonical != texts.number GROUP BY 1, 2"
)

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedAddress:
    """An address that gave no page.

    Attributes:
        url: The address.
        host: Its host.
        reason: One stable word, such as ``timeout``.
        detail: One sentence for people; may be empty.
        status: HTTP status, if there was an answer.
        at: When it was tried last, ISO 8601 in UTC.
        attempts: How often it was tried.
    """

    url: str
    host: str
    reason: str
    detail: str
    status: int | None
    at: str | None
    attempts: int


class Crawled:
    """What is known of the crawls of a store; safe to share between threads."""

    def __init__(self, database: Database) -> None:
        """Work on the tables of an open store."""
        self._database = database
        self._lock = threading.Lock()
        self._kept = Coverage()
        self._state: object = None
        self._until = 0.0

    def coverage(self) -> Coverage:
        """Tell what is covered of each site.

        Counted again when the store's file has changed; in a large archive that is
        being written to, it may be some seconds old.
        """
        with self._lock:
            state = self._database.file_state()
            began = time.monotonic()
            if state != self._state and began >= self._until:
                self._kept = read_coverage(self._database)
                self._state = state
                now = time.monotonic()
                self._until = now + _COST_SHARE * (now - began)
            return self._kept

    def failed(
        self, hosts: tuple[str, ...] | None = None, *, start: int = 0, most: int = -1
    ) -> list[FailedAddress]:
        """List the addresses that failed, by host, reason and address.

        Args:
            hosts: Those of these hosts; of every host if ``None``.
            start: Leave out so many.
            most: Give so many at the most; -1 for all.
        """
        some = "" if hosts is None else f" AND host IN ({', '.join('?' * len(hosts))})"
        rows = self._database.rows(
            f"{_FAILED}{some} ORDER BY host, reason, url LIMIT ? OFFSET ?",
            *(hosts or ()),
            *(most, start),
        )
        return [
            FailedAddress(
                url=url,
                host=host,
                reason=reason,
                detail=" ".join(detail.split()),
                status=status,
                at=at,
                attempts=attempts,
            )
            for url, host, reason, detail, status, at, attempts in rows
        ]


def read_coverage(database: Database) -> Coverage:
    """Count what is covered of each site."""
    documents = database.rows(_DOCUMENTS)
    names = _names_of_hosts(documents)
    ended = dict(database.rows("SELECT seq, finished FROM crawls"))
    parts = [_documents(row) for row in documents]
    parts += _duplicates(database)
    parts += [_addresses(row, names, ended) for row in database.rows(_ADDRESSES)]
    return by_site(parts)


def _names_of_hosts(documents: list[Row]) -> dict[str, str]:
    """Name each host as most of its documents name their site."""
    votes: dict[str, Counter[str]] = {}
    for site, origin, _, count, _ in documents:
        if site:
            votes.setdefault(_host(origin), Counter())[site] += count
    return {host: counter.most_common(1)[0][0] for host, counter in votes.items()}


def _documents(row: Row) -> SiteCoverage:
    """Count documents of one site, host and year for the site they name."""
    site, origin, year, count, imported = row
    host = _host(origin)
    return SiteCoverage(
        site=site or host,
        hosts=(host,) if host else (),
        kept=count,
        imported=imported,
        years={year or 0: count},
    )


def _duplicates(database: Database) -> Iterator[SiteCoverage]:
    """Count the documents that say what another says."""
    for site, origin, count in database.rows(_DUPLICATES):
        yield SiteCoverage(site=site or _host(origin), duplicate=count)


def _addresses(
    row: Row, names: dict[str, str], ended: dict[int, str | None]
) -> SiteCoverage:
    """Count addresses of a host that share state, reason and crawl."""
    host, state, reason, crawl, count, first, last = row
    by_reason = {reason: count}
    name: str = names.get(host) or host
    return SiteCoverage(
        site=name,
        hosts=(host,),
        answered=by_reason if state == "done" else {},
        vanished=count if state == "gone" else 0,
        failed=by_reason if state == "failed" else {},
        skipped=by_reason if state == "skipped" else {},
        queued=count if state == "queued" else 0,
        first_fetched=first,
        last_fetched=last,
        last_finished=ended.get(crawl),
    )


def _host(origin: str | None) -> str:
    """Give the host of scheme and host; empty where there is no address."""
    return (origin or "").partition("://")[2]
