"""From the service's answers to the API's JSON: names and order, nothing else."""

from collections.abc import Callable
from dataclasses import asdict

from index.document import Block, Document
from index.history import KeptCapture
from search.results import Hit, Results, Snippet, Span
from search.views import DocumentView, Health
from web.document_schemas import (
    BlockAnswer,
    CaptureAnswer,
    CompletenessAnswer,
    DocumentAnswer,
    RelatedAnswer,
    RemovedAnswer,
    SectionAnswer,
)
from web.explain_present import SCORE_DIGITS, explain_answer, part_answer, why_answer
from web.explain_schemas import SynonymAnswer
from web.schemas import (
    FacetsAnswer,
    HealthAnswer,
    HitAnswer,
    PartialAnswer,
    QueryEcho,
    ReachAnswer,
    SearchAnswer,
    SnippetAnswer,
    UnmatchedAnswer,
)

_TIME_DIGITS = 2


def search_answer(
    results: Results,
    coverage: ReachAnswer,
    following: str | None,
    previous: str | None,
    copies_of: Callable[[str], str],
) -> SearchAnswer:
    """Present a page of hits with the addresses of the pages beside it.

    Args:
        results: The hits.
        coverage: What could be found.
        following: Address of the next page.
        previous: Address of the page before.
        copies_of: Gives the address that lists the copies of a document.
    """
    terms, why = results.explanation, results.why
    return SearchAnswer(
        query=QueryEcho(
            text=results.text,
            parsed=results.parsed,
            synonyms=[
                SynonymAnswer(text=each.text, equivalents=list(each.equivalents))
                for each in results.synonyms
            ],
            conflict=results.conflict,
            unmatched=[
                UnmatchedAnswer(clause=each.clause, similar=list(each.similar))
                for each in results.unmatched
            ],
        ),
        total=results.total,
        total_documents=results.total_documents,
        page=results.page,
        per_page=results.per_page,
        took_ms=round(results.took_ms, _TIME_DIGITS),
        index_version=results.index_version,
        next=following,
        prev=previous,
        suggestion=results.suggestion,
        hits=[_hit(hit, copies_of) for hit in results.hits],
        facets=_facets(results),
        pending=results.pending,
        coverage=coverage,
        explain=None if terms is None else explain_answer(terms),
        why=None if why is None else why_answer(why),
        notices=list(results.notices),
        partial=PartialAnswer(
            total=results.partial.total, words=list(results.partial.words)
        )
        if results.partial
        else None,
    )


def document_answer(view: DocumentView) -> DocumentAnswer:
    """Present a document."""
    document = view.document
    return DocumentAnswer(
        id=document.id,
        url=document.url,
        site=document.site,
        title=document.title,
        path=list(document.path),
        published=document.published,
        published_text=document.published_text,
        year=document.year,
        year_from=document.year_from,
        source=document.publisher,
        authors=list(document.authors),
        document_numbers=list(document.document_numbers),
        cited_numbers=list(document.cited_numbers),
        region=document.region,
        city=document.city,
        region_from=document.region_from,
        kind=document.kind,
        script=document.script,
        complete=document.completeness.complete,
        completeness=_completeness(document),
        text=document.text,
        sections=[SectionAnswer(**asdict(section)) for section in document.sections],
        blocks=[_block(block) for block in document.blocks],
        removed=[RemovedAnswer(**asdict(removed)) for removed in document.removed],
        captures=[capture_answer(capture) for capture in view.captures],
        canonical=view.canonical,
        near_duplicates=[
            RelatedAnswer(**asdict(related)) for related in view.near_duplicates
        ],
        gone=view.gone.at if view.gone else None,
        series=view.series.id if view.series else None,
    )


def health_answer(health: Health) -> HealthAnswer:
    """Present the state of the service."""
    return HealthAnswer(**asdict(health))


def _hit(hit: Hit, copies_of: Callable[[str], str]) -> HitAnswer:
    """Present a hit."""
    return HitAnswer(
        id=hit.id,
        rank=hit.rank,
        score=round(hit.score, SCORE_DIGITS),
        title=hit.title,
        title_marks=marks_answer(hit.title_marks),
        url=hit.url,
        site=hit.site,
        published=hit.published,
        year=hit.year,
        source=hit.source,
        region=hit.region,
        kind=hit.kind,
        script=hit.script,
        complete=hit.complete,
        near_duplicates=hit.near_duplicates,
        snippets=[snippet_answer(snippet) for snippet in hit.snippets],
        gone=hit.gone,
        parts=[part_answer(part) for part in hit.parts],
        near_duplicates_url=copies_of(hit.id) if hit.near_duplicates else None,
        missing=list(hit.missing),
    )


def snippet_answer(snippet: Snippet) -> SnippetAnswer:
    """Present a passage."""
    return SnippetAnswer(
        text=snippet.text,
        marks=marks_answer(snippet.marks),
        section=list(snippet.section),
        anchor=snippet.anchor,
    )


def _facets(results: Results) -> FacetsAnswer:
    """Present the facets of the API; one that was not counted is empty."""
    counted = {
        name: [value._asdict() for value in results.facets.get(name, ())]
        for name in FacetsAnswer.model_fields
    }
    return FacetsAnswer.model_validate(counted)


def _completeness(document: Document) -> CompletenessAnswer:
    """Present how much of the text there is."""
    completeness = document.completeness
    return CompletenessAnswer(
        reason=completeness.reason,
        shown=completeness.shown,
        claimed=completeness.claimed,
        omissions=list(completeness.omissions),
    )


def _block(block: Block) -> BlockAnswer:
    """Present a block."""
    return BlockAnswer(
        anchor=block.anchor,
        kind=block.kind,
        text=block.text,
        section=list(block.section),
    )


def capture_answer(capture: KeptCapture) -> CaptureAnswer:
    """Present a capture."""
    return CaptureAnswer(
        at=capture.at,
        status=capture.status,
        digest=capture.digest,
        origin=capture.origin,
        encoding=capture.encoding,
        declared=capture.declared,
        replaced=capture.replaced,
        number=capture.number,
        changed=capture.changed,
    )


def marks_answer(spans: tuple[Span, ...]) -> list[tuple[int, int]]:
    """Present marks."""
    return [(span.start, span.end) for span in spans]
