"""Answers of the service become JSON without loss."""

from dataclasses import replace

from index.coverage import Reach, SiteCoverage
from search.results import FacetCount, Results
from web.archive_present import reach_answer
from web.present import search_answer

EMPTY = Results(
    text="",
    parsed="",
    total=0,
    total_documents=0,
    page=1,
    per_page=10,
    took_ms=1.23456,
    index_version="v",
    hits=(),
)

REACHED = reach_answer(Reach(sites=(), total=SiteCoverage(site="")))


def test_facet_values_keep_their_type() -> None:
    """A year is a number, completeness a boolean, a site a string."""
    facets: dict[str, tuple[FacetCount, ...]] = {
        "year": (FacetCount(value=2020, count=2),),
        "complete": (FacetCount(value=False, count=1),),
        "site": (FacetCount(value="2020", count=3),),
    }
    sent = search_answer(
        replace(EMPTY, facets=facets), REACHED, None, None, str
    ).model_dump()["facets"]
    assert sent["year"] == [{"value": 2020, "count": 2}]
    assert sent["complete"] == [{"value": False, "count": 1}]
    assert sent["site"] == [{"value": "2020", "count": 3}]


def test_facet_that_was_not_counted_is_empty() -> None:
    """Every facet of the contract is there."""
    sent = search_answer(EMPTY, REACHED, None, None, str).model_dump()["facets"]
    assert list(sent) == [
        "year",
        "site",
        "region",
        "kind",
        "source",
        "script",
        "complete",
        "published",
    ]
    assert not any(sent.values())


def test_time_is_rounded() -> None:
    """Hundredths of a millisecond are enough."""
    assert search_answer(EMPTY, REACHED, None, None, str).took_ms == 1.23
