"""The Atom feed of a search, held against RFC 4287."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import etree
from lxml.etree import _Element

from search.results import Sort
from tests.fakes import FakeSearcher
from tests.web.documents import HOSTILE, YEARBOOK
from tests.web.page import get, links
from web import create_app
from web.settings import WebSettings

ATOM = "{http://www.w3.org/2005/Atom}"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_PERSON = {f"{ATOM}name", f"{ATOM}uri", f"{ATOM}email"}


def read(client: FlaskClient, address: str) -> _Element:
    """Read a feed that must be well-formed."""
    response = client.get(address)
    assert response.status_code == 200
    assert response.content_type == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.data)


def texts(element: _Element, name: str) -> list[str]:
    """List the texts of the children of a name."""
    return [each.text or "" for each in element.findall(f"{ATOM}{name}")]


def hrefs(element: _Element, relation: str) -> list[str]:
    """List where the links of a relation lead."""
    found = element.findall(f"{ATOM}link[@rel='{relation}']")
    return [str(each.get("href")) for each in found]


def check(element: _Element) -> None:
    """Check what sections 4.1.1 and 4.1.2 ask of a feed and of an entry."""
    for name in ("id", "title", "updated"):
        assert len(texts(element, name)) == 1, name
    assert texts(element, "id")[0].startswith("urn:uuid:")
    for time in texts(element, "updated") + texts(element, "published"):
        assert _TIME.fullmatch(time), time
    assert len(texts(element, "published")) <= 1
    alternates = element.findall(f"{ATOM}link[@rel='alternate']")
    assert len(alternates) == 1
    for person in element.findall(f"{ATOM}author"):
        assert len(person.findall(f"{ATOM}name")) == 1
        assert {each.tag for each in person} <= _PERSON
    for link in element.findall(f"{ATOM}link"):
        parts = urlsplit(str(link.get("href")))
        assert (parts.scheme, parts.netloc) == ("http", "localhost")
        assert link.get("href", "").isascii()


@pytest.mark.parametrize("query", ["q=联谊", "", "q=没有的词", "q=本周&page=2"])
def test_feed_is_as_the_standard_asks(client: FlaskClient, query: str) -> None:
    """A feed and each of its entries have what they must, once."""
    feed = read(client, f"/search.atom?{query}")
    assert feed.tag == f"{ATOM}feed"
    check(feed)
    assert len(feed.findall(f"{ATOM}author")) == 1
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        check(entry)
        assert texts(entry, "summary")
    names = [texts(entry, "id")[0] for entry in entries]
    assert len(names) == len(set(names))


def test_feed_says_where_it_is(client: FlaskClient) -> None:
    """The link to itself gives the same feed, the other the page of the search."""
    feed = read(client, "/search.atom?q=联谊&year=2020&lang=en")
    (itself,) = hrefs(feed, "self")
    assert etree.tostring(read(client, itself)) == etree.tostring(feed)
    (page,) = hrefs(feed, "alternate")
    shown = {urlsplit(each).path for each in links(get(client, page), ".hit h2 a")}
    entries = feed.findall(f"{ATOM}entry")
    assert {urlsplit(hrefs(each, "alternate")[0]).path for each in entries} == shown


def test_page_of_results_leads_to_its_feed(
    client: FlaskClient, searcher: FakeSearcher
) -> None:
    """In its head and beside the hits; the order and the page do not follow."""
    page = get(client, "/search?q=本周&year=2018&sort=oldest&page=2&per_page=20")
    (target,) = links(page, "link[type='application/atom+xml']")
    assert links(page, ".use a") == [target]
    assert parse_qs(urlsplit(target).query) == {"q": ["本周"], "year": ["2018"]}
    read(client, target)
    assert searcher.requests[-1].sort is Sort.NEWEST
    assert not searcher.requests[-1].partial


def test_names_outlive_the_address_of_the_site() -> None:
    """A reader of feeds knows an entry again when the archive moves."""
    names = []
    for base in ("https://one.example", "https://two.example/"):
        app = create_app(FakeSearcher(), WebSettings(base_url=base))
        body = app.test_client().get("/search.atom?q=联谊").data
        names.append(re.findall(rb"<id>(.*?)</id>", body))
        assert f'href="{base.rstrip("/")}/documents/'.encode() in body
    assert names[0] == names[1]


def test_pages_of_a_feed_are_one_feed(client: FlaskClient) -> None:
    """They share a name, and lead to each other."""
    first = read(client, "/search.atom?q=本周")
    (following,) = hrefs(first, "next")
    second = read(client, following)
    assert texts(first, "id") == texts(second, "id")
    assert hrefs(second, "previous") == hrefs(first, "self")
    other = read(client, "/search.atom?q=联谊")
    assert texts(other, "id") != texts(first, "id")


def test_markup_and_control_characters_stay_text(searcher: FakeSearcher) -> None:
    """What XML cannot hold is left out, what it can is escaped."""
    title = "<b>题\x00\x0b\ufffe</b>&"
    searcher.documents = (replace(HOSTILE, title=title), YEARBOOK)
    client = create_app(searcher).test_client()
    feed = read(client, "/search.atom")
    titles = [texts(each, "title")[0] for each in feed.findall(f"{ATOM}entry")]
    assert "<b>题</b>&" in titles
    assert all(not list(each) for each in feed.iter(f"{ATOM}summary"))


@pytest.mark.parametrize("query", ['q="', "page=0", "sort=best", "unknown=1"])
def test_bad_parameter_is_refused(client: FlaskClient, query: str) -> None:
    """As on the page."""
    assert client.get(f"/search.atom?{query}").status_code == 400


def test_unchanged_feed_is_not_sent_again(client: FlaskClient) -> None:
    """Readers of feeds ask every hour."""
    tag = client.get("/search.atom?q=联谊").headers["ETag"]
    again = client.get("/search.atom?q=联谊", headers={"If-None-Match": tag})
    assert again.status_code == 304
