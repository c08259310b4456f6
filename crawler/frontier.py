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
from collections.abc import Iterable, Iterator, Sequence

from crawler.visits import Crawl, Found, State, Target, Visit
from index.database import Database


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

    def add(self, crawl: int, found: Iterable[Found], at: str) -> list[str]:
        """Queue or skip addresses this crawl has not met; list those now queued.

        One that was skipped is queued when a later page leads to it in scope.
        """
        queued = []
        for one in found:
            state = State.SKIPPED if one.skipped else State.QUEUED
            row = self._database.row(
                "INSERT INTO frontier (url, host, depth, state, reason, detail,"
                " referrer, found, hops, crawl) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (url) DO UPDATE SET depth = excluded.depth,"
                "  state = excluded.state, reason = excluded.reason, attempts = 0,"
                "  hops = excluded.hops, crawl = excluded.crawl, not_before = 0"
                " WHERE excluded.state = 'queued'"
                "  AND (frontier.crawl != excluded.crawl"
                "   OR frontier.state = 'skipped' AND frontier.fetched IS NULL)"
                " RETURNING state",
                *(one.url, one.host, one.depth, state.value, one.skipped, one.detail),
                *(one.referrer, at, one.hops, crawl),
            )
            if row and row[0] == State.QUEUED:
                queued.append(one.url)
        return queued

    def begin_again(self, crawl: int, hosts: Sequence[str], max_depth: int) -> None:
        """Queue every address of some hosts that an earlier crawl met, once more."""
        for host in hosts:
            self._database.rows(
                "UPDATE frontier SET state = 'queued', crawl = ?1, attempts = 0,"
                " not_before = 0 WHERE host = ?2 AND crawl != ?1 AND depth <= ?3"
                " AND (state IN ('done', 'failed', 'gone', 'queued')"
                "  OR reason IN ('depth', 'pages', 'robots'))",
                *(crawl, host, max_depth),
            )

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

    def retry_failed(self, crawl: int, hosts: Sequence[str]) -> int:
        """Queue what failed on some hosts once more; tell how many."""
        database, before = self._database, self._database.connection.total_changes
        for host in hosts:
            database.rows(
                "UPDATE frontier SET state = 'queued', attempts = 0, not_before = 0,"
                " crawl = ? WHERE host = ? AND state = 'failed'",
                crawl,
                host,
            )
        return database.connection.total_changes - before

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

    def next_due(self, crawl: int) -> float | None:
        """Tell the Unix time at which something is due; ``None`` when all is done."""
        row = self._database.row(
            "SELECT MIN(not_before) FROM frontier WHERE crawl = ? AND state = 'queued'",
            crawl,
        )
        return None if row is None or row[0] is None else float(row[0])

    def known_by_host(self, crawl: int) -> dict[str, int]:
        """Count the addresses of a crawl by host, those that were skipped aside."""
        return dict(
            self._database.rows(
                "SELECT host, COUNT(*) FROM frontier"
                " WHERE crawl = ? AND state != 'skipped' GROUP BY host",
                crawl,
            )
        )

    def target(self, url: str) -> Target | None:
        """Give an address that is queued, as it was handed out."""
        found = self._targets("url = ? AND state = 'queued'", url)
        return found[0] if found else None

    def queued(self, crawl: int) -> int:
        """Count what is still to be fetched."""
        row = self._database.row(
            "SELECT COUNT(*) FROM frontier WHERE crawl = ? AND state = 'queued'", crawl
        )
        return int(row[0]) if row else 0

    def fetched(self, crawl: int) -> int:
        """Count the addresses of a crawl that were fetched, whatever came of it."""
        row = self._database.row(
            "SELECT COUNT(*) FROM frontier WHERE crawl = ?"
            " AND state IN ('done', 'failed', 'gone')",
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
