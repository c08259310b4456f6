"""The frontier: every address that is known, and what became of it.

It lives in the store's file, so that what was fetched and what is still to be
fetched change in one transaction: stopped at any moment, a crawl goes on where it
stopped. One row an address, by its identity (``urls.canonical_url``)::

    queued --> done      answered; reason: new, changed, unchanged, redirect, or why
       |                 the page gave no document (list-page, no-text, ...)
       |-----> failed    no page after all attempts; reason: timeout, http-500, ...
       |-----> skipped   not fetched by a rule: robots, depth, pattern, trap, ...
       '-----> gone      404, 410, or a page that says that it is not there

What is being fetched stays ``queued`` until its outcome is committed. A row is
queued for one crawl; the next crawl of the same site queues it again, with the
validators (ETag, Last-Modified) of the last answer.
"""

import json
from collections.abc import Callable, Iterable, Iterator

from crawler.visits import Crawl, Found, State, Target, Visit
from index.database import Database

_NO_CRAWL = 0
_ADD = (
    "INSERT INTO frontier (url, host, depth, state, reason, detail, referrer, found,"
    " hops, crawl) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (url) DO "
)
_LEAVE = "NOTHING RETURNING state"
_MEET = (
    "UPDATE SET depth = excluded.depth, hops = excluded.hops, state = excluded.state,"
    " reason = excluded.reason, detail = excluded.detail, attempts = 0,"
    " crawl = excluded.crawl"
    " WHERE CASE excluded.state WHEN 'queued' THEN frontier.crawl != excluded.crawl"
    " OR frontier.state = 'skipped' AND frontier.fetched IS NULL"
    " ELSE frontier.crawl != excluded.crawl AND frontier.state = 'skipped' END"
    " RETURNING state"
)


class Frontier:
    """The addresses of one store."""

    def __init__(self, database: Database) -> None:
        """Work on the tables of an open store."""
        self._database = database

    # -- crawls ------------------------------------------------------------

    def begin(self, asked: dict[str, object], at: str) -> tuple[Crawl, bool]:
        """Begin a crawl, or go on with the one of the same request that was stopped.

        Returns:
            The crawl, and whether it was begun before.
        """
        text = json.dumps(asked, sort_keys=True, ensure_ascii=False)
        database = self._database
        with database.transaction():
            row = database.row(
                "SELECT seq FROM crawls WHERE asked = ? AND finished IS NULL"
                " ORDER BY seq DESC LIMIT 1",
                text,
            )
            if row:
                return Crawl(int(row[0]), asked, finished=False), True
            database.rows("INSERT INTO crawls (asked, started) VALUES (?, ?)", text, at)
            row = database.row("SELECT MAX(seq) FROM crawls")
        return Crawl(int(row[0]) if row else 0, asked, finished=False), False

    def finish(self, crawl: int, at: str) -> None:
        """Note that nothing of a crawl is left to do."""
        self._database.rows("UPDATE crawls SET finished = ? WHERE seq = ?", at, crawl)

    # -- filling -----------------------------------------------------------

    def add(
        self,
        crawl: int,
        found: Iterable[Found],
        at: str,
        *,
        later: bool = False,
    ) -> list[str]:
        """Queue or skip addresses this crawl has not met; list those now queued.

        One that was skipped is queued when a later page leads to it in scope.

        Args:
            crawl: The crawl.
            found: The addresses, with the decision on them.
            at: When they were found, ISO 8601 in UTC.
            later: Leave what is new for the next crawl, and what is known alone.
        """
        queued = []
        for one in found:
            state = State.SKIPPED if one.skipped else State.QUEUED
            row = self._database.row(
                _ADD + (_LEAVE if later else _MEET),
                *(one.url, one.host, one.depth, state.value, one.skipped, one.detail),
                *(one.referrer, at, one.hops, _NO_CRAWL if later else crawl),
            )
            if row and row[0] == State.QUEUED:
                queued.append(one.url)
        return queued

    def begin_again(
        self, crawl: int, wanted: Callable[[str], bool], max_depth: int
    ) -> int:
        """Queue every address that an earlier crawl met, once more; tell how many.

        Args:
            crawl: The crawl that begins.
            wanted: Tells whether an address belongs to it.
            max_depth: Deeper ones do not.
        """
        return self._queue_again(
            crawl,
            wanted,
            "(state IN ('queued', 'done', 'failed', 'gone')"
            " OR reason IN ('depth', 'robots')) AND depth <= ?",
            max_depth,
        )

    def retry_failed(self, crawl: int, wanted: Callable[[str], bool]) -> int:
        """Queue what failed once more; tell how many."""
        return self._queue_again(crawl, wanted, "state = 'failed'")

    def _queue_again(
        self, crawl: int, wanted: Callable[[str], bool], condition: str, *values: object
    ) -> int:
        """Queue addresses of other crawls that meet a condition; tell how many."""
        urls = self._database.rows(
            f"SELECT url FROM frontier WHERE crawl != ? AND {condition}",  # noqa: S608 (ours)
            crawl,
            *values,
        )
        again = [(crawl, url) for (url,) in urls if wanted(url)]
        self._database.many(
            "UPDATE frontier SET state = 'queued', crawl = ?, attempts = 0"
            " WHERE url = ?",
            again,
        )
        return len(again)

    def record(self, crawl: int, visit: Visit) -> None:
        """Note what came of fetching an address."""
        self._database.rows(
            "UPDATE frontier SET state = ?2, reason = ?3, detail = ?4, status = ?5,"
            " fetched = ?6, etag = ?7, last_modified = ?8,"
            " digest = COALESCE(?9, digest), document = COALESCE(?10, document),"
            " not_before = ?11, attempts = attempts + 1"
            " WHERE url = ?1 AND crawl = ?12",
            *(visit.url, visit.state.value, visit.reason, visit.detail, visit.status),
            *(visit.at, visit.etag, visit.last_modified, visit.digest, visit.document),
            *(visit.not_before, crawl),
        )

    # -- reading -----------------------------------------------------------

    def hosts(self, crawl: int) -> list[str]:
        """List the hosts with something queued."""
        rows = self._database.rows(
            "SELECT DISTINCT host FROM frontier WHERE crawl = ? AND state = 'queued'",
            crawl,
        )
        return [host for (host,) in rows]

    def due(self, crawl: int, host: str, now: float, limit: int) -> list[Target]:
        """List what is to be fetched from a host, nearest to the start pages first.

        Args:
            crawl: The crawl.
            host: The host.
            now: Unix time; what must wait longer is left out.
            limit: At the most so many.
        """
        return self._targets(
            "crawl = ? AND state = 'queued' AND host = ? AND not_before <= ?"
            " ORDER BY depth, seq LIMIT ?",
            *(crawl, host, now, limit),
        )

    def target(self, crawl: int, url: str) -> Target | None:
        """Give an address that is queued, as it was handed out."""
        found = self._targets(
            "url = ? AND crawl = ? AND state = 'queued'", *(url, crawl)
        )
        return found[0] if found else None

    def queued(self, crawl: int) -> int:
        """Count what is still to be fetched."""
        row = self._database.row(
            "SELECT COUNT(*) FROM frontier WHERE crawl = ? AND state = 'queued'", crawl
        )
        return int(row[0]) if row else 0

    def fetched(self, crawl: int) -> int:
        """Count the addresses of a crawl that were asked for, whatever came of it."""
        row = self._database.row(
            "SELECT COUNT(*) FROM frontier WHERE crawl = ?"
            " AND (state IN ('done', 'failed', 'gone') OR reason = 'not-html')",
            crawl,
        )
        return int(row[0]) if row else 0

    def listed(self, state: State) -> Iterator[tuple[str, str, str]]:
        """List addresses in a state with reason and detail, by address."""
        yield from self._database.rows(
            "SELECT url, reason, COALESCE(detail, '') FROM frontier"
            " WHERE state = ? ORDER BY url",
            state.value,
        )

    def _targets(self, condition: str, *values: object) -> list[Target]:
        """Read the addresses that meet a condition."""
        rows = self._database.rows(
            "SELECT url, host, depth, attempts, hops, etag, last_modified"  # noqa: S608 (ours)
            f" FROM frontier WHERE {condition}",
            *values,
        )
        return [
            Target(
                url=url,
                host=host,
                depth=depth,
                attempts=attempts,
                hops=hops,
                etag=etag,
                last_modified=modified,
            )
            for url, host, depth, attempts, hops, etag, modified in rows
        ]
