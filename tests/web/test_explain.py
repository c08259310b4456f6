"""Explanations and synonyms as a reader and a script meet them, over a real index."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from index.home import Home
from search.explanations import Verdict
from search.service import SearchService, open_service
from tests.corpus import CORPUS, fill, make_document, make_service
from tests.web.page import get, links, one, words
from web import create_app
from web.cli import main
from web.messages import Language

SEARCH: Final = "/api/v1/search"
NEW: Final = make_document(77, "新来的一篇", "正文。")
LACKING: Final = CORPUS[2]
"""A summary of a trade union: no 统战 in it."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the home folder of an archive with one document that is not indexed."""
    folder = tmp_path_factory.mktemp("home")
    make_service(folder).close()
    fill(Home(folder), [NEW])
    return folder


@pytest.fixture(scope="module")
def service(folder: Path) -> Iterator[SearchService]:
    """Open that archive."""
    service = open_service(Home(folder))
    yield service
    service.close()


@pytest.fixture(scope="module")
def client(service: SearchService) -> FlaskClient:
    """Give a client of its pages and its API."""
    return create_app(service).test_client()


def ask(client: FlaskClient, **parameters: str) -> dict[str, Any]:
    """Ask the API; hold the answer against its schema."""
    response = client.get(SEARCH, query_string=parameters)
    assert response.status_code == 200
    body: dict[str, Any] = response.get_json()
    described = client.get("/openapi.json").get_json()
    _validate(described, body)
    return body


def _validate(described: Mapping[str, Any], body: Mapping[str, Any]) -> None:
    """Hold an answer of a search against the schema."""
    operation = described["paths"][SEARCH]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    whole = {**schema, "components": described["components"]}
    Draft202012Validator(whole).validate(body)


def page(client: FlaskClient, **parameters: str) -> BeautifulSoup:
    """Read a page of results."""
    response = client.get("/search", query_string=parameters)
    assert response.status_code == 200
    return BeautifulSoup(response.text, "lxml")


# -- the API -------------------------------------------------------------------


def test_parts_of_every_hit_add_up(client: FlaskClient) -> None:
    """explain=true tells the parts; without it there are none."""
    for hit in ask(client, q="統戰 工作", explain="true")["hits"]:
        total = sum(part["score"] for part in hit["parts"])
        assert total == pytest.approx(hit["score"], abs=1e-5)
        assert {part["name"] for part in hit["parts"]} >= {"bm25f", "passage"}
    assert all(not hit["parts"] for hit in ask(client, q="統戰 工作")["hits"])


def test_query_tells_its_synonyms_and_can_do_without(client: FlaskClient) -> None:
    """They are listed, in the parsed query too, and gone with synonyms=false."""
    with_them = ask(client, q="统战工作")
    without = ask(client, q="统战工作", synonyms="false")
    assert with_them["query"]["synonyms"] == [
        {"text": "统战工作", "equivalents": ["统一战线工作"]}
    ]
    assert '"统一战线工作"' in with_them["query"]["parsed"]
    assert (without["query"]["synonyms"], without["query"]["parsed"]) == (
        [],
        "统战工作",
    )
    assert without["total"] < with_them["total"]


@pytest.mark.parametrize(
    ("parameters", "verdict"),
    [
        ({"q": "工会", "why": LACKING.id}, Verdict.HIT),
        ({"q": "统战", "why": LACKING.id}, Verdict.LACKS),
        ({"q": "工会", "why": LACKING.id, "year": "1999"}, Verdict.FILTERED),
        ({"q": "工会", "why": NEW.id}, Verdict.PENDING),
        ({"q": "工会", "why": "没有"}, Verdict.UNKNOWN),
        ({"why": LACKING.id}, Verdict.HIT),
        ({"q": "工会", "why": f"http://a.b/documents/{LACKING.id}?q=x"}, Verdict.HIT),
    ],
)
def test_why_has_one_verdict(
    client: FlaskClient, parameters: dict[str, str], verdict: Verdict
) -> None:
    """By id or by the address of the document's page; the schema holds for each."""
    assert ask(client, **parameters)["why"]["verdict"] == verdict
    assert "why" not in ask(client, q="工会")


def test_id_beyond_the_limit_is_refused(client: FlaskClient) -> None:
    """An id of 401 characters is 400, on the page as well."""
    for path in (SEARCH, "/search"):
        response = client.get(path, query_string={"q": "工会", "why": "甲" * 401})
        assert response.status_code == 400


def test_edited_synonyms_are_a_new_answer(tmp_path: Path) -> None:
    """A kept answer is not good any more when the file has changed."""
    service = make_service(tmp_path, CORPUS[:3])
    client = create_app(service).test_client()
    first = client.get(SEARCH, query_string={"q": "工会"})
    tag = {"If-None-Match": first.headers["ETag"]}
    again = client.get(SEARCH, query_string={"q": "工会"}, headers=tag)
    Home(tmp_path).synonyms.write_text("工会 => 商会", "utf-8")
    edited = client.get(SEARCH, query_string={"q": "工会"}, headers=tag)
    assert (again.status_code, edited.status_code) == (304, 200)
    assert edited.get_json()["total"] > first.get_json()["total"]
    service.close()


def test_mistake_in_the_file_is_told_with_every_answer(tmp_path: Path) -> None:
    """The page shows the line that is wrong, the API has it among its notices."""
    service = make_service(tmp_path, CORPUS[:3])
    client = create_app(service).test_client()
    Home(tmp_path).synonyms.write_text("工会", "utf-8")
    (notice,) = ask(client, q="工会")["notices"]
    assert "line 1" in notice
    assert notice in words(page(client, q="工会"), ".notice")
    service.close()


# -- the page ------------------------------------------------------------------


def test_page_links_to_the_query_without_synonyms(client: FlaskClient) -> None:
    """What is found beside the words is told; one link leads out, another back."""
    first = page(client, q="统战工作")
    told = words(first, ".understood")[1]
    assert told.startswith("同时查找同义词：统战工作 = 统一战线工作")
    (without,) = links(first, ".understood:nth-of-type(2) a")
    second = get(client, without)
    assert "OR" not in words(second, ".understood code")[0]
    (back,) = links(second, ".understood:nth-of-type(2) a")
    assert "synonyms" not in back
    assert all("synonyms=false" in each for each in links(second, ".hit h2 a"))


def test_score_of_each_hit_is_laid_open(client: FlaskClient) -> None:
    """A table a hit, its rows the parts and its foot the sum."""
    shown = page(client, q="统战 工作", explain="true")
    hits = shown.select(".hit")
    assert hits
    for hit in hits:
        rows = [float(cell.text) for cell in hit.select("tbody td.number")]
        (total,) = (float(cell.text) for cell in hit.select("tfoot td.number"))
        assert sum(rows) == pytest.approx(total, abs=0.001 * (len(rows) + 1))


def test_form_asks_about_a_document_within_the_same_search(
    client: FlaskClient,
) -> None:
    """It is on every page of results, labelled, and keeps query and filters."""
    for query in ("统战", "没有这样的词语"):
        form = one(page(client, q=query, year="2020"), "form.why")
        hidden = {
            field["name"]: field["value"]
            for field in form.select('input[type="hidden"]')
        }
        assert hidden.items() >= {("q", query), ("year", "2020")}
        field = one(form, 'input[name="why"]')
        assert one(form, "label")["for"] == field["id"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (Language.HANS, "《云溪县总工会2021年工作总结》不在结果中"),
        (Language.HANT, "《云溪县总工会2021年工作总结》不在結果中"),
        (Language.ENGLISH, "“云溪县总工会2021年工作总结” is not among the results"),
    ],
)
def test_page_says_why_in_the_language_of_the_reader(
    client: FlaskClient, language: Language, sentence: str
) -> None:
    """One sentence for the document, one for each string of the query."""
    shown = page(client, q='统战 "工作总结会" -工会', why=LACKING.id, lang=language)
    answer = one(shown, "section.why")
    assert words(answer, "p")[0].startswith(sentence)
    assert len(answer.select(".clauses > li.unmet")) == 3
    assert "工作总结" in words(answer, ".clauses > li")[1]


@pytest.mark.parametrize("language", [*Language])
@pytest.mark.parametrize(
    "query",
    [
        "统战*",
        '"统战 工会"~5',
        '"工作 总结"~5',
        '"工 总"~1',
        "year:1999",
        "-工会",
        "统战部",
    ],
)
@pytest.mark.parametrize("name", [LACKING.id, CORPUS[0].id, NEW.id, "<b>x</b>"])
def test_every_answer_has_words(
    client: FlaskClient, query: str, name: str, language: Language
) -> None:
    """Whatever is asked about whatever document, the page answers and escapes it."""
    shown = page(client, q=query, why=name, lang=language, site="无")
    answer = one(shown, "section.why")
    assert words(answer, "p")[0]
    assert answer.select("b") == []


def test_document_page_asks_why(client: FlaskClient) -> None:
    """From a document reached with a query one comes to the answer about it."""
    address = f"/documents/{LACKING.id}?q=统战"
    target = links(get(client, address), ".back a")[1]
    assert one(get(client, target), "section.why")


# -- the command line ----------------------------------------------------------


def run(folder: Path, *arguments: str) -> Result:
    """Run a search as a command."""
    return CliRunner().invoke(main, ["--home", str(folder), "search", *arguments])


def test_command_explains(folder: Path) -> None:
    """Strings with what is looked for, and under each hit the parts of its score."""
    lines = run(folder, "統戰工作", "--explain", "--limit", "1").stdout.splitlines()
    assert "  統戰工作 -> 统战工作 (word): 4 documents" in lines
    assert "  统一战线工作 (same as 統戰工作): 1 documents" in lines
    assert any(line.startswith("   score ") for line in lines)
    assert any("统战工作 in title of 統戰工作" in line for line in lines)


def test_command_says_why(folder: Path) -> None:
    """A sentence for the document and a line for each string."""
    lines = run(folder, "统战 工会", "--why", LACKING.id).stdout.splitlines()
    assert lines[0] == (
        "“云溪县总工会2021年工作总结” is not among the results: "
        "it does not meet one of the query's demands."
    )
    assert lines[-1].startswith("  + 工会 stands in it ")
    unknown = run(folder, "统战", "--why", "x")
    assert unknown.stdout == "No document in the archive has the id x.\n"


def test_command_can_do_without_synonyms(folder: Path) -> None:
    """--no-synonyms finds what literally contains the words, in JSON too."""
    plain, json_ = (
        run(folder, "统战工作", "--no-synonyms", *more).stdout
        for more in ((), ("--json",))
    )
    assert plain.startswith("4 hits for 统战工作\n")
    assert '"synonyms":[]' in json_


def test_words_that_are_nowhere_are_said_as_they_were_typed(
    client: FlaskClient,
) -> None:
    """Escaped once, and listed as the language lists."""
    for language, mark in (("zh-Hans", "、"), ("en", ", ")):
        page = get(client, f'/search?q="<i>%26" 龘&lang={language}')
        assert f"<i>&{mark}龘" in one(page, ".nothing").text
