"""Tantivy in the benchmark: our tokens and all characters, both with positions.

Both fields hold title and text. Tokens are handed over joined by spaces and cut at
spaces again; characters are cut by Tantivy. Nothing is stored but the number.
"""

import shutil
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

import rjieba
import tantivy
from tantivy import Occur, Query

from tests.bench.cases import (
    DEEP_START,
    FACETS,
    PER_PAGE,
    Built,
    Case,
    Stopwatch,
    Timing,
    size_of,
    timed,
)
from tests.bench.corpora import Piece, line_starts, read_piece, read_pieces
from tests.bench.tokens import Tokens, characters_of

_THREADS = 2
_HEAP = 512_000_000
_EVERY_CHARACTER = "(?s)."
_FACET_VALUES = 100
_SNIPPET = 120


def build(folder: Path, documents: int) -> Built:
    """Build with the tokens that our index has."""
    return _build(folder, "tantivy", documents, Tokens())


def build_plain(folder: Path, documents: int) -> Built:
    """Build with the tokens of rjieba's own search mode, for the build time alone."""
    cut = rjieba.Jieba().cut_for_search
    cut("")  # loads the dictionary
    return _build(
        folder, "tantivy-plain", documents, lambda folded: " ".join(cut(folded))
    )


def _build(
    folder: Path, name: str, documents: int, tokens: Callable[[str], str]
) -> Built:
    """Index the corpus; the clock runs from text to commit."""
    target = folder / name
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    index = _open(target)
    watch = Stopwatch()
    writer = index.writer(heap_size=_HEAP, num_threads=_THREADS)
    for piece in islice(read_pieces(folder), documents):
        folded = characters_of(piece)
        writer.add_document(_document(piece, tokens(folded), folded))
    writer.commit()
    committed = watch.seconds
    writer.wait_merging_threads()
    return Built(
        documents=documents,
        committed=committed,
        settled=watch.seconds,
        size=size_of(target),
    )


class Tantivy:
    """An open Tantivy index."""

    def __init__(self, folder: Path) -> None:
        """Open the index."""
        self._index = _open(folder / "tantivy")
        self._index.reload()
        self._schema = self._index.schema
        self._searcher = self._index.searcher()
        self._tokens = Tokens()
        self._folder, self._starts = folder, line_starts(folder)

    def answer(self, case: Case) -> Timing:
        """Search, count, and do what else the class asks for."""
        if case.kind == "page":
            return self._page(case)
        if case.kind == "facets":
            seconds, total = timed(lambda: self._facets(case))
        else:
            start = DEEP_START if case.kind == "deep" else 0
            seconds, total = timed(lambda: self._count(case, start))
        return Timing(seconds=seconds, total=total)

    def _count(self, case: Case, start: int) -> int:
        """Find ten documents and the total."""
        found = self._searcher.search(
            self._query(case), PER_PAGE, count=True, offset=start
        )
        return _total(found)

    def _facets(self, case: Case) -> int:
        """Find the top ten within the years, and count seven facets."""
        first, last = case.years
        years = Query.range_query(
            self._schema, "year", tantivy.FieldType.Unsigned, first, last
        )
        query = Query.boolean_query(
            [
                (Occur.Must, self._query(case)),
                (Occur.Must, Query.const_score_query(years, 0.0)),
            ]
        )
        found = self._searcher.search(query, PER_PAGE, count=True)
        self._searcher.aggregate(
            query,
            {
                name: {"terms": {"field": name, "size": _FACET_VALUES}}
                for name in FACETS
            },
        )
        return _total(found)

    def _page(self, case: Case) -> Timing:
        """Find the top ten and cut their snippets.

        The texts are handed over from memory: reading them is not on the clock.
        """
        query = self._query(case)
        watch = Stopwatch()
        found = self._searcher.search(query, PER_PAGE, count=True)
        numbers = [self._searcher.doc(at)["id"][0] for _, at in found.hits]
        seconds = watch.seconds
        documents = [self._text(number) for number in numbers]
        spent, _ = timed(lambda: self._snippets(query, documents))
        return Timing(seconds=seconds + spent, total=_total(found))

    def _text(self, number: int) -> tantivy.Document:
        """Make the document as it would be read if its tokens were stored."""
        piece = read_piece(self._folder, self._starts[number])
        return _document(piece, self._tokens(characters_of(piece)), "")

    def _snippets(
        self, query: Query, documents: Iterable[tantivy.Document]
    ) -> list[tuple[str, list[tuple[int, int]]]]:
        """Cut a snippet with its marks out of each document."""
        generator = tantivy.SnippetGenerator.create(
            self._searcher, query, self._schema, "words"
        )
        generator.set_max_num_chars(_SNIPPET)
        snippets = map(generator.snippet_from_doc, documents)
        return [
            (each.fragment(), [(mark.start, mark.end) for mark in each.highlighted()])
            for each in snippets
        ]

    def _query(self, case: Case) -> Query:
        """Write a case as Tantivy's query: a phrase of characters, or words."""
        if case.kind == "exact":
            return Query.phrase_query(self._schema, "characters", list(case.text))
        terms = [Query.term_query(self._schema, "words", word) for word in case.words]
        if len(terms) == 1:
            return terms[0]
        occur = Occur.Should if case.either else Occur.Must
        return Query.boolean_query([(occur, term) for term in terms])


def _open(target: Path) -> tantivy.Index:
    """Make or open the index in a folder, and give it its two tokenizers."""
    schema = tantivy.SchemaBuilder()
    schema.add_unsigned_field("id", stored=True)
    schema.add_text_field("words", tokenizer_name="spaces", index_option="position")
    schema.add_text_field(
        "characters", tokenizer_name="characters", index_option="position"
    )
    for name in ("site", "script", "kind", "source", "region"):
        schema.add_text_field(
            name, fast=True, tokenizer_name="raw", index_option="basic"
        )
    schema.add_unsigned_field("year", indexed=True, fast=True)
    schema.add_boolean_field("complete", indexed=True, fast=True)
    index = tantivy.Index(schema.build(), str(target))
    for name, tokenizer in (
        ("spaces", tantivy.Tokenizer.whitespace()),
        ("characters", tantivy.Tokenizer.regex(_EVERY_CHARACTER)),
    ):
        index.register_tokenizer(name, tantivy.TextAnalyzerBuilder(tokenizer).build())
    return index


def _document(piece: Piece, tokens: str, folded: str) -> tantivy.Document:
    """Write a piece as Tantivy takes it."""
    document = tantivy.Document()
    document.add_unsigned("id", piece.number)
    document.add_text("words", tokens)
    document.add_text("characters", folded)
    document.add_text("site", piece.site)
    document.add_text("script", piece.script)
    document.add_text("kind", piece.kind)
    document.add_text("source", piece.source)
    document.add_text("region", piece.region)
    document.add_unsigned("year", piece.year)
    document.add_boolean("complete", piece.complete)
    return document


def _total(found: tantivy.SearchResult) -> int:
    """Read the exact total of a search."""
    total: int = found.count  # type: ignore[attr-defined]  # missing in its stub
    return total
