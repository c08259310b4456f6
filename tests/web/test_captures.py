"""Pages as captured and captures compared, without a browser."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from index.history import Gone
from tests.fakes import FakeSearcher
from tests.web.documents import CAPTURES, HOSTILE, YEARBOOK
from tests.web.page import get, links, one, words
from web.security import CONTENT_SECURITY_POLICY

PAGE = f"/documents/{YEARBOOK.id}"
RAW = f"{PAGE}/raw"
COMPARE = f"{PAGE}/compare"


def test_captured_page_is_served_byte_by_byte(client: FlaskClient) -> None:
    """The bytes are those that came, with the charset they are in."""
    response = client.get(RAW)
    assert response.data.decode("gb18030") == f"<p>{YEARBOOK.text}</p>"
    assert response.content_type == "text/html; charset=gb18030"


def test_text_is_served_as_text_by_the_name_the_web_has_for_its_charset(
    client: FlaskClient,
) -> None:
    """A saved text is not taken for markup."""
    response = client.get(f"{RAW}?capture=1")
    assert response.content_type == "text/plain; charset=big5-hkscs"
    assert response.data.decode("big5") == "渡船二艘，往來兩岸。"
    assert response.headers["Content-Security-Policy"].startswith("sandbox; ")


@pytest.mark.parametrize("again", [False, True])
def test_captured_page_is_shut_in(client: FlaskClient, *, again: bool) -> None:
    """Its own policy is the only one, in an answer without a body too."""
    tag = client.get(RAW).headers["ETag"]
    response = client.get(RAW, headers={"If-None-Match": tag} if again else {})
    assert response.status_code == (304 if again else 200)
    (policy,) = response.headers.getlist("Content-Security-Policy")
    directives = policy.split("; ")
    assert directives[0] == "sandbox"
    assert {"default-src 'none'", "form-action 'none'", "base-uri 'none'"} <= {
        *directives
    }
    assert "allow" not in policy
    assert not {"'self'", "http", "*"} & {*policy.split()}
    assert response.headers.getlist("X-Content-Type-Options") == ["nosniff"]
    assert response.headers.getlist("Referrer-Policy") == ["no-referrer"]
    assert response.headers.getlist("Cross-Origin-Opener-Policy") == ["unsafe-none"]
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Cache-Control"] == "no-cache"


def test_captured_page_does_not_speak_our_language(client: FlaskClient) -> None:
    """What we say of our own pages is not said of it."""
    headers = client.get(f"{RAW}?lang=en").headers
    assert "Content-Language" not in headers
    assert "Accept-Language" not in headers.get("Vary", "")


@pytest.mark.parametrize("address", [f"{RAW}?capture=9", f"{COMPARE}?from=9"])
def test_unknown_capture_is_a_page_of_its_own(
    client: FlaskClient, address: str
) -> None:
    """404, in our words and under our policy."""
    response = client.get(address)
    assert response.status_code == 404
    assert "没有这次存档" in response.text
    assert response.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY


@pytest.mark.parametrize("query", ["capture=1&capture=2", f"capture={'1' * 81}"])
def test_bad_name_of_a_capture_is_refused(client: FlaskClient, query: str) -> None:
    """The limits of parameters hold here too."""
    assert client.get(f"{RAW}?{query}").status_code == 400


def test_captures_lead_to_their_pages_and_differences(client: FlaskClient) -> None:
    """Each to its own bytes; all but the first to what changed since the one before."""
    page = get(client, PAGE)
    raw = [urlsplit(each) for each in links(page, ".captures a[href*='/raw']")]
    assert [parse_qs(each.query)["capture"] for each in raw] == [
        [capture.digest] for capture in CAPTURES
    ]
    (compare,) = links(page, ".captures a[href*='/compare']")
    assert parse_qs(urlsplit(compare).query) == {"from": ["1"], "to": ["2"]}
    assert "文字未变" in words(page, ".captures li")[1]


def test_difference_can_be_read_without_colours(client: FlaskClient) -> None:
    """Signs stand around what was added and removed, markup stays text."""
    page = get(client, COMPARE)
    changed = words(page, ".difference p.removed, .difference p.added")
    assert changed == [
        "删去[-<i>旧</i>的一段。-]",
        f"新增{{+{YEARBOOK.blocks[0].text}+}}",
    ]
    assert words(page, "del") == ["[-<i>旧</i>的一段。-]"]
    assert words(page, "[role=status] span") == ["新增 1", "删去 1"]
    assert not page.select(".difference i")


def test_hostile_document_is_compared_as_text(client: FlaskClient) -> None:
    """Its title and text are escaped here as elsewhere."""
    page = get(client, f"/documents/{HOSTILE.id}/compare")
    assert not page.select("main script, main img, main b")
    assert '<script>alert("题")</script>' in one(page, ".difference h2").text


def test_form_offers_every_capture_and_keeps_the_language(client: FlaskClient) -> None:
    """Two lists, the compared ones chosen, newest first."""
    page = get(client, f"{COMPARE}?lang=en&from=1&to=2")
    assert [each["value"] for each in page.select("[name=from] option")] == ["2", "1"]
    chosen = [each["value"] for each in page.select("option[selected]")]
    assert chosen == ["1", "2"]
    assert one(page, ".compare [name=lang]")["value"] == "en"


def test_json_twin_compares_the_same_captures(client: FlaskClient) -> None:
    """Paragraphs with their blocks and pieces."""
    twin = links(get(client, f"{COMPARE}?from=1"), "link[rel=alternate]")[0]
    body = client.get(twin).get_json()
    assert (body["before"]["number"], body["after"]["number"]) == (1, 2)
    assert body["paragraphs"][0] == {
        "change": "removed",
        "before": "b1",
        "after": None,
        "pieces": [{"change": "removed", "text": "<i>旧</i>的一段。"}],
    }
    assert [each["change"] for each in body["paragraphs"]] == [
        *("removed", "added", "same", "same"),
    ]


GONE = Gone("2024-07-09T01:02:03Z", 410)


@pytest.mark.parametrize(
    ("language", "notice", "badge"),
    [
        ("zh-Hans", "2024 年 7 月 9 日", "原网页已失"),
        ("zh-Hant", "2024 年 7 月 9 日", "原網頁已失"),
        ("en", "2024-07-09", "page gone"),
    ],
)
def test_vanished_page_is_said_to_be_gone(
    client: FlaskClient, searcher: FakeSearcher, language: str, notice: str, badge: str
) -> None:
    """On the document's page with the day, and in every hit."""
    searcher.gone = GONE
    said = one(get(client, f"{PAGE}?lang={language}"), ".notice.warn").text
    assert notice in said
    assert "HTTP 410" in said
    hits = get(client, f"/search?q=茶农&lang={language}")
    assert badge in words(hits, ".hit .badge")


def test_vanished_page_is_told_in_the_api(
    client: FlaskClient, searcher: FakeSearcher
) -> None:
    """The time, or null."""
    for told, gone in ((None, None), (GONE.at, GONE)):
        searcher.gone = gone
        assert client.get(f"/api/v1{PAGE}").get_json()["gone"] == told
        hits = client.get("/api/v1/search?q=茶农").get_json()["hits"]
        assert {hit["gone"] for hit in hits} == {told}
