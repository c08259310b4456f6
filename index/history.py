"""The captures of a document as they were kept, and whether its page is gone."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from index.database import Database
from index.document import Capture, Document
from index.revisions import read_revision

_REMEMBERED = 1 << 14


class Gone(NamedTuple):
    """When a page was found to be gone, and the HTTP status that said so, if any."""

    at: str
    status: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCapture(Capture):
    """A capture with its place among those of its document.

    Attributes:
        number: 1 for the oldest.
        revision: The cleaned text its page gave.
        changed: Whether title or text differ from the capture before; true for the
            first.
    """

    number: int
    revision: int
    changed: bool


class History:
    """The captures of the documents of a store; safe to share between threads."""

    def __init__(self, database: Database) -> None:
        """Work on the tables of an open store."""
        self._database = database
        # A revision never changes, so neither does its digest.
        self._text = lru_cache(maxsize=_REMEMBERED)(self._digest)

    def captures(self, document_id: str) -> tuple[KeptCapture, ...]:
        """List a document's captures, oldest first."""
        rows = self._database.rows(
            "SELECT at, status, digest, origin, encoding, declared, replaced, revision"
            " FROM captures WHERE document = ? ORDER BY at, seq",
            document_id,
        )
        before = [None, *(row[-1] for row in rows)]
        return tuple(
            KeptCapture(
                at=at,
                status=status,
                digest=digest,
                origin=origin,
                encoding=encoding,
                declared=declared,
                replaced=replaced,
                number=number,
                revision=revision,
                changed=self._differ(before[number - 1], revision),
            )
            for number, (
                *(at, status, digest, origin, encoding, declared, replaced),
                revision,
            ) in enumerate(rows, 1)
        )

    def revisions(self, document_id: str) -> tuple[int, ...]:
        """List every text a document ever had, by its number, newest first."""
        rows = self._database.rows(
            "SELECT seq FROM revisions WHERE document = ? ORDER BY seq DESC",
            document_id,
        )
        return tuple(seq for (seq,) in rows)

    def gone(self, documents: Iterable[str]) -> dict[str, Gone]:
        """Tell which of some documents' pages are gone, by document id."""
        ids = tuple(documents)
        marks = ", ".join("?" * len(ids))
        rows = self._database.rows(
            f"SELECT document, at, status FROM gone WHERE document IN ({marks})",  # noqa: S608 (marks only)
            *ids,
        )
        return {name: Gone(at, status) for name, at, status in rows}

    def _differ(self, one: int | None, other: int) -> bool:
        """Tell whether two revisions differ in what is read."""
        return one != other and (one is None or self._text(one) != self._text(other))

    def _digest(self, revision: int) -> bytes:
        """Digest title and text of a revision."""
        return text_digest(read_revision(self._database, revision))


def text_digest(document: Document) -> bytes:
    """Digest a document's title and text as they are printed."""
    text = f"{document.title}\n{document.text}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
