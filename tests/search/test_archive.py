"""Facts about what the archive tells beside its texts, through the service."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.database import Database
from index.errors import CorruptStore, UnknownCapture, UnknownDocument
from index.home import Home
from index.store import Store
from search.archive import sites_asked
from search.cli import lines_of
from search.results import SearchRequest
from search.service import SearchService
from tests.archived import address, capture, crawled, gone, serve
from tests.corpus import make_document

URL = "https://a.example.cn/1"
STATES = tuple(
    make_document(1, "渡口简报", "开头一段。", f"渡船{count}艘。", url=URL, site="云溪")
    for count in "二三"
)
OTHER = make_document(2, "渡口总结", "渡船很多。", site="青陵")
NAME = STATES[0].id
PAGE = "<html><meta charset=utf-8><p>渡船二艘，往来两岸。".encode("gb18030")
PLAIN = "渡船三艘，往來兩岸。".encode("big5")


@pytest.fixture(scope="module")
def digests(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Hold the digests of the two captures."""
    del tmp_path_factory
    return []


@pytest.fixture(scope="module")
def service(
    tmp_path_factory: pytest.TempPathFactory, digests: list[str]
) -> Iterator[SearchService]:
    """Open an archive with a page captured twice and gone since."""
    folder = tmp_path_factory.mktemp("archive")
    store = Store(Home(folder).store, create=True)
    for document, payload in zip(STATES, (PAGE, PLAIN), strict=True):
        digests.append(capture(store, document, payload))
    capture(store, OTHER)
    crawled(store, address(URL, "gone", document=NAME))
    gone(store, NAME)
    store.close()
    service = serve(folder)
    yield service
    service.close()


def test_page_is_given_as_it_came_with_its_real_charset(
    service: SearchService, digests: list[str]
) -> None:
    """What a page claims of itself is not believed; HTML and text are told apart."""
    first = service.archive.page(NAME, digests[0])
    assert (first.payload, first.charset, first.markup) == (PAGE, "gb18030", True)
    newest = service.archive.page(NAME)
    assert newest == service.archive.page(NAME, "2")
    assert (newest.payload, newest.markup) == (PLAIN, False)
    assert newest.charset == "big5hkscs"


def test_captures_are_compared_by_number_and_by_digest(
    service: SearchService, digests: list[str]
) -> None:
    """Without names the newest is compared with the one before it."""
    usual = service.archive.compare(NAME)
    assert (usual.before.number, usual.after.number) == (1, 2)
    assert [p.change for p in usual.difference.paragraphs] == ["same", "changed"]
    assert service.archive.compare(NAME, *digests).difference == usual.difference
    assert service.archive.compare(NAME, after="1").before.number == 1
    backwards = service.archive.compare(NAME, "2", "1").difference
    assert [piece.text for piece in backwards.paragraphs[1].pieces] == [
        *("渡船", "三", "二", "艘。"),
    ]


@pytest.mark.parametrize("name", ["3", "0", "-1", "sha256:00", "渡口"])
def test_unknown_capture_is_refused(service: SearchService, name: str) -> None:
    """Neither page nor comparison falls back to another capture."""
    with pytest.raises(UnknownCapture):
        service.archive.page(NAME, name)
    with pytest.raises(UnknownCapture):
        service.archive.compare(NAME, "1", name)


def test_unknown_document_is_refused(service: SearchService) -> None:
    """An id that no document has."""
    with pytest.raises(UnknownDocument):
        service.archive.page("nowhere")
    with pytest.raises(UnknownDocument):
        service.archive.compare("nowhere")


def test_vanished_page_is_told_in_hits_and_document(service: SearchService) -> None:
    """The document is found and read as before, and says since when."""
    hits = service.search(SearchRequest(text="渡船")).hits
    at = "2024-03-05T08:00:00Z"
    assert {hit.id: hit.gone for hit in hits} == {NAME: at, OTHER.id: None}
    lines = "\n".join(lines_of(service.search(SearchRequest(text="渡船"))))
    assert lines.count("page gone") == 1
    assert service.document(NAME).gone == (at, 404)
    assert service.document(OTHER.id).gone is None


def test_failed_addresses_are_confined_to_sites(service: SearchService) -> None:
    """None of a site without any, whatever others have."""
    assert service.archive.failed() == []
    assert service.archive.failed(["青陵"]) == []


@pytest.mark.parametrize(
    ("request_", "sites"),
    [
        (SearchRequest(text="渡船"), ()),
        (SearchRequest(text="渡船 site:a.example.cn"), ("a.example.cn",)),
        (SearchRequest(text="网站:云溪"), ("云溪",)),
        (SearchRequest(text="渡船 -site:云溪"), ()),
        (SearchRequest(text="site:云溪 OR site:青陵"), ()),
        (SearchRequest(text="site:云溪", site=("青陵",)), ("青陵",)),
    ],
)
def test_sites_asked_for_are_read_from_filter_and_query(
    request_: SearchRequest, sites: tuple[str, ...]
) -> None:
    """Only a site that every hit must be of confines a search."""
    assert sites_asked(request_) == sites


def test_lost_payload_is_damage(tmp_path: Path) -> None:
    """A capture without its bytes is not answered with nothing."""
    store = Store(Home(tmp_path).store, create=True)
    capture(store, OTHER)
    database = Database(store.path, create=False, busy_seconds=1)
    database.rows("DELETE FROM payloads")
    database.close()
    store.close()
    service = serve(tmp_path)
    with pytest.raises(CorruptStore, match="payload"):
        service.archive.page(OTHER.id)
    service.close()
