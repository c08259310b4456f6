"""Every address has one state, and a crawl is gone on with as it was left."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.frontier import Frontier
from crawler.visits import Found, State, Visit
from index.store import Store

AT = "2031-03-04T08:05:00Z"
URL, HOST = "http://yun.example/a", "yun.example"


@pytest.fixture(name="frontier")
def open_frontier(tmp_path: Path) -> Iterator[Frontier]:
    """Open an empty frontier."""
    store = Store(tmp_path / "store.sqlite3", create=True)
    yield Frontier(store.database)
    store.close()


def found(url: str = URL, *, depth: int = 1, skipped: str = "") -> Found:
    """Make an address that was found."""
    return Found(url=url, host=HOST, depth=depth, skipped=skipped)


def visited(
    frontier: Frontier, crawl: int, state: State, url: str = URL, reason: str = ""
) -> None:
    """Note what came of an address."""
    frontier.record(crawl, Visit(url=url, state=state, at=AT, reason=reason))


def due(frontier: Frontier, crawl: int) -> list[tuple[str, int]]:
    """List what is queued: address and depth."""
    return [(one.url, one.depth) for one in frontier.due(crawl, HOST, 0.0, 100)]


def test_an_address_is_queued_once(frontier: Frontier) -> None:
    """Whether it waits or was fetched, this crawl has met it."""
    assert frontier.add(1, [found(), found()], AT) == [URL]
    assert frontier.add(1, [found()], AT) == []
    visited(frontier, 1, State.DONE)
    assert frontier.add(1, [found()], AT) == []
    assert due(frontier, 1) == []


def test_what_was_too_deep_is_queued_on_a_shorter_way(frontier: Frontier) -> None:
    """It was skipped by a rule; the way that was found now keeps to it."""
    frontier.add(1, [found(depth=9, skipped="depth")], AT)
    assert frontier.add(1, [found(depth=9, skipped="depth")], AT) == []
    assert frontier.add(1, [found(depth=2)], AT) == [URL]
    assert due(frontier, 1) == [(URL, 2)]


def test_what_robots_txt_forbade_is_not_queued_again(frontier: Frontier) -> None:
    """It was asked, not ruled out by the way to it."""
    frontier.add(1, [found()], AT)
    visited(frontier, 1, State.SKIPPED, reason="robots")
    assert frontier.add(1, [found()], AT) == []


def test_a_later_crawl_decides_anew(frontier: Frontier) -> None:
    """What it skips gets its reason, what it follows is fetched once."""
    frontier.add(1, [found(skipped="excluded")], AT)
    frontier.add(2, [found(skipped="trap")], AT)
    assert list(frontier.listed(State.SKIPPED)) == [(URL, "trap", "")]
    assert frontier.add(3, [found()], AT) == [URL]
    assert frontier.add(3, [found()], AT) == []


def test_a_page_that_was_fetched_is_not_undone_by_a_rule(frontier: Frontier) -> None:
    """It has been answered, whatever a later crawl leaves out."""
    frontier.add(1, [found()], AT)
    visited(frontier, 1, State.DONE)
    frontier.add(2, [found(skipped="excluded")], AT)
    assert list(frontier.listed(State.DONE)) == [(URL, "", "")]


def test_everything_is_asked_for_again(frontier: Frontier) -> None:
    """What was answered, failed, vanished or left over; not what is out of bounds."""
    states = (State.DONE, State.FAILED, State.GONE, State.QUEUED)
    for state in states:
        frontier.add(1, [found(f"{URL}/{state}")], AT)
        visited(frontier, 1, state, f"{URL}/{state}")
    frontier.add(1, [found(f"{URL}/trap", skipped="trap")], AT)
    frontier.add(1, [found(f"{URL}/deep", depth=9, skipped="depth")], AT)
    frontier.add(1, [found("http://yun.example/b")], AT)
    assert frontier.begin_again(2, lambda url: url.startswith(URL), 5) == 4
    assert {url for url, _ in due(frontier, 2)} == {f"{URL}/{one}" for one in states}
    assert {one.attempts for one in frontier.due(2, HOST, 0.0, 9)} == {0}
    assert frontier.queued(1) == 1


def test_what_is_for_later_waits_for_the_next_crawl(frontier: Frontier) -> None:
    """This one does not fetch it, and what is known is left as it is."""
    frontier.add(1, [found()], AT)
    visited(frontier, 1, State.DONE)
    new = f"{URL}/new"
    assert frontier.add(2, [found(), found(new)], AT, later=True) == [new]
    assert frontier.queued(2) == 0
    assert list(frontier.listed(State.DONE)) == [(URL, "", "")]
    frontier.begin_again(3, lambda _: True, 5)
    assert {url for url, _ in due(frontier, 3)} == {URL, new}


def test_a_crawl_is_gone_on_with_until_it_is_over(frontier: Frontier) -> None:
    """The same request goes on; another, or one after the end, begins."""
    first, resumed = frontier.begin({"seeds": ["a"]}, AT)
    assert not resumed
    again, resumed = frontier.begin({"seeds": ["a"]}, AT)
    assert resumed
    assert again.number == first.number
    other, resumed = frontier.begin({"seeds": ["b"]}, AT)
    assert not resumed
    frontier.finish(first.number, AT)
    last, resumed = frontier.begin({"seeds": ["a"]}, AT)
    assert not resumed
    assert len({first.number, other.number, last.number}) == 3


def test_pages_are_counted_as_fetched(frontier: Frontier) -> None:
    """Answered, failed, gone, or of another kind; not what a rule left out."""
    outcomes = {
        "a": (State.DONE, "new"),
        "b": (State.FAILED, "timeout"),
        "c": (State.GONE, "http-404"),
        "d": (State.SKIPPED, "not-html"),
        "e": (State.SKIPPED, "robots"),
        "f": (State.QUEUED, "http-503"),
    }
    for name, (state, reason) in outcomes.items():
        frontier.add(1, [found(f"{URL}/{name}")], AT)
        visited(frontier, 1, state, f"{URL}/{name}", reason)
    frontier.add(1, [found(f"{URL}/g", skipped="depth")], AT)
    assert frontier.fetched(1) == 4
    assert frontier.target(1, f"{URL}/f")
    assert frontier.target(2, f"{URL}/f") is None
    assert frontier.target(1, f"{URL}/a") is None
