"""Pages on year series, without a browser."""

import pytest
from flask.testing import FlaskClient

from tests.web.documents import YEARBOOK
from tests.web.page import get, links, one, words
from tests.web.years import YEARS

SERIES = f"/series/{YEARS[0].id}"
DIFF = f"{SERIES}/diff"
API = f"/api/v1{SERIES}"


def test_list_has_units_with_the_years_they_span(client: FlaskClient) -> None:
    """Dots are filled where a text is held; a screen reader is told which."""
    page = get(client, "/series?q=档案馆")
    assert words(page, ".found h2") == ["青石市档案馆工作总结"]
    assert words(page, ".found .span span") == ["2014–2017", "存 3 年", "缺 1 年"]
    dots = one(page, ".found svg")
    assert dots["aria-label"] == "有：2014、2015、2017；未收藏：1 年 2016"
    assert len(dots.select("circle")) == 4
    assert len(dots.select(".open")) == 1


def test_list_says_what_to_do_when_nothing_is_found(client: FlaskClient) -> None:
    """Not an empty page; what was typed is shown as text."""
    page = get(client, "/series?q=<b>没有</b>")
    assert (
        "没有单位、标题或网站名包含“<b>没有</b>”的系列"
        in one(page, "[role=status]").text
    )


def test_list_is_paged(client: FlaskClient) -> None:
    """The JSON twin names the pages beside it."""
    body = client.get("/api/v1/series?per_page=1").get_json()
    assert (len(body["series"]), body["prev"]) == (min(1, body["total"]), None)
    assert client.get("/api/v1/series?per_page=101").status_code == 400


def test_timeline_shows_a_gap_as_not_held(client: FlaskClient) -> None:
    """Which is not said to be not written."""
    page = get(client, SERIES)
    assert words(page, ".timeline h2") == ["2014", "2015", "2016", "2017"]
    assert "不等于没有写" in words(page, ".timeline .gap")[0]
    assert links(page, ".axis a") == ["#y2014", "#y2015", "#y2017"]


def test_each_text_says_how_it_got_there_and_how_long_it_is(
    client: FlaskClient,
) -> None:
    """Unit and year are told by the title here."""
    first = get(client, SERIES).select(".texts li")[0]
    assert links(first, "a") == [f"/documents/{YEARS[0].id}"]
    assert words(first, ".how") == ["单位据标题，年份据标题"]
    assert f"{len(YEARS[0].text)} 字" in words(first, ".about")[0]


def test_steps_tell_shares_and_lead_to_the_comparison(client: FlaskClient) -> None:
    """From each year to the next one that is held."""
    page = get(client, SERIES)
    targets = links(page, ".step a")
    assert [target.partition("?")[2] for target in targets] == [
        "from=2014&to=2015",
        "from=2015&to=2017",
    ]
    assert words(page, ".step .shares")[0].startswith("沿用")
    assert client.get(targets[0]).status_code == 200


def test_years_stand_side_by_side_with_changes_marked(client: FlaskClient) -> None:
    """Markup of a text stays text; the sides have the language of their script."""
    page = get(client, f"{DIFF}?from=2014&to=2015")
    assert words(page, ".pair .what") == [
        "改动 · 只改数字",
        "删去",
        "沿用",
        "新增",
    ]
    changed = page.select(".pair.changed .side")
    assert [words(side, "del, ins") for side in changed] == [["[-312-]"], ["{+358+}"]]
    assert "<b>" in changed[0].text
    assert not page.select(".side b")
    later = get(client, f"{DIFF}?from=2015&to=2017").select(".pair.changed .side")
    assert [side["lang"] for side in later] == ["zh-Hans", "zh-Hant"]


def test_moved_sentences_are_carried_over(client: FlaskClient) -> None:
    """Across scripts as well."""
    page = get(client, f"{DIFF}?from=2015&to=2017&show=carried")
    assert words(page, ".pair .what").count("沿用 · 移了位置") == 1
    assert {tuple(row["class"]) for row in page.select(".pair")} == {
        ("pair", "carried")
    }


@pytest.mark.parametrize("show", ["all", "carried", "changed", "new", "dropped"])
def test_passages_of_one_fate_can_be_shown_alone(
    client: FlaskClient, show: str
) -> None:
    """By links, one of which is current."""
    page = get(client, f"{DIFF}?from=2014&to=2015&show={show}")
    (current,) = page.select(".sorts [aria-current]")
    assert f"show={show}" in str(current["href"])


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/series/unknown", 404, "没有这个系列或年份"),
        (f"{DIFF}?from=2016", 404, "没有这个系列或年份"),
        (f"{DIFF}?from=abc", 400, "from"),
        (f"{DIFF}?show=some", 400, "show"),
        ("/series?page=0", 400, "page"),
    ],
)
def test_what_cannot_be_shown_is_said(
    client: FlaskClient, address: str, status: int, says: str
) -> None:
    """A page that explains itself, never a fault of the server."""
    response = client.get(address)
    assert response.status_code == status
    assert says in response.text


def test_document_leads_to_the_other_years(client: FlaskClient) -> None:
    """Its own year is no link; a document without a series has none of this."""
    nav = one(get(client, f"/documents/{YEARS[1].id}"), ".other-years")
    assert words(nav, "li") == ["2014", "2015", "2017"]
    assert words(nav, "[aria-current]") == ["2015"]
    assert f"/documents/{YEARS[0].id}" in links(nav, "li a")
    assert not get(client, f"/documents/{YEARBOOK.id}").select(".other-years")


def test_document_tells_its_series_as_json(client: FlaskClient) -> None:
    """By an id that leads to it."""
    series = client.get(f"/api/v1/documents/{YEARS[0].id}").get_json()["series"]
    body = client.get(f"/api/v1/series/{series}").get_json()
    assert (body["id"], body["years"], body["gaps"]) == (
        series,
        [2014, 2015, 2017],
        [2016],
    )
    assert [year["held"] for year in body["timeline"]] == [True, True, False, True]
    assert client.get(f"/api/v1/documents/{YEARBOOK.id}").get_json()["series"] is None


def test_comparison_as_json_has_both_sides(client: FlaskClient) -> None:
    """With the blocks they stand in and what changed."""
    body = client.get(f"{API}/diff?from=2014&to=2015").get_json()
    assert (body["from"], body["to"]) == (2014, 2015)
    first = body["passages"][0]
    assert (first["fate"], first["figures"], first["moved"]) == ("changed", True, False)
    assert first["before"]["anchors"] == ["b1"]
    removed = [p["text"] for p in first["before"]["pieces"] if p["change"] == "removed"]
    assert removed == ["312"]
    shares = [body[fate]["share"] for fate in ("carried", "changed", "new")]
    assert sum(shares) == pytest.approx(1, abs=0.001)
