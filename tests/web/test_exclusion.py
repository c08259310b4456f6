"""Values that a search leaves out, on the page and in the API."""

from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient

from tests.web.page import get, links, one, words

SITE = "青石县情网"


def total(client: FlaskClient, query: str) -> int:
    """Ask the API how many hits a search has."""
    return int(client.get(f"/api/v1/search?{query}").get_json()["total"])


def test_every_value_of_a_facet_can_be_left_out(client: FlaskClient) -> None:
    """With it and without it are all there are, where all have a value."""
    page = get(client, "/search?collapse=false")
    everything = total(client, "collapse=false")
    offered = page.select(".facets .not")
    assert len(offered) > 5
    for link in offered:
        asked = parse_qs(urlsplit(str(link["href"])).query)
        (name,) = (key for key in asked if key.startswith("not_"))
        field, value = name.removeprefix("not_"), asked[name][0]
        if field not in ("site", "kind", "script"):
            continue
        kept = total(client, f"collapse=false&{field}={value}")
        left = total(client, f"collapse=false&not_{field}={value}")
        assert kept
        assert kept + left == everything


def test_document_without_a_value_stays(client: FlaskClient) -> None:
    """Nobody knows that it is of the publisher that is left out."""
    hits = client.get("/api/v1/search?per_page=100").get_json()["hits"]
    (source, *_) = sorted({hit["source"] for hit in hits if hit["source"]})
    rest = client.get(f"/api/v1/search?per_page=100&not_source={source}").get_json()
    assert {hit["source"] for hit in rest["hits"]} == (
        {hit["source"] for hit in hits} - {source}
    )
    assert None in {hit["source"] for hit in rest["hits"]}


def test_what_is_left_out_is_a_chip_and_can_come_back(client: FlaskClient) -> None:
    """The chip says so and its link, like that of the value, takes it in again."""
    page = get(client, f"/search?q=联谊&not_site={SITE}&not_kind=summary")
    assert words(page, ".chips .not") == [f"不含 {SITE}×", "不含 总结×"]
    for selector in (".chips .not", ".excluded .value"):
        back = parse_qs(urlsplit(links(page, selector)[0]).query)
        assert back == {"q": ["联谊"], "not_kind": ["summary"]}
    assert parse_qs(urlsplit(links(page, ".chips .all")[0]).query) == {"q": ["联谊"]}


def test_value_left_out_is_still_counted(client: FlaskClient) -> None:
    """A facet is counted without its own filter, so one sees what is missing."""
    page = get(client, f"/search?not_site={SITE}")
    excluded = one(page, ".excluded")
    assert SITE in excluded.text
    assert one(excluded, ".number").text != "0"
    assert not excluded.select(".not")


def test_years_to_choose_from_replace_single_ones(client: FlaskClient) -> None:
    """The form does not send a year that would contradict the range."""
    page = get(client, "/search?q=联谊&year=2020&not_kind=summary")
    hidden = [str(each["name"]) for each in page.select(".years [type=hidden]")]
    assert hidden == ["q", "not_kind"]


def test_range_of_years_is_one_chip(client: FlaskClient) -> None:
    """Both ends go together; one end alone is a chip of its own."""
    page = get(client, "/search?q=联谊&year_from=2019&year_to=2021")
    assert words(page, ".chips a") == ["2019–2021 年×"]
    assert parse_qs(urlsplit(links(page, ".chips a")[0]).query) == {"q": ["联谊"]}
    assert words(get(client, "/search?year_from=2019"), ".chips a") == ["2019 年起×"]
