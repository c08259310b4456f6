"""The five real pages, from files to hits, through the command line and the API."""

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from index.fold import fold
from index.home import Home
from search.service import open_service
from tests.conftest import SEEDS
from web.app import create_app
from web.cli import main


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the five pages, made by the commands a user types."""
    folder = tmp_path_factory.mktemp("seeds")
    for command in (["ingest", str(SEEDS)], ["index"]):
        result = CliRunner().invoke(main, ["--home", str(folder), *command])
        assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[FlaskClient]:
    """The web application over that archive."""
    service = open_service(Home(home))
    yield create_app(service).test_client()
    service.close()


def search(client: FlaskClient, query: str) -> dict[str, Any]:
    """Ask the JSON endpoint."""
    response = client.get("/api/v1/search", query_string={"q": query})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = json.loads(response.text)
    return answer


@pytest.fixture(scope="module")
def documents(client: FlaskClient) -> dict[str, dict[str, Any]]:
    """The five documents as the API gives them, by the number of their file."""
    found = {}
    for hit in search(client, "")["hits"]:
        document = json.loads(client.get(f"/api/v1/documents/{hit['id']}").text)
        found[document["captures"][0]["from"][:3]] = document
    return found


EXPECTED: dict[str, dict[str, Any]] = {
    "000": {
        "published": "--10-14",
        "year": 2020,
        "year_from": "volume",
        "source": None,
        "authors": ["王颖娜"],
        "script": "hans",
        "complete": True,
    },
    "001": {
        "published": "2021-03-04",
        "year": 2020,
        "source": "常州日报",
        "script": "hans",
        "complete": True,
    },
    "002": {
        "published": None,
        "year": 2020,
        "source": None,
        "script": "hant",
        "complete": True,
        "url": "https://wenfanwang.com/gongzuozongjie/gongzuojingxuan/q7gvg.html",
    },
    "003": {
        "published": None,
        "year": 2021,
        "source": None,
        "script": "hans",
        "complete": False,
        "sections": [],
    },
    "004": {
        "published": None,
        "year": 2023,
        "source": None,
        "script": "hans",
        "complete": False,
    },
}
TITLE_PATTERNS = {
    "000": r"^统一战线工作$",
    "001": r"^创新举措凝心聚力 推进.{2}统战事业蓬勃发展$",
    "002": r"^2020年統戰工作年終總結$",
    "003": r"^凝心聚力.*——2021年.{2}统战工作综述$",
    "004": r"^\*区委统战部2023年工作情况汇报提纲$",
}


@pytest.mark.parametrize("number", sorted(EXPECTED))
def test_fields_are_read(number: str, documents: dict[str, dict[str, Any]]) -> None:
    """Each page gives its title, dates, source, script and wholeness."""
    document = documents[number]
    wanted = EXPECTED[number]
    assert {name: document[name] for name in wanted} == wanted
    assert re.search(TITLE_PATTERNS[number], document["title"])


def headings(document: dict[str, Any], level: int = 1) -> list[str]:
    """List the headings of one level."""
    return [one["heading"] for one in document["sections"] if one["level"] == level]


def test_body_printed_twice_is_kept_once(
    documents: dict[str, dict[str, Any]],
) -> None:
    """The yearbook chapter has thirteen bracketed sections, each once."""
    document = documents["000"]
    found = headings(document)
    assert len(found) == 13
    assert len(set(found)) == 13
    assert (found[0], found[-1]) == ("【概况】", "【荣誉】")
    texts = [block["text"] for block in document["blocks"]]
    assert len(texts) == len(set(texts))
    assert any(one["rule"] == "repeated-block" for one in document["removed"])


def test_captions_stay_and_placeholders_go(
    documents: dict[str, dict[str, Any]],
) -> None:
    """Captions are blocks of the yearbook chapter, image.png is not in its text."""
    document = documents["000"]
    kinds = [block["kind"] for block in document["blocks"]]
    assert kinds.count("caption") == 4
    assert "image.png" not in document["text"]
    assert "2021卷" in document["path"]


def test_numbered_sections_are_in_order(
    documents: dict[str, dict[str, Any]],
) -> None:
    """Numbered headings make the outline; the preface stands before them."""
    first = headings(documents["001"])
    assert first[0] == "编者按"
    assert [one[:2] for one in first[1:]] == [f"{n}、" for n in "一二三四五六七八九十"]
    second = documents["002"]
    assert [one[0] for one in headings(second)] == list("一二三四五六")
    assert {one[:2] for one in headings(second, level=2)} == {"1、", "2、", "3、"}


def test_printed_outline_is_not_the_text(
    documents: dict[str, dict[str, Any]],
) -> None:
    """The outline before the text is taken out, and what it names is kept."""
    document = documents["004"]
    assert [one[0] for one in headings(document)] == list("一二三")
    assert all(re.match(r"\([一二三]\)", one) for one in headings(document, level=2))
    assert any(one["rule"] == "outline" for one in document["removed"])
    assert document["completeness"]["shown"] == 1905
    assert document["completeness"]["claimed"] == 3773
    assert document["completeness"]["omissions"] == [679]
    assert "省略" not in document["text"]


def test_viewer_notices_are_gone(documents: dict[str, dict[str, Any]]) -> None:
    """Counters and download notices are not in the text of the preview."""
    text = documents["003"]["text"]
    assert not re.search(r"预览|下载|金币|\d/8", text)
    assert text.startswith("2021年,恰逢")


def test_either_script_finds_all_five(client: FlaskClient) -> None:
    """统战 is in all five pages, and the traditional form finds the same."""
    assert search(client, "统战")["total"] == 5
    ids = [
        [h["id"] for h in search(client, q)["hits"]] for q in ("统战工作", "統戰工作")
    ]
    assert ids[0] == ids[1]


def test_a_rare_word_is_found_once_and_marked(client: FlaskClient) -> None:
    """白内障 stands in one page; its mark covers the three characters."""
    answer = search(client, "白内障")
    assert answer["total"] == 1
    marked = [
        snippet["text"][start:end]
        for snippet in answer["hits"][0]["snippets"]
        for start, end in snippet["marks"]
    ]
    assert marked == ["白内障"]


def test_quoted_words_do_not_match_inside_others(client: FlaskClient) -> None:
    """工会 is in no page, though 工商联会员 is."""
    assert search(client, '"工会"')["total"] == 0
    assert search(client, '"工商联"')["total"] > 0


@pytest.mark.parametrize(
    "phrase",
    ["脱贫攻坚", "战线工作", "民主党派", "的工作", "两个健康", "新的社会阶层人士"],
)
def test_quoted_query_equals_grep(client: FlaskClient, phrase: str) -> None:
    """A quoted query finds the files in which grep finds the folded string."""
    grep = {
        path.name[:3]
        for path in SEEDS.glob("*.txt")
        if fold(phrase) in fold(unicodedata.normalize("NFC", path.read_text("utf-8")))
    }
    found = set()
    for hit in search(client, f'"{phrase}"')["hits"]:
        document = json.loads(client.get(f"/api/v1/documents/{hit['id']}").text)
        found.add(document["captures"][0]["from"][:3])
    assert found == grep


def test_ingesting_again_changes_nothing(home: Path) -> None:
    """The same files a second time are all unchanged."""
    result = CliRunner().invoke(main, ["--home", str(home), "ingest", str(SEEDS)])
    assert "0 new, 0 changed, 5 unchanged" in result.output
