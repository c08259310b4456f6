"""The feeder hands out what can be asked for at once, and knows when it is over."""

import tracemalloc
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.feeder import Feeder
from crawler.frontier import Frontier
from crawler.pace import Pace
from crawler.settings import CrawlSettings
from crawler.visits import Found, State, Target, Visit
from index.store import Store
from tests.crawler.test_pace import Clock

AT = "2031-03-04T08:05:00Z"
CRAWL = 1


class Fed:
    """A frontier, a clock and what feeds on them."""

    def __init__(self, store: Store) -> None:
        """Begin with an empty frontier."""
        self.store, self.clock = store, Clock()
        self.frontier = Frontier(store.database)
        self.pace = Pace(delay=0.0, clock=self.clock)

    def queue(self, *urls: str) -> None:
        """Queue addresses."""
        found = (Found(url=url, host=url.split("/")[2], depth=0) for url in urls)
        with self.store.transaction():
            self.frontier.add(CRAWL, found, AT)

    def feeder(self, *, most: int = 1_000, **settings: int) -> Feeder:
        """Make a feeder."""
        chosen = {"concurrency": 100, "concurrency_per_host": 100} | settings
        return Feeder(
            self.frontier,
            CRAWL,
            CrawlSettings(**chosen),  # type: ignore[arg-type]  # numbers all
            self.pace,
            most=most,
        )

    def take_in(
        self, target: Target, state: State = State.DONE, not_before: float = 0.0
    ) -> None:
        """Note what became of an address."""
        visit = Visit(url=target.url, state=state, at=AT, not_before=not_before)
        self.frontier.record(CRAWL, visit)


@pytest.fixture(name="fed")
def make_fed(tmp_path: Path) -> Iterator[Fed]:
    """Open a store with an empty frontier."""
    store = Store(tmp_path / "store.sqlite3", create=True)
    yield Fed(store)
    store.close()


def handed(feeder: Feeder) -> list[Target]:
    """Take all that is handed out now."""
    return list(iter(feeder.next, None))


def urls(host: str, count: int) -> list[str]:
    """Name some addresses of a host."""
    return [f"http://{host}/{number}" for number in range(count)]


def test_hosts_take_turns(fed: Fed) -> None:
    """One with many addresses does not keep the others waiting."""
    fed.queue(*urls("a.example", 50), *urls("b.example", 2), *urls("c.example", 2))
    first = Counter(target.host for target in handed(fed.feeder(concurrency=6)))
    assert first == {"a.example": 2, "b.example": 2, "c.example": 2}


def test_no_more_is_handed_out_than_may_be_asked(fed: Fed) -> None:
    """Of one host and of all; an answer makes room for the next."""
    fed.queue(*urls("a.example", 9), *urls("b.example", 9))
    feeder = fed.feeder(concurrency=3, concurrency_per_host=2)
    first = handed(feeder)
    assert len(first) == 3
    feeder.answered(first[0])
    assert len(handed(feeder)) == 1


def test_answers_that_wait_to_be_taken_in_are_bounded(fed: Fed) -> None:
    """When the store falls behind, no more is asked for."""
    fed.queue(*urls("a.example", 400))
    feeder = fed.feeder()
    while targets := handed(feeder):
        for target in targets:
            feeder.answered(target)
    assert feeder.asking == 0
    assert feeder.next() is None
    fed.take_in(target)
    feeder.taken(target.url, counts=True)
    assert len(handed(feeder)) == 1


def test_nothing_is_handed_out_twice(fed: Fed) -> None:
    """What was handed out is still queued until its answer is taken in."""
    fed.queue(*urls("a.example", 10))
    feeder = fed.feeder()
    assert len(handed(feeder)) == 10
    fed.clock.at += 60
    assert handed(feeder) == []
    assert not feeder.finished


def test_it_is_over_when_all_is_taken_in(fed: Fed) -> None:
    """Not while an answer may still bring outlinks."""
    fed.queue("http://a.example/")
    feeder = fed.feeder()
    (target,) = handed(feeder)
    feeder.answered(target)
    assert not feeder.finished
    fed.take_in(target)
    fed.queue("http://a.example/new")
    feeder.taken(target.url, counts=True)
    feeder.refresh()
    assert not feeder.finished
    (target,) = handed(feeder)
    fed.take_in(target)
    feeder.taken(target.url, counts=True)
    feeder.refresh()
    assert feeder.finished
    assert feeder.hosts == 0


def test_what_is_to_be_tried_again_is_waited_for(fed: Fed) -> None:
    """It is not over before, and it is handed out when its time has come."""
    fed.queue("http://a.example/")
    feeder = fed.feeder(most=1)
    (target,) = handed(feeder)
    feeder.answered(target)
    fed.take_in(target, State.QUEUED, fed.clock.at + 5)
    feeder.taken(target.url, counts=False)
    assert handed(feeder) == []
    assert not feeder.finished
    fed.clock.at += 6
    (again,) = handed(feeder)
    assert (again.url, again.attempts) == (target.url, 1)


def test_a_host_that_wants_long_to_be_left_alone_is_not_waited_for(fed: Fed) -> None:
    """The run ends, and what is queued stays queued."""
    fed.queue("http://a.example/")
    feeder = fed.feeder()
    fed.pace.answered("a.example", status=429, retry_after="60", latency=0.0)
    assert handed(feeder) == []
    assert not feeder.finished
    assert feeder.wait_seconds() == 60.0
    fed.pace.answered("a.example", status=429, retry_after="900", latency=0.0)
    assert feeder.finished
    assert fed.frontier.queued(CRAWL) == 1


def test_a_budget_counts_pages_and_not_attempts(fed: Fed) -> None:
    """What was not fetched in the end makes room for another."""
    fed.queue(*urls("a.example", 5))
    feeder = fed.feeder(most=2)
    one, other = handed(feeder)
    for target, counts in ((one, True), (other, False)):
        feeder.answered(target)
        fed.take_in(target)
        feeder.taken(target.url, counts=counts)
    assert not feeder.finished
    assert len(handed(feeder)) == 1
    assert feeder.next() is None


def test_memory_does_not_grow_with_the_queue(fed: Fed) -> None:
    """A hundred thousand addresses of a hundred hosts are handed out in 3 MB."""
    with fed.store.transaction():
        fed.store.database.many(
            "INSERT INTO frontier (url, host, depth, state, found, crawl)"
            " VALUES (?, ?, 1, 'queued', '', 1)",
            (
                (
                    f"http://h{number % 100}.example/a/{number}.html",
                    f"h{number % 100}.example",
                )
                for number in range(100_000)
            ),
        )
    count = 0
    tracemalloc.start()
    feeder = fed.feeder(most=10**6)
    while targets := handed(feeder):
        count += len(targets)
        with fed.store.transaction():
            fed.store.database.many(
                "UPDATE frontier SET state = 'done' WHERE url = ?",
                [(target.url,) for target in targets],
            )
        for target in targets:
            feeder.answered(target)
            feeder.taken(target.url, counts=True)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 100_000
    assert peak < 3_000_000
