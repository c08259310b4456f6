"""The rows of the store that groups are made of: texts, and who has which hash.

::

    texts     number, document, revision,    one for each document
              different, complete, doubled,  what ``rank`` looks at
              hashes,                        its sample, 8 bytes each, little-endian
              canonical,                     the text that stands for it, or its own
              similarity, relation           what it is to that one
"""

import json
from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np

from index.database import Database
from index.document import Document
from index.near_duplicates import (
    Likeness,
    Rank,
    Relation,
    Text,
    compare,
    rank,
    title_years,
)
from index.revisions import read_body
from index.skim import skim
from index.wording import Hashes, at_level, level_of, wording_of

_COLUMNS: Final = (
    "number, document, revision, different, complete, doubled, hashes, canonical,"
    " similarity, relation"
)


class Entry(NamedTuple):
    """A text as the store knows it, without what it says."""

    number: int
    document: str
    revision: int
    different: int
    complete: int
    doubled: int
    hashes: bytes
    canonical: int
    similarity: float
    relation: str | None

    @property
    def rank(self) -> Rank:
        """Where it stands among near-duplicates."""
        return rank(
            self.document,
            self.different,
            complete=bool(self.complete),
            doubled=bool(self.doubled),
        )

    @property
    def is_canonical(self) -> bool:
        """Whether it stands for its group."""
        return self.canonical == self.number

    @property
    def sample(self) -> Hashes:
        """Its hashes, ascending."""
        return np.frombuffer(self.hashes, "<i8")

    @property
    def likeness(self) -> Likeness | None:
        """What it is to the text that stands for it; ``None`` for that one itself."""
        if self.relation is None:
            return None
        return Likeness(similarity=self.similarity, relation=Relation(self.relation))

    def hashes_at(self, level: int) -> int:
        """Count its hashes that a text sampled at a level would have, too."""
        if level == level_of(self.different):
            return len(self.hashes) // 8
        return at_level(self.sample, level).size


class Texts:
    """What texts say, read when it is first asked for."""

    def __init__(self, database: Database) -> None:
        """Know none yet."""
        self._database = database
        self._known: dict[int, Text] = {}
        self._heads: dict[int, Document] = {}

    def add(self, revision: int, text: Text) -> None:
        """Keep the text of a revision."""
        self._known[revision] = text

    def compare(self, one: Entry, other: Entry) -> Likeness | None:
        """Tell what one document is to another, if they are alike."""
        return compare(self.text(one), self.text(other))

    def text(self, entry: Entry) -> Text:
        """Give what a text says."""
        if entry.revision not in self._known:
            self._known[entry.revision] = self._read(entry.revision)
        return self._known[entry.revision]

    def head(self, entry: Entry) -> Document:
        """Give a document as far as lists show it; blocks may be left out."""
        self.text(entry)
        return self._heads[entry.revision]

    def _read(self, revision: int) -> Text:
        """Read a revision as far as it is compared."""
        body = read_body(self._database, revision)
        with self._database.errors():
            skimmed = skim(body, self._database.path)
        head, (_, folded, _) = skimmed.head, skimmed.text
        self._heads[revision] = head
        return Text(
            name=head.id,
            wording=wording_of(folded),
            script=head.script,
            complete=head.completeness.complete,
            years=title_years(head.title),
        )


def entry_of(database: Database, document_id: str) -> Entry | None:
    """Find the row of a document."""
    found = _entries(database, "document = ?", document_id)
    return found[0] if found else None


def all_entries(database: Database) -> list[Entry]:
    """Read the rows of all texts."""
    return _entries(database, "TRUE ORDER BY number")


def members_of(database: Database, entry: Entry) -> list[Entry]:
    """List the others that a text stands for."""
    return _entries(
        database, "canonical = ?1 AND number != ?1 ORDER BY number", entry.number
    )


def group_entries(database: Database, entry: Entry) -> list[Entry]:
    """List the texts of a group, the one that stands for it too."""
    return _entries(database, "canonical = ? ORDER BY number", entry.canonical)


def numbered(database: Database, numbers: Iterable[int]) -> list[Entry]:
    """Read the rows of some texts."""
    return _entries(
        database,
        "number IN (SELECT value FROM json_each(?))",
        json.dumps([*numbers]),
    )


def put_entry(
    database: Database, text: Text, revision: int, old: Entry | None
) -> Entry:
    """Write the row of a text; it stands for itself until it is given a place."""
    said = text.wording
    row = (
        *(text.name, revision, said.different, text.complete, said.doubled),
        said.hashes.astype("<i8").tobytes(),
    )
    number = database.number(
        "INSERT OR REPLACE INTO texts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1,"
        " NULL) RETURNING number",
        old.number if old else None,
        *row,
        old.number if old else 0,
    )
    return Entry(number, *row, number, 1.0, None)


def put_place(
    database: Database, entry: Entry, canonical: Entry, likeness: Likeness | None
) -> None:
    """Write which text stands for one, and what it is to that one."""
    database.rows(
        "UPDATE texts SET canonical = ?, similarity = ?, relation = ? WHERE number = ?",
        canonical.number,
        likeness.similarity if likeness else 1.0,
        likeness.relation if likeness else None,
        entry.number,
    )


def _entries(database: Database, where: str, *values: object) -> list[Entry]:
    """Read rows of texts."""
    rows = database.rows(
        f"SELECT {_COLUMNS} FROM texts WHERE {where}",  # noqa: S608 (ours)
        *values,
    )
    return [Entry(*row) for row in rows]
