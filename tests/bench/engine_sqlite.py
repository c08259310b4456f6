"""SQLite FTS5 in the benchmark: our tokens joined by spaces, nothing stored."""

import sqlite3
from itertools import islice
from pathlib import Path

from tests.bench.cases import (
    DEEP_START,
    FACETS,
    PER_PAGE,
    Built,
    Case,
    Stopwatch,
    Timing,
    timed,
)
from tests.bench.corpora import read_pieces
from tests.bench.tokens import Tokens, characters_of

# All that is no space belongs to a token.
_SCHEMA = """
CREATE VIRTUAL TABLE words USING fts5(text, content='',
    tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Co Cn'");
CREATE TABLE facets (id INTEGER PRIMARY KEY, year INTEGER, site TEXT, script TEXT,
    kind TEXT, source TEXT, region TEXT, complete INTEGER);
"""


def build(folder: Path, documents: int) -> Built:
    """Index the corpus; the clock runs from text to commit."""
    path = folder / "sqlite.db"
    path.unlink(missing_ok=True)
    tokens = Tokens()
    connection = sqlite3.connect(path)
    connection.executescript(_SCHEMA)
    watch = Stopwatch()
    with connection:
        for piece in islice(read_pieces(folder), documents):
            number = piece.number + 1
            connection.execute(
                "INSERT INTO words (rowid, text) VALUES (?, ?)",
                (number, tokens(characters_of(piece))),
            )
            connection.execute(
                "INSERT INTO facets VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (number, *(getattr(piece, name) for name in FACETS)),
            )
    seconds = watch.seconds
    connection.close()
    size = path.stat().st_size
    return Built(documents=documents, committed=seconds, settled=seconds, size=size)


class Sqlite:
    """An open FTS5 table."""

    def __init__(self, folder: Path) -> None:
        """Open the file."""
        self._connection = sqlite3.connect(folder / "sqlite.db")

    def answer(self, case: Case) -> Timing:
        """Find ten by BM25, count all, and count facets if the class asks for it."""
        action = self._facets if case.kind == "facets" else self._search
        seconds, total = timed(lambda: action(case))
        return Timing(seconds=seconds, total=total)

    def _search(self, case: Case) -> int:
        """Find ten documents and the total."""
        match = _match(case)
        start = DEEP_START if case.kind == "deep" else 0
        self._connection.execute(
            "SELECT rowid, rank FROM words WHERE words MATCH ?"
            " ORDER BY rank LIMIT ? OFFSET ?",
            (match, PER_PAGE, start),
        ).fetchall()
        counted = self._connection.execute(
            "SELECT COUNT(*) FROM words WHERE words MATCH ?", (match,)
        )
        return int(counted.fetchone()[0])

    def _facets(self, case: Case) -> int:
        """Find ten documents within the years, the total, and seven facets."""
        tables = (
            "FROM words JOIN facets ON facets.id = words.rowid"
            " WHERE words MATCH ? AND year BETWEEN ? AND ?"
        )
        values = (_match(case), *case.years)
        self._connection.execute(
            f"SELECT words.rowid {tables} ORDER BY rank LIMIT {PER_PAGE}",
            values,
        ).fetchall()
        counts = [
            self._connection.execute(
                f"SELECT {name}, COUNT(*) {tables} GROUP BY {name}",
                values,
            ).fetchall()
            for name in FACETS
        ]
        return sum(count for _, count in counts[0])


def _match(case: Case) -> str:
    """Write a case in the language of FTS5."""
    words = ['"' + word.replace('"', '""') + '"' for word in case.words]
    return (" OR " if case.either else " AND ").join(words)
