"""Pages go into the store: new, changed, unchanged or skipped."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.clean import Skipped, SkipReason
from crawler.files import from_files
from crawler.ingest import Received, Summary, cleaner_version, ingest
from crawler.site import load_profiles
from crawler.sources import find_sources
from index.store import Outcome, Store
from tests.crawler.pages import PROSE, model_text

PROFILES = load_profiles()
NOON = datetime(2024, 5, 6, 12, 0, 0, tzinfo=UTC)


@pytest.fixture(name="store")
def make_store(tmp_path: Path) -> Iterator[Store]:
    """Open an empty store."""
    store = Store(tmp_path / "store.sqlite3", create=True)
    yield store
    store.close()


def _take_in(store: Store, *pages: Received) -> Summary:
    """Ingest pages; give the summary at the end."""
    steps = list(ingest(pages, store, PROFILES, clock=lambda: NOON))
    assert len(steps) == len(pages)
    return steps[-1]


def _page(text: str, origin: str = "a.txt", url: str | None = None) -> Received:
    return Received(
        origin=origin,
        payload=f"云州市工作总结\n\n{text}".encode(),
        url=url,
        status=200 if url else None,
    )


def test_a_new_page_is_stored_with_its_capture(store: Store) -> None:
    """Bytes, time, status and origin are kept beside the document."""
    page = _page(PROSE, url="http://yun.example/a")
    assert _take_in(store, page).outcomes == {Outcome.NEW: 1}
    (identifier,) = store.revisions()
    assert store.get(identifier).text == PROSE
    (capture,) = store.captures(identifier)
    assert (capture.at, capture.status) == ("2024-05-06T12:00:00Z", 200)
    assert capture.origin == "a.txt"
    assert store.payload(capture.digest) == page.payload


def test_the_same_bytes_twice_change_nothing(store: Store) -> None:
    """A page that is known is not even cleaned again."""
    _take_in(store, _page(PROSE))
    before = store.state()
    assert _take_in(store, _page(PROSE)).outcomes == {Outcome.UNCHANGED: 1}
    assert store.state() == before


@pytest.mark.parametrize("url", [None, "http://yun.example/a"])
def test_a_changed_page_is_a_capture_of_the_same_document(
    store: Store, url: str | None
) -> None:
    """By address, or for a file by name and title; the new text counts."""
    _take_in(store, _page(PROSE, url=url))
    changed = PROSE.replace("七", "九")
    assert _take_in(store, _page(changed, url=url)).outcomes == {Outcome.CHANGED: 1}
    (identifier,) = store.revisions()
    assert store.get(identifier).text == changed
    assert len(store.captures(identifier)) == 2


def test_a_file_with_a_new_title_but_the_same_text_is_the_same_document(
    store: Store,
) -> None:
    """Half of the long lines in common are enough for a file of the same name."""
    more = PROSE.replace("七", "五")
    _take_in(store, Received(origin="a.txt", payload=f"旧标题\n\n{PROSE}".encode()))
    body = f"全新的标题\n\n{PROSE}\n\n{more}"
    _take_in(store, Received(origin="a.txt", payload=body.encode()))
    assert len(store.revisions()) == 1


def test_a_file_name_used_again_is_another_document(store: Store) -> None:
    """Another title and another text under the same name do not overwrite."""
    _take_in(store, _page(PROSE))
    other = "北原县年度报告\n\n" + "修订村规民约,评选星级文明户,开展移风易俗宣讲。" * 3
    page = Received(origin="a.txt", payload=other.encode())
    assert _take_in(store, page).outcomes == {Outcome.NEW: 1}
    assert len(store.revisions()) == 2


def test_copies_of_a_text_are_counted(store: Store) -> None:
    """The same text at another address is a document of its own and a copy."""
    pages = [_page(PROSE, name, f"http://yun.example/{name}") for name in "ab"]
    summary = _take_in(store, *pages)
    assert summary.outcomes == {Outcome.NEW: 2}
    assert summary.near_duplicates == 1


def test_cut_page_of_a_text_is_counted(store: Store) -> None:
    """A page that shows the first half is a near-duplicate of the whole."""
    whole = "".join(f"第{n}处渡口检修完毕，验收合格{n * 7}项。" for n in range(11, 41))
    title = "云溪县渡口检修情况汇报\n\n"
    pages = [
        _page(title + text, name, f"http://yun.example/{name}")
        for name, text in {"a": whole, "b": whole[: len(whole) // 2]}.items()
    ]
    assert _take_in(store, *pages).near_duplicates == 1
    places = store.groups.places()
    assert len({place.group for place in places.values()}) == 1


def test_skipped_pages_are_listed_with_their_reason(store: Store) -> None:
    """An empty page and one that came with a reason are both recorded, once."""
    pages = [
        Received(origin="leer.txt", payload=b""),
        Received(origin="x.pdf", payload=Skipped(SkipReason.NOT_TEXT, ".pdf ending")),
    ]
    summary = _take_in(store, *pages)
    assert summary.skipped == {SkipReason.NO_TEXT: 1, SkipReason.NOT_TEXT: 1}
    _take_in(store, *pages)
    assert [(page.origin, page.reason) for page in store.skipped()] == [
        ("leer.txt", "no-text"),
        ("x.pdf", "not-text"),
    ]


def test_a_page_that_can_be_read_again_is_no_longer_skipped(store: Store) -> None:
    """Its earlier failure goes from the list."""
    _take_in(store, Received(origin="a.txt", payload=b""))
    _take_in(store, _page(PROSE))
    assert store.skipped() == ()


def test_stopping_early_keeps_what_was_committed(store: Store) -> None:
    """Batches are transactions: the first fifty stay, going on adds the rest."""
    pages = [
        _page(f"{PROSE}{n}", f"{n}.txt", f"http://yun.example/{n}") for n in range(60)
    ]

    def breaking() -> Iterator[Received]:
        yield from pages[:55]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(ingest(breaking(), store, PROFILES))
    assert len(store.revisions()) == 50
    outcomes = _take_in(store, *pages).outcomes
    assert outcomes == {Outcome.UNCHANGED: 50, Outcome.NEW: 10}


def test_the_summary_runs_along(store: Store) -> None:
    """One step a page, for a progress bar."""
    steps = ingest([_page(PROSE), _page(PROSE)], store, PROFILES)
    assert next(steps).read == 2  # the batch is committed before its first step
    assert len(list(steps)) == 1


def _origins(pages: Sequence[Received]) -> list[str]:
    return [page.origin for page in pages]


def test_files_are_read_in_order(tmp_path: Path) -> None:
    """A folder of files becomes pages with their bytes or reasons."""
    (tmp_path / "a.txt").write_bytes(model_text().encode())
    (tmp_path / "b.pdf").write_bytes(b"%PDF")
    pages = list(from_files(find_sources([tmp_path]), 10_000))
    assert _origins(pages) == ["a.txt", "b.pdf"]
    assert pages[0].payload == model_text().encode()
    assert isinstance(pages[1].payload, Skipped)


def test_the_cleaner_s_version_changes_with_the_profiles(tmp_path: Path) -> None:
    """So that pages are cleaned again when a profile was added."""
    (tmp_path / "own.toml").write_text('name = "自家"', "utf-8")
    assert cleaner_version(PROFILES) == cleaner_version(load_profiles())
    assert cleaner_version(PROFILES) != cleaner_version(load_profiles(tmp_path))


def test_charset_is_recorded_with_the_capture(store: Store) -> None:
    """By which codec the bytes were read, what the page said, and what was lost."""
    text = '<meta charset="utf-8">' + "".join(f"<p>{PROSE}{n}</p>" for n in range(9))
    payload = text.encode("gb18030") + b"\xff<hr>"
    list(ingest([Received(origin="a.html", payload=payload)], store, load_profiles()))
    (name,) = store.revisions()
    (capture,) = store.captures(name)
    assert (capture.encoding, capture.declared) == ("gb18030", "utf-8")
    assert capture.replaced == 1
