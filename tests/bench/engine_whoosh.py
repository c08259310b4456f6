"""Whoosh as it comes in the benchmark: one field of our tokens.

It takes minutes for what the others do in seconds, so it gets the first documents
only; the report multiplies what it took by the share it was spared, and says so.
"""

import shutil
from itertools import islice
from pathlib import Path

from whoosh import fields, index
from whoosh import query as wq
from whoosh.analysis import RegexTokenizer

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
from tests.bench.corpora import read_pieces
from tests.bench.tokens import Tokens, characters_of

_MEGABYTES = 256


def build(folder: Path, documents: int) -> Built:
    """Index the first documents; the clock runs from text to commit."""
    target = folder / "whoosh"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    tokens = Tokens()
    schema = fields.Schema(
        words=fields.TEXT(analyzer=RegexTokenizer(r"\S+")),
        **{name: fields.ID(sortable=True) for name in FACETS},
    )
    watch = Stopwatch()
    writer = index.create_in(target, schema).writer(limitmb=_MEGABYTES)
    for piece in islice(read_pieces(folder), documents):
        writer.add_document(
            words=tokens(characters_of(piece)),
            **{name: str(getattr(piece, name)) for name in FACETS},
        )
    writer.commit()
    seconds = watch.seconds
    return Built(
        documents=documents,
        committed=seconds,
        settled=seconds,
        size=size_of(target),
    )


class Whoosh:
    """An open index of Whoosh's own codec, asked through Whoosh's own searcher."""

    def __init__(self, folder: Path) -> None:
        """Open the index."""
        self._searcher = index.open_dir(folder / "whoosh").searcher()

    def answer(self, case: Case) -> Timing:
        """Find ten and the total, with facets if the class asks for them."""
        seconds, total = timed(lambda: self._search(case))
        return Timing(seconds=seconds, total=total)

    def _search(self, case: Case) -> int:
        """Find ten documents and the total."""
        terms = [wq.Term("words", word) for word in case.words]
        query = wq.Or(terms) if case.either else wq.And(terms)
        limit = DEEP_START + PER_PAGE if case.kind == "deep" else PER_PAGE
        options: dict[str, object] = {}
        if case.kind == "facets":
            first, last = map(str, case.years)
            years = wq.TermRange("year", first, last)
            options = {"filter": years, "groupedby": list(FACETS)}
        return len(self._searcher.search(query, limit=limit, **options))
