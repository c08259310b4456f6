"""From phrases over the years to JSON and CSV: names and order, nothing else."""

from collections.abc import Callable, Iterator
from typing import Final

from flask import url_for

from search.results import Hit, Sort
from search.sheets import Cell
from search.wording import Count, Track, Use, WordingRequest
from web.links import Address
from web.present import marks_answer, snippet_answer
from web.wording_params import FILTERS
from web.wording_schemas import (
    AttestationAnswer,
    MonthUse,
    PhraseUse,
    WordingAnswer,
    YearUse,
)

HEADER: Final = ("phrase", "by", "year", "documents", "held", "share", "search")
"""The columns of the table."""

_SHARE_DIGITS: Final = 6
_MONTH: Final = 100
_PRECISIONS: Final = {10: "day", 7: "month", 4: "year"}
_WITHOUT_YEAR: Final = "--"
SearchOf = Callable[[Use, int], Address]
"""Gives the address of the quotes of a phrase in a year."""


def searches(here: Address, request: WordingRequest, path: str) -> SearchOf:
    """Make what gives the addresses of quotes: exact searches, the oldest first.

    Args:
        here: The address asked for, with its filters.
        request: What is asked.
        path: Where searches are answered.
    """
    kept = here.only((*FILTERS, "lang")).drop(request.axis)

    def address(use: Use, year: int) -> Address:
        asked = (("q", use.query), *kept.pairs, (str(request.axis), str(year)))
        return Address(path, (*asked, ("sort", Sort.OLDEST)))

    return address


def wording_answer(
    track: Track, request: WordingRequest, here: Address
) -> WordingAnswer:
    """Present phrases over the years."""
    search_of = searches(here, request, url_for("api.search"))
    return WordingAnswer(
        by=track.axis,
        collapse=track.collapse,
        held=track.held,
        held_undated=track.held_undated,
        phrases=[_use(use, search_of) for use in track.uses],
        index_version=track.index_version,
    )


def rows(answer: WordingAnswer) -> Iterator[tuple[Cell, ...]]:
    """List the rows of the table; the last of a phrase has no year."""
    for use in answer.phrases:
        for each in use.years:
            counts = (each.year, each.documents, each.held, each.share)
            yield (use.phrase, answer.by, *counts, each.search)
        undated = (None, use.undated, answer.held_undated, None, None)
        yield (use.phrase, answer.by, *undated)


def precision(published: str | None) -> str | None:
    """Tell how far a date is known."""
    if (published or "").startswith(_WITHOUT_YEAR):
        return "month-day"
    return _PRECISIONS.get(len(published or ""))


def _use(use: Use, search_of: SearchOf) -> PhraseUse:
    """Present a phrase."""
    return PhraseUse(
        phrase=use.phrase,
        query=use.query,
        total=use.total,
        total_documents=use.total_documents,
        undated=use.undated,
        first=_attested(use.first),
        last=_attested(use.last),
        years=[
            YearUse(
                year=each.period,
                documents=each.documents,
                held=each.held,
                share=_share(each),
                search=str(search_of(use, each.period)) if each.documents else None,
            )
            for each in use.years
        ],
        months=[
            MonthUse(
                month=f"{each.period // _MONTH}-{each.period % _MONTH:02}",
                documents=each.documents,
                held=each.held,
                share=_share(each),
            )
            for each in use.months
        ],
    )


def _share(count: Count) -> float | None:
    """Round a share to what counts can tell."""
    return None if count.share is None else round(count.share, _SHARE_DIGITS)


def _attested(hit: Hit | None) -> AttestationAnswer | None:
    """Present the first or the last document."""
    if hit is None:
        return None
    quotes = (snippet for snippet in hit.snippets if snippet.marks)
    quote = next(quotes, None)
    return AttestationAnswer(
        id=hit.id,
        title=hit.title,
        title_marks=marks_answer(hit.title_marks),
        url=hit.url,
        site=hit.site,
        source=hit.source,
        region=hit.region,
        kind=hit.kind,
        script=hit.script,
        complete=hit.complete,
        year=hit.year,
        published=hit.published,
        precision=precision(hit.published),
        quote=snippet_answer(quote) if quote else None,
    )
