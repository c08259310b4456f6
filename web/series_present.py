"""From year series to the API's JSON: names and order, nothing else."""

from collections.abc import Iterable, Sequence

from index.document import Document
from search.changes import Changes, Fate
from search.series import Series
from search.series_views import HeldText, SeriesView, YearComparison, YearStep
from search.sides import MarkedPassage, Side, marked
from web.series_schemas import (
    ComparedDocument,
    HeldAnswer,
    HeldYear,
    PassageAnswer,
    SeriesAnswer,
    SeriesHead,
    SeriesListAnswer,
    SideAnswer,
    SidePiece,
    StepAnswer,
    TallyAnswer,
    YearsAnswer,
)

_SHARE_DIGITS = 4


def list_answer(
    asked: tuple[str, int, int],
    found: Sequence[Series],
    some: Sequence[Series],
    beside: tuple[str | None, str | None],
) -> SeriesListAnswer:
    """Present a page of series.

    Args:
        asked: The words, the page, and how many are on one.
        found: All series.
        some: Those on the page.
        beside: Addresses of the next page and of the one before.
    """
    query, page, per_page = asked
    following, previous = beside
    return SeriesListAnswer(
        query=query,
        total=len(found),
        page=page,
        per_page=per_page,
        next=following,
        prev=previous,
        series=[series_head(series) for series in some],
    )


def series_head(series: Series) -> SeriesHead:
    """Present a series in short."""
    return SeriesHead(
        id=series.id,
        title=series.title,
        unit=series.unit,
        topic=series.key.topic,
        genre=series.key.genre,
        period=series.key.period,
        site=series.site,
        years=list(series.years),
        gaps=list(series.gaps),
        documents=len(series.members),
    )


def series_answer(view: SeriesView) -> SeriesAnswer:
    """Present a series with its timeline."""
    head = series_head(view.series)
    return SeriesAnswer(
        **head.model_dump(),
        timeline=[
            HeldYear(
                year=year,
                held=year in view.texts,
                documents=[*map(_held, view.texts.get(year, ()))],
            )
            for year in sorted((*view.texts, *view.series.gaps))
        ],
        steps=[StepAnswer.model_validate(_step(step)) for step in view.steps],
    )


def years_answer(found: YearComparison) -> YearsAnswer:
    """Present a comparison of two years."""
    return YearsAnswer.model_validate(
        {
            **_step(found.step),
            "series": series_head(found.series),
            "earlier": _documents(found.before),
            "later": _documents(found.after),
            "passages": [*map(_passage, marked(found.step.changes.passages))],
        }
    )


def _held(text: HeldText) -> HeldAnswer:
    """Present a document of a year."""
    document, member = text.document, text.member
    return HeldAnswer(
        id=document.id,
        title=document.title,
        site=document.site,
        url=document.url,
        published=document.published,
        characters=text.characters,
        complete=document.completeness.complete,
        part=member.part,
        copy_of=member.copy_of or None,
        unit_from=member.evidence,
        year_from=member.year_from,
    )


def _step(step: YearStep) -> dict[str, object]:
    """Present what became of a year's text."""
    tallies = {fate.value: _tally(step.changes, fate) for fate in Fate}
    return {"before": step.before, "after": step.after, **tallies}


def _tally(changes: Changes, fate: Fate) -> TallyAnswer:
    """Present how much has a fate."""
    tally = changes.tallies[fate]
    return TallyAnswer(
        sentences=tally.sentences,
        characters=tally.characters,
        share=round(changes.share(fate), _SHARE_DIGITS),
    )


def _documents(documents: Iterable[Document]) -> list[ComparedDocument]:
    """Present what is compared."""
    return [ComparedDocument(id=each.id, title=each.title) for each in documents]


def _passage(marked_passage: MarkedPassage) -> PassageAnswer:
    """Present a passage."""
    passage, before, after = marked_passage
    return PassageAnswer(
        fate=passage.fate,
        moved=passage.moved,
        figures=passage.figures,
        before=_side(before),
        after=_side(after),
    )


def _side(side: Side | None) -> SideAnswer | None:
    """Present a passage in one of the texts."""
    if side is None:
        return None
    return SideAnswer(
        document=side.document,
        anchors=list(side.anchors),
        pieces=[SidePiece(change=p.change, text=p.text) for p in side.pieces],
    )
