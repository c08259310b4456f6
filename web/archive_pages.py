"""Pages on what crawls brought: coverage, pages as captured, captures compared."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, Response, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from index.coverage import Reach, reach
from index.crawled import FailedAddress
from web.charts import HEIGHT, bars
from web.comparing import comparing
from web.links import Address
from web.params import (
    CapturedParameters,
    CompareParameters,
    CoverageParameters,
    ParametersT,
    known,
    validate,
)
from web.ports import Searcher
from web.raw import raw_response

FAILED_ON_A_PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedPage:
    """A page of the addresses that failed.

    Attributes:
        addresses: Those on this page.
        first: Number of the first of them, from 1.
        total: How many there are.
        previous: Address of the page before, if there is one.
        following: Address of the next page, if there is one.
    """

    addresses: tuple[FailedAddress, ...]
    first: int
    total: int
    previous: str | None
    following: str | None


def install(app: Flask, searcher: Searcher) -> None:
    """Give the application these pages."""
    pages = Blueprint("archive", __name__)

    @pages.get("/coverage")
    def coverage() -> str:
        asked = read_asked(CoverageParameters)
        reached = reach(searcher.archive.coverage(), asked.site)
        return render_template(
            "coverage.html",
            reached=reached,
            asked=asked,
            failed=_failed(searcher, reached, asked),
            bars=bars,
            height=HEIGHT,
            twin=url_for("archive_api.coverage"),
        )

    @pages.get("/documents/<document_id>/raw")
    def raw(document_id: str) -> Response:
        asked = read_asked(CapturedParameters)
        return raw_response(searcher.archive.page(document_id, asked.capture))

    @pages.get("/documents/<document_id>/compare")
    def compare(document_id: str) -> str:
        asked = read_asked(CompareParameters)
        found = searcher.archive.compare(document_id, asked.before, asked.after)
        numbers: dict[str, Any] = {
            "from": found.before.number,
            "to": found.after.number,
        }
        return render_template(
            "compare.html",
            comparing=comparing(found),
            twin=url_for("archive_api.compare", id=document_id, **numbers),
        )

    app.register_blueprint(pages)


def read_asked(model: type[ParametersT]) -> ParametersT:
    """Read the parameters of the address asked for, or raise ``BadParameter``."""
    names = known(model)
    pairs = [pair for pair in request.args.items(multi=True) if pair[0] in names]
    given = MultiDict(pairs)
    return validate(given, model)


def _failed(
    searcher: Searcher, reached: Reach, asked: CoverageParameters
) -> FailedPage:
    """Read the page of failed addresses that was asked for."""
    total = reached.total.failures
    start = (asked.page - 1) * FAILED_ON_A_PAGE
    some = (
        searcher.archive.failed(asked.site, start=start, most=FAILED_ON_A_PAGE)
        if total
        else ()
    )
    here = Address(url_for("archive.coverage"), tuple(request.args.items(multi=True)))
    more = start + len(some) < total and bool(some)
    return FailedPage(
        addresses=tuple(some),
        first=start + 1,
        total=total,
        previous=f"{here.turn(asked.page - 1)}#failed" if asked.page > 1 else None,
        following=f"{here.turn(asked.page + 1)}#failed" if more else None,
    )
