"""Answers that are kept for as long as they hold."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index.errors import IndexMissing
from search.results import SearchRequest
from tests.fakes import FakeSearcher
from web.app import create_app
from web.settings import WebSettings

SEARCH = "/api/v1/search?q=联谊"


def client_of(searcher: FakeSearcher, kept_bytes: int) -> FlaskClient:
    """Make a client of an application that keeps so much."""
    return create_app(searcher, WebSettings(kept_bytes=kept_bytes)).test_client()


def test_tag_that_holds_is_answered_without_a_search(searcher: FakeSearcher) -> None:
    """Another application over the same archive knows the tag, and need not search."""
    tag = client_of(searcher, 0).get(SEARCH).headers["ETag"]
    searcher.requests.clear()
    again = client_of(searcher, 0).get(SEARCH, headers={"If-None-Match": tag})
    assert (again.status_code, again.headers["ETag"]) == (304, tag)
    assert searcher.requests == []


def test_answer_asked_for_again_is_the_same_with_its_links(
    searcher: FakeSearcher,
) -> None:
    """The second answer is the first, headers and all, and nothing is searched."""
    client = client_of(searcher, 1_000_000)
    first = client.get(f"{SEARCH}&per_page=1")
    searcher.requests.clear()
    second = client.get(f"{SEARCH}&per_page=1")
    assert (first.data, first.headers) == (second.data, second.headers)
    assert second.headers["Link"]
    assert searcher.requests == []


def test_change_of_the_archive_is_a_new_answer(searcher: FakeSearcher) -> None:
    """What was kept is not given when the state has another name."""
    client = client_of(searcher, 1_000_000)
    client.get(SEARCH)
    searcher.pending = 3
    assert client.get(SEARCH).get_json()["pending"] == 3


def test_no_more_bytes_are_kept_than_allowed(searcher: FakeSearcher) -> None:
    """The answer asked for longest ago is forgotten first; 0 keeps none."""
    size = len(client_of(searcher, 0).get(SEARCH).data)
    for room, searches in ((0, 2), (size, 1), (size - 1, 2)):
        client = client_of(searcher, room)
        searcher.requests.clear()
        client.get(SEARCH)
        client.get(SEARCH)
        assert searcher.requests == [SearchRequest(text="联谊")] * searches


def test_any_tag_is_no_tag_of_ours(searcher: FakeSearcher) -> None:
    """A mistake in the query is told, whatever the tag."""
    client = client_of(searcher, 0)
    response = client.get("/api/v1/search?q=(", headers={"If-None-Match": "*"})
    assert response.status_code in {200, 400}


@pytest.mark.parametrize("kept_bytes", [0, 1_000_000])
def test_index_that_cannot_be_used_is_told(
    searcher: FakeSearcher, kept_bytes: int
) -> None:
    """Kept answers are not given when searches cannot be answered."""
    client = client_of(searcher, kept_bytes)
    tag = client.get(SEARCH).headers["ETag"]
    searcher.failure = IndexMissing(Path("archive"))
    response = client.get(SEARCH, headers={"If-None-Match": tag})
    assert response.status_code == 503
