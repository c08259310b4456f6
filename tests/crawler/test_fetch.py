"""Pages are fetched politely from a real server on loopback."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from crawler.clean import Skipped, SkipReason
from crawler.errors import FetchError, RobotsDenied
from crawler.fetch import Fetcher, crawl, links_of
from crawler.ingest import Received
from crawler.settings import CrawlSettings


@dataclass(frozen=True)
class Answer:
    """What the server says at one path."""

    body: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Site:
    """A running server, its answers and what it was asked."""

    root: str
    answers: dict[str, Answer]
    asked: list[str]
    agents: list[str]

    def crawl(self, *paths: str, **settings: float) -> list[Received]:
        """Crawl from paths of this site without a pause."""
        chosen = CrawlSettings(
            delay_seconds=0.0,
            max_pages=int(settings.get("max_pages", 50)),
            max_depth=int(settings.get("max_depth", 1)),
            max_bytes=int(settings.get("max_bytes", 10_000)),
        )
        return list(crawl([self.root + path for path in paths], chosen))

    def paths(self, pages: list[Received]) -> list[str]:
        """Name the pages by their paths."""
        return [page.origin.removeprefix(self.root) for page in pages]


@pytest.fixture(name="site")
def serve_site() -> Iterator[Site]:
    """Serve an empty site that allows everything."""
    answers: dict[str, Answer] = {}
    asked: list[str] = []
    agents: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            agents.append(self.headers["User-Agent"])
            answer = answers.get(self.path, Answer(status=404))
            body = answer.body.encode()
            self.send_response(answer.status)
            self.send_header("Content-Length", str(len(body)))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}", answers, asked, agents)
    server.shutdown()
    thread.join()
    server.server_close()


def _links(*targets: str) -> Answer:
    return Answer("".join(f"<a href='{target}'>甲</a>" for target in targets))


def _reason(page: Received) -> str:
    assert isinstance(page.payload, Skipped)
    assert page.payload.reason is SkipReason.UNREADABLE
    return page.payload.detail


def test_links_on_the_same_host_are_followed_breadth_first(site: Site) -> None:
    """Each page once, near ones before far ones, other hosts not at all."""
    site.answers.update(
        {
            "/": _links("/a", "b", "/a#top", "http://other.example/x", "mailto:a@b.c"),
            "/a": _links("/c", "/"),
            "/b": _links("/d"),
            "/c": Answer("丙"),
            "/d": Answer("丁"),
        }
    )
    pages = site.crawl("/", max_depth=2)
    assert site.paths(pages) == ["/", "/a", "/b", "/c", "/d"]
    assert [page.status for page in pages] == [200] * 5
    assert pages[3].payload == "丙".encode()


def test_depth_and_number_of_pages_are_bounded(site: Site) -> None:
    """Depth 0 is the start page alone; no more pages than allowed are asked for."""
    site.answers.update(
        {"/": _links("/a", "/b"), "/a": _links("/c"), "/b": Answer("乙")}
    )
    assert site.paths(site.crawl("/", max_depth=0)) == ["/"]
    assert site.paths(site.crawl("/", max_depth=1)) == ["/", "/a", "/b"]
    assert site.paths(site.crawl("/", max_depth=5, max_pages=2)) == ["/", "/a"]
    assert "/c" not in site.asked


def test_robots_txt_is_read_once_and_obeyed(site: Site) -> None:
    """A forbidden page is not asked for; the longest rule wins."""
    site.answers.update(
        {
            "/robots.txt": Answer("User-agent: *\nDisallow: /p\nAllow: /p/open"),
            "/": _links("/p/a", "/p/open", "/b"),
            "/p/open": Answer("开"),
            "/b": Answer("乙"),
        }
    )
    pages = site.crawl("/")
    assert site.paths(pages) == ["/", "/p/a", "/p/open", "/b"]
    assert _reason(pages[1]) == "its robots.txt forbids it"
    assert "/p/a" not in site.asked
    assert site.asked.count("/robots.txt") == 1


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (500, False)]
)
def test_robots_txt_that_fails(site: Site, status: int, *, allowed: bool) -> None:
    """Not there means all is allowed, a broken server that nothing is."""
    site.answers.update({"/robots.txt": Answer(status=status), "/": Answer("页")})
    (page,) = site.crawl("/")
    assert isinstance(page.payload, bytes) is allowed


def test_rules_for_our_agent_go_before_those_for_all(site: Site) -> None:
    """A site may forbid everything to this crawler alone."""
    robots = "User-agent: Wensu\nDisallow: /\n\nUser-agent: *\nDisallow:"
    site.answers.update({"/robots.txt": Answer(robots), "/": Answer("页")})
    with pytest.raises(RobotsDenied):
        Fetcher(CrawlSettings(delay_seconds=0.0)).fetch(f"{site.root}/")


def test_a_redirect_is_followed_and_the_final_address_counts(site: Site) -> None:
    """The origin stays what was asked for, links count from where it led."""
    site.answers.update(
        {
            "/old": Answer(status=302, headers={"Location": "/new/"}),
            "/new/": _links("next"),
            "/new/next": Answer("续"),
        }
    )
    pages = site.crawl("/old")
    assert site.paths(pages) == ["/old", "/new/next"]
    assert pages[0].url == f"{site.root}/new/"


def test_redirects_in_a_circle_are_given_up(site: Site) -> None:
    """A loop is one page that cannot be read."""
    site.answers["/"] = Answer(status=302, headers={"Location": "/"})
    (page,) = site.crawl("/")
    assert "302" in _reason(page)


def test_a_redirect_to_a_file_is_not_followed(site: Site) -> None:
    """Nothing but http and https is ever opened."""
    site.answers["/"] = Answer(status=302, headers={"Location": "file:///etc/hosts"})
    (page,) = site.crawl("/")
    assert isinstance(page.payload, Skipped)


@pytest.mark.parametrize("status", [404, 410, 500, 503])
def test_an_error_status_is_a_page_with_a_reason(site: Site, status: int) -> None:
    """The crawl goes on behind it."""
    site.answers.update({"/": _links("/gone", "/b"), "/b": Answer("乙")})
    site.answers["/gone"] = Answer("没有此页", status=status)
    pages = site.crawl("/")
    assert _reason(pages[1]) == f"HTTP status {status}"
    assert pages[2].payload == "乙".encode()


def test_a_page_that_is_too_large_is_not_kept(site: Site) -> None:
    """Exactly the limit is allowed, one byte more is not."""
    site.answers.update({"/a": Answer("x" * 100), "/b": Answer("x" * 101)})
    first, second = site.crawl("/a", "/b", max_bytes=100)
    assert first.payload == b"x" * 100
    assert _reason(second) == "more than 100 bytes"


def test_a_server_that_is_not_there_is_a_reason(site: Site) -> None:
    """A refused connection ends nothing."""
    settings = CrawlSettings(delay_seconds=0.0, timeout_seconds=2.0)
    pages = list(crawl(["http://127.0.0.1:1/", f"{site.root}/"], settings))
    assert [isinstance(page.payload, Skipped) for page in pages] == [True, True]


@pytest.mark.parametrize("url", ["ftp://a.example/", "file:///etc/hosts", "a.example"])
def test_only_http_addresses_are_taken(url: str) -> None:
    """Anything else is refused before the first request."""
    with pytest.raises(FetchError, match="not an http address"):
        next(crawl([url], CrawlSettings()))


def test_the_agent_names_itself_and_a_contact(site: Site) -> None:
    """Who runs the crawler can be asked."""
    site.answers["/"] = Answer("页")
    contact = "mailto:archive@yun.example"
    Fetcher(CrawlSettings(delay_seconds=0.0, contact=contact)).fetch(f"{site.root}/")
    assert set(site.agents) == {f"Wensu/0.1 (+{contact})"}


def test_the_declared_character_set_is_passed_on(site: Site) -> None:
    """It is recorded, whatever the bytes are."""
    headers = {"Content-Type": "text/html; charset=GB2312"}
    site.answers["/"] = Answer("页", headers=headers)
    assert site.crawl("/")[0].declared == "gb2312"


def test_requests_to_one_host_keep_a_distance(site: Site) -> None:
    """Another host is not waited for; the same one is, by its own clock."""
    site.answers.update({"/a": Answer("甲"), "/b": Answer("乙")})
    waits: list[float] = []
    now = [100.0]

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    settings = CrawlSettings(delay_seconds=3.0)
    fetcher = Fetcher(settings, clock=lambda: now[0], sleep=sleep)
    fetcher.fetch(f"{site.root}/a")
    now[0] += 1.0
    fetcher.fetch(f"{site.root}/b")
    assert waits == [3.0, 2.0]  # robots.txt is a request too


def test_links_written_in_chinese_are_fetched(site: Site) -> None:
    """An address that is not encoded is sent encoded as UTF-8."""
    encoded = "/%E6%80%BB%E7%BB%93.html"
    site.answers.update({"/": _links("/总结.html"), encoded: Answer("文")})
    assert site.crawl("/")[1].payload == "文".encode()


def test_links_of_a_page_without_markup() -> None:
    """Plain text, an empty page and odd addresses give no links."""
    page = "http://yun.example/a"
    assert links_of(b"", page) == []
    assert links_of("只有文字".encode(), page) == []
    assert links_of(b"<a>x</a><a href='http://[bad'>y</a><a href='b'>z</a>", page) == [
        "http://yun.example/b"
    ]
