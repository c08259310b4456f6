"""What is known of groups of near-duplicates; ``index.settling`` makes them."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from index.database import Database
from index.near_duplicates import NearDuplicate, Relation
from index.revisions import read_revision
from index.settling import put_text
from index.texts import Entry, Texts, entry_of, group_entries

_BATCH: Final = 4000


class Place(NamedTuple):
    """Where a document stands: what an index must know to be up to date.

    Attributes:
        revision: Its current revision.
        group: The id of the document that stands for it, which may be its own.
    """

    revision: int
    group: str


class Groups:
    """The groups of one archive."""

    def __init__(self, database: Database) -> None:
        """Take the store's file."""
        self._database = database

    def places(self) -> dict[str, Place]:
        """Tell of every document its current revision and its group."""
        rows = self._database.rows(
            "SELECT id, documents.revision, IFNULL(first.document, id) FROM documents"
            " LEFT JOIN texts ON texts.document = id"
            " LEFT JOIN texts AS first ON first.number = texts.canonical"
        )
        return {name: Place(revision, group) for name, revision, group in rows}

    def canonical(self, document_id: str) -> str:
        """Tell which document stands for one; it itself where it is alone."""
        row = self._database.row(
            "SELECT first.document FROM texts JOIN texts AS first"
            " ON first.number = texts.canonical WHERE texts.document = ?",
            document_id,
        )
        return str(row[0]) if row else document_id

    def size(self, document_id: str) -> int:
        """Count the documents of a document's group, itself included."""
        return len(self._members(document_id)) or 1

    def near_duplicates(self, document_id: str) -> tuple[NearDuplicate, ...]:
        """List the other documents of a document's group, the canonical one first.

        Members are compared with each other when they are asked for: two pages that
        show other parts of one document have it in common, and nothing else.
        """
        members, texts = self._members(document_id), Texts(self._database)
        found = [
            (not other.is_canonical, _related(texts, entry, other))
            for entry in members
            for other in members
            if entry.document == document_id and other is not entry
        ]
        found.sort(key=lambda each: (each[0], -each[1].similarity, each[1].id))
        return tuple(related for _, related in found)

    def counts(self) -> dict[str, int]:
        """Count groups of several documents, and the documents folded into them."""
        row = self._database.row(
            "SELECT COUNT(DISTINCT canonical), COUNT(*) FROM texts"
            " WHERE canonical != number"
        )
        groups, members = row or (0, 0)
        return {"groups": groups, "near-duplicates": members}

    def rest(self) -> Iterator[int]:
        """Group the documents that an earlier version left without a group.

        What was grouped stays so when this is stopped.

        Yields:
            How many are left, first all of them and then after each batch.
        """
        names = self._database.rows(
            "SELECT id FROM documents LEFT JOIN texts ON document = id"
            " WHERE texts.revision IS NOT documents.revision"
            " ORDER BY documents.revision"
        )
        for start in range(0, len(names), _BATCH):
            yield len(names) - start
            with self._database.transaction():
                for (name,) in names[start : start + _BATCH]:
                    self._group(name)
        yield 0

    def _group(self, document_id: str) -> None:
        """Group a document by its current text."""
        revision = self._database.number(
            "SELECT revision FROM documents WHERE id = ?", document_id
        )
        put_text(self._database, read_revision(self._database, revision), revision)

    def _members(self, document_id: str) -> list[Entry]:
        """List the texts of a document's group, its own included."""
        entry = entry_of(self._database, document_id)
        return group_entries(self._database, entry) if entry else []


def _related(texts: Texts, entry: Entry, other: Entry) -> NearDuplicate:
    """Tell what one document of a group is to another."""
    likeness = texts.compare(other, entry)
    head = texts.head(other)
    return NearDuplicate(
        id=head.id,
        title=head.title,
        site=head.site,
        similarity=likeness.similarity if likeness else 0.0,
        relation=likeness.relation if likeness else Relation.SAME_ORIGINAL,
    )
