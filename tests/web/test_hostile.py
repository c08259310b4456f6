"""An archive whose every field means harm, walked through page by page.

The pages a reader can reach from any of it hold no script, handler, style or frame
that is not ours, load nothing from elsewhere, and lead nowhere but to web addresses.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from typing import Final
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from index.document import (
    Block,
    BlockKind,
    Completeness,
    Document,
    Kind,
    Removed,
    Section,
    YearFrom,
)
from index.home import Home
from index.store import Store
from search.service import SearchService
from tests.archived import address, capture, crawled, serve
from web import create_app

_ENDS: Final = "</title></textarea></script></style>--></svg>]]>"
_RUNS: Final = (
    "<script src=//evil.example/a.js></script><script>alert(1)</script>"
    '"><img src=x onerror=alert(2)>\' onfocus=alert(3) autofocus x=\'<b style="x:y">'
    '<base href="//evil.example/"><meta http-equiv=refresh content="0;url=//evil">'
    "<iframe srcdoc=x></iframe><form action=//evil.example><button formaction=//evil>"
)
_ODD: Final = "{{7*7}}${7*7}%0d%0aX-Evil:1\r\nX-Evil: 1\u202e\u2066\x00\x1b[2J\ufffe"
HARM: Final = f"{_ENDS}{_RUNS}{_ODD}"
MOST_OF_A_PATH: Final = 5
"""Answers looked at of each path, whatever its parameters."""


def hostile(number: int, url: str, *, year: int, harm: str = HARM) -> Document:
    """Make a document of harm, and of words that searches find."""
    return Document(
        id=f"{number:016x}",
        url=url,
        site=f"{harm}站",
        title=f"恶水县{year}年统战工作总结{harm}",
        path=(harm, "首页"),
        published=f"{year}-03-04",
        published_text=harm,
        year=year,
        year_from=YearFrom.TITLE,
        publisher=f"{harm}社",
        authors=(harm,),
        region=f"恶水县{harm}",
        document_numbers=(harm,),
        cited_numbers=(harm,),
        kind=Kind.SUMMARY,
        completeness=Completeness(
            complete=False, reason=harm, shown=3, claimed=9, omissions=(4,)
        ),
        blocks=(
            Block(
                anchor="b1",
                kind=BlockKind.HEADING,
                text=f"一、{harm}",
                section=(f"一、{harm}",),
                heading_length=2,
            ),
            Block(
                anchor="b2",
                kind=BlockKind.PARAGRAPH,
                text=f"统战工作围绕{harm}大局展开，第{number}次走访企业。",
                section=(f"一、{harm}",),
            ),
            Block(anchor="b3", kind=BlockKind.ROW, text="长" * 20_000),
        ),
        sections=(Section(level=1, heading=f"一、{harm}", anchor="b1"),),
        removed=(Removed(text=harm, rule=f"noise: {harm}", after="b2"),),
    )


DOCUMENTS: Final = (
    hostile(1, "javascript:alert(1)", year=2018),
    hostile(2, "data:text/html,<script>alert(1)</script>", year=2019),
    hostile(3, f"https://evil.example/'\"><script>{_ODD}", year=2020),
    hostile(4, "\x01javascript://evil.example/%0aalert(1)", year=2021),
    hostile(5, "//evil.example/x", year=2022, harm="<i>"),
    *(
        replace(
            hostile(year, "https://evil.example/", year=year),
            title=f"恶水县统战部{year}年工作总结",
            site="恶水站",
            publisher="恶水县统战部",
            region="恶水县",
        )
        for year in (2015, 2016)
    ),
)
SEEDS: Final = (
    "/",
    "/search?q=统战",
    "/search?q=统战&explain=true&why=0000000000000001",
    "/coverage",
    "/series",
    "/wording?q=统战&q=走访",
    "/help",
    "/precedents",
    "/api/v1/search?q=统战",
    "/api/v1/wording?q=统战&format=csv",
    "/opensearch.xml",
    "/suggest?q=统",
    *(
        f"{path}?q={value}"
        for path in ("/", "/search", "/wording", "/series", "/precedents")
        for value in ("%3Cscript%3E%22%27", "javascript:alert(1)", "%E2%80%AE%00x")
    ),
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """An archive of these documents, each captured twice, and a frontier."""
    folder = tmp_path_factory.mktemp("hostile")
    with closing(Store(Home(folder).store, create=True)) as store:
        for document in DOCUMENTS:
            page = f"<html><body onload=alert(1)>{HARM}<p>{document.id}"
            capture(store, document, page.encode(), origin=HARM)
            capture(
                store,
                document,
                f"{page}again".encode(),
                at="2025-01-01T00:00:00Z",
                origin=HARM,
            )
        crawled(
            store,
            address(f"https://evil.example/{HARM}", "failed", "timeout", detail=HARM),
        )
    service = serve(folder)
    yield service
    service.close()


@pytest.fixture(scope="module")
def answers(service: SearchService) -> Mapping[str, TestResponse]:
    """Every kind of answer that can be reached, by its address."""
    client = create_app(service).test_client()
    found: dict[str, TestResponse] = {}
    waiting = list(SEEDS)
    seen: Counter[str] = Counter()
    while waiting:
        asked = waiting.pop(0)
        path = urlsplit(asked).path
        if asked in found or seen[path] >= MOST_OF_A_PATH:
            continue
        seen[path] += 1
        found[asked] = response = client.get(asked)
        response.get_data()
        response.close()
        if response.mimetype == "text/html" and is_ours(response):
            waiting += list(led_to(asked, BeautifulSoup(response.text, "lxml")))
    return found


def led_to(asked: str, page: BeautifulSoup) -> Iterator[str]:
    """List the addresses of ours that a page leads to."""
    for element in page.select("a[href], link[href], script[src]"):
        target = urljoin(asked, str(element.get("href") or element.get("src")))
        if not urlsplit(target).netloc and target.startswith("/"):
            yield urldefrag(target).url


def is_ours(response: TestResponse) -> bool:
    """Tell a page of ours from one as captured."""
    return "sandbox" not in response.headers["Content-Security-Policy"]


def pages(answers: Mapping[str, TestResponse]) -> Iterator[tuple[str, BeautifulSoup]]:
    """Give the pages of ours."""
    for asked, response in answers.items():
        if response.mimetype == "text/html" and is_ours(response):
            yield asked, BeautifulSoup(response.text, "lxml")


def test_everything_is_reached_and_nothing_fails(
    answers: Mapping[str, TestResponse],
) -> None:
    """Each kind of page is among them; there is no fault and no redirect."""
    for part in ("/raw", "/compare", "/diff", "at=", "explain=true", "why="):
        assert any(part in asked for asked in answers), part
    statuses = {asked: each.status_code for asked, each in answers.items()}
    assert {*statuses.values()} <= {200, 400, 404}, statuses
    assert sum(status == 200 for status in statuses.values()) > 80


def test_nothing_runs_and_nothing_is_loaded(
    answers: Mapping[str, TestResponse],
) -> None:
    """Scripts and files are ours; no handler, style, frame, base or refresh is."""
    for asked, page in pages(answers):
        forbidden = (
            "iframe, object, embed, base, style, [style], [srcdoc], [formaction]"
        )
        assert not page.select(f"{forbidden}, meta[http-equiv]"), asked
        assert not page.select("script:not([src]):not([type])"), asked
        for element in page.select("*"):
            assert not [name for name in element.attrs if name.startswith("on")], asked
            check_loaded(asked, element)


def check_loaded(asked: str, element: Tag) -> None:
    """Hold what an element loads or leads to against what it may."""
    for name in ("src", "action", "poster", "data", "srcset"):
        if name in element.attrs:
            target = str(element[name])
            assert target.startswith("/"), (asked, element)
            assert not target.startswith("//"), (asked, element)
    if "href" in element.attrs:
        target = str(element["href"])
        if element.name == "a" and target.startswith(("https://", "http://")):
            return
        assert target.startswith(("/", "#", "?")), (asked, element)
        assert not target.startswith("//"), (asked, element)


def test_headers_are_those_of_the_server(answers: Mapping[str, TestResponse]) -> None:
    """No header holds what a document says; each answer has the whole policy."""
    for asked, response in answers.items():
        assert "X-Evil" not in response.headers, asked
        assert "evil" not in str(response.headers).lower(), asked
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        if is_ours(response):
            assert "unsafe" not in policy
        else:
            assert policy.startswith("sandbox;")


def test_tables_hold_no_formula(client_of: FlaskClient) -> None:
    """A phrase that reads as a formula is text in the table."""
    table = client_of.get("/api/v1/wording?q==1%2B1&format=csv").text
    assert all(not row.startswith(("=", "+", "@")) for row in table.splitlines())


@pytest.fixture
def client_of(service: SearchService) -> FlaskClient:
    """Give a client of the archive."""
    return create_app(service).test_client()


@pytest.mark.parametrize(
    "path",
    [
        "/static/../settings.py",
        "/static/..%2f..%2fpyproject.toml",
        "/static/%2e%2e/settings.py",
        "/static//etc/passwd",
        "/static/..\\settings.py",
        "/documents/..%2f..%2fetc%2fpasswd/raw",
        "/documents/%00/raw",
        "/problems/../../etc/passwd",
        "/api/v1/documents/..%2f..%2fstore",
        "//evil.example",
        "/\\evil.example/search",
        "//search",
        "//documents/0000000000000001",
    ],
)
def test_paths_lead_to_nothing_but_what_is_served(
    client_of: FlaskClient, path: str
) -> None:
    """Neither a file nor another host: not found, and no redirect."""
    response = client_of.get("/", environ_overrides={"PATH_INFO": unquote(path)})
    assert response.status_code == 404
    assert "Location" not in response.headers
    assert "root:" not in response.text


def test_store_of_a_service_is_not_written(service: SearchService) -> None:
    """What is served is read and never changed."""
    with pytest.raises(Exception, match="readonly"):
        service._store.database.rows("DELETE FROM documents")  # noqa: SLF001 (no door writes)
