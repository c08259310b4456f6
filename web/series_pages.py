"""Pages on year series: the list, the timeline of one, two of its years compared."""

from typing import Any

from flask import Blueprint, Flask, render_template, request, url_for

from web.archive_pages import read_asked
from web.interface import speaker
from web.links import Address
from web.params import known
from web.ports import Searcher
from web.series_params import (
    SeriesListParameters,
    Shown,
    YearsPageParameters,
)
from web.series_reading import listed, timeline, years_compared


def install(app: Flask, searcher: Searcher) -> None:
    """Give the application these pages."""
    pages = Blueprint("series", __name__)

    @pages.get("/series")
    def listing() -> str:
        wanted = read_asked(SeriesListParameters)
        here = _here("series.listing", SeriesListParameters)
        found = searcher.series.search(wanted.q)
        return render_template(
            "series_list.html",
            listed=listed(found, wanted, here),
            asked=wanted,
            twin=str(here.at(url_for("series_api.listing"))),
        )

    @pages.get("/series/<series_id>")
    def series(series_id: str) -> str:
        view = searcher.series.view(series_id)
        return render_template(
            "series.html",
            shown=timeline(view),
            twin=url_for("series_api.series", id=view.series.id),
        )

    @pages.get("/series/<series_id>/diff")
    def diff(series_id: str) -> str:
        wanted = read_asked(YearsPageParameters)
        found = searcher.series.compare(series_id, wanted.before, wanted.after)
        years: dict[str, Any] = {"from": found.step.before, "to": found.step.after}
        return render_template(
            "series_diff.html",
            shown=years_compared(found, wanted.show, speaker()),
            choices=tuple(Shown),
            asked=wanted,
            twin=url_for("series_api.diff", id=found.series.id, **years),
        )

    app.register_blueprint(pages)


def _here(endpoint: str, model: type[SeriesListParameters]) -> Address:
    """Give the address asked for, with the parameters that mean something."""
    pairs = tuple(request.args.items(multi=True))
    return Address(url_for(endpoint), pairs).only((*known(model), "lang"))
