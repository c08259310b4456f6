"""The large site is the same each time, changes as it says, and keeps a log."""

import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from urllib.error import HTTPError
from urllib.parse import urlsplit

import pytest

from crawler.markup import parse
from crawler.outlinks import outlinks
from crawler.scope import Place, Reason, Scope
from crawler.sitemaps import read_sitemap
from crawler.traps import budgets_of
from crawler.urls import host_of
from tests.crawler.big_site import BigSite
from tests.crawler.big_site_pages import Site, State

FIRST = Site(pages=600)
SECOND = replace(FIRST, version=2)
ROOT = "http://a.example"


@pytest.fixture(name="served", scope="module")
def serve() -> Iterator[BigSite]:
    """Serve a site of 600 documents."""
    with BigSite(pages=600) as site:
        yield site


def get(url: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    """Ask for a page: status, body, headers."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, headers=named)  # noqa: S310 (loopback)
    try:
        with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310
            return response.status, response.read(), dict(response.headers)
    except HTTPError as error:
        with error:
            return error.code, error.read(), dict(error.headers)


def walk(site: Site, scope: Scope) -> tuple[set[str], Counter[Reason]]:
    """Crawl a site in memory: the paths reached, and why others were not."""
    reached, reasons = {"/"}, Counter[Reason]()
    counts: Counter[str] = Counter()
    queue = [("/", 0, 0)]
    for path, depth, hops in queue:
        target = urlsplit(path)
        tree = parse(site.answer(target.path, target.query).text)
        for link in outlinks(tree, ROOT + path):
            place = Place(
                depth=depth,
                hops=hops,
                counts=counts,
                this_year=2031,
                allowed="/private/" not in link.target,
            )
            decision = scope.decide(link, place)
            found = decision.url.removeprefix(ROOT)
            if found in reached:
                continue
            reasons[decision.reason] += 1
            if decision.reason is Reason.FOLLOW:
                counts.update(budget.key for budget in budgets_of(decision.url))
                reached.add(found)
                queue.append((found, decision.depth, decision.hops))
    return reached, reasons


def test_a_crawl_reaches_every_document_and_comes_to_an_end() -> None:
    """Lists by links and by scripts are read through; what is made up is not."""
    scope = Scope(hosts=("a.example",), max_depth=100)
    reached, reasons = walk(FIRST, scope)
    assert set(FIRST.documents) <= reached
    assert len(reached) < len(FIRST.documents) + 500
    assert reasons[Reason.TRAP] > 0
    assert reasons[Reason.ROBOTS] > 0
    assert not any(path.startswith("/private/") for path in reached)


def test_lists_are_read_through_at_their_own_depth() -> None:
    """Two steps lead to any document, however long the list it stands in."""
    reached, _ = walk(FIRST, Scope(hosts=("a.example",), max_depth=2))
    assert set(FIRST.documents) <= reached


def test_a_site_is_made_from_its_seed() -> None:
    """The same for the same one, another for another."""
    path = FIRST.path(17)
    assert Site(pages=600).answer(path) == FIRST.answer(path)
    assert Site(pages=600, seed=2).documents != FIRST.documents
    assert FIRST.answer("/none").status == 404


def test_what_version_two_does() -> None:
    """Changed, gone, added, another template, or the same: as each state says."""
    states = Counter(FIRST.state(number) for number in range(630))
    assert states[State.CHANGED] == states[State.GONE] == states[State.ADDED] == 30
    assert states[State.SAME] + states[State.TEMPLATE] == 540
    for number in range(630):
        path, state = FIRST.path(number), FIRST.state(number)
        first, second = FIRST.answer(path), SECOND.answer(path)
        same_text = first.text.split("<div class=footer")[0] in second.text
        if state is State.ADDED:
            assert (first.status, second.status) == (404, 200)
        elif state is State.GONE:
            assert second.status in {404, 410}
        elif state is State.CHANGED:
            assert not same_text
        else:
            assert same_text
            assert (first == second) is (state is State.SAME)


def test_sitemaps_name_every_document() -> None:
    """An index, and the parts of it."""
    site = Site(pages=1_500)
    index = read_sitemap(site.answer("/sitemap.xml").text.encode(), f"{ROOT}/")
    paths = [entry.url.removeprefix(ROOT) for entry in index.sitemaps]
    assert paths == ["/sitemap-0.xml", "/sitemap-1.xml"]
    found = [
        entry.url.removeprefix(ROOT)
        for path in paths
        for entry in read_sitemap(site.answer(path).text.encode(), f"{ROOT}/").pages
    ]
    assert found == list(site.documents)
    assert site.answer("/sitemap-2.xml").status == 404


def test_it_is_served_with_a_log(served: BigSite) -> None:
    """What was asked, by whom, and what was answered."""
    path = served.site.path(5)
    before = len(served.log())
    status, body, _ = get(served.root + path, User_Agent="Wensu/0")
    assert (status, body.decode()) == (200, served.site.answer(path).text)
    assert get(f"{served.root}/none")[0] == 404
    first, second = served.log()[before:]
    assert (first.path, first.status, first.agent) == (path, 200, "Wensu/0")
    assert second.status == 404
    assert first.at <= second.at
    assert host_of(served.root).startswith("127.0.0.1:")


def test_a_page_that_is_known_is_not_sent_again(served: BigSite) -> None:
    """By its tag or by its time."""
    url = served.root + served.site.path(5)
    _, _, headers = get(url)
    tag, modified = headers["ETag"], headers["Last-Modified"]
    assert get(url, If_None_Match=tag)[:2] == (304, b"")
    assert get(url, If_Modified_Since=modified)[:2] == (304, b"")
    assert get(url, If_None_Match='"other"')[0] == 200


def test_it_turns_into_its_second_version() -> None:
    """While it is being served, without validators if so asked."""
    with BigSite(pages=100, validators=False) as served:
        gone, changed = (served.root + served.site.path(number) for number in (7, 3))
        status, before, headers = get(changed)
        assert get(gone)[0] == status == 200
        assert "ETag" not in headers
        served.turn(2)
        assert get(gone)[0] in {404, 410}
        assert get(changed)[1] != before
