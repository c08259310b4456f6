"""The JSON API answers as it is described, whatever is asked."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from index.errors import IndexStale
from tests.fakes import FakeSearcher
from tests.web.documents import BRIEFS, CUT, YEARBOOK
from web import create_app

SEARCH = "/api/v1/search"
DOCUMENT = f"/api/v1/documents/{YEARBOOK.id}"
HIT_KEYS = (
    "id rank score title title_marks url site published year source region kind "
    "script complete near_duplicates snippets gone parts near_duplicates_url missing"
)
SEARCH_KEYS = (
    "query total total_documents page per_page took_ms index_version next prev "
    "suggestion hits facets pending coverage notices partial"
)
DOCUMENT_KEYS = (
    "id url site title path published published_text year year_from source authors "
    "document_numbers cited_numbers region city region_from kind script complete "
    "completeness text sections blocks removed captures canonical near_duplicates gone "
    "series"
)

CAPTURE_KEYS = "at status digest from encoding declared replaced number changed"


def answer(response: TestResponse) -> dict[str, Any]:
    """Read an answer as JSON."""
    body: dict[str, Any] = response.get_json(force=True)
    return body


def test_search_has_the_keys_of_the_contract_in_their_order(
    client: FlaskClient,
) -> None:
    """Keys are sent in the order the contract lists them."""
    body = answer(client.get(f"{SEARCH}?q=联谊"))
    assert list(body) == SEARCH_KEYS.split()
    assert list(body["hits"][0]) == HIT_KEYS.split()
    assert list(body["hits"][0]["snippets"][0]) == [
        "text",
        "marks",
        "section",
        "anchor",
    ]
    assert list(body["facets"])[:5] == ["year", "site", "region", "kind", "source"]


def test_marks_cover_exactly_the_matched_characters(client: FlaskClient) -> None:
    """Cutting a text at its marks gives the query back."""
    for hit in answer(client.get(f"{SEARCH}?q=联谊"))["hits"]:
        texts = [(hit["title"], hit["title_marks"])]
        texts += [(each["text"], each["marks"]) for each in hit["snippets"]]
        cut = [text[start:end] for text, marks in texts for start, end in marks]
        assert set(cut) == {"联谊"}


def test_answer_is_unescaped_utf8(client: FlaskClient) -> None:
    """Han characters are sent as themselves."""
    response = client.get(f"{SEARCH}?q=联谊")
    assert "青石县".encode() in response.data
    assert response.content_type == "application/json"


def test_copies_are_folded_unless_asked_otherwise(client: FlaskClient) -> None:
    """The total counts hits, total_documents counts documents."""
    folded = answer(client.get(f"{SEARCH}?q=茶农"))
    unfolded = answer(client.get(f"{SEARCH}?q=茶农&collapse=false"))
    assert (folded["total"], folded["total_documents"]) == (1, 2)
    assert folded["hits"][0]["near_duplicates"] == 1
    assert unfolded["total"] == 2


def test_filters_reach_the_searcher(
    client: FlaskClient, searcher: FakeSearcher
) -> None:
    """A repeated parameter is a filter with several values."""
    client.get(f"{SEARCH}?year=2020&year=2021&site=a&site=b&complete=true")
    (asked,) = searcher.requests
    assert (asked.year, asked.site, asked.complete) == ((2020, 2021), ("a", "b"), True)


def test_next_and_prev_keep_every_parameter(client: FlaskClient) -> None:
    """Following next gives the same search, one page on."""
    first = answer(client.get(f"{SEARCH}?q=本周&year=2018&year=2019&per_page=10"))
    assert first["prev"] is None
    assert parse_qsl(urlsplit(first["next"]).query) == [
        ("q", "本周"),
        ("year", "2018"),
        ("year", "2019"),
        ("per_page", "10"),
        ("page", "2"),
    ]


def test_walking_next_visits_every_hit_once(client: FlaskClient) -> None:
    """Pages neither repeat nor leave out a hit, and the total stays."""
    seen: list[str] = []
    address: str | None = f"{SEARCH}?q=本周&per_page=7"
    while address:
        page = answer(client.get(address))
        seen += [hit["id"] for hit in page["hits"]]
        assert page["total"] == len(BRIEFS)
        address = page["next"]
    assert seen == [brief.id for brief in BRIEFS]


def test_link_header_says_the_same_as_the_body(client: FlaskClient) -> None:
    """Next and prev stand in the Link header, beside itself, the first and last."""
    response = client.get(f"{SEARCH}?q=本周&page=2")
    body = answer(response)
    first = f"{SEARCH}?q=%E6%9C%AC%E5%91%A8"
    assert response.headers.getlist("Link") == [
        f'<{first}&page=2>; rel="self"',
        f'<{first}>; rel="first"',
        f'<{body["prev"]}>; rel="prev"',
        f'<{body["next"]}>; rel="next"',
        f'<{first}&page=3>; rel="last"',
    ]


def test_next_never_leads_to_a_page_that_would_be_refused() -> None:
    """At 10,000 results there is no next, although there are more hits."""
    client = create_app(FakeSearcher(documents=BRIEFS * 500)).test_client()
    body = answer(client.get(f"{SEARCH}?per_page=100&page=100"))
    assert body["total"] > body["page"] * body["per_page"]
    assert body["next"] is None


def test_explanation_comes_only_when_asked_for(client: FlaskClient) -> None:
    """explain=true adds the tokens, and how many documents hold each."""
    assert "explain" not in answer(client.get(f"{SEARCH}?q=联谊"))
    body = answer(client.get(f"{SEARCH}?q=联谊 茶农&explain=true"))
    terms = [(each["text"], each["documents"]) for each in body["explain"]["terms"]]
    assert terms == [("联谊", 4), ("茶农", 2)]


def test_document_has_the_keys_of_the_contract_in_their_order(
    client: FlaskClient,
) -> None:
    """Keys of a document are sent in the order the contract lists them."""
    body = answer(client.get(DOCUMENT))
    assert list(body) == DOCUMENT_KEYS.split()
    assert list(body["captures"][0]) == CAPTURE_KEYS.split()
    assert list(body["blocks"][0]) == ["anchor", "kind", "text", "section"]


def test_document_is_told_whole(client: FlaskClient) -> None:
    """Text, dates, what was removed and copies are all there."""
    body = answer(client.get(DOCUMENT))
    assert body["text"] == YEARBOOK.text
    assert (body["published"], body["year_from"]) == ("--10-14", "volume")
    assert (body["city"], body["region_from"]) == ("青原市", "title")
    assert body["document_numbers"] == ["青政办发〔2021〕3号"]
    assert body["cited_numbers"] == ["原政发〔2020〕11号", "原政办〔2020〕9号"]
    assert body["removed"][1]["after"] == "b3"
    assert body["near_duplicates"][0]["similarity"] == pytest.approx(0.97)
    assert body["near_duplicates"][0]["relation"] == "copy"
    assert body["canonical"] == YEARBOOK.id


def test_incomplete_document_says_how_much_is_missing(client: FlaskClient) -> None:
    """Shown, claimed and the gaps are numbers."""
    body = answer(client.get(f"/api/v1/documents/{CUT.id}"))
    assert body["complete"] is False
    assert body["completeness"] == {
        "reason": "仅显示1200字，完整内容请注册",
        "shown": 1200,
        "claimed": 2600,
        "omissions": [400, 0],
    }
    assert body["sections"][1]["anchor"] is None


def test_health_tells_the_state(client: FlaskClient, searcher: FakeSearcher) -> None:
    """A usable index is 200, an unusable one 503 with what to do."""
    well = client.get("/healthz")
    searcher.failure = IndexStale("dictionary", "3f2a", "91bc")
    ill = client.get("/healthz")
    assert (well.status_code, answer(well)["ok"]) == (200, True)
    assert (ill.status_code, answer(ill)["state"]) == (503, "stale")
    assert "wensu index --rebuild" in answer(ill)["detail"]
    assert well.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", [f"{SEARCH}?q=联谊", DOCUMENT])
def test_unchanged_answer_is_not_sent_again(client: FlaskClient, address: str) -> None:
    """An ETag that still holds is answered with 304 and no body."""
    tag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_tag_changes_with_the_query_and_the_state(
    client: FlaskClient, searcher: FakeSearcher
) -> None:
    """Another query or another state of the archive has another ETag."""
    tags = [client.get(f"{SEARCH}?q={text}").headers["ETag"] for text in "联谊"]
    searcher.pending = 1
    tags.append(client.get(f"{SEARCH}?q=联").headers["ETag"])
    assert len(set(tags)) == 3


@pytest.mark.parametrize("address", [f"{SEARCH}?q=联谊", DOCUMENT, "/healthz"])
def test_head_answers_like_get_without_a_body(
    client: FlaskClient, address: str
) -> None:
    """HEAD has the status and the type of GET."""
    response = client.head(address)
    assert (response.status_code, response.data) == (200, b"")
    assert response.content_type == "application/json"
