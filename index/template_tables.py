"""The tables in which the templates of sites are counted and kept.

::

    site_blocks  site, block, document,   a row for each block of each document as
                 letters, plain, teller   cleaned (index.site_template.SiteBlock)
    templates    site, block, place,      what was learnt; text is one example,
                 documents, text          documents how many have the block
    uncounted    document                 documents of an earlier version of the store
    unlearnt     site                     sites whose documents changed since
    unapplied    document                 documents a changed template may touch
    kept_sites   site                     sites whose template is left in the text

A document as cleaned is the revision of its newest capture and stays; the current
revision is that one without the template. So a template can be learnt anew, applied
and taken back without reading any page again. All steps may be stopped anywhere.
"""

from collections.abc import Iterator
from typing import NamedTuple

from index.database import Database
from index.document import Document
from index.revisions import read_revision
from index.site_template import (
    MIN_DOCUMENTS,
    Place,
    Template,
    block_name,
    judge,
    site_blocks,
)


class TemplateBlock(NamedTuple):
    """One learnt block, for people.

    Attributes:
        site: The site it is template of.
        text: The block, as one document has it.
        documents: Documents that have it, copies counted once.
        place: Where it counts.
    """

    site: str
    text: str
    documents: int
    place: Place


def count_blocks(database: Database, document: Document) -> None:
    """Count the blocks of a document as cleaned, in place of its earlier ones."""
    database.rows(
        "INSERT OR IGNORE INTO unlearnt"
        " SELECT DISTINCT site FROM site_blocks WHERE document = ?",
        document.id,
    )
    database.rows("DELETE FROM site_blocks WHERE document = ?", document.id)
    if not document.site:
        return
    database.many(
        "INSERT OR IGNORE INTO site_blocks VALUES (?, ?, ?, ?, ?, ?)",
        [
            (document.site, name, document.id, letters, plain, teller)
            for name, letters, plain, teller in site_blocks(document)
        ],
    )
    database.rows("INSERT OR IGNORE INTO unlearnt VALUES (?)", document.site)


def count_earlier(database: Database, limit: int) -> int:
    """Count documents that an earlier version of the store had; tell how many."""
    rows = database.rows("SELECT document FROM uncounted LIMIT ?", limit)
    with database.transaction():
        for (name,) in rows:
            seq = database.number(
                "SELECT revision FROM captures WHERE document = ?"
                " ORDER BY seq DESC LIMIT 1",
                name,
            )
            count_blocks(database, read_revision(database, seq))
            database.rows("DELETE FROM uncounted WHERE document = ?", name)
    return len(rows)


def template_of(database: Database, site: str) -> Template:
    """Give what was learnt of a site; nothing where it is to be left alone."""
    rows = database.rows(
        "SELECT block, place FROM templates WHERE site = ?1"
        " AND NOT EXISTS (SELECT 1 FROM kept_sites WHERE site = ?1)",
        site,
    )
    return {block: Place(place) for block, place in rows}


def learnt(database: Database) -> list[TemplateBlock]:
    """List everything that was learnt, by site and frequency."""
    rows = database.rows(
        "SELECT site, text, documents, place FROM templates"
        " ORDER BY site, documents DESC, text"
    )
    return [
        TemplateBlock(site, text, documents, Place(place))
        for site, text, documents, place in rows
    ]


def keep_template(database: Database, site: str, *, keep: bool) -> None:
    """Leave a site's template in the text, or take it out again."""
    statement = "INSERT OR IGNORE INTO" if keep else "DELETE FROM"
    values = "VALUES (?)" if keep else "WHERE site = ?"
    with database.transaction():
        database.rows(f"{statement} kept_sites {values}", site)
        database.rows(
            "INSERT OR IGNORE INTO unapplied SELECT DISTINCT document FROM site_blocks"
            " JOIN templates USING (site, block) WHERE site = ?",
            site,
        )


def kept_sites(database: Database) -> list[str]:
    """List the sites whose template is left in their texts."""
    return [site for (site,) in database.rows("SELECT site FROM kept_sites")]


def unapplied(database: Database, limit: int) -> list[str]:
    """List documents that a changed template may touch."""
    rows = database.rows("SELECT document FROM unapplied LIMIT ?", limit)
    return [document for (document,) in rows]


def count_unapplied(database: Database) -> int:
    """Count the documents that a changed template may touch."""
    return database.number("SELECT COUNT(*) FROM unapplied")


def mark_applied(database: Database, document_id: str) -> None:
    """Note that a document has been looked at."""
    database.rows("DELETE FROM unapplied WHERE document = ?", document_id)


def unlearnt_sites(database: Database) -> list[str]:
    """List the sites whose documents changed since they were counted."""
    return [site for (site,) in database.rows("SELECT site FROM unlearnt")]


def learn_site(database: Database, site: str) -> None:
    """Judge the blocks of one site anew, and note the documents this may touch."""
    with database.transaction():
        rows = database.rows("SELECT block, place FROM templates WHERE site = ?", site)
        before = dict(rows)
        found = dict(_judged(database, site))
        database.rows("DELETE FROM templates WHERE site = ?", site)
        for block, (place, documents) in found.items():
            text = _example(database, site, block)
            database.rows(
                "INSERT INTO templates VALUES (?, ?, ?, ?, ?)",
                *(site, block, place.value, documents, text),
            )
        changed = {
            block
            for block in before.keys() | found.keys()
            if before.get(block) != (found[block][0] if block in found else None)
        }
        database.many(
            "INSERT OR IGNORE INTO unapplied SELECT document FROM site_blocks"
            " WHERE site = ? AND block = ?",
            [(site, block) for block in changed],
        )
        database.rows("DELETE FROM unlearnt WHERE site = ?", site)


def _judged(database: Database, site: str) -> Iterator[tuple[int, tuple[Place, int]]]:
    """Count the blocks of a site; give those that are template."""
    total = database.number("SELECT COUNT(*) FROM documents WHERE site = ?", site)
    rows = database.rows(
        "SELECT block, COUNT(DISTINCT teller), MAX(letters), MAX(plain)"
        " FROM site_blocks WHERE site = ? GROUP BY block HAVING COUNT(*) >= ?",
        site,
        MIN_DOCUMENTS,
    )
    for block, documents, letters, plain in rows:
        place = judge(letters, documents, total, plain=bool(plain))
        if place:
            yield block, (place, documents)


def _example(database: Database, site: str, name: int) -> str:
    """Give the words of a block, as one document as cleaned has it."""
    seq = database.number(
        "SELECT captures.revision FROM site_blocks JOIN captures USING (document)"
        " WHERE site = ? AND block = ?"
        " ORDER BY captures.at DESC, captures.seq DESC LIMIT 1",
        site,
        name,
    )
    blocks = read_revision(database, seq).blocks
    return next((each.text for each in blocks if block_name(each) == name), "")
