"""Documents whose page vanished: they stay, with the date it was found to be gone."""

from index.database import Database


def mark_gone(database: Database, url: str, at: str, status: int | None) -> None:
    """Mark the document that an address gave; nothing where it gave none.

    The date is that of the first answer that said so.
    """
    database.rows(
        "INSERT OR IGNORE INTO gone SELECT document, ?, ? FROM frontier"
        " WHERE url = ? AND document IS NOT NULL",
        at,
        status,
        url,
    )


def mark_back(database: Database, url: str) -> None:
    """Take the mark off: the page is there again."""
    database.rows(
        "DELETE FROM gone WHERE document ="
        " (SELECT document FROM frontier WHERE url = ?)",
        url,
    )
