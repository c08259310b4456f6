"""Precedents in memory: the longest run that a text shares with each block."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from index.document import Document
from index.errors import UnknownDocument
from search.precedents import check_precedent
from search.precedents_comparison import read_wanted
from search.precedents_results import (
    Part,
    Passage,
    PrecedentRequest,
    Precedents,
    SharedRun,
    Source,
)
from search.results import Span
from search.similar import Similar, SimilarDocument

LEAST = 6
"""Characters of a run that counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FakePrecedents:
    """Finds blocks of some documents.

    Attributes:
        documents: What is searched.
        check: Raises what everything is to raise, if anything.
    """

    documents: tuple[Document, ...]
    check: Callable[[], None]

    def find(self, request: PrecedentRequest) -> Precedents:
        """Find the blocks that share a run with a text."""
        check_precedent(request, read_wanted(request.text))
        self.check()
        found = sorted(self._passages(request.text), key=lambda one: -one.overlap)
        first = found[:1]
        return Precedents(
            text=request.text,
            total=len(found),
            passages=tuple(found[: request.limit]),
            parts=(
                Part(
                    span=Span(0, len(request.text)),
                    covered=first[0].overlap if first else 0.0,
                    sources=tuple(
                        Source(one.id, one.anchor, one.title, one.overlap)
                        for one in first
                    ),
                ),
            ),
            took_ms=1.5,
            index_version="fake-1",
        )

    def _passages(self, text: str) -> Iterator[Passage]:
        """Compare a text with every block."""
        for document in self.documents:
            for block in document.blocks:
                run = SequenceMatcher(None, text, block.text).find_longest_match()
                if run.size < LEAST:
                    continue
                yield Passage(
                    id=document.id,
                    title=document.title,
                    anchor=block.anchor,
                    anchors=(block.anchor,),
                    start=0,
                    section=block.section,
                    text=block.text,
                    overlap=run.size / len(text),
                    common=run.size,
                    runs=(
                        SharedRun(
                            Span(run.a, run.a + run.size), Span(run.b, run.b + run.size)
                        ),
                    ),
                    url=document.url,
                    site=document.site,
                    source=document.publisher,
                    published=document.published,
                    year=document.year,
                    script=document.script,
                    near_duplicates=0,
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeSimilar:
    """Says that every document is like every other.

    Attributes:
        documents: All there are.
        check: Raises what everything is to raise, if anything.
    """

    documents: tuple[Document, ...]
    check: Callable[[], None]

    def find(self, document_id: str, limit: int = 10) -> Similar:
        """List the other documents."""
        self.check()
        if document_id not in {document.id for document in self.documents}:
            raise UnknownDocument(document_id)
        others = [one for one in self.documents if one.id != document_id]
        return Similar(
            id=document_id,
            words=("联谊",),
            documents=tuple(
                SimilarDocument(
                    id=one.id,
                    title=one.title,
                    url=one.url,
                    site=one.site,
                    source=one.publisher,
                    published=one.published,
                    year=one.year,
                    kind=one.kind,
                    script=one.script,
                    score=0.5,
                    wording=0.25,
                    words=("联谊",),
                )
                for one in others[:limit]
            ),
            took_ms=1.5,
            index_version="fake-1",
        )
