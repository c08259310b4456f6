"""Facts about exports and batches, on an archive as it is served."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import IndexMissing
from index.home import Home
from index.skim import Skimmed
from search.batch import answer, read_lines
from search.errors import QuerySyntaxError, RequestError
from search.export import BATCH, ExportRequest
from search.reranking import DEPTH
from search.results import SearchRequest
from search.service import SearchService, open_service
from tests.corpus import CORPUS, build, fill, make_document
from tests.index.invented import sentences
from web import create_app

FORMULA = '=HYPERLINK("http://x")'
MORE = (
    make_document(
        901, FORMULA, '统战，引号"和逗号,都有。', "第二段。", publisher="@某"
    ),
    *(
        make_document(1000 + each, f"联络站记录{each}", *sentences(each, 2), "联络站。")
        for each in range(DEPTH + 30)  # the best ones are put in order once more
    ),
)
QUERIES = (
    "",
    "统战",
    "统战 工作",
    "走访企业",
    '"统战工作"',
    "联络站",
    "统战 没有的词",
    "蓝莓",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an archive that no test changes."""
    folder = tmp_path_factory.mktemp("home")
    fill(Home(folder), (*CORPUS, *MORE))
    build(Home(folder))
    return folder


@pytest.fixture(scope="module")
def service(folder: Path) -> Iterator[SearchService]:
    """Open it."""
    service = open_service(Home(folder))
    yield service
    service.close()


@pytest.fixture(scope="module")
def client(service: SearchService) -> FlaskClient:
    """Ask it as scripts do."""
    return create_app(service).test_client()


def lines(text: str) -> list[dict[str, Any]]:
    """Read NDJSON."""
    return [json.loads(line) for line in text.splitlines()]


def pages(client: FlaskClient, asked: dict[str, Any]) -> tuple[list[Any], int]:
    """Turn all pages of a search; give the hits and the total."""
    hits: list[Any] = []
    for page in range(1, 100):
        query = {**asked, "page": page, "per_page": 40}
        answered = client.get("/api/v1/search", query_string=query).get_json()
        if answered["partial"]:
            return [], answered["total"]
        hits += answered["hits"]
        if not answered["next"]:
            break
    return hits, answered["total"]


@settings(max_examples=40, deadline=None)
@given(
    query=st.sampled_from(QUERIES),
    narrowed=st.fixed_dictionaries(
        {},
        optional={
            "sort": st.sampled_from(["relevance", "newest", "oldest"]),
            "collapse": st.sampled_from(["true", "false"]),
            "synonyms": st.sampled_from(["true", "false"]),
            "site": st.lists(st.sampled_from(["云溪党建网", "青陵年鉴"]), min_size=1),
            "year_from": st.integers(2015, 2021),
            "kind": st.sampled_from(["summary", "yearbook", "other"]),
            "complete": st.sampled_from(["true", "false"]),
        },
    ),
)
def test_an_export_is_all_pages_of_the_search(
    client: FlaskClient, query: str, narrowed: dict[str, Any]
) -> None:
    """The same hits in the same order with the same values, and the same total."""
    asked = {"q": query, **narrowed}
    hits, total = pages(client, asked)
    more = {**asked, "snippets": "true"}
    *records, last = lines(client.get("/api/v1/export", query_string=more).text)
    if hits:
        names = [name for name in records[0] if name in hits[0]]
        assert len(names) == 16
        assert [{name: each[name] for name in names} for each in records] == [
            {name: each[name] for name in names} for each in hits
        ]
    assert (last["complete"], last["count"], last["total"]) == (True, total, total)
    assert len(records) == total


def test_partial_matches_are_not_exported(client: FlaskClient) -> None:
    """What a page lists for want of matches matches not."""
    page = client.get("/api/v1/search?q=统战 没有的词").get_json()
    assert page["hits"]
    assert page["partial"]
    (last,) = lines(client.get("/api/v1/export?q=统战 没有的词").text)
    assert (last["complete"], last["count"]) == (True, 0)


def test_texts_are_those_of_the_documents(client: FlaskClient) -> None:
    """With text=true each record has the whole text, and its writers and numbers."""
    *records, _ = lines(client.get("/api/v1/export?q=统战&text=true").text)
    assert records
    for each in records:
        document = client.get(f"/api/v1/documents/{each['id']}").get_json()
        for name in ("text", "authors", "document_numbers"):
            assert each[name] == document[name]


def test_a_table_is_safe_and_whole(client: FlaskClient) -> None:
    """A byte-order mark, CR LF, no formula; the last row counts the others."""
    response = client.get('/api/v1/export?q="引号"&format=csv&text=true')
    assert response.text.startswith("\ufeffid,rank,")
    assert response.text.count("\n") - 1 == response.text.count("\r\n")
    body = io.StringIO(response.text.removeprefix("\ufeff"), newline="")
    header, row, last = csv.reader(body)
    cells = dict(zip(header, row, strict=True))
    assert cells["title"] == f"'{FORMULA}"
    assert cells["source"] == "'@某"
    assert cells["text"] == '统战，引号"和逗号,都有。\n第二段。'
    assert cells["complete"] == "true"
    assert last[0].startswith("# whole: 1 of 1 hits, index ")
    assert len(last) == len(header)


@pytest.mark.parametrize(
    ("form", "begins", "last"),
    [("bibtex", "@misc{", "% whole: 4 of 4 "), ("ris", "TY  - ", "# whole: 4 of 4 ")],
)
def test_citations_end_with_a_remark(
    client: FlaskClient, form: str, begins: str, last: str
) -> None:
    """One entry a hit; the remark is no entry and no tag."""
    asked = {"q": '"统战工作"', "format": form, "collapse": "false"}
    text = client.get("/api/v1/export", query_string=asked).text
    written = text.splitlines()
    assert sum(line.startswith(begins) for line in written) == 4
    assert written[-1].startswith(last)
    assert "http://localhost/documents/" in text


def test_an_export_is_of_one_state(tmp_path: Path) -> None:
    """What is indexed, changed or removed meanwhile is not in it."""
    home = Home(tmp_path)
    documents = [each for each in MORE if "联络站" in each.title]
    fill(home, documents)
    build(home)
    service = open_service(home)
    request = ExportRequest(search=SearchRequest(text="联络站"), text=True)
    before = [*service.exporter.find(request).records()]
    found = service.exporter.find(request)
    records = found.records()
    begun = [*islice(records, 1)]
    changed = [replace(each, title="另一个题") for each in documents]
    fill(home, [make_document(5000, "新来的联络站", "联络站。"), *changed])
    build(home)
    assert service.exporter.find(request).index_version != found.index_version
    assert service.exporter.find(request).total == found.total + 1
    assert [*begun, *records] == before
    service.close()


def test_only_some_documents_are_read_at_a_time(service: SearchService) -> None:
    """The first record is there before the last ones are looked at."""
    found = service.exporter.find(ExportRequest(search=SearchRequest()))
    assert found.total > 2 * BATCH
    read: list[int] = []
    store = service._store  # noqa: SLF001 (what is read is not seen from outside)
    skim = store.skim

    def counted(seqs: Sequence[int]) -> list[Skimmed]:
        read.append(len(seqs))
        return skim(seqs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "skim", counted)
        next(found.records())
    assert read == [BATCH]


def test_what_cannot_be_asked_is_refused(
    service: SearchService, tmp_path: Path
) -> None:
    """As a search refuses it, before anything is written."""
    with pytest.raises(QuerySyntaxError):
        service.exporter.find(ExportRequest(search=SearchRequest(text='"甲')))
    with pytest.raises(RequestError):
        service.exporter.find(ExportRequest(search=SearchRequest(text="长" * 1001)))
    fill(Home(tmp_path), CORPUS[:1])
    unindexed = open_service(Home(tmp_path))
    with pytest.raises(IndexMissing):
        unindexed.exporter.find(ExportRequest(search=SearchRequest()))
    unindexed.close()


# -- batches ---------------------------------------------------------------


def test_one_bad_line_stops_nothing(service: SearchService) -> None:
    """Each query has its answer, by the number of its line."""
    text = '统战 工作\n# 说明\n\n"没有引号\r\n统战 没有的词\n' + "长" * 1001
    answers = [*answer(service.exporter, read_lines(text), SearchRequest(), 2)]
    assert [each.line.number for each in answers] == [1, 4, 5, 6]
    first, bad, none, long = answers
    search = service.search(SearchRequest(text="统战 工作", per_page=2))
    assert first.found
    assert first.found.total == search.total
    assert [each.document.id for each in first.records] == [
        each.id for each in search.hits
    ]
    assert isinstance(bad.error, QuerySyntaxError)
    assert bad.error.position == 0
    assert none.found
    assert (none.found.total, none.records) == (0, ())
    assert isinstance(long.error, RequestError)
