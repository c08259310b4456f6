"""The pages of year series as the templates need them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from markupsafe import Markup, escape

from index.document import Document
from search.changes import Changes, Fate, Passage
from search.series import Series
from search.series_views import HeldText, SeriesView, YearComparison, YearStep
from search.sides import MarkedPassage, Side, marked
from web.comparing import html_of
from web.links import Address
from web.messages import Translator
from web.pager import Pager, make_pager_of
from web.reading import LANGUAGE_OF
from web.series_params import SeriesListParameters, Shown

MOST_SHOWN: Final = 1_000
"""Passages on a page; more of them are in the JSON."""
STRIP_WIDTH: Final = 100
"""Units that the whole of a text has in a strip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A page of the list of series.

    Attributes:
        series: The series on the page.
        total: How many there are.
        pager: The links to other pages, if there are any.
    """

    series: tuple[Series, ...]
    total: int
    pager: Pager | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A part of a strip.

    Attributes:
        fate: What became of it.
        start: Where it begins, 0 to ``STRIP_WIDTH``.
        width: How wide it is.
        percent: Its share in per cent.
        sentences: How many sentences.
    """

    fate: Fate
    start: float
    width: float
    percent: int
    sentences: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStep:
    """What became of the text of a year in the next one.

    Attributes:
        before: The earlier year.
        after: The later one.
        stretches: Shares of the later text, and of the earlier one what was dropped.
    """

    before: int
    after: int
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownYear:
    """A row of the timeline: a year, or years of which nothing is held.

    Attributes:
        first: The year.
        last: The last of the years; the same where it is one.
        texts: Its documents.
        step: What became of the year before.
    """

    first: int
    last: int
    texts: tuple[HeldText, ...] = ()
    step: ShownStep | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A series to look at.

    Attributes:
        series: The series.
        rows: Its years, gaps included.
        language: BCP 47 tag of its title.
    """

    series: Series
    rows: tuple[ShownYear, ...]
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSide:
    """A passage in one of two texts.

    Attributes:
        document: The document it is in.
        anchor: The block.
        html: Its characters, changes marked.
        language: BCP 47 tag of the text.
    """

    document: str
    anchor: str
    html: Markup
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPassage:
    """A row of a comparison.

    Attributes:
        fate: What became of the passage.
        words: What is said of it.
        before: Its text in the earlier year.
        after: Its text in the later one.
    """

    fate: Fate
    words: str
    before: ShownSide | None
    after: ShownSide | None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearsCompared:
    """Two years to look at side by side.

    Attributes:
        found: What is compared.
        step: How much has which fate.
        moved: Sentences that stand among others now.
        figures: Passages of which nothing but figures changed.
        passages: What is shown.
        beyond: Passages that are not shown.
        neighbours: Other pairs of years: those before and behind.
        language: BCP 47 tag of the title.
    """

    found: YearComparison
    step: ShownStep
    moved: int
    figures: int
    passages: tuple[ShownPassage, ...]
    beyond: int
    neighbours: tuple[tuple[int, int] | None, tuple[int, int] | None]
    language: str


def listed(
    found: Sequence[Series], asked: SeriesListParameters, here: Address
) -> Listed:
    """Make a page of the list."""
    start = (asked.page - 1) * asked.per_page
    return Listed(
        series=tuple(found[start : start + asked.per_page]),
        total=len(found),
        pager=make_pager_of(len(found), asked.page, asked.per_page, here),
    )


def timeline(view: SeriesView) -> Timeline:
    """Make the page of a series."""
    steps = {step.after: _step(step) for step in view.steps}
    latest = view.texts[max(view.texts)][0].document
    return Timeline(
        series=view.series,
        rows=tuple(_rows(view, steps)),
        language=LANGUAGE_OF[latest.script],
    )


def years_compared(
    found: YearComparison, show: Shown, say: Translator
) -> YearsCompared:
    """Make the page of two years."""
    passages = found.step.changes.passages
    wanted = [each for each in passages if show in (Shown.ALL, each.fate.value)]
    documents = {each.id: each for each in (*found.before, *found.after)}
    return YearsCompared(
        found=found,
        step=_step(found.step),
        moved=sum(len(each.after) for each in passages if each.moved),
        figures=sum(each.figures for each in passages),
        passages=tuple(
            _passage(each, documents, say) for each in marked(wanted[:MOST_SHOWN])
        ),
        beyond=max(0, len(wanted) - MOST_SHOWN),
        neighbours=_neighbours(found),
        language=LANGUAGE_OF[found.after[0].script],
    )


def _rows(view: SeriesView, steps: Mapping[int, ShownStep]) -> Iterator[ShownYear]:
    """List the years; those of one gap are one row."""
    years = range(min(view.texts), max(view.texts) + 1)
    for held, some in groupby(years, key=view.texts.__contains__):
        run = list(some)
        if not held:
            yield ShownYear(first=run[0], last=run[-1])
            continue
        for year in run:
            texts, step = view.texts[year], steps.get(year)
            yield ShownYear(first=year, last=year, texts=texts, step=step)


def _step(step: YearStep) -> ShownStep:
    """Show how much has which fate."""
    return ShownStep(
        before=step.before,
        after=step.after,
        stretches=tuple(_stretches(step.changes)),
    )


def _stretches(changes: Changes) -> Iterator[Stretch]:
    """Lay the fates of the later text behind one another; what was dropped is alone."""
    start = 0.0
    for fate in Fate:
        share = changes.share(fate)
        alone = fate is Fate.DROPPED
        yield Stretch(
            fate=fate,
            start=0.0 if alone else round(start, 2),
            width=round(STRIP_WIDTH * share, 2),
            percent=round(100 * share),
            sentences=changes.tallies[fate].sentences,
        )
        start += STRIP_WIDTH * share


def _passage(
    each: MarkedPassage, documents: Mapping[str, Document], say: Translator
) -> ShownPassage:
    """Show a passage."""
    passage = each.passage
    changed = passage.fate is Fate.CHANGED
    return ShownPassage(
        fate=passage.fate,
        words=_words(passage, say),
        before=_side(each.before, documents, changed=changed),
        after=_side(each.after, documents, changed=changed),
    )


def _words(passage: Passage, say: Translator) -> str:
    """Say what became of a passage."""
    told = [say(f"series.fate.{passage.fate}")]
    if passage.figures:
        told.append(say("series.figures"))
    if passage.moved:
        told.append(say("series.moved"))
    return " · ".join(told)


def _side(
    side: Side | None, documents: Mapping[str, Document], *, changed: bool
) -> ShownSide | None:
    """Show a passage in one of the texts; marked only where a part of it changed."""
    if side is None:
        return None
    text = "".join(piece.text for piece in side.pieces)
    return ShownSide(
        document=side.document,
        anchor=side.anchors[0],
        html=html_of(side.pieces) if changed else escape(text),
        language=LANGUAGE_OF[documents[side.document].script],
    )


def _neighbours(
    found: YearComparison,
) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Find the pairs of years before and behind the one that is shown."""
    pairs = list(pairwise(found.series.years))
    earlier = [pair for pair in pairs if pair[1] <= found.step.before]
    later = [pair for pair in pairs if pair[0] >= found.step.after]
    return earlier[-1] if earlier else None, later[0] if later else None
