"""BM25 as others give it: Whoosh, SQLite FTS5 and Tantivy, on words and on pairs.

Each gets folded text, title and body as one, already cut: jieba's search mode, or every
pair of neighbouring letters. A question finds what has any of its terms, ranked by the
engine's own BM25 with its own constants.
"""

import itertools
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Final

import rjieba
import tantivy
from whoosh import fields
from whoosh import query as wq
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.filedb.filestore import RamStorage

from index.fold import fold
from tests.quality.relevance import DEEP, Search, Text

_RUN: Final = re.compile(r"\w+")
_MEMORY: Final = 200_000_000

Cut = Callable[[str], Iterable[str]]


def words(text: str) -> Iterable[str]:
    """Cut as jieba does for search engines."""
    return (word for word in rjieba.cut_for_search(text) if word.strip())


def pairs(text: str) -> Iterable[str]:
    """Give the pairs of neighbours in each run of letters; a letter alone as it is."""
    for run in _RUN.findall(text):
        if len(run) == 1:
            yield run
        yield from map("".join, itertools.pairwise(run))


def _terms(text: str, cut: Cut) -> list[str]:
    """Cut folded text; terms hold no blank, as they are joined by them."""
    return ["".join(term.split()) for term in cut(fold(text))]


def _joined(text: Text, cut: Cut) -> str:
    return " ".join(_terms(f"{text.title}\n{text.text}", cut))


def with_tantivy(texts: Sequence[Text], cut: Cut) -> Search:
    """Search with Tantivy."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", tokenizer_name="whitespace")
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    index = tantivy.Index(builder.build())
    writer = index.writer(_MEMORY, 1)
    for text in texts:
        writer.add_document(tantivy.Document(body=_joined(text, cut), id=text.id))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(question: str) -> Sequence[str]:
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(index.schema, "body", term))
            for term in dict.fromkeys(_terms(question, cut))
        ]
        found = searcher.search(tantivy.Query.boolean_query(terms), DEEP)
        return [str(searcher.doc(place)["id"][0]) for _, place in found.hits]

    return search


def with_sqlite(texts: Sequence[Text], cut: Cut) -> Search:
    """Search with SQLite FTS5."""
    base = sqlite3.connect(tempfile.mkstemp()[1])
    base.execute("CREATE VIRTUAL TABLE texts USING fts5 (id UNINDEXED, body)")
    rows = ((text.id, _joined(text, cut)) for text in texts)
    base.executemany("INSERT INTO texts VALUES (?, ?)", rows)

    def search(question: str) -> Sequence[str]:
        terms = dict.fromkeys(_terms(question, cut))
        quoted = " OR ".join('"' + term.replace('"', '""') + '"' for term in terms)
        found = base.execute(
            "SELECT id FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?",
            (quoted, DEEP),
        )
        return [row[0] for row in found]

    return search


def with_whoosh(texts: Sequence[Text], cut: Cut) -> Search:
    """Search with Whoosh as it comes."""
    schema = fields.Schema(
        id=fields.STORED,
        body=fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False),
    )
    index = RamStorage().create_index(schema)
    writer = index.writer()
    for text in texts:
        writer.add_document(id=text.id, body=_joined(text, cut))
    writer.commit()
    searcher = index.searcher()

    def search(question: str) -> Sequence[str]:
        terms = dict.fromkeys(_terms(question, cut))
        found = searcher.search(wq.Or([wq.Term("body", t) for t in terms]), limit=DEEP)
        return [hit["id"] for hit in found]

    return search


PEERS: Final[Mapping[str, Callable[[Sequence[Text]], Search]]] = {
    f"{engine}, {unit}": partial(make, cut=cut)
    for engine, make in (
        ("tantivy", with_tantivy),
        ("sqlite", with_sqlite),
        ("whoosh", with_whoosh),
    )
    for unit, cut in (("words", words), ("pairs", pairs))
}
"""Name of a way to search, and what makes it."""
