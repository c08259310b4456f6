"""The tables of the store, and how those of earlier versions become them."""

from typing import Final

VERSION: Final = "2"
"""1 had no groups; copies were found by a digest beside each document."""

_GROUPS: Final = (
    """CREATE TABLE IF NOT EXISTS texts (
    number INTEGER PRIMARY KEY, document TEXT NOT NULL UNIQUE,
    revision INTEGER NOT NULL, different INTEGER NOT NULL,
    complete INTEGER NOT NULL, doubled INTEGER NOT NULL, hashes BLOB NOT NULL,
    canonical INTEGER NOT NULL, similarity REAL NOT NULL, relation TEXT)""",
    "CREATE INDEX IF NOT EXISTS texts_canonical ON texts (canonical)",
    """CREATE TABLE IF NOT EXISTS postings (
    hash INTEGER NOT NULL, member INTEGER NOT NULL, text INTEGER NOT NULL,
    PRIMARY KEY (hash, member, text)) WITHOUT ROWID""",
)
_TEMPLATES: Final = (
    """CREATE TABLE IF NOT EXISTS site_blocks (
    site TEXT NOT NULL, block INTEGER NOT NULL, document TEXT NOT NULL,
    letters INTEGER NOT NULL, plain INTEGER NOT NULL, teller INTEGER NOT NULL,
    PRIMARY KEY (site, block, document)) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS site_blocks_document ON site_blocks (document)",
    """CREATE TABLE IF NOT EXISTS templates (
    site TEXT NOT NULL, block INTEGER NOT NULL, place TEXT NOT NULL,
    documents INTEGER NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (site, block)) WITHOUT ROWID""",
    *(
        f"CREATE TABLE IF NOT EXISTS {name} ({key} TEXT PRIMARY KEY) WITHOUT ROWID"
        for name, key in (
            ("uncounted", "document"),
            ("unlearnt", "site"),
            ("unapplied", "document"),
            ("kept_sites", "site"),
        )
    ),
)
_CRAWLS: Final = (
    """CREATE TABLE IF NOT EXISTS crawls (
    seq INTEGER PRIMARY KEY, asked TEXT NOT NULL, started TEXT NOT NULL,
    finished TEXT)""",
    """CREATE TABLE IF NOT EXISTS frontier (
    seq INTEGER PRIMARY KEY, url TEXT UNIQUE NOT NULL, host TEXT NOT NULL,
    depth INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '',
    detail TEXT, referrer TEXT, found TEXT NOT NULL, fetched TEXT, status INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0, hops INTEGER NOT NULL DEFAULT 0,
    not_before REAL NOT NULL DEFAULT 0, etag TEXT, last_modified TEXT, digest TEXT,
    document TEXT, crawl INTEGER NOT NULL)""",
    """CREATE INDEX IF NOT EXISTS frontier_due ON frontier (crawl, host, depth, seq)
    WHERE state = 'queued'""",
    """CREATE INDEX IF NOT EXISTS frontier_outcome ON frontier
    (host, state, reason, crawl, fetched)""",
    """CREATE INDEX IF NOT EXISTS frontier_document ON frontier (document)
    WHERE document IS NOT NULL""",
    """CREATE TABLE IF NOT EXISTS traps (
    crawl INTEGER NOT NULL, key TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (crawl, key)) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS gone (
    document TEXT PRIMARY KEY, at TEXT NOT NULL, status INTEGER) WITHOUT ROWID""",
)
_ARCHIVE: Final = (
    """CREATE TABLE IF NOT EXISTS warc_records (
    file TEXT NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
    type TEXT NOT NULL, id TEXT NOT NULL, url TEXT NOT NULL, at TEXT NOT NULL,
    status INTEGER, digest TEXT NOT NULL, warc_digest TEXT NOT NULL,
    PRIMARY KEY (file, offset)) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS warc_records_digest ON warc_records (digest, type)",
    "CREATE INDEX IF NOT EXISTS warc_records_url ON warc_records (url, at)",
    """CREATE TABLE IF NOT EXISTS payload_names (
    name TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID""",
)
SCHEMA: Final = (
    "CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "INSERT OR IGNORE INTO meta VALUES ('schema', '2')",
    """CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, url TEXT, site TEXT NOT NULL, year INTEGER,
    script TEXT NOT NULL, complete INTEGER NOT NULL,
    revision INTEGER NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS revisions (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL,
    digest TEXT NOT NULL, body BLOB NOT NULL, UNIQUE (document, digest))""",
    """CREATE TABLE IF NOT EXISTS captures (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL,
    revision INTEGER NOT NULL, at TEXT NOT NULL, status INTEGER,
    digest TEXT NOT NULL, origin TEXT NOT NULL, cleaner TEXT NOT NULL,
    encoding TEXT, declared TEXT, replaced INTEGER NOT NULL DEFAULT 0)""",
    "CREATE INDEX IF NOT EXISTS captures_document ON captures (document, seq)",
    "CREATE INDEX IF NOT EXISTS captures_digest ON captures (digest)",
    "CREATE INDEX IF NOT EXISTS captures_origin ON captures (origin)",
    """CREATE TABLE IF NOT EXISTS payloads (
    digest TEXT PRIMARY KEY, body BLOB NOT NULL)""",
    """CREATE TABLE IF NOT EXISTS skipped (
    origin TEXT NOT NULL, digest TEXT NOT NULL, reason TEXT NOT NULL,
    detail TEXT NOT NULL, at TEXT NOT NULL, cleaner TEXT NOT NULL,
    PRIMARY KEY (origin, digest)) WITHOUT ROWID""",
    """INSERT INTO sqlite_sequence SELECT 'revisions', abs(random() % 1000000000000)
    WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'revisions')""",
    *_GROUPS,
    *_TEMPLATES,
    *_CRAWLS,
    *_ARCHIVE,
)

UPGRADES: Final = {
    "1": (
        "DROP INDEX documents_fingerprint",
        "ALTER TABLE documents RENAME TO documents_1",
        """CREATE TABLE documents (
    id TEXT PRIMARY KEY, url TEXT, site TEXT NOT NULL, year INTEGER,
    script TEXT NOT NULL, complete INTEGER NOT NULL,
    revision INTEGER NOT NULL) WITHOUT ROWID""",
        """INSERT INTO documents
    SELECT id, url, site, year, script, complete, revision FROM documents_1""",
        "DROP TABLE documents_1",
        "ALTER TABLE captures ADD COLUMN encoding TEXT",
        "ALTER TABLE captures ADD COLUMN declared TEXT",
        "ALTER TABLE captures ADD COLUMN replaced INTEGER NOT NULL DEFAULT 0",
        *_GROUPS,
        *_TEMPLATES,
        *_CRAWLS,
        *_ARCHIVE,
        "INSERT INTO uncounted SELECT id FROM documents",
        "UPDATE meta SET value = '2' WHERE key = 'schema'",
    ),
}
"""Statements that bring a version to the next; nothing that was kept is lost.

Groups and templates are made later, a batch at a time (``index.groups``,
``index.templates``).
"""
