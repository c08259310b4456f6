"""From a document to the hits beside it, and back to the results."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from index.errors import IndexMissing
from tests.fakes import FakeSearcher
from tests.web.documents import BRIEFS, COPY, YEARBOOK
from tests.web.page import get, links, one, words

SEARCH = "/search?q=简讯&kind=briefing&sort=oldest&per_page=5"


def walk(client: FlaskClient, address: str, rel: str) -> list[str]:
    """Follow links to the hits beside; list the titles read on the way."""
    titles = []
    while True:
        page = get(client, address)
        titles.append(one(page, "title").text.partition(" · ")[0])
        onward = links(page, f".hits-beside a[rel={rel}]")
        if not onward:
            return titles
        address = onward[0]


def test_every_hit_is_walked_through_in_the_order_of_the_results(
    client: FlaskClient,
) -> None:
    """Filters, order and pages hold; both ways lead over the same documents."""
    first = links(get(client, SEARCH), ".hit h2 a")[0]
    titles = walk(client, first, "next")
    assert titles == [brief.title for brief in BRIEFS]
    last = links(get(client, f"{SEARCH}&page=5"), ".hit h2 a")[-1]
    assert walk(client, last, "prev") == titles[::-1]


def test_way_back_leads_to_the_hit_on_its_page(client: FlaskClient) -> None:
    """Rank and total are told; the results open where one had been."""
    target = links(get(client, f"{SEARCH}&page=2"), ".hit h2 a")[2]
    page = get(client, target)
    assert words(page, ".hits-beside .rank") == ["第 8 条，共 24 条"]
    back = urlsplit(links(page, ".hits-beside .up")[0])
    assert (back.path, back.fragment) == ("/search", "hit8")
    assert parse_qs(back.query) == {
        "q": ["简讯"],
        "kind": ["briefing"],
        "sort": ["oldest"],
        "per_page": ["5"],
        "page": ["2"],
    }
    results = get(client, f"{back.path}?{back.query}")
    assert links(results, "#hit8 h2 a") == [target]


def test_document_that_moved_among_the_hits_is_found_again(
    client: FlaskClient,
) -> None:
    """A rank that is a little off leads to the hits beside it all the same."""
    target = links(get(client, SEARCH), ".hit h2 a")[1].replace("rank=2", "rank=4")
    page = get(client, target)
    assert words(page, ".hits-beside .rank") == ["第 2 条，共 24 条"]
    following = links(page, ".hits-beside a[rel=next]")[0]
    assert BRIEFS[2].id in following


def test_document_that_is_no_hit_any_more_leads_back(client: FlaskClient) -> None:
    """Without a place among the hits there is none beside it."""
    page = get(client, f"/documents/{YEARBOOK.id}?q=简讯&rank=3")
    assert links(page, ".hits-beside .up") == ["/search?q=%E7%AE%80%E8%AE%AF#hit3"]
    assert not page.select(".hits-beside .rank, .hits-beside [rel]")


def test_document_stays_readable_without_an_index(
    client: FlaskClient, searcher: FakeSearcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be searched now can be read still."""

    def fail(_: object) -> None:
        raise IndexMissing(Path("index"))

    monkeypatch.setattr(searcher, "search", fail)
    page = get(client, f"/documents/{YEARBOOK.id}?q=联谊&rank=1")
    assert one(page, ".text").text
    assert links(page, ".hits-beside .up")


def test_words_sought_in_the_document_keep_the_search(client: FlaskClient) -> None:
    """The box marks other words; the hits beside are those of the search."""
    target = links(get(client, "/search?q=联谊&sort=oldest"), ".hit h2 a")[1]
    page = get(client, target)
    hidden = {
        i["name"]: i["value"] for i in page.select(".find-here input[type=hidden]")
    }
    assert hidden == {"q": "联谊", "sort": "oldest", "rank": "2"}
    found = get(client, f"{target}&find=青石县")
    assert set(words(found, "mark")) == {"青石县"}
    assert one(found, "#find")["value"] == "青石县"
    assert links(found, ".find-here a") == [target]
    assert links(found, ".hits-beside a[rel]") == links(page, ".hits-beside a[rel]")


def test_several_words_are_told_apart(client: FlaskClient) -> None:
    """Each word has a look, a count and the way to its first match."""
    page = get(client, f"/documents/{COPY.id}?q=联谊 青石县")
    assert words(page, ".matches .words a") == ["青石县2", "联谊4"]
    looks = {mark.text: mark.get("class") for mark in page.select("mark[id]")}
    assert looks == {"青石县": None, "联谊": ["word1"]}
    firsts = links(page, ".matches .words a")
    assert [one(page, first).text for first in firsts] == ["青石县", "联谊"]


def test_hit_without_a_title_has_a_name(
    client: FlaskClient, searcher: FakeSearcher
) -> None:
    """Beside a document stands a link that says what it is."""
    first, second = BRIEFS[:2]
    searcher.documents = (first, replace(second, title=""))
    page = get(client, links(get(client, "/search?q=本周"), ".hit h2 a")[0])
    assert one(page, ".hits-beside a[rel=next]")["title"] == "（无标题）"
