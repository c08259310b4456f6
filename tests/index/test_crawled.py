"""Facts about coverage: what is known of each site, counted from the store."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.coverage import Coverage, SiteCoverage, reach
from index.crawled import Crawled, read_coverage
from index.database import Database
from index.document import Document
from index.store import Store
from tests.archived import address, capture, crawled, insert
from tests.corpus import make_document

HOST = "www.yunxi.example"


def fetched(number: int, **fields: int) -> Document:
    """Make a document of the crawled site."""
    return make_document(
        number,
        f"渡口{number}",
        f"第{number}号渡口。",
        url=f"https://{HOST}/{number}.html",
        site="云溪水务网",
        year=fields.get("year", 2020),
    )


DOCUMENTS = (
    fetched(1, year=2019),
    fetched(2),
    fetched(3),
    make_document(4, "无网址", "从文件来的一篇。", site="云溪水务网", year=2020),
    make_document(5, "另一处", "独自一篇。", site="青陵年鉴"),
    make_document(6, "无名", "没有名字的站。", url="http://10.0.0.1:8080/a/b.html"),
    replace(fetched(3), id=f"{7:016x}", url=None),
)
FRONTIER = (
    address(f"https://{HOST}/1.html", "done", "new", document=DOCUMENTS[0].id),
    address(f"https://{HOST}/2.html", "done", "unchanged", document=DOCUMENTS[1].id),
    address(f"https://{HOST}/3.html", "gone", "http-404", document=DOCUMENTS[2].id),
    address(f"https://{HOST}/", "done", "list-page", fetched="2024-03-04T08:00:00Z"),
    address(f"https://{HOST}/a", "failed", "timeout", detail="no\nanswer", attempts=3),
    address(f"https://{HOST}/b", "failed", "http-500", status=500, attempts=2),
    address(f"https://{HOST}/c", "failed", "timeout", attempts=3),
    address(f"https://{HOST}/d", "skipped", "robots"),
    address(f"https://{HOST}/e", "queued", crawl=2),
    address("https://empty.example/", "failed", "dns", crawl=2),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open a store that crawls and files have filled."""
    store = Store(tmp_path / "store.sqlite3", create=True)
    for document in DOCUMENTS:
        capture(store, document)
    crawled(store, *FRONTIER)
    yield store
    store.close()


def site(store: Store, name: str) -> SiteCoverage:
    """Find what is covered of one site."""
    (found,) = (one for one in store.crawled.coverage().sites if one.site == name)
    return found


def test_every_address_is_counted_once_by_what_became_of_it(store: Store) -> None:
    """States and reasons are told apart, and add up to what is known."""
    water = site(store, "云溪水务网")
    assert water.answered == {"new": 1, "unchanged": 1, "list-page": 1}
    assert water.failed == {"timeout": 2, "http-500": 1}
    assert water.skipped == {"robots": 1}
    assert (water.vanished, water.queued, water.unchanged) == (1, 1, 1)
    assert (water.found, water.fetched, water.failures, water.skips) == (9, 4, 3, 1)
    total = reach(store.crawled.coverage()).total
    assert total.found == len(FRONTIER)


def test_documents_count_for_the_site_they_name(store: Store) -> None:
    """Files count too; what a crawl did not bring and what is doubled is told."""
    water = site(store, "云溪水务网")
    assert (water.kept, water.imported, water.duplicate) == (5, 2, 1)
    assert water.years == {2019: 1, 2020: 4}
    assert water.hosts == (HOST,)
    other = site(store, "青陵年鉴")
    assert (other.kept, other.imported, other.found) == (1, 1, 0)
    assert other.years == {0: 1}


def test_site_without_a_name_goes_by_its_host(store: Store) -> None:
    """A host no document names, and one whose documents name no site."""
    assert site(store, "10.0.0.1:8080").kept == 1
    empty = site(store, "empty.example")
    assert (empty.kept, empty.failed) == (0, {"dns": 1})


def test_times_are_those_of_the_first_and_the_last_fetch(store: Store) -> None:
    """A crawl that is not over has no end; one that is has."""
    water = site(store, "云溪水务网")
    assert water.first_fetched == "2024-03-01T08:00:00Z"
    assert water.last_fetched == "2024-03-04T08:00:00Z"
    assert water.last_finished == "2024-03-02"
    assert site(store, "empty.example").last_finished is None
    assert site(store, "青陵年鉴").last_fetched is None


@pytest.mark.parametrize(
    ("coverage", "complete"),
    [
        (SiteCoverage(site=""), False),
        (SiteCoverage(site="", kept=1, imported=1), True),
        (SiteCoverage(site="", answered={"new": 1}, skipped={"robots": 2}), True),
        (SiteCoverage(site="", answered={"new": 1}, queued=1), False),
        (SiteCoverage(site="", answered={"new": 1}, failed={"dns": 1}), False),
    ],
)
def test_complete_is_what_has_nothing_queued_or_failed(
    coverage: SiteCoverage, *, complete: bool
) -> None:
    """Of what nothing is known nothing is complete."""
    assert coverage.complete is complete


@pytest.mark.parametrize(
    "name", ["云溪水务网", "雲溪水務網", HOST, "yunxi.example", " 云溪水务网"]
)
def test_site_is_found_by_name_and_by_domain(store: Store, name: str) -> None:
    """Either script, the host, or a domain above it, as a filter finds it."""
    reached = reach(store.crawled.coverage(), (name,))
    assert [one.site for one in reached.sites] == ["云溪水务网"]
    assert reached.total.kept == 5


def test_unknown_site_reaches_nothing(store: Store) -> None:
    """A part of a name is no name."""
    for name in ("云溪", "example.org", "unxi.example"):
        assert reach(store.crawled.coverage(), (name,)).sites == ()


def test_what_failed_is_listed_by_host_reason_and_address(store: Store) -> None:
    """In an order that stays, a part at a time, details on one line."""
    every = store.crawled.failed()
    assert [one.url[-8:] for one in every] == [
        *("example/", "xample/b", "xample/a", "xample/c"),
    ]
    assert (every[1].status, every[1].attempts) == (500, 2)
    assert every[2].detail == "no answer"
    assert store.crawled.failed(start=1, most=2) == every[1:3]
    assert store.crawled.failed((HOST,)) == every[1:]
    assert store.crawled.failed(()) == []


def test_coverage_is_kept_until_the_store_changes(store: Store) -> None:
    """Nothing is counted again while nothing is written; afterwards it is."""
    first = store.crawled.coverage()
    assert store.crawled.coverage() is first
    other = Database(store.path, create=False, busy_seconds=1)
    insert(other, "frontier", [address("https://new.example/", "queued")])
    other.close()
    assert reach(until_new(store.crawled, first)).total.queued == 2


def until_new(crawled: Crawled, old: Coverage) -> Coverage:
    """Ask until the count is a new one: a count is kept for a moment."""
    while (found := crawled.coverage()) is old:
        pass
    return found


def test_empty_store_covers_nothing(tmp_path: Path) -> None:
    """No site, and sums of nothing."""
    database = Database(tmp_path / "store.sqlite3", create=True, busy_seconds=1)
    coverage = read_coverage(database)
    assert (coverage.sites, reach(coverage).total.found) == ((), 0)
    database.close()
