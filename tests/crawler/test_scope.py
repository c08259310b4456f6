"""Every outlink is followed, or left alone with a reason."""

from collections import Counter
from typing import Any

import pytest

from crawler.errors import CrawlError
from crawler.outlinks import LinkKind, Outlink
from crawler.scope import MAX_HOPS, Place, Reason, Scope
from crawler.traps import CALENDAR_BUDGET, budgets_of
from crawler.urls import canonical_url


def link(url: str | None, **changes: Any) -> Outlink:
    """Make an outlink."""
    return Outlink(target=url or "javascript:x", url=url, **changes)


def place(depth: int = 0, **changes: Any) -> Place:
    """Make a place in a crawl."""
    return Place(depth=depth, this_year=2026, **changes)


def reason(scope: Scope, url: str) -> Reason:
    """Decide about a plain link on a seed."""
    return scope.decide(link(url), place()).reason


@pytest.mark.parametrize(
    ("url", "subdomains", "expected"),
    [
        ("http://a.example/x", True, Reason.FOLLOW),
        ("https://www.a.example/x", True, Reason.FOLLOW),
        ("http://gz.a.example/x", True, Reason.FOLLOW),
        ("http://gz.a.example/x", False, Reason.OFF_SITE),
        ("http://www.a.example/x", False, Reason.FOLLOW),
        ("http://ba.example/x", True, Reason.OFF_SITE),
        ("http://a.example.org/x", True, Reason.OFF_SITE),
        ("http://a.example:8080/x", True, Reason.OFF_SITE),
        ("http://b.example/?a.example", True, Reason.OFF_SITE),
    ],
)
def test_what_belongs_to_a_site(
    url: str, *, subdomains: bool, expected: Reason
) -> None:
    """Its host, with and without www, and hosts below it if wanted."""
    scope = Scope(hosts=("www.a.example",), subdomains=subdomains)
    assert reason(scope, url) is expected


def test_paths_and_patterns_narrow_a_site() -> None:
    """Beginnings of paths, globs over path or address, and regular expressions."""
    scope = Scope(
        hosts=("a.example",),
        paths=("/gz/", "/nj/"),
        include=("/*.html", "gz.a.example/*", r"re:id=\d+$"),
        exclude=("*/video/*", "re:[?&]lang=en"),
    )
    assert reason(scope, "http://a.example/gz/1.html") is Reason.FOLLOW
    assert reason(scope, "http://a.example/gz/a/b?id=17") is Reason.FOLLOW
    assert reason(scope, "http://gz.a.example/nj/x") is Reason.FOLLOW
    assert reason(scope, "http://a.example/gz/x") is Reason.NOT_INCLUDED
    assert reason(scope, "http://a.example/gz/video/1.html") is Reason.EXCLUDED
    assert reason(scope, "http://a.example/gz/?lang=en&id=1") is Reason.EXCLUDED
    assert reason(scope, "http://a.example/bm/1.html") is Reason.OUTSIDE_PATH


def test_sites_and_patterns_may_be_written_in_chinese() -> None:
    """Addresses have them in ASCII; in capitals and with a port they count, too."""
    scope = Scope(
        hosts=("云岭.Example:80",), paths=("/总结/",), exclude=("*简报*", "/总结/?.htm")
    )
    root = canonical_url("http://云岭.example/总结/")
    assert reason(scope, f"{root}a.html") is Reason.FOLLOW
    assert reason(scope, canonical_url(f"{root}简报.html")) is Reason.EXCLUDED
    assert reason(scope, f"{root}a.htm") is Reason.EXCLUDED
    assert reason(scope, canonical_url("http://云岭.example/x")) is Reason.OUTSIDE_PATH


def test_a_pattern_that_cannot_be_read_is_refused_at_once() -> None:
    """With the pattern in the message, before anything is fetched."""
    with pytest.raises(CrawlError, match="re:\\("):
        Scope(hosts=("a.example",), exclude=("re:(",))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("1.pdf", Reason.NOT_HTML),
        ("总结.DOC", Reason.NOT_HTML),
        ("2.wps", Reason.NOT_HTML),
        ("a.jpg", Reason.STATIC),
        ("a.css?v=1", Reason.STATIC),
        ("a.tar.gz", Reason.STATIC),
        ("pdf", Reason.FOLLOW),
        ("a.pdf/", Reason.FOLLOW),
        ("show.asp?file=1.pdf", Reason.FOLLOW),
        ("a.shtml", Reason.FOLLOW),
        ("a.jhtml", Reason.FOLLOW),
    ],
)
def test_what_is_no_page_is_told_by_its_name(name: str, expected: Reason) -> None:
    """Documents of other kinds are named as such; pictures and scripts are static."""
    assert reason(Scope(hosts=("a.example",)), f"http://a.example/{name}") is expected


def test_reasons_that_lie_in_the_link_or_its_place() -> None:
    """No address, nofollow, robots.txt, depth."""
    scope = Scope(hosts=("a.example",), max_depth=2)
    url = "http://a.example/x"

    def decided(found: Outlink, **where: Any) -> Reason:
        return scope.decide(found, place(**where)).reason

    assert decided(link(None)) is Reason.NO_ADDRESS
    assert decided(link(url, nofollow=True)) is Reason.NOFOLLOW
    assert decided(link(url), allowed=False) is Reason.ROBOTS
    assert decided(link(url), depth=1) is Reason.FOLLOW
    assert decided(link(url), depth=2) is Reason.DEPTH
    boundless = Scope(hosts=("a.example",), heed_nofollow=False)
    assert boundless.decide(link(url, nofollow=True), place()).reason is Reason.FOLLOW


def test_traps_are_named() -> None:
    """By the address, and by how many like it were followed."""
    scope = Scope(hosts=("a.example",))
    decision = scope.decide(link("http://a.example/a/b/a/b/"), place())
    assert (decision.reason, decision.detail) == (Reason.TRAP, "repeated-path")
    url = "http://a.example/rl?date=2019-05-02"
    full = Counter({each.key: CALENDAR_BUDGET for each in budgets_of(url)})
    assert scope.decide(link(url), place()).reason is Reason.FOLLOW
    decision = scope.decide(link(url), place(counts=full))
    assert (decision.reason, decision.detail) == (Reason.TRAP, "calendar")


def test_the_pages_of_a_list_are_as_deep_as_its_first() -> None:
    """So a list is read to its end, and the links of each page are one deeper."""
    scope = Scope(hosts=("a.example",), max_depth=1)
    following = link("http://a.example/l?page=2", pager=True)
    decision = scope.decide(following, place(1, hops=6))
    assert (decision.reason, decision.depth, decision.hops) == (Reason.FOLLOW, 1, 7)
    deeper = scope.decide(link("http://a.example/1.html"), place(0, hops=7))
    assert (deeper.reason, deeper.depth, deeper.hops) == (Reason.FOLLOW, 1, 0)


@pytest.mark.parametrize(
    "kind", [LinkKind.FRAME, LinkKind.REDIRECT, LinkKind.CANONICAL]
)
def test_frames_and_redirects_are_as_deep_as_their_page(kind: LinkKind) -> None:
    """They are the page; without end they are not followed either."""
    scope = Scope(hosts=("a.example",), max_depth=0)
    part = link("http://a.example/main.html", kind=kind)
    assert scope.decide(part, place(0)).reason is Reason.FOLLOW
    assert scope.decide(part, place(0, hops=MAX_HOPS)).reason is Reason.DEPTH


def test_what_is_left_alone_keeps_its_address() -> None:
    """A list of what was not followed can be read."""
    scope = Scope(hosts=("a.example",))
    assert scope.decide(link(None), place()).url == "javascript:x"
    assert scope.decide(link("http://b.example/"), place()).url == "http://b.example/"
