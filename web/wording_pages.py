"""The page of phrases over the years; it works without JavaScript."""

from dataclasses import dataclass, replace
from http import HTTPStatus

from flask import Blueprint, Flask, Response, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from index.document import Kind, Script
from search.results import Axis, SearchRequest, Sort
from search.wording import MAX_PHRASES, Track, Use, WordingRequest
from web.charts import MARKERS, Timeline, timeline
from web.interface import speaker
from web.links import Address
from web.listing import Listing, active_filters, listing, without_filters
from web.marked import marked
from web.params import known, validate
from web.ports import Searcher
from web.refusals import BadParameter, Reason
from web.wording_params import FILTERS, WordingPageParameters
from web.wording_present import precision, searches

QUOTED_ON_A_PAGE = 20
_OF = "of"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotes:
    """The quotes of a phrase in a year.

    Attributes:
        use: The phrase.
        year: The year.
        listing: The first documents, the oldest first.
        search: Address of the search that has all of them.
    """

    use: Use
    year: int
    listing: Listing
    search: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the page shows of phrases.

    Attributes:
        track: The answer it shows.
        chart: Its chart; ``None`` where no year is known.
        quotes: The quotes that were asked for.
    """

    track: Track
    chart: Timeline | None
    quotes: Quotes | None


def install(app: Flask, searcher: Searcher) -> None:
    """Give the application this page."""
    pages = Blueprint("wording", __name__)

    @pages.get("/wording")
    def page() -> Response:
        here = _here()
        try:
            asked = _asked(here)
            shown = _show(searcher, asked, here) if asked.q else None
        except BadParameter as error:
            return _page(here, None, None, error)
        return _page(here, asked, shown)

    app.register_blueprint(pages)


def _here() -> Address:
    """Give the address asked for, with the parameters that mean something."""
    given = tuple(pair for pair in request.args.items(multi=True) if pair[1].strip())
    path = url_for("wording.page")
    return Address(path, given).only((*known(WordingPageParameters), "lang"))


def _asked(here: Address) -> WordingPageParameters:
    """Read the parameters, or raise ``BadParameter``."""
    given = MultiDict(here.only(known(WordingPageParameters)).pairs)
    return validate(given, WordingPageParameters)


def _show(searcher: Searcher, asked: WordingPageParameters, here: Address) -> Shown:
    """Follow the phrases, and fetch the quotes that were asked for.

    Raises:
        BadParameter: They are of a phrase that there is not.
    """
    wanted = asked.request()
    if asked.of > len(wanted.phrases):
        raise BadParameter(_OF, Reason.AT_MOST, limit=len(wanted.phrases))
    track = searcher.wording.track(wanted)
    chart = timeline(
        [use.years for use in track.uses],
        lambda number, year: quotes_address(here, number, year),
    )
    quotes = None
    if asked.at:
        use = track.uses[asked.of - 1]
        quotes = _quotes(searcher, wanted, use, asked.at, here)
    return Shown(track=track, chart=chart, quotes=quotes)


def quotes_address(here: Address, number: int, year: int) -> str:
    """Address the quotes of a phrase, by its number from 0, in a year."""
    return f"{here.put('of', str(number + 1)).put('at', str(year))}#quotes"


def _quotes(
    searcher: Searcher, wanted: WordingRequest, use: Use, year: int, here: Address
) -> Quotes:
    """Fetch the first quotes of a phrase in a year."""
    search = searches(here, wanted, url_for("pages.search"))(use, year)
    results = searcher.search(
        replace(
            _in_year(wanted, year),
            text=use.query,
            sort=Sort.OLDEST,
            per_page=QUOTED_ON_A_PAGE,
            facets=False,
        )
    )
    return Quotes(
        use=use,
        year=year,
        listing=listing(results, search, speaker()),
        search=str(search),
    )


def _in_year(wanted: WordingRequest, year: int) -> SearchRequest:
    """Confine the filters of a question to one year."""
    if wanted.axis is Axis.PUBLISHED:
        return replace(wanted.within, published=(year,))
    return replace(wanted.within, year=(year,))


def _search(here: Address, use: Use) -> str:
    """Address the search that finds the documents of a phrase."""
    kept = here.only((*FILTERS, "lang")).pairs
    return str(Address(url_for("pages.search"), (("q", use.query), *kept)))


def _page(
    here: Address,
    asked: WordingPageParameters | None,
    shown: Shown | None,
    error: BadParameter | None = None,
) -> Response:
    """Write the page; what was asked for stands in its form, refused or not."""
    say = speaker()
    limit = say(f"parameter.{error.reason}", **error.values) if error else ""
    names = known(WordingPageParameters)
    twin = here.drop("at", "of", "lang").at(url_for("wording_api.wording"))
    body = render_template(
        "wording.html",
        here=here,
        asked=asked,
        shown=shown,
        error=error,
        limit=limit,
        axes=tuple(Axis),
        phrases=here.values("q")[:MAX_PHRASES],
        most=MAX_PHRASES,
        markers=MARKERS,
        filters=active_filters(here, say),
        without_filters=without_filters(here),
        kinds=tuple(Kind),
        scripts=tuple(Script),
        quotes_address=quotes_address,
        precision=precision,
        unknown=[name for name in request.args if name not in (*names, "lang")],
        twin=str(twin),
        table_address=str(twin.put("format", "csv")),
        search_of=lambda use: _search(here, use),
        marked=marked,
    )
    status = HTTPStatus.BAD_REQUEST if error else HTTPStatus.OK
    return Response(body, status)
