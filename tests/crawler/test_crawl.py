"""A site is fetched whole, archived, followed over time; as ``wensu crawl`` does it."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import fastwarc
import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from index.coverage import SiteCoverage, together
from search.service import open_service
from tests.crawler.big_site import BigSite, Logged
from tests.crawler.big_site_pages import State
from tests.crawler.crawls import CrawlHome, Ran
from web.app import create_app

PAGES = 60
TRAPS = re.compile("/(private|rl|hui|lu)/|sort=")


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawled:
    """A site that was crawled once: where, what was said, what was asked."""

    site: BigSite
    home: CrawlHome
    ran: Ran
    log: list[Logged]

    def url(self, path: str) -> str:
        """Give the address of a path."""
        return f"{self.site.root}{path}"


@pytest.fixture(name="first", scope="module")
def crawl_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """Crawl a site with traps, into small WARC files."""
    home = CrawlHome(tmp_path_factory.mktemp("home"), warc_bytes=50_000)
    with BigSite(pages=PAGES) as site:
        ran = home.crawl(f"{site.root}/")
        yield Crawled(site=site, home=home, ran=ran, log=site.log())


def coverage(home: CrawlHome) -> SiteCoverage:
    """Add up what is covered."""
    with home.store() as store:
        return together("", store.crawled.coverage().sites)


def test_every_document_is_fetched_once(first: Crawled) -> None:
    """Lists, their pagers and the sitemap lead to all of them."""
    asked = Counter(each.path for each in first.log)
    assert set(first.site.site.documents) <= set(asked)
    assert set(asked.values()) == {1}
    assert first.home.frontier()[first.url("/sitemap-0.xml")].reason == "sitemap"
    kept = first.home.documents()
    assert set(kept) == {first.url(path) for path in first.site.site.documents}


def test_traps_are_left_after_some_steps(first: Crawled) -> None:
    """Calendar, sorted lists, sessions, paths without end: a bounded number each."""
    trapped = [each.path for each in first.log if TRAPS.search(each.path)]
    assert len(trapped) < 80
    assert not any(path.startswith("/private/") for path in trapped)
    skipped = Counter(row.reason for row in first.home.frontier().values())
    assert skipped["robots"] == 1
    assert skipped["trap"] > 0


def test_the_summary_counts_what_came(first: Crawled) -> None:
    """One line on the output; nothing is left."""
    assert f"{PAGES} new, 0 changed, 0 unchanged" in first.ran.out
    assert first.ran.out.count("\n") == 1
    assert "left" not in first.ran.err


def test_what_is_found_is_accounted_for(first: Crawled) -> None:
    """Fetched, failed, skipped and queued make up every known address."""
    covered = coverage(first.home)
    assert covered.found == len(first.home.frontier())
    assert covered.fetched + covered.failures + covered.skips == covered.found
    assert covered.kept == PAGES
    assert covered.imported == 0
    assert covered.complete


def test_every_answer_is_in_the_warc_files(first: Crawled) -> None:
    """Responses with their requests, as two other readers see them, in small files."""
    files = sorted(first.home.home.warc.glob("*.warc.gz"))
    assert len(files) > 1
    answered: list[str] = []
    requests = 0
    for path in files:
        assert path.stat().st_size < 100_000
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream):
                target = record.rec_headers.get_header("WARC-Target-URI")
                if record.rec_type in {"response", "revisit"}:
                    answered.append(target.removeprefix(first.site.root))
                requests += record.rec_type == "request"
        known = list(fastwarc.ArchiveIterator(io.BytesIO(path.read_bytes())))
        assert known
    assert Counter(answered) == Counter(each.path for each in first.log)
    assert requests == len(answered)


def test_warcio_finds_the_files_whole(first: Crawled) -> None:
    """Its own check: digests and lengths are right."""
    for path in first.home.home.warc.glob("*.warc.gz"):
        checker = Checker(_Quiet())
        checker.process_one(str(path))
        assert checker.exit_value == 0


@dataclass
class _Quiet:
    """What warcio's check is told on its command line."""

    verbose: bool = False
    inputs: tuple[str, ...] = ()


def test_a_page_is_read_back_as_it_was_sent(first: Crawled) -> None:
    """From the archive, by its digest; the store itself keeps no copy."""
    path, number = next(iter(first.site.site.documents.items()))
    sent = first.site.site.answer(path).text.encode()
    assert number == 0
    identifier, _, _ = first.home.documents()[first.url(path)]
    with first.home.store() as store:
        (capture,) = store.captures(identifier)
        assert store.payload(capture.digest) == sent
    assert first.home.rows("SELECT COUNT(*) FROM payloads") == [(0,)]


def test_a_page_is_served_as_it_was_sent(first: Crawled) -> None:
    """The raw page of a document comes from the archive."""
    first.home.run("index")
    path = next(iter(first.site.site.documents))
    identifier, _, _ = first.home.documents()[first.url(path)]
    service = open_service(first.home.home)
    try:
        client = create_app(service).test_client()
        raw = client.get(f"/documents/{identifier}/raw")
    finally:
        service.close()
    assert raw.data == first.site.site.answer(path).text.encode()


def test_store_archive_and_index_agree(first: Crawled) -> None:
    """The command that looks for damage finds none."""
    first.home.run("index")
    checked = first.home.run("check")
    assert (checked.status, checked.err) == (0, "")


def test_later_crawls_follow_what_changes(tmp_path: Path) -> None:
    """Changed, vanished, new and as before; and what vanished comes back."""
    home = CrawlHome(tmp_path / "home")
    with BigSite(pages=PAGES, traps=False) as site:
        url = f"{site.root}/"
        home.crawl(url)
        texts = home.documents()
        site.turn(2)
        second = replace(site.site, version=2)
        before = len(site.log())
        ran = home.crawl(url)
        statuses = {each.path: each.status for each in site.log()[before:]}
        later = home.documents()
        gone = dict(home.rows("SELECT document, at FROM gone"))
        captures = Counter(
            origin for (origin,) in home.rows("SELECT origin FROM captures")
        )
        site.turn(1)
        home.crawl(url)
        back = home.rows("SELECT document FROM gone")

    states = {site.site.path(number): second.state(number) for number in range(63)}
    by_state = {
        state: [f"{site.root}{path}" for path, each in states.items() if each is state]
        for state in State
    }
    for state in (State.SAME, State.TEMPLATE):
        assert all(later[one] == texts[one] for one in by_state[state])
    assert all(later[one] != texts[one] for one in by_state[State.CHANGED])
    assert all(captures[one] == 2 for one in by_state[State.CHANGED])
    assert set(later) - set(texts) == set(by_state[State.ADDED])
    assert set(gone) == {later[one][0] for one in by_state[State.GONE]}
    assert all(at.endswith("Z") for at in gone.values())
    assert back == [] or not set(gone) & {document for (document,) in back}
    assert "3 new, 3 changed" in ran.out
    assert "3 gone" in ran.out
    same = [path for path, state in states.items() if state is State.SAME]
    assert all(statuses[path] == 304 for path in same)
    revisits = home.rows("SELECT COUNT(*) FROM warc_records WHERE type = 'revisit'")
    assert revisits[0][0] >= len(same)


def test_a_budget_is_spent_page_by_page_over_several_runs(tmp_path: Path) -> None:
    """Each run goes on with what the last left, and nothing is asked for twice."""
    home = CrawlHome(tmp_path / "home", max_pages=30)
    with BigSite(pages=PAGES, traps=False) as site:
        for _ in range(2):
            before = len(site.log())
            ran = home.crawl(f"{site.root}/")
            assert len(site.log()) - before == 31  # robots.txt aside
            assert "left to fetch: run the same command to go on" in ran.err
        assert "left" not in home.crawl(f"{site.root}/").err
        asked = Counter(each.path for each in site.log())
    assert max(count for path, count in asked.items() if path != "/robots.txt") == 1
    assert len(home.documents()) == PAGES


def test_scope_is_kept_to(tmp_path: Path) -> None:
    """Depth and patterns bound what is asked for; what is not has its reason."""
    home = CrawlHome(tmp_path / "home", max_depth=1, exclude=["/sitemap*"])
    with BigSite(pages=PAGES, traps=False) as site:
        home.crawl(f"{site.root}/gz/s0/index.html", "--include", "/gz/*")
        asked = {each.path for each in site.log()}
        root = site.root
    assert all(re.match(r"/gz/|/robots|/sitemap.xml", path) for path in asked)
    reasons = {url: row.reason for url, row in home.frontier().items()}
    assert reasons[f"{root}/gz/s0/index.html"] == "no-text"
    assert "/sitemap-0.xml" not in asked
    assert reasons[f"{root}/sitemap-0.xml"] == "excluded"
