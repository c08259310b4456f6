"""Nothing a server answers ends a crawl, holds it up, or goes by without a reason."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from tests.crawler.crawls import CrawlHome, Ran, Row
from tests.crawler.hostile_answers import ANSWERS
from tests.crawler.hostile_server import HostileServer

MAX_BYTES = 2_000_000
NAMES = tuple(name for name in ANSWERS if not name.startswith("robots"))
# What becomes of an answer, and why; and what becomes of one that was a document.
EXPECTED = {
    "never-ending": "failed too-large",
    "slow-drip": "failed timeout",
    "slow-head": "failed timeout",
    "silent": "failed timeout",
    "gzip-bomb": "failed too-large",
    "large-page": "failed too-large",
    "redirect-loop": "failed redirect-loop",
    "redirect-pair": "done redirect",
    "redirect-chain?30": "done new",
    "redirect-loopback": "done redirect",
    "redirect-localhost": "done redirect",
    "redirect-spelled": "done redirect",
    "redirect-metadata": "done redirect",
    "redirect-file": "failed no-location",
    "redirect-nowhere": "failed no-location",
    "redirect-nonsense": "failed no-location",
    "redirect-home": "gone redirected-home",
    "redirect-login": "failed login",
    "refresh-loop": "done no-text",
    "bad-status": "failed broken-answer",
    "no-http": "failed broken-answer",
    "no-answer": "failed broken-answer",
    "bad-header": "failed broken-answer",
    "large-header": "failed broken-answer",
    "many-headers": "skipped not-html",
    "length-too-large": "failed cut-off",
    "length-negative": "failed broken-answer",
    "length-nonsense": "failed broken-answer",
    "two-lengths": "failed broken-answer",
    "chunk-size-nonsense": "failed cut-off",
    "chunk-size-huge": "failed cut-off",
    "chunk-cut": "failed cut-off",
    "cut-midway": "failed cut-off",
    "gzip-cut": "done new",
    "gzip-label-only": "done new",
    "wrong-charset": "done new",
    "unknown-charset": "done new",
    "no-type": "done new",
    "empty": "done no-text",
    "binary": "done damaged",
    "no-content": "failed http-204",
    "partial": "failed http-206",
    "not-modified": "failed http-304",
    "unauthorized": "failed http-401",
    "forbidden": "failed http-403",
    "not-found": "gone http-404",
    "gone": "gone http-410",
    "error": "failed http-500",
    "odd-status": "failed http-999",
    "too-many": "failed http-429",
    "too-many-date": "queued http-429",
    "too-many-nonsense": "failed http-429",
    "busy": "done new",
    "head-differs": "done new",
    "cookie-needed": "done new",
    "login-page": "failed login",
    "soft-404": "gone not-found",
    "challenge": "failed challenge",
}

# What becomes of a document where this is the answer for robots.txt.
ROBOTS = {
    "robots-bom": "done new",
    "robots-large": "done new",
    "robots-redirect": "done new",
    "robots-binary": "done new",
    "forbidden": "done new",
    "redirect-loop": "done new",
    "error": "failed robots-unavailable",
    "silent": "failed timeout",
    "never-ending": "failed robots-unavailable",
    "redirect-metadata": "failed private-address",
    "redirect-spelled": "failed private-address",
    "redirect-localhost": "failed private-address",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Survived:
    """A crawl of every answer there is, and of servers with an odd robots.txt."""

    server: HostileServer
    others: dict[str, HostileServer]
    home: CrawlHome
    ran: Ran
    rows: dict[str, Row]


@pytest.fixture(name="crawled", scope="module")
def crawl_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Survived]:
    """Ask for every answer, as seeds, and follow nothing but redirects."""
    home = CrawlHome(
        tmp_path_factory.mktemp("home"),
        timeout_seconds=4.0,
        max_depth=0,
        max_bytes=MAX_BYTES,
        concurrency_per_host=16,
    )
    with ExitStack() as stack:
        server = stack.enter_context(HostileServer(patience_seconds=20.0))
        others = {
            name: stack.enter_context(HostileServer(robots=name, patience_seconds=20.0))
            for name in ROBOTS
        }
        seeds = [
            f"{other.root}/{path}"
            for other in others.values()
            for path in ("document", "private/1")
        ]
        ran = home.crawl(*map(server.url, NAMES), *seeds)
        rows = {
            url.removeprefix(f"{server.root}/"): row
            for url, row in home.frontier().items()
        }
        yield Survived(
            server=server,
            others=others,
            home=home,
            ran=ran,
            rows=rows,
        )


def _became(row: Row) -> str:
    """Name state and reason."""
    return f"{row.state} {row.reason}"


def test_every_answer_has_its_reason(crawled: Survived) -> None:
    """The state and the word are those of the harm that was done."""
    became = {name: f"{row.state} {row.reason}" for name, row in crawled.rows.items()}
    assert {name: became[name] for name in EXPECTED} == EXPECTED


def test_every_failure_is_told_in_words(crawled: Survived) -> None:
    """What the user reads has no names of classes in it, and is not empty."""
    failed = crawled.home.run("failed")
    told = {
        url.rpartition("/")[2]: detail
        for url, _, _, detail in (line.split("\t") for line in failed.out.splitlines())
    }
    failures = [
        row for row in crawled.home.frontier().values() if row.state == "failed"
    ]
    assert failed.out.count("\n") == len(failures)
    assert [name for name, detail in told.items() if not detail] == []
    assert "twisted" not in failed.out


def test_no_more_is_read_than_is_kept(crawled: Survived) -> None:
    """A page without end is hung up on when it is too large."""
    for name in ("never-ending", "large-page"):
        assert crawled.server.sent[f"/{name}"] < 8 * MAX_BYTES
    pages = crawled.home.run("stats")
    assert pages.status == 0


def test_no_address_is_asked_for_more_than_three_times(crawled: Survived) -> None:
    """Neither loops nor refusals lead to more."""
    for name in NAMES:
        asked = len([r for r in crawled.server.requests if r.path == f"/{name}"])
        assert 1 <= asked <= 3


def test_who_asks_to_be_left_alone_is(crawled: Survived) -> None:
    """Retry-After is kept to; what would take too long is left for another time."""
    times = [request.at for request in crawled.server.asked("too-many")]
    assert len(times) == 3
    assert all(later - at >= 2.0 for at, later in pairwise(times))
    assert len(crawled.server.asked("too-many-date")) == 1
    assert "1 left to fetch" in crawled.ran.err


def test_only_the_server_that_was_named_is_asked(crawled: Survived) -> None:
    """Redirects to other spellings of this machine are not followed."""
    hosts = {request.headers["host"] for request in crawled.server.requests}
    assert hosts == {crawled.server.root.removeprefix("http://")}


def test_sessions_and_cookies_make_no_page_twice(tmp_path: Path) -> None:
    """A session in the address is not part of it; made-up links come to an end."""
    home = CrawlHome(tmp_path / "home")
    with HostileServer() as server:
        home.crawl(*map(server.url, ("session", "endless-links", "calendar")))
        asked = [request.path.split("?")[0] for request in server.requests]
    assert sum("session" in path for path in asked) <= 3
    assert len(asked) < 500


def test_robots_txt_is_read_as_the_standard_says(crawled: Survived) -> None:
    """4xx allows, 5xx and silence forbid for now; it leads to no private machine."""
    became = {
        name: _became(crawled.home.frontier()[server.url("document")])
        for name, server in crawled.others.items()
    }
    assert became == ROBOTS


def test_what_robots_txt_forbids_is_not_asked_for(crawled: Survived) -> None:
    """With a byte order mark, megabytes behind it, or at the end of a redirect."""
    for name in ("robots-bom", "robots-large", "robots-redirect"):
        server = crawled.others[name]
        row = crawled.home.frontier()[f"{server.root}/private/1"]
        assert _became(row) == "skipped robots"
        assert server.asked("document")
        assert not server.asked("private/1")


def test_no_page_is_asked_for_where_robots_txt_cannot_be_had(
    crawled: Survived,
) -> None:
    """It is robots.txt that is asked for again, not the page."""
    for name in ("error", "silent"):
        server = crawled.others[name]
        assert not server.asked("document")
        assert 2 <= len(server.asked("robots.txt")) <= 3
