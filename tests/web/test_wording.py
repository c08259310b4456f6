"""Phrases over the years as page, JSON and CSV, over a real archive."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.corpus import make_service
from tests.web.page import get, links, one, words
from web import create_app

API = "/api/v1/wording"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Serve the corpus."""
    service = make_service(tmp_path_factory.mktemp("home"))
    yield create_app(service).test_client()
    service.close()


def asked(client: FlaskClient, address: str) -> dict[str, Any]:
    """Ask the API."""
    response = client.get(address)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.get_json()
    return answer


@pytest.mark.parametrize("by", ["year", "published"])
@pytest.mark.parametrize("collapse", ["true", "false"])
@pytest.mark.parametrize("rest", ["", "&script=hans&year_from=2018"])
def test_every_count_leads_to_its_quotes(
    archive: FlaskClient, by: str, collapse: str, rest: str
) -> None:
    """The address of a year gives as many hits as the year counts."""
    answer = asked(archive, f"{API}?q=统战&q=工作&by={by}&collapse={collapse}{rest}")
    found = [each for use in answer["phrases"] for each in use["years"]]
    assert sum(each["documents"] for each in found) > 8
    for each in found:
        assert (each["search"] is None) == (each["documents"] == 0)
        if each["search"]:
            assert asked(archive, each["search"])["total"] == each["documents"]


def test_first_and_last_have_date_precision_and_quote(archive: FlaskClient) -> None:
    """Marks of the quote are the phrase, in the script of the document."""
    answer = asked(archive, f"{API}?q=走访民营企业&by=published")
    (use,) = answer["phrases"]
    assert (use["first"]["published"], use["first"]["precision"]) == (
        "2021-05-06",
        "day",
    )
    quote = use["last"]["quote"]
    start, end = quote["marks"][0]
    assert quote["text"][start:end] == "走訪民營企業"
    (month,) = use["months"]
    assert (month["month"], month["documents"], month["held"]) == ("2021-05", 1, 1)


@pytest.mark.parametrize(
    ("phrase", "precision"),
    [
        ("清真寺", "year"),
        ("职工之家", "month"),
        ("驻村干部", "month-day"),
        ("座谈会", None),
    ],
)
def test_precision_of_a_date_is_told(
    archive: FlaskClient, phrase: str, precision: str | None
) -> None:
    """A date may lack its day, its month or its year, or be unknown."""
    (use,) = asked(archive, f"{API}?q={phrase}")["phrases"]
    assert use["first"]["precision"] == precision


def test_phrase_in_a_title_alone_has_no_quote(archive: FlaskClient) -> None:
    """The marks of the title show where it is."""
    (use,) = asked(archive, f"{API}?q=只有标题提到")["phrases"]
    assert use["first"]["quote"] is None
    assert use["first"]["title_marks"] == [[0, 6]]


def test_table_has_the_numbers_of_the_json(archive: FlaskClient) -> None:
    """One row a phrase and year, and one for what is undated."""
    asked_for = f"{API}?q=统战&q=旧稿&by=year"
    response = archive.get(f"{asked_for}&format=csv")
    assert response.content_type == "text/csv; charset=utf-8"
    assert response.data.startswith(b"\xef\xbb\xbf")
    assert "wording.csv" in response.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))
    answer = asked(archive, asked_for)
    expected = [
        (use["phrase"], str(each["year"]), str(each["documents"]), str(each["held"]))
        for use in answer["phrases"]
        for each in (*use["years"], {"year": "", "held": answer["held_undated"]})
        for each in ({"documents": use["undated"], **each},)
    ]
    found = [(r["phrase"], r["year"], r["documents"], r["held"]) for r in rows]
    assert found == expected


def test_table_is_safe_to_open(archive: FlaskClient) -> None:
    """A phrase that reads as a formula is text in the table."""
    response = archive.get(API, query_string={"q": "=1+1", "format": "csv"})
    assert "\n'=1+1,year," in response.text
    assert "\n=1+1" not in response.text


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=",
        "q=“”",
        "q=" + "长" * 201,
        "&".join(f"q={n}" for n in range(6)),
        "q=统战&by=decade",
        "q=统战&by=year&by=published",
        "q=统战&page=2",
        "q=统战&format=xlsx",
        "q=统战&year_from=2021&year_to=2020",
    ],
)
def test_what_is_outside_the_limits_is_refused(
    archive: FlaskClient, query: str
) -> None:
    """With the parameter at fault."""
    response = archive.get(f"{API}?{query}")
    assert response.status_code == 400
    assert response.get_json(force=True)["parameter"] in query + "q"


def test_page_without_a_phrase_asks_for_one(archive: FlaskClient) -> None:
    """An input with a label, and nothing else."""
    page = get(archive, "/wording")
    (field,) = page.select(".asking [name=q]")
    assert field.find_parent("label")
    assert not page.select(".timeline, .uses")


def test_page_shows_first_last_chart_and_numbers(archive: FlaskClient) -> None:
    """The table has the numbers of the JSON, the chart a point for each of them."""
    page = get(archive, "/wording?q=统战&collapse=false")
    (use,) = asked(archive, f"{API}?q=统战&collapse=false")["phrases"]
    cells = words(page, ".wording tbody tr")
    for each in use["years"]:
        share = f"{100 * each['share']:.1f}%"
        expected = f"{each['year']} {each['held']} {each['documents']} {share}"
        assert expected in cells
    with_it = sum(each["documents"] > 0 for each in use["years"])
    assert len(page.select(".timeline a")) == with_it
    assert len(words(page, ".attestation")) == 2
    chart = one(page, ".timeline svg")
    named = [one(page, f"#{name}") for name in str(chart["aria-labelledby"]).split()]
    assert all(each.text.strip() for each in named)


def test_point_of_the_chart_opens_the_quotes_of_its_year(archive: FlaskClient) -> None:
    """Every point; the marks are the phrase, and all stand in the search linked."""
    page = get(archive, "/wording?q=走访民营企业&q=统战&by=published")
    targets = links(page, ".timeline a")
    assert len(targets) == 4
    for target in targets:
        assert urlsplit(target).fragment == "quotes"
        opened = get(archive, target)
        hits = opened.select(".hits .hit")
        assert f"（{len(hits)} 份）" in one(opened, "#quotes").text
        found = get(archive, links(opened, "#quotes ~ p a")[0])
        assert words(found, ".hit h2") == words(opened, ".hits .hit h2")
        texts = set(words(opened, ".hits mark"))
        assert texts <= {"统战", "統戰", "走访民营企业", "走訪民營企業"}


def test_numbers_of_the_table_lead_where_the_points_do(archive: FlaskClient) -> None:
    """Who cannot see the chart misses nothing."""
    page = get(archive, "/wording?q=统战&q=工作")
    points = set(links(page, ".timeline a"))
    assert points == set(links(page, ".wording tbody a"))


def test_year_without_documents_is_said_to_have_none(archive: FlaskClient) -> None:
    """It has no share, in the chart and in the table."""
    page = get(archive, "/wording?q=统战&script=hant")
    assert "2021 2021 年没有收录文档" in words(page, ".wording tbody tr")
    assert page.select(".timeline .void")


def test_undated_documents_are_said(archive: FlaskClient) -> None:
    """How many of those held, and of those found."""
    page = get(archive, "/wording?q=旧稿")
    assert "其中 2 份年份不详" in one(page, ".looked").text
    assert "其中 2 份年份不详" in one(page, ".uses h2").text
    assert words(page, ".attestation") == []


def test_sentences_are_parted_as_the_language_parts_them(archive: FlaskClient) -> None:
    """No blank behind a full-width stop, one behind a full stop."""
    told = [
        one(get(archive, f"/wording?q=统战&lang={language}"), ".looked").text
        for language in ("zh-Hans", "zh-Hant", "en")
    ]
    assert [re.findall("[。.](?! [A-Z]|[一-鿿]|$)", each) for each in told] == [[]] * 3
    assert all(len(re.findall("[。.]", each)) >= 3 for each in told)


def test_form_keeps_phrases_axis_and_filters(archive: FlaskClient) -> None:
    """What is in force can be changed and taken away."""
    page = get(archive, "/wording?q=统战&by=published&kind=summary&site=甲&site=乙")
    form = one(page, ".asking")
    fields = [field.get("value", "") for field in form.select("[name=q]")]
    assert fields == ["统战", ""]
    assert one(form, "[name=by] [selected]")["value"] == "published"
    assert one(form, "[name=kind] [selected]")["value"] == "summary"
    assert [each["value"] for each in form.select("[name=site]")] == ["甲", "乙"]
    assert len(words(page, ".chips li")) == 4
    assert "q=" in links(page, ".chips a.all")[0]


def test_twins_are_linked(archive: FlaskClient) -> None:
    """JSON and table of what the page shows."""
    page = get(archive, "/wording?q=统战&by=published&at=2021&lang=en")
    json_twin, table = links(page, ".formats a[type='application/json'], .formats a")
    assert {parse_qs(urlsplit(each).query)["by"][0] for each in (json_twin, table)} == {
        "published"
    }
    assert {archive.get(each).status_code for each in (json_twin, table)} == {200}


@pytest.mark.parametrize(
    "query",
    ["q=“”", "q=统战&by=decade", "q=1&q=2&q=3&q=4&q=5&q=6", "q=统战&at=2020&of=2"],
)
def test_page_says_what_is_refused(archive: FlaskClient, query: str) -> None:
    """In the reader's language, with the form below."""
    response = archive.get(f"/wording?{query}")
    page = BeautifulSoup(response.text, "lxml")
    assert response.status_code == 400
    assert one(page, "[role=alert]").text.strip().startswith("参数")
    assert page.select(".asking [name=q]")


def test_results_of_a_quoted_query_lead_to_its_wording(archive: FlaskClient) -> None:
    """Its phrases and its filters go along; a list of words has none."""
    page = get(archive, '/search?q="统战" OR "工会"&kind=summary&page=1')
    (target,) = (each for each in links(page, ".understood a") if "wording" in each)
    assert urlsplit(target).path == "/wording"
    query = parse_qs(urlsplit(target).query)
    assert query == {"q": ["统战", "工会"], "kind": ["summary"]}
    assert get(archive, target).select(".timeline")
    listed = get(archive, "/search?q=统战 工作")
    assert not [each for each in links(listed, ".understood a") if "wording" in each]
