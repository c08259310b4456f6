"""From coverage and comparisons to the API's JSON: names and order, nothing else."""

from collections.abc import Iterable

from index.coverage import Counts, Coverage, Reach, SiteCoverage, reach
from search.archive import Comparison
from search.differences import Piece
from web.archive_schemas import (
    ArchiveAnswer,
    ComparisonAnswer,
    CoverageAnswer,
    ParagraphAnswer,
    PieceAnswer,
    ReasonCount,
)
from web.present import capture_answer
from web.schemas import ReachAnswer, YearCount


def reach_answer(reached: Reach) -> ReachAnswer:
    """Present what a search could find."""
    total = reached.total
    return ReachAnswer(
        sites=len(reached.sites),
        documents=total.kept,
        fetched=total.fetched,
        queued=total.queued,
        failed=total.failures,
        skipped=total.skips,
        last_fetched=total.last_fetched,
        complete=total.complete,
    )


def archive_answer(coverage: Coverage) -> ArchiveAnswer:
    """Present what is covered of each site and of all."""
    everything = reach(coverage)
    return ArchiveAnswer(
        total=_coverage(everything.total),
        sites=[_coverage(site) for site in everything.sites],
    )


def comparison_answer(comparison: Comparison) -> ComparisonAnswer:
    """Present a comparison."""
    difference = comparison.difference
    return ComparisonAnswer(
        id=comparison.document.id,
        before=capture_answer(comparison.before),
        after=capture_answer(comparison.after),
        title=_pieces(difference.title),
        paragraphs=[
            ParagraphAnswer(
                change=paragraph.change,
                before=paragraph.before,
                after=paragraph.after,
                pieces=_pieces(paragraph.pieces),
            )
            for paragraph in difference.paragraphs
        ],
    )


def _coverage(site: SiteCoverage) -> CoverageAnswer:
    """Present what is covered of a site."""
    return CoverageAnswer(
        site=site.site,
        hosts=list(site.hosts),
        found=site.found,
        fetched=site.fetched,
        unchanged=site.unchanged,
        gone=site.vanished,
        queued=site.queued,
        failed=site.failures,
        skipped=site.skips,
        kept=site.kept,
        imported=site.imported,
        duplicate=site.duplicate,
        fetched_by_reason=_reasons(site.answered),
        failed_by_reason=_reasons(site.failed),
        skipped_by_reason=_reasons(site.skipped),
        years=[YearCount(value=year, count=n) for year, n in site.years.items()],
        first_fetched=site.first_fetched,
        last_fetched=site.last_fetched,
        last_finished=site.last_finished,
        complete=site.complete,
    )


def _reasons(counts: Counts) -> list[ReasonCount]:
    """Present counts by reason."""
    return [ReasonCount(reason=reason, count=count) for reason, count in counts.items()]


def _pieces(pieces: Iterable[Piece]) -> list[PieceAnswer]:
    """Present characters with what became of them."""
    return [PieceAnswer(change=piece.change, text=piece.text) for piece in pieces]
