"""The page of results as the template needs it: every label and link made."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from flask import url_for
from markupsafe import Markup

from search.facets import named
from search.results import FacetCount, Hit, Results, SearchRequest, Snippet, Sort
from web.histogram import Histogram, histogram
from web.links import Address
from web.marked import marked
from web.messages import Translator
from web.pager import Choice, Pager, make_pager

FACETS: Final = ("year", "site", "script", "kind", "source", "region", "complete")
# These tell something even with one value; the others only when they divide.
_ALWAYS: Final = frozenset({"year", "site", "script"})
_NOT: Final = "not_"
# Every field that a search narrows by, but for those with two values.
_EXCLUDABLE: Final = (
    "year",
    "published",
    "site",
    "script",
    "kind",
    "source",
    "region",
)
_RANGE: Final = ("year_from", "year_to")
_FILTERS: Final = (
    *FACETS,
    *_RANGE,
    "published",
    *(f"{_NOT}{name}" for name in _EXCLUDABLE),
    "group",
    "collapse",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A facet with its values."""

    name: str
    values: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActiveFilter:
    """A filter in force and the address without it."""

    name: str
    label: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSnippet:
    """A passage and the address of the place it stands in."""

    text: Markup
    section: tuple[str, ...]
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownHit:
    """A hit with its title marked."""

    hit: Hit
    title: Markup
    href: str
    host: str
    copies: str
    snippets: tuple[ShownSnippet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A page of results.

    Attributes:
        results: The answer it shows.
        first: Rank of the first hit shown; 0 where none is.
        last: Rank of the last hit shown.
        hits: The hits.
        facets: The facets worth showing.
        histogram: Documents by year; ``None`` where there are none of two years.
        pager: The pages; ``None`` where one is enough.
    """

    results: Results
    first: int
    last: int
    hits: tuple[ShownHit, ...]
    facets: tuple[Group, ...]
    histogram: Histogram | None
    pager: Pager | None


def listing(results: Results, here: Address, say: Translator) -> Listing:
    """Make a page of results that stands at an address."""
    hits = tuple(_hit(hit, results.text, here) for hit in results.hits)
    return Listing(
        results=results,
        first=results.hits[0].rank if results.hits else 0,
        last=results.hits[-1].rank if results.hits else 0,
        hits=hits,
        facets=tuple(_facets(results, here, say)),
        histogram=histogram(results.facets.get("year", ()), here),
        pager=make_pager(results, here),
    )


def label(name: str, value: object, say: Translator) -> str:
    """Name a value of a field in the reader's language."""
    written = str(value).lower() if isinstance(value, bool) else str(value)
    if name.startswith(_NOT):
        return say("filter.not", label=label(name.removeprefix(_NOT), value, say))
    if name in ("kind", "script", "complete", "collapse"):
        return say.known(f"{name}.{written}", written)
    if name == "group":
        return say("filter.group")
    if name in ("year_from", "year_to", "published"):
        return say(f"filter.{name}", year=written)
    return written


def active_filters(here: Address, say: Translator) -> tuple[ActiveFilter, ...]:
    """List the filters of an address, each with the address that lacks it.

    A first and a last year are one filter.
    """
    ends = [here.values(name) for name in _RANGE]
    ranged = all(ends)
    shown = [
        ActiveFilter(
            name=name,
            label=label(name, value, say),
            href=str(here.drop_value(name, value)),
        )
        for name, value in here.pairs
        if name in _FILTERS and value and (name, value) != ("collapse", "true")
        if not (ranged and name in _RANGE)
    ]
    if ranged:
        (first, *_), (last, *_) = ends
        words = say("filter.range", first=first, last=last)
        without = str(here.drop(*_RANGE))
        shown.append(ActiveFilter(name=_RANGE[0], label=words, href=without))
    return tuple(shown)


def without_filters(here: Address) -> str:
    """Give the address of the same query with nothing narrowed."""
    return str(here.drop(*_FILTERS))


def sorts(request: SearchRequest, here: Address, say: Translator) -> tuple[Choice, ...]:
    """List the orders hits can be in; without a query none is more relevant."""
    orders = [sort for sort in Sort if request.text or sort is not Sort.RELEVANCE]
    return tuple(
        Choice(
            label=say(f"sort.{sort}"),
            href=str(here.put("sort", sort)),
            current=sort is request.sort,
        )
        for sort in orders
    )


def _hit(hit: Hit, text: str, here: Address) -> ShownHit:
    """Make a hit whose links keep the search: it is marked there, and its like."""
    path = url_for("pages.document", document_id=hit.id)
    page = here.drop("explain", "why").put("rank", str(hit.rank))
    href = str((page.put("q", text) if text else page).at(path))
    return ShownHit(
        hit=hit,
        title=marked(hit.title, hit.title_marks),
        href=href,
        host=urlsplit(hit.url or "").netloc,
        copies=str(copies_address(here, hit.id)),
        snippets=tuple(_snippet(snippet, href) for snippet in hit.snippets),
    )


def copies_address(here: Address, document_id: str) -> Address:
    """Address a search that lists a document and the copies folded into it."""
    return here.put("group", document_id)


def _snippet(snippet: Snippet, href: str) -> ShownSnippet:
    """Make a passage that leads to its place in the document.

    A heading that the passage itself begins with is not said twice.
    """
    section = snippet.section
    if section and snippet.text.startswith(section[-1]):
        section = section[:-1]
    return ShownSnippet(
        text=marked(snippet.text, snippet.marks),
        section=section,
        href=f"{href}#{snippet.anchor}",
    )


def _facets(results: Results, here: Address, say: Translator) -> Iterator[Group]:
    """Make the facets that tell something."""
    for name in FACETS:
        counts = results.facets.get(name, ())
        if len(counts) > 1 or (counts and (name in _ALWAYS or _narrowed(name, here))):
            most = max(count.count for count in counts)
            values = tuple(_choice(name, one, most, here, say) for one in counts)
            yield Group(name=name, values=values)


def _narrowed(name: str, here: Address) -> bool:
    """Tell whether some values of a field are asked for, or left out."""
    return bool(here.values(name) or here.values(f"{_NOT}{name}"))


def _choice(
    name: str, counted: FacetCount, most: int, here: Address, say: Translator
) -> Choice:
    """Make a value of a facet: its link adds it, or takes it away again."""
    value = counted.value
    written = str(value).lower() if isinstance(value, bool) else str(value)
    chosen = _naming(name, written, here.values(name))
    excluded = _naming(name, written, here.values(f"{_NOT}{name}"))
    if excluded:
        target = here.drop_value(f"{_NOT}{name}", *excluded)
    elif chosen:
        target = here.drop_value(name, *chosen)
    elif name == "complete":
        target = here.put(name, written)
    else:
        target = here.add(name, written)
    return Choice(
        label=label(name, value, say),
        href=str(target),
        current=bool(chosen),
        count=counted.count,
        share=round(100 * counted.count / most) if most else 0,
        without="" if chosen or excluded else _without(name, written, here),
        excluded=bool(excluded),
    )


def _naming(name: str, value: str, asked: Iterable[str]) -> tuple[str, ...]:
    """List what is asked for that names a value."""
    return tuple(each for each in asked if value in named(name, (value,), (each,)))


def _without(name: str, value: str, here: Address) -> str:
    """Address everything but a value of a field, where that can be asked for."""
    return str(here.add(f"{_NOT}{name}", value)) if name in _EXCLUDABLE else ""
