"""The Atom feed of a search (RFC 4287): what a reader of feeds asks for again.

Feed and entries have names that no change of address touches: a UUID of the search
and of the document's id. An entry is updated when a capture changed what is read.
"""

import re
from dataclasses import replace
from typing import Final, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from flask import Blueprint, Flask, Response, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from search.results import Hit, SearchRequest, Sort
from web.api import tagged
from web.hosts import public_root
from web.interface import speaker
from web.links import Address
from web.listing import active_filters
from web.pager import make_pager
from web.params import SearchParameters, known, read_search
from web.ports import Archive, Searcher

ATOM: Final = "application/atom+xml"
_NEVER: Final = "1970-01-01T00:00:00Z"
"""When a feed without entries was updated: RFC 4287 wants a time."""
_MIDNIGHT: Final = "T00:00:00+08:00"
"""Pages tell the day they were put up, in China's time."""
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
# What XML 1.0 cannot hold, however it is written (section 2.2).
_UNWRITABLE: Final = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
_LEFT_OUT: Final = ("explain", "why")


class Entry(NamedTuple):
    """An entry of a feed.

    Attributes:
        id: Its name.
        title: The title of the document.
        href: Where it is shown.
        updated: When what is read of it changed.
        published: When its page says it was put up; empty where it names no day.
        author: Who published it; empty where that is not known.
        summary: The passages that match.
    """

    id: str
    title: str
    href: str
    updated: str
    published: str
    author: str
    summary: str


def install(app: Flask, searcher: Searcher) -> None:
    """Give the application the feed of a search."""
    pages = Blueprint("feed", __name__)

    @pages.get("/search.atom")
    def feed() -> Response:
        here = Address(url_for("feed.feed"), tuple(request.args.items(multi=True)))
        asked = _read(here)
        results = searcher.search(asked)
        say = speaker()
        kept = here.drop(*_LEFT_OUT)
        entries = [_entry(hit, searcher.archive, kept) for hit in results.hits]
        labels = [each.label for each in active_filters(kept, say)]
        body = render_template(
            "feed.xml.html",
            base=public_root(),
            id=_name(_identity(asked, kept)),
            heading=_written(" · ".join(filter(None, [asked.text, *labels]))),
            updated=max((each.updated for each in entries), default=_NEVER),
            entries=entries,
            here=kept,
            pager=make_pager(results, kept),
            results=results,
        )
        response = tagged(body, body)
        response.content_type = f"{ATOM}; charset=utf-8"
        return response

    app.register_blueprint(pages)


def feed_address(here: Address) -> str:
    """Address the feed of the search a page shows, the newest first."""
    kept = here.only((*known(SearchParameters), "lang"))
    return str(kept.drop("sort", "per_page", *_LEFT_OUT).at(url_for("feed.feed")))


def _read(here: Address) -> SearchRequest:
    """Read what is asked for: the newest first, and only what matches in full."""
    ordered = [] if any(here.values("sort")) else [("sort", str(Sort.NEWEST))]
    pairs = [*(pair for pair in here.pairs if pair[0] != "lang"), *ordered]
    asked = read_search(MultiDict(pairs))
    return replace(asked, partial=False, facets=False, explain=False, why="")


def _entry(hit: Hit, archive: Archive, here: Address) -> Entry:
    """Make an entry of a hit."""
    page = here.only(("q", "lang", "synonyms"))
    day = hit.published if hit.published and _DAY.fullmatch(hit.published) else ""
    return Entry(
        id=_name(f"document {hit.id}"),
        title=_written(hit.title),
        href=str(page.at(url_for("pages.document", document_id=hit.id))),
        updated=archive.updated(hit.id) or _NEVER,
        published=f"{day}{_MIDNIGHT}" if day else "",
        author=_written(hit.source or hit.site),
        summary=_written(" … ".join(snippet.text for snippet in hit.snippets)),
    )


def _identity(asked: SearchRequest, here: Address) -> str:
    """Tell a search from every other: its parameters in order, its page left out."""
    pairs = sorted(here.drop("lang").pairs)
    return f"search {asked.sort} {pairs}"


def _name(of: str) -> str:
    """Give a name that stays the same."""
    return uuid5(NAMESPACE_URL, f"wensu {of}").urn


def _written(text: str) -> str:
    """Leave out the characters that no XML can hold."""
    return _UNWRITABLE.sub("", text)
