"""Do the groups in the store agree with its texts, and the tables with each other?"""

from collections.abc import Iterator

from index.database import Database
from index.errors import CorruptStore
from index.postings import is_listed
from index.texts import Entry, Texts, all_entries


def group_damage(database: Database) -> Iterator[str]:
    """Hold the groups against the texts; yield a sentence for each thing amiss."""
    try:
        left = database.number(
            "SELECT COUNT(*) FROM documents LEFT JOIN texts ON document = id"
            " WHERE texts.revision IS NOT documents.revision"
        )
        if left:
            yield f"{left} documents are not grouped yet: run wensu index"
        entries = {entry.number: entry for entry in all_entries(database)}
        for entry in entries.values():
            canonical = entries.get(entry.canonical)
            if problem := _problem(database, entry, canonical):
                yield f"document {entry.document} {problem}"
    except CorruptStore as error:
        yield str(error)


def _problem(database: Database, entry: Entry, canonical: Entry | None) -> str | None:
    """Tell what is wrong with the group of a document, if anything is."""
    texts = Texts(database)
    if texts.text(entry).wording.hashes.tolist() != entry.sample.tolist():
        return "has a text that its hashes are not made of"
    if not is_listed(database, entry):
        return "is not listed under its hashes"
    if canonical is None or not canonical.is_canonical:
        return "is in the group of one that is no canonical document"
    if entry.is_canonical:
        return None
    likeness = texts.compare(entry, canonical)
    if not likeness or likeness != entry.likeness:
        return f"is to {canonical.document} not what the store says"
    return None
