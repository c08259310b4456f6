"""A document is cited on its page, as a file, in JSON and in what Zotero reads."""

import re

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.fakes import FakeSearcher
from tests.web.documents import CAPTURES, COPY, HOSTILE, YEARBOOK
from tests.web.page import get, links, one, words
from web import WebSettings, create_app

PAGE = f"/documents/{YEARBOOK.id}"
NEWEST = CAPTURES[1]

# What Zotero's translators "Embedded Metadata" and "RDF" read, as far as we write it.
PREFIXES = {"dc", "dcterms", "og", "prism", "eprints", "bib", "bibo", "z", "article"}
FIELDS = {
    "title": "title",
    "source": "websiteTitle",
    "publisher": "publisher",
    "date": "date",
    "language": "language",
    "description": "abstractNote",
}


def zotero(page: BeautifulSoup) -> dict[str, object]:
    """Read a page as Zotero does where no translator knows the site.

    Names are cut at the first of ``.:_``; a known prefix makes a statement, its
    property beginning in lower case. ``citation_title`` would make a journal article.
    """
    item: dict[str, object] = {"creators": [], "itemType": "webpage"}
    creators: list[str] = []
    for meta in page.select("head meta[name][content]"):
        name, value = str(meta["name"]), str(meta["content"])
        prefix, _, rest = re.sub("[.:_]", "\0", name, count=1).partition("\0")
        written = rest[:1].lower() + rest[1:]
        if name == "citation_title":
            item["itemType"] = "journalArticle"
        elif name == "citation_public_url":
            item["url"] = value
        elif prefix.lower() in PREFIXES and written == "creator":
            creators.append(value)
        elif prefix.lower() in PREFIXES and written == "type":
            item["itemType"] = value
        elif prefix.lower() in PREFIXES and written in FIELDS:
            item.setdefault(FIELDS[written], value)
    return {**item, "creators": creators}


def test_zotero_recognises_a_document(client: FlaskClient) -> None:
    """It is a web page with who, what, when and the address of the original."""
    item = zotero(get(client, f"/documents/{COPY.id}"))
    assert item["itemType"] == "webpage"
    assert item["title"] == COPY.title
    assert item["websiteTitle"] == COPY.site
    assert item["publisher"] == COPY.publisher
    assert item["date"] == "2021-03"
    assert item["language"] == "zh-Hans"
    assert item["url"] == COPY.url
    abstract = str(item["abstractNote"])
    assert abstract.startswith(COPY.blocks[0].text)
    assert NEWEST.digest in abstract
    assert f"http://localhost/documents/{COPY.id}/raw?capture=" in abstract


def test_zotero_is_told_nothing_that_is_not_known(client: FlaskClient) -> None:
    """A date without a year is none; an address that is none of the web is ours."""
    item = zotero(get(client, PAGE))
    assert item["creators"] == ["程远山"]
    assert "date" not in item
    hostile = zotero(get(client, f"/documents/{HOSTILE.id}"))
    assert str(hostile["url"]).startswith(
        f"http://localhost/documents/{HOSTILE.id}/raw"
    )
    assert hostile["title"] == HOSTILE.title


def test_citations_are_on_the_page(client: FlaskClient) -> None:
    """Each format to copy, as the files have them; no button without JavaScript."""
    page = get(client, PAGE)
    assert words(page, "#cite-gbt7714")[0].startswith("程远山. 青石县联谊工作[EB/OL].")
    for form in ("bibtex", "ris"):
        shown = one(page, f"#cite-{form}").text.strip()
        text = client.get(f"{PAGE}/cite?format={form}").text
        assert shown == text.replace("\r\n", "\n").strip()
    buttons = page.select(".citing button.copy")
    assert [b["data-copy"] for b in buttons] == [
        "cite-gbt7714",
        "cite-bibtex",
        "cite-ris",
    ]
    assert all(button.has_attr("hidden") for button in buttons)
    assert len(links(page, ".citing details a")) == 2


@pytest.mark.parametrize(
    ("form", "kind", "begins", "ending"),
    [
        ("gbt7714", "text/plain", "程远山. ", "txt"),
        ("bibtex", "application/x-bibtex", "@misc{wensu-", "bib"),
        ("ris", "application/x-research-info-systems", "TY  - ELEC\r\n", "ris"),
    ],
)
def test_citation_is_a_file(
    client: FlaskClient, form: str, kind: str, begins: str, ending: str
) -> None:
    """Programs know it by its type and its name."""
    response = client.get(f"{PAGE}/cite?format={form}")
    assert response.content_type == f"{kind}; charset=utf-8"
    assert response.text.startswith(begins)
    assert response.headers["Content-Disposition"] == (
        f"inline; filename=wensu-{YEARBOOK.id}.{ending}"
    )


def test_json_has_every_citation(client: FlaskClient) -> None:
    """The twin names the capture and our address, and cites an older one if asked."""
    answer = client.get(f"/api/v1{PAGE}/cite").get_json()
    assert answer["capture"]["digest"] == NEWEST.digest
    assert answer["gbt7714"] == client.get(f"{PAGE}/cite").text.rstrip("\n")
    assert answer["bibtex"].startswith("@misc{")
    assert answer["ris"].endswith("ER  - \r\n")
    older = client.get(f"/api/v1{PAGE}/cite?capture=1").get_json()
    assert older["capture"]["number"] == 1
    assert "[2024-05-01]" in older["gbt7714"]
    assert client.get(
        older["address"].removeprefix("http://localhost")
    ).status_code == (404 if CAPTURES[0].digest in older["address"] else 200)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"{PAGE}/cite?format=apa", 400),
        (f"{PAGE}/cite?capture=9", 404),
        ("/documents/none/cite", 404),
        (f"/api/v1{PAGE}/cite?capture=9", 404),
        (f"/api/v1{PAGE}/cite?format=ris", 400),
    ],
)
def test_what_cannot_be_cited_is_refused(
    client: FlaskClient, address: str, status: int
) -> None:
    """An unknown format is a bad request, an unknown capture is not found."""
    assert client.get(address).status_code == status


def test_public_address_is_the_one_that_is_set(searcher: FakeSearcher) -> None:
    """Behind a proxy a citation names the site as readers know it."""
    settings = WebSettings(base_url="https://wen.example/")
    client = create_app(searcher, settings).test_client()
    address = client.get(f"/api/v1{PAGE}/cite").get_json()["address"]
    assert address.startswith(f"https://wen.example{PAGE}/raw?capture=sha256")


def test_paper_tells_where_the_text_comes_from(client: FlaskClient) -> None:
    """Original, copy, time and digest stand below the text."""
    foot = one(get(client, PAGE), ".printed").text
    assert YEARBOOK.url is not None
    for told in (YEARBOOK.url, "2024-06-01 08:00:00 UTC", NEWEST.digest, f"{PAGE}/raw"):
        assert told in foot
