"""Labels and links of a page of results."""

from dataclasses import replace
from pathlib import Path

from search.results import FacetCount, Results, Sort
from tests.corpus import CORPUS, make_service
from tests.fakes import FakeSearcher
from tests.web.page import get, words
from web import create_app
from web.links import Address
from web.listing import active_filters, label, listing, sorts
from web.messages import Language, translator
from web.params import SearchParameters

SAY = translator(Language.HANS)
HERE = Address("/search", (("q", "联谊"),))
EMPTY = Results(
    text="联谊",
    parsed="联谊",
    total=0,
    total_documents=0,
    page=1,
    per_page=10,
    took_ms=1,
    index_version="v",
    hits=(),
)


def test_facet_with_one_value_is_shown_only_where_it_tells_something() -> None:
    """A single kind divides nothing; a single year still tells the year."""
    one_each: dict[str, tuple[FacetCount, ...]] = {
        name: (FacetCount(value=value, count=3),)
        for name, value in (("year", 2020), ("kind", "summary"), ("source", "日报"))
    }
    groups = listing(replace(EMPTY, facets=one_each), HERE, SAY).facets
    assert [group.name for group in groups] == ["year"]
    chosen = HERE.add("source", "日报")
    groups = listing(replace(EMPTY, facets=one_each), chosen, SAY).facets
    assert [group.name for group in groups] == ["year", "source"]


def test_value_of_a_facet_adds_itself_and_takes_itself_away() -> None:
    """A chosen value is marked, and its link removes it."""
    facets = {"year": tuple(FacetCount(value=y, count=1) for y in (2021, 2020))}
    here = HERE.add("year", "2020")
    (group,) = listing(replace(EMPTY, facets=facets), here, SAY).facets
    add, remove = group.values
    assert (add.current, remove.current) == (False, True)
    assert add.href.endswith("year=2020&year=2021")
    assert "year" not in remove.href


def test_completeness_has_one_value_at_a_time() -> None:
    """Choosing whole documents takes the choice of cut ones away."""
    facets = {"complete": tuple(FacetCount(value=v, count=1) for v in (True, False))}
    here = HERE.add("complete", "false")
    (group,) = listing(replace(EMPTY, facets=facets), here, SAY).facets
    assert group.values[0].href.endswith("?q=%E8%81%94%E8%B0%8A&complete=true")
    assert group.values[1].current


def test_filters_in_force_can_each_be_removed() -> None:
    """The query and the order are no filters."""
    here = (
        HERE.add("sort", "newest")
        .add("kind", "summary")
        .add("year_from", "2019")
        .add("collapse", "false")
    )
    shown = active_filters(here, SAY)
    assert [each.label for each in shown] == ["总结", "2019 年起", "副本逐份列出"]
    assert "kind" not in shown[0].href
    assert "year_from" in shown[0].href


def test_value_nobody_named_is_shown_as_it_is() -> None:
    """A kind that has no message yet has its own name."""
    assert label("kind", "novel", SAY) == "novel"
    assert label("complete", value=True, say=SAY) == "完整"


def test_relevance_is_offered_only_for_a_query() -> None:
    """In a list of everything nothing is more relevant."""
    everything = SearchParameters(sort=Sort.NEWEST).request()
    assert [each.label for each in sorts(everything, HERE, SAY)] == ["最新", "最早"]
    query = SearchParameters(q="联谊").request()
    assert [each.current for each in sorts(query, HERE, SAY)] == [True, False, False]


def test_heading_a_passage_begins_with_is_not_said_twice() -> None:
    """The path above a passage leaves out what the passage itself begins with."""
    app = create_app(FakeSearcher())
    request = SearchParameters(q="走訪").request()
    results = FakeSearcher().search(request)
    with app.test_request_context():
        hits = listing(results, HERE, SAY).hits
        runs_in = FakeSearcher().search(replace(request, text="茶农"))
        first = listing(runs_in, HERE, SAY).hits[0]
    assert hits[0].snippets[0].section == ("二、服務企業",)
    assert first.snippets[0].section == ()


def test_a_document_of_no_site_adds_no_value_to_the_sites(tmp_path: Path) -> None:
    """A value without a name could be neither read nor asked for."""
    named, unnamed = CORPUS[0], replace(CORPUS[1], url=None, site="")
    service = make_service(tmp_path, (named, unnamed))
    client = create_app(service).test_client()
    listed = client.get("/api/v1/search?q=统战").get_json()
    assert listed["total"] == 2
    assert listed["facets"]["site"] == [{"value": named.site, "count": 1}]
    assert "" not in words(get(client, "/search?q=统战"), ".facets .label")
    service.close()
