"""The home page and the page of results, without a browser."""

from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from index.errors import IndexStale
from search.results import SearchRequest, Sort, Unmatched
from tests.fakes import FakeSearcher
from tests.web.documents import COPY, YEARBOOK
from tests.web.page import get, links, one, words


def test_home_page_asks_and_tells_how_much_there_is(client: FlaskClient) -> None:
    """A box to search in, and the number of documents."""
    page = get(client, "/")
    assert "29 份文档" in one(page, ".count").text
    assert one(page, "form[role=search]")["action"] == "/search"


def test_home_page_says_when_the_index_cannot_be_used(
    client: FlaskClient, searcher: FakeSearcher
) -> None:
    """The home page stays, with what to do."""
    searcher.failure = IndexStale("dictionary", "3f2a", "91bc")
    assert client.get("/").status_code == 200
    assert "wensu index --rebuild" in one(get(client, "/"), "[role=alert]").text


def test_home_page_of_an_empty_archive_says_how_to_fill_it(
    client: FlaskClient, searcher: FakeSearcher
) -> None:
    """Nothing to browse, but a first step."""
    searcher.documents = ()
    assert "wensu ingest" in one(get(client, "/"), ".count").text


def test_results_show_exactly_the_matches_marked(client: FlaskClient) -> None:
    """Every mark in titles and passages is the query."""
    page = get(client, "/search?q=联谊")
    marked = words(page, ".hit mark")
    assert len(marked) >= 5
    assert set(marked) == {"联谊"}
    assert one(page, "head title").text.startswith("联谊 ·")
    assert one(page, "#q")["value"] == "联谊"


def test_passage_leads_to_its_place_with_the_query_kept(client: FlaskClient) -> None:
    """The link of a passage has the document, the query and the anchor."""
    target = urlsplit(links(get(client, "/search?q=茶农"), ".snippet a")[0])
    assert target.path == f"/documents/{YEARBOOK.id}"
    kept = {"q": ["茶农"], "rank": ["1"]}
    assert (parse_qs(target.query), target.fragment) == (kept, "b2")


def test_range_and_total_are_said(client: FlaskClient) -> None:
    """On the second page of ten the range begins at eleven."""
    page = get(client, "/search?q=本周&page=2")
    assert "第 11–20 条，共 24 条" in one(page, "[role=status]").text
    assert one(page, "ol.hits")["start"] == "11"


def test_pages_are_linked_in_head_and_foot(client: FlaskClient) -> None:
    """Next and previous stand in both, the current page is named."""
    page = get(client, "/search?q=本周&page=2")
    for relation, number in (("next", ["3"]), ("prev", None)):
        head, foot = links(page, f"[rel={relation}]")
        assert head == foot
        assert parse_qs(urlsplit(head).query).get("page") == number
    assert words(page, ".pager [aria-current=page]") == ["2"]


def test_page_beyond_the_last_leads_back(client: FlaskClient) -> None:
    """Asking for page 90 of 3 is told so."""
    page = get(client, "/search?q=本周&page=90")
    assert "没有这么多页" in one(page, ".notice").text
    assert "24" in one(page, "[role=status]").text


def test_facets_count_and_narrow(client: FlaskClient) -> None:
    """A facet's link gives as many results as the facet says."""
    page = get(client, "/search?sort=newest")
    for facet in page.select(".facets a.value"):
        count = one(facet, ".number").text
        narrowed = get(client, str(facet["href"]))
        assert f"{count} 条" in one(narrowed, "[role=status]").text.replace("共 ", "")


def test_active_filter_can_be_removed(client: FlaskClient) -> None:
    """A filter stands as a chip whose link takes it away."""
    page = get(client, "/search?q=联谊&year=2020&site=青石县情网")
    assert words(page, ".chips a") == ["2020×", "青石县情网×", "全部清除"]
    assert "year" not in links(page, ".chips a")[0]
    everything = parse_qs(urlsplit(links(page, ".chips a")[-1]).query)
    assert everything == {"q": ["联谊"]}


def test_new_query_keeps_the_filters(client: FlaskClient) -> None:
    """The search box sends filters and order along, but not the page."""
    page = get(client, "/search?q=本周&year=2018&sort=oldest&page=2")
    kept = [
        (field["name"], field["value"])
        for field in page.select("form[role=search] [type=hidden]")
    ]
    assert kept == [("year", "2018"), ("sort", "oldest")]


def test_range_of_years_is_a_form(client: FlaskClient) -> None:
    """The years already chosen stand in it."""
    form = one(get(client, "/search?q=联谊&year_from=2019"), ".years")
    assert one(form, "[name=year_from]")["value"] == "2019"
    assert one(form, "[name=q]")["value"] == "联谊"


def test_everything_is_listed_newest_first(
    client: FlaskClient, searcher: FakeSearcher
) -> None:
    """Without a query and an order the newest come first, in the JSON too."""
    page = get(client, "/search")
    assert searcher.requests[0] == SearchRequest(sort=Sort.NEWEST)
    twin = links(page, "link[rel=alternate]")[0]
    assert parse_qs(urlsplit(twin).query) == {"sort": ["newest"]}
    assert words(page, "form[role=search] [name=sort]") == []


def test_json_twin_gives_the_same_hits(client: FlaskClient) -> None:
    """The linked JSON lists the documents of the page."""
    page = get(client, "/search?q=本周&year=2018&page=2&lang=en")
    twin = links(page, "footer a[type='application/json']")[0]
    titles = [hit["title"] for hit in client.get(twin).get_json()["hits"]]
    assert titles == words(page, ".hit h2")


def test_folded_copies_are_counted(client: FlaskClient) -> None:
    """A hit says how many copies it stands for, and leads to them."""
    page = get(client, "/search?q=茶农")
    assert words(page, ".hit .more a")[0] == "另有 1 份相同或近似的文档"
    assert "连同副本共 2 份" in one(page, "[role=status]").text
    target = links(page, ".hit .more a")[0]
    opened = get(client, target)
    listed = {urlsplit(each).path for each in links(opened, ".hit h2 a")}
    assert listed == {f"/documents/{each.id}" for each in (YEARBOOK, COPY)}
    assert "一份文档及其副本×" in words(opened, ".chips a")
    unfolded = get(client, links(page, ".facets > p a")[-1])
    assert len(unfolded.select(".hit")) == 2


def test_incomplete_document_has_a_badge(client: FlaskClient) -> None:
    """A reader sees what is cut before opening it."""
    page = get(client, "/search?q=刊物")
    assert words(page, ".badge") == ["不完整"]
    assert words(get(client, "/search?q=茶农"), ".badge") == []


def test_query_is_shown_as_understood_word_by_word(client: FlaskClient) -> None:
    """The parsed query, and on request the documents of each word."""
    page = get(client, '/search?q="联谊" 茶农')
    assert words(page, ".understood code") == ["联谊 茶农"]
    explained = get(client, links(page, ".understood a")[0])
    rows = words(explained, ".explain tbody tr")
    assert rows == ["联谊联谊 词 4", "茶农茶农 词 2"]


def test_nothing_found_says_why_and_what_to_try(client: FlaskClient) -> None:
    """The word that is in no document is named; filters can be dropped."""
    page = get(client, '/search?q=联谊 "天气"&year=2020')
    advice = words(page, ".nothing li")
    assert advice[0] == "库中没有这些词：天气"
    assert any("引号" in each for each in advice)
    assert not any("天气" in each for each in advice[1:])
    assert "year" not in links(page, ".nothing a")[0]


def test_suggestion_is_a_link(client: FlaskClient, searcher: FakeSearcher) -> None:
    """A better query is one click away, the filters kept."""
    searcher.suggestions["连谊"] = "联谊"
    target = links(get(client, "/search?q=连谊&year=2020"), ".suggestion a")[0]
    assert parse_qs(urlsplit(target).query) == {"q": ["联谊"], "year": ["2020"]}


def test_waiting_documents_are_told(
    client: FlaskClient, searcher: FakeSearcher
) -> None:
    """What is stored but not indexed is said on the page."""
    searcher.pending = 3
    assert "另有 3 份" in one(get(client, "/search?q=联谊"), ".notice").text


def test_bad_query_points_at_the_character(client: FlaskClient) -> None:
    """The place of the mistake is marked within the query as typed."""
    response = client.get('/search?q=联谊 "振兴')
    page = BeautifulSoup(response.text, "lxml")
    assert response.status_code == 400
    assert one(page, ".caret").text.strip() == '联谊 "振兴'
    assert one(page, ".caret .at").text == '"'
    assert "第 4 个字符" in one(page, "[role=alert]").text
    assert "这个引号没有闭合" in one(page, "[role=alert]").text
    assert one(page, "#q")["value"] == '联谊 "振兴'


def test_mended_query_is_a_link(client: FlaskClient) -> None:
    """What was meant is one click away, the filters kept."""
    page = get(client, '/search?q=联谊 "振兴&year=2020&page=3')
    assert words(page, ".suggestion a") == ['联谊 "振兴"']
    (target,) = links(page, ".suggestion a")
    asked = parse_qs(urlsplit(target).query)
    assert asked == {"q": ['联谊 "振兴"'], "year": ["2020"]}


def test_clauses_that_exclude_each_other_are_told(
    client: FlaskClient, searcher: FakeSearcher
) -> None:
    """A page without hits says that there can be none, and why."""
    searcher.conflict = ("year:2020", "year:2021")
    page = get(client, "/search?q=无此")
    assert "year:2020 与 year:2021 不会同时成立" in one(page, ".nothing").text


def test_filter_that_matches_nothing_can_be_changed(
    client: FlaskClient, searcher: FakeSearcher
) -> None:
    """A value that the archive has is a link, the other words kept."""
    searcher.unmatched = (Unmatched(clause="无此", similar=("联谊",)),)
    page = get(client, "/search?q=无此 振兴&sort=oldest")
    assert "库中没有文档符合 无此" in one(page, ".nothing").text
    target = parse_qs(urlsplit(links(page, ".nothing a")[0]).query)
    assert target == {"sort": ["oldest"], "q": ["联谊 振兴"]}


def test_unknown_field_is_explained_in_the_language_of_the_page(
    client: FlaskClient,
) -> None:
    """The fields there are are listed."""
    page = get(client, "/search?q=名字:联谊")
    assert (
        "没有“名字”这个字段。可用的字段有：标题、所述年份"
        in one(page, "[role=alert]").text
    )


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/search?per_page=101", "参数 per_page 不合要求：不得大于 100"),
        ("/search?page=1001", "不得超过 10,000"),
        ("/search?sort=best", "须是下列之一：relevance, newest, oldest"),
        ("/search?page=1&page=2", "只能给出一次"),
        ("/search?q=%B9%A4", "UTF-8"),
    ],
)
def test_bad_parameter_is_explained(
    client: FlaskClient, address: str, said: str
) -> None:
    """The page says in Chinese which limit was passed."""
    response = client.get(address)
    assert response.status_code == 400
    assert said in one(BeautifulSoup(response.text, "lxml"), "[role=alert]").text


def test_foreign_parameter_is_named_and_left_out(client: FlaskClient) -> None:
    """A tracking parameter does not break a link, nor does it pass unseen."""
    page = get(client, "/search?q=联谊&utm=1")
    assert "utm" in one(page, ".notice").text
    assert not [href for href in links(page, "main a") if "utm" in href]
