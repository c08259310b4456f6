"""Facts about exports and batches as browsers and scripts get them."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from index.errors import CorruptStore, IndexMissing
from tests.fakes import FakeSearcher
from tests.web.page import get, links, one
from web import WebSettings, create_app

BATCH = "/api/v1/batch"
TEXT = "text/plain"
QUERIES = '联谊\n# 说明\n\n"联谊\n没有的词\n'
BROKEN = CorruptStore(Path("s3cret"), "cut off")


def lines(response: TestResponse) -> list[dict[str, Any]]:
    """Read NDJSON."""
    return [json.loads(line) for line in response.text.splitlines()]


def check(client: FlaskClient, response: TestResponse) -> None:
    """Hold an answer to a batch against what is declared."""
    described = client.get("/openapi.json").get_json()
    declared = described["paths"][BATCH]["post"]["responses"]
    content = declared[str(response.status_code)]["content"][response.mimetype]
    is_problem = response.mimetype == "application/problem+json"
    Draft202012Validator(
        {**content["schema"], "components": described["components"]}
    ).validate(response.get_json(force=True) if is_problem else response.text)


# -- export ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "media_type", "suffix"),
    [
        ("ndjson", "application/x-ndjson", "ndjson"),
        ("csv", "text/csv", "csv"),
        ("bibtex", "application/x-bibtex", "bib"),
        ("ris", "application/x-research-info-systems", "ris"),
    ],
)
def test_a_file_is_named_by_its_query(
    client: FlaskClient, form: str, media_type: str, suffix: str
) -> None:
    """In any characters, without those that are none of a name; nobody keeps it."""
    response = client.get(f"/api/v1/export?q=联谊 ../OR 走访\n&format={form}")
    assert response.content_type == f"{media_type}; charset=utf-8"
    assert response.cache_control.no_store
    name = response.headers["Content-Disposition"]
    assert name.startswith(f'attachment; filename="wensu.{suffix}"; ')
    assert name.endswith(f"-OR-%E8%B5%B0%E8%AE%BF.{suffix}")
    assert "/" not in name
    assert "\n" not in name


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        (BROKEN, "the store or the archive of pages cannot be read"),
        (ValueError("s3cret"), "a fault of the server"),
    ],
)
@pytest.mark.parametrize("form", ["ndjson", "csv", "bibtex", "ris"])
def test_what_fails_on_the_way_is_told_in_the_last_line(
    client: FlaskClient,
    searcher: FakeSearcher,
    form: str,
    failure: Exception,
    reason: str,
) -> None:
    """It says that the file is not whole, how far it goes and why, and no secrets."""
    searcher.cut = (3, failure)
    response = client.get(f"/api/v1/export?q=联谊&format={form}")
    assert response.status_code == 200
    last = response.text.rstrip().splitlines()[-1]
    assert reason in last
    assert "s3cret" not in response.text
    if form == "ndjson":
        values = json.loads(last)
        assert (values["complete"], values["count"], values["total"]) == (False, 2, 3)
    else:
        assert re.match('^["%# ]+not whole: 2 of 3 hits, index fake-1: ', last)


def test_a_search_without_hits_is_a_whole_file(client: FlaskClient) -> None:
    """It says that nothing is all there is."""
    (last,) = lines(client.get("/api/v1/export?q=没有的词"))
    assert (last["complete"], last["count"], last["reason"]) == (True, 0, None)


def test_citations_name_the_public_address(searcher: FakeSearcher) -> None:
    """As the settings have it, whatever the request is sent to."""
    settings = WebSettings(base_url="https://archive.example/wensu/")
    client = create_app(searcher, settings).test_client()
    text = client.get("/api/v1/export?q=联谊&format=ris").text
    assert "存档 https://archive.example/wensu/documents/a0" in text
    mounted = create_app(searcher).test_client()
    text = mounted.get(
        "/api/v1/export?q=联谊&format=ris",
        environ_overrides={"SCRIPT_NAME": "/wensu"},
    ).text
    assert "存档 http://localhost/wensu/documents/a0" in text


def test_nothing_is_read_for_the_head_of_an_answer(
    client: FlaskClient, searcher: FakeSearcher
) -> None:
    """HEAD tells the same headers."""
    searcher.cut = (1, BROKEN)
    response = client.head("/api/v1/export?q=联谊&format=csv")
    assert (response.status_code, response.text) == (200, "")
    assert response.mimetype == "text/csv"


def test_the_page_of_results_leads_to_its_exports(client: FlaskClient) -> None:
    """With the filters and the order of the page, not its number."""
    page = get(client, "/search?q=联谊&year=2020&sort=oldest&page=1&per_page=20")
    exports = links(page, ".export a")
    assert len(exports) == 4
    for link in exports:
        assert "q=%E8%81%94%E8%B0%8A&year=2020&sort=oldest&format=" in link
        assert client.get(link).status_code == 200
    nothing = client.get("/search?q=没有的词").text
    assert 'class="export"' not in nothing


# -- batches ---------------------------------------------------------------


@pytest.mark.parametrize(
    "sent",
    [
        {"data": QUERIES.encode(), "content_type": "text/plain"},
        {
            "data": QUERIES.replace("\n", "\r\n").encode("utf-8-sig"),
            "content_type": TEXT,
        },
        {"json": QUERIES.split("\n")},
    ],
)
def test_a_batch_is_text_or_a_list(client: FlaskClient, sent: dict[str, Any]) -> None:
    """Each query by its line, one with a mistake among them; the last line counts."""
    response = client.post(f"{BATCH}?per_query=2", **sent)
    *answers, last = lines(response)
    check(client, response)
    assert [(each["line"], each["query"]) for each in answers] == [
        (1, "联谊"),
        (4, '"联谊'),
        (5, "没有的词"),
    ]
    first, bad, none = answers
    assert (first["total"], len(first["hits"])) == (3, 2)
    assert bad["error"]["position"] == 0
    assert bad["error"]["suggestion"] == '"联谊"'
    assert (none["total"], none["hits"], none["error"]) == (0, [], None)
    assert (last["complete"], last["count"], last["failed"]) == (True, 3, 1)


def test_filters_hold_for_each_query(client: FlaskClient) -> None:
    """As for a search."""
    first, _ = lines(
        client.post(f"{BATCH}?year=2020", data="联谊".encode(), content_type=TEXT)
    )
    assert {hit["year"] for hit in first["hits"]} == {2020}


@pytest.mark.parametrize(
    "sent",
    [
        {"json": {"q": "联谊"}},
        {"json": ["联谊", 5]},
        {"json": "联谊"},
        {"json": ["\ud800"]},
        {"data": b"[" * 100_000, "content_type": "application/json"},
        {"data": "联谊".encode("gb18030"), "content_type": TEXT},
        {"data": b"a\n" * 1001, "content_type": TEXT},
    ],
)
def test_what_is_no_batch_is_refused(client: FlaskClient, sent: dict[str, Any]) -> None:
    """Before anything is answered."""
    response = client.post(BATCH, **sent)
    assert response.status_code == 400
    assert response.get_json(force=True)["detail"]
    check(client, response)


def test_a_batch_is_limited(client: FlaskClient, searcher: FakeSearcher) -> None:
    """By what is sent and what is asked for; without an index there is no answer."""
    assert (
        client.post(f"{BATCH}?per_query=101", data=b"a", content_type=TEXT).status_code
        == 400
    )
    assert (
        client.post(f"{BATCH}?page=2", data=b"a", content_type=TEXT).status_code == 400
    )
    assert client.post(BATCH, data=b"a\n" * 1000, content_type=TEXT).status_code == 200
    assert (
        client.post(BATCH, data=b"a" * 3_000_000, content_type=TEXT).status_code == 413
    )
    assert client.get(BATCH).status_code == 405
    searcher.failure = IndexMissing(Path("archive"))
    response = client.post(BATCH, data=b"a", content_type=TEXT)
    assert response.status_code == 503
    check(client, response)


def test_a_batch_that_fails_on_the_way_says_so(
    client: FlaskClient, searcher: FakeSearcher
) -> None:
    """The last line tells how far it goes."""
    searcher.cut = (2, BROKEN)
    text = "没有的词\n联谊\n"
    *_, last = lines(client.post(BATCH, data=text.encode(), content_type=TEXT))
    assert (last["complete"], last["count"], last["total"]) == (False, 1, 2)
    table = client.post(
        f"{BATCH}?format=csv", data=text.encode(), content_type=TEXT
    ).text
    assert table.splitlines()[-1].startswith('"# not whole: 1 of 2 queries')


def test_the_page_answers_with_a_file(client: FlaskClient) -> None:
    """What is typed, or a file, in whatever encoding editors write."""
    assert links(get(client, "/batch"), "footer.site a").count("/batch") == 1
    form_of_page = one(get(client, "/batch?lang=en"), "main form")
    assert form_of_page["action"] == "/batch?lang=en"
    form = {"queries": "联谊\n", "format": "csv", "per_query": "1", "sort": "newest"}
    response = client.post("/batch", data=form)
    assert response.mimetype == "text/csv"
    assert response.text.splitlines()[1].startswith("1,联谊,联谊,3,4,fake-1,")
    file = io.BytesIO("联谊工作的经验\r\n走访企业的总结\r\n".encode("gb18030"))
    response = client.post("/batch", data={"queries": "", "file": (file, "a.txt")})
    assert [each["query"] for each in lines(response)[:2]] == [
        "联谊工作的经验",
        "走访企业的总结",
    ]


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"queries": " \n# 说明\n"}, "没有查询"),
        ({"queries": "a\n" * 1001}, "最多 1,000 个"),
        ({"queries": "a", "file": (io.BytesIO(bytes(range(256))), "a")}, "不是文本"),
        ({"queries": "a", "format": "xlsx"}, "format"),
    ],
)
def test_the_page_says_what_it_cannot_use(
    client: FlaskClient, form: dict[str, Any], told: str
) -> None:
    """In words of the page, what was typed kept."""
    response = client.post("/batch", data=form)
    assert response.status_code == 400
    page = BeautifulSoup(response.text, "lxml")
    assert told in one(page, "[role=alert]").text
    assert form["queries"].strip() in response.text
