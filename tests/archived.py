"""An archive as crawls leave it: pages captured twice, a frontier, a page gone."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from index.database import Database
from index.document import Capture, Document
from index.home import Home
from index.store import Store, payload_digest
from search.service import SearchService, open_service
from tests.corpus import CLEANER, build

CRAWLED: Final = "2024-03-0{}T08:00:00Z"


def capture(
    store: Store,
    document: Document,
    payload: bytes = b"",
    *,
    at: str = CRAWLED.format(1),
    origin: str = "",
) -> str:
    """Store a capture, fetched if the document has an address; give its digest."""
    page = payload or repr(document).encode()
    digest = payload_digest(page)
    fetched = Capture(
        at=at,
        status=200 if document.url else None,
        digest=digest,
        origin=origin or document.url or f"{document.id}.html",
    )
    store.put(document, fetched, page, CLEANER)
    return digest


def insert(
    database: Database, table: str, rows: Iterable[Mapping[str, object]]
) -> None:
    """Write rows as the crawler would."""
    for row in rows:
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        database.rows(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 (our own)
            *row.values(),
        )


def address(
    url: str, state: str, reason: str = "", **others: object
) -> dict[str, object]:
    """Describe an address of the frontier; fetched on the first day unless queued."""
    fetched = None if state in ("queued", "skipped") else CRAWLED.format(1)
    return {
        "url": url,
        "host": url.split("/")[2],
        "depth": 1,
        "state": state,
        "reason": reason,
        "found": CRAWLED.format(1),
        "fetched": fetched,
        "crawl": 1,
        **others,
    }


def crawled(store: Store, *rows: Mapping[str, object]) -> None:
    """Fill the frontier by one crawl that is over and one that is not."""
    database = Database(store.path, create=False, busy_seconds=1)
    crawls = (
        {"seq": 1, "asked": "{}", "started": "2024-03-01", "finished": "2024-03-02"},
        {"seq": 2, "asked": "{}", "started": "2024-03-03", "finished": None},
    )
    insert(database, "crawls", crawls)
    insert(database, "frontier", rows)
    database.close()


def gone(store: Store, document: str, status: int | None = 404) -> None:
    """Mark the page of a document as gone."""
    database = Database(store.path, create=False, busy_seconds=1)
    row = {"document": document, "at": CRAWLED.format(5), "status": status}
    insert(database, "gone", [row])
    database.close()


def serve(folder: Path) -> SearchService:
    """Index what the store of a home folder has, and open it."""
    home = Home(folder)
    build(home)
    return open_service(home)
