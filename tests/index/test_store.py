"""Facts about what the store keeps, and what it calls new, changed and current."""

import json
import os
import sqlite3
import threading
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from index.document import Capture, Document
from index.errors import CorruptStore, StoreLocked, StoreMissing, UnknownDocument
from index.revisions import parse_body
from index.store import Outcome, SkippedPage, Store, payload_digest
from tests.corpus import CLEANER, CORPUS, make_document, put

FIRST = make_document(1, "渡口简报", "渡船两艘。")
PAGE_BYTES = 4096
ADDRESS = "https://a.example.cn/1"
PAGE_BYTES = 4096
SECOND = make_document(1, "渡口简报", "渡船三艘。")
PAGE = SkippedPage(
    origin="空白.txt", digest="sha256:00", reason="no-text", detail="无字。", at="2026"
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open an empty store."""
    store = Store(tmp_path / "home" / "store.sqlite3", create=True)
    yield store
    store.close()


def save(
    store: Store,
    document: Document,
    payload: bytes,
    *,
    cleaner: str = CLEANER,
    origin: str = "渡口.txt",
) -> Outcome:
    """Store one page; an address as origin makes it a fetched one."""
    capture = Capture(
        at="2026-01-02T03:04:05Z",
        status=200 if origin.startswith("https:") else None,
        digest=payload_digest(payload),
        origin=origin,
    )
    return store.put(document, capture, payload, cleaner)


@pytest.mark.parametrize("document", CORPUS, ids=lambda document: document.id[-2:])
def test_document_comes_back_as_it_was_put(store: Store, document: Document) -> None:
    """What get returns equals what was put, every field of it."""
    put(store, [document])
    assert store.get(document.id) == document


@pytest.mark.parametrize("document", CORPUS[:3], ids=lambda one: one.id[-2:])
def test_document_stored_before_a_field_was_known_is_read(document: Document) -> None:
    """What an older program wrote lacks fields; they are empty."""
    stored = json.loads(TypeAdapter(Document).dump_json(document))
    for name in ("city", "region_from", "document_numbers", "cited_numbers"):
        del stored[name]
    found = parse_body(zlib.compress(json.dumps(stored).encode()))
    assert found == replace(
        document, city=None, region_from=None, document_numbers=(), cited_numbers=()
    )


def test_same_bytes_twice_change_nothing(store: Store) -> None:
    """The second import of a file adds neither capture nor revision."""
    assert save(store, FIRST, b"1") is Outcome.NEW
    counts, state = store.counts(), store.state()
    assert save(store, FIRST, b"1") is Outcome.UNCHANGED
    assert (store.counts(), store.state()) == (counts, state)


def test_changed_page_is_a_new_capture_of_the_same_document(store: Store) -> None:
    """New bytes with a new text become current; both captures stay."""
    save(store, FIRST, b"1")
    assert save(store, SECOND, b"2") is Outcome.CHANGED
    assert store.get(FIRST.id) == SECOND
    digests = [capture.digest for capture in store.captures(FIRST.id)]
    assert digests == [payload_digest(b"1"), payload_digest(b"2")]
    assert store.counts()["documents"] == 1


def test_new_bytes_with_the_same_text_are_unchanged(store: Store) -> None:
    """A page whose frame alone changed adds a capture, no revision."""
    save(store, FIRST, b"1", origin=ADDRESS)
    assert save(store, FIRST, b"other frame", origin=ADDRESS) is Outcome.UNCHANGED
    assert store.counts()["revisions"] == 1
    assert store.counts()["captures"] == 2


def test_old_revision_can_still_be_read(store: Store) -> None:
    """An index built before a change still finds its text."""
    save(store, FIRST, b"1")
    before = store.revisions()[FIRST.id]
    save(store, SECOND, b"2")
    assert store.revision(before) == FIRST


def test_older_file_read_again_does_not_become_current(store: Store) -> None:
    """An imported file that is known already leaves the newer one current."""
    save(store, FIRST, b"1")
    save(store, SECOND, b"2")
    assert save(store, FIRST, b"1") is Outcome.UNCHANGED
    assert store.get(FIRST.id) == SECOND


def test_fetched_page_that_changes_back_is_a_new_capture(store: Store) -> None:
    """A page may be put back to what it said before."""
    save(store, FIRST, b"1", origin=ADDRESS)
    save(store, SECOND, b"2", origin=ADDRESS)
    assert save(store, FIRST, b"1", origin=ADDRESS) is Outcome.CHANGED
    assert store.get(FIRST.id) == FIRST
    assert len(store.captures(FIRST.id)) == 3


def test_better_cleaner_changes_the_text_of_the_same_capture(store: Store) -> None:
    """The same bytes cleaned otherwise make a new revision, not a new capture."""
    save(store, FIRST, b"1")
    assert save(store, SECOND, b"1", cleaner="cleaner-2") is Outcome.CHANGED
    assert store.get(FIRST.id) == SECOND
    assert len(store.captures(FIRST.id)) == 1


def test_state_changes_whenever_the_current_revision_does(store: Store) -> None:
    """Even going back to an earlier cleaner's text is a change of state."""
    states = []
    for document in (FIRST, SECOND, FIRST):
        save(store, document, b"1", cleaner=document.text)
        states.append(store.state())
    assert len(set(states)) == 3


def test_payload_comes_back_and_is_kept_once(store: Store) -> None:
    """Two documents from the same bytes share one payload."""
    save(store, FIRST, b"\x00\xff raw", origin=ADDRESS)
    save(store, replace(FIRST, id="f" * 16), b"\x00\xff raw", origin=ADDRESS)
    assert store.payload(payload_digest(b"\x00\xff raw")) == b"\x00\xff raw"
    assert store.counts()["payloads"] == 1
    assert store.payload(payload_digest(b"never seen")) is None


def test_unknown_document_is_an_error_with_its_id(store: Store) -> None:
    """Asking for an id that is not there names it."""
    with pytest.raises(UnknownDocument, match="nowhere"):
        store.get("nowhere")
    assert store.captures("nowhere") == ()
    assert store.groups.near_duplicates("nowhere") == ()
    assert store.groups.canonical("nowhere") == "nowhere"


def test_transaction_that_fails_leaves_nothing(store: Store) -> None:
    """When one page of a batch fails, the pages before it are taken back."""
    error = "stop"

    def batch() -> None:
        with store.transaction():
            save(store, FIRST, b"1")
            store.skip(PAGE, CLEANER)
            raise RuntimeError(error)

    with pytest.raises(RuntimeError, match=error):
        batch()
    assert set(store.counts().values()) == {0}
    assert save(store, FIRST, b"1") is Outcome.NEW


def test_what_is_put_outside_a_transaction_is_kept(
    store: Store, tmp_path: Path
) -> None:
    """A single put is on disk when it returns."""
    save(store, FIRST, b"1")
    store.skip(PAGE, CLEANER)
    other = Store(tmp_path / "home" / "store.sqlite3")
    assert other.get(FIRST.id) == FIRST
    assert other.skipped() == (PAGE,)
    other.close()


def test_others_see_a_transaction_when_it_ends(store: Store, tmp_path: Path) -> None:
    """Readers are not kept waiting and see all of a batch or nothing."""
    other = Store(tmp_path / "home" / "store.sqlite3")
    with store.transaction():
        put(store, CORPUS)
        assert other.counts()["documents"] == 0
    assert other.counts()["documents"] == len(CORPUS)
    other.close()


def test_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    """Two processes that write at once do not make the store look damaged."""
    path = tmp_path / "store.sqlite3"
    first = Store(path, create=True)
    second = Store(path, busy_seconds=0)
    with (
        first.transaction(),
        pytest.raises(StoreLocked, match="try again"),
        second.transaction(),
    ):
        pass
    save(second, FIRST, b"1")
    assert first.get(FIRST.id) == FIRST
    first.close()
    second.close()


def test_skipped_page_is_listed_until_it_yields_a_document(store: Store) -> None:
    """A page that can be read at last is no longer among the skipped."""
    other = replace(PAGE, origin="另一页.txt", reason="not-html")
    store.skip(PAGE, CLEANER)
    store.skip(other, CLEANER)
    store.skip(PAGE, CLEANER)
    assert set(store.skipped()) == {PAGE, other}
    save(store, FIRST, b"1", origin=PAGE.origin)
    assert store.skipped() == (other,)


def test_file_is_known_by_its_bytes_and_cleaner(store: Store) -> None:
    """Renaming a file does not make it new; another cleaner does."""
    save(store, FIRST, b"1")
    digest = payload_digest(b"1")
    assert store.is_known(digest, "渡口.txt", CLEANER)
    assert store.is_known(digest, "改名.txt", CLEANER)
    assert not store.is_known(digest, "渡口.txt", "cleaner-2")
    assert not store.is_known(payload_digest(b"2"), "渡口.txt", CLEANER)


def test_fetched_page_is_known_as_the_newest_of_its_address(store: Store) -> None:
    """Bytes of another address, or from before a change, need a new look."""
    here, there = ADDRESS, "https://a.example.cn/2"
    save(store, FIRST, b"1", origin=here)
    assert store.is_known(payload_digest(b"1"), here, CLEANER)
    assert not store.is_known(payload_digest(b"1"), there, CLEANER)
    save(store, SECOND, b"2", origin=here)
    assert not store.is_known(payload_digest(b"1"), here, CLEANER)


def test_fetched_page_of_a_known_time_is_known_by_that_time(store: Store) -> None:
    """Whatever else its address has had since; so an archive can be read again."""
    save(store, FIRST, b"1", origin=ADDRESS)
    save(store, SECOND, b"2", origin=ADDRESS)
    (at, *_) = (capture.at for capture in store.captures(FIRST.id))
    assert store.is_known(payload_digest(b"1"), ADDRESS, CLEANER, at)
    assert not store.is_known(payload_digest(b"1"), ADDRESS, CLEANER, "2001")
    assert not store.is_known(payload_digest(b"3"), ADDRESS, CLEANER, at)


def test_bytes_that_a_cleaner_has_had_need_no_cleaning(store: Store) -> None:
    """By digest and address; another cleaner has to look itself."""
    save(store, FIRST, b"1", origin=ADDRESS)
    digest = payload_digest(b"1")
    assert store.cleaned(digest, ADDRESS, CLEANER) == FIRST
    assert store.cleaned(digest, "https://a.example.cn/2", CLEANER) is None
    assert store.cleaned(digest, ADDRESS, "cleaner-2") is None


def test_skipped_page_is_known_under_its_name_only(store: Store) -> None:
    """The same bytes elsewhere get a line of their own in the list."""
    store.skip(PAGE, CLEANER)
    assert store.is_known(PAGE.digest, PAGE.origin, CLEANER)
    assert not store.is_known(PAGE.digest, "别处.txt", CLEANER)
    assert not store.is_known(PAGE.digest, PAGE.origin, "cleaner-2")


def test_documents_from_a_file_name_are_found(store: Store) -> None:
    """Only documents without an address are looked up by the name of their file."""
    with_url = replace(FIRST, id="a" * 16, url=ADDRESS)
    save(store, with_url, b"0")
    save(store, FIRST, b"1")
    save(store, SECOND, b"2")
    assert store.from_origin("渡口.txt") == (SECOND,)
    assert store.from_origin("别处.txt") == ()


def test_tallies_count_documents_by_value(store: Store) -> None:
    """The counts of each table add up to all documents, unknown values included."""
    put(store, CORPUS)
    tallies = store.tallies()
    assert {sum(table.values()) for table in tallies.values()} == {len(CORPUS)}
    assert tallies["script"] == {"hans": 27, "hant": 3}
    assert tallies["year"][""] == 2
    assert tallies["complete"] == {"1": 28, "0": 2}


def test_missing_store_says_how_to_make_one(tmp_path: Path) -> None:
    """Opening without create leaves the folder alone."""
    with pytest.raises(StoreMissing, match="wensu ingest"):
        Store(tmp_path / "none" / "store.sqlite3")
    assert list(tmp_path.iterdir()) == []


def test_empty_file_is_no_store_yet(tmp_path: Path) -> None:
    """What a process leaves that died before its first write can be filled."""
    path = tmp_path / "store.sqlite3"
    path.touch()
    with pytest.raises(StoreMissing):
        Store(path)
    store = Store(path, create=True)
    assert store.counts()["documents"] == 0
    store.close()


def test_foreign_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    """A text file of that name is not written to."""
    path = tmp_path / "store.sqlite3"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(CorruptStore, match="nothing was changed"):
        Store(path, create=True)
    assert path.read_bytes() == b"not a database at all" * 100


def test_foreign_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    """An SQLite file of another program does not get our tables."""
    path = tmp_path / "store.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(CorruptStore, match="something else"):
        Store(path, create=True)
    assert path.read_bytes() == before


def test_store_of_a_later_version_is_refused(tmp_path: Path) -> None:
    """A schema that this version does not know is named."""
    path = tmp_path / "store.sqlite3"
    Store(path, create=True).close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE meta SET value = '999' WHERE key = 'schema'")
    connection.commit()
    connection.close()
    with pytest.raises(CorruptStore, match="999"):
        Store(path)


def test_sound_store_has_no_damage(store: Store) -> None:
    """Nothing is amiss in what was just written."""
    put(store, CORPUS)
    assert list(store.damage()) == []


def test_flipped_bytes_are_found(tmp_path: Path) -> None:
    """Damage to any page in use is told, whatever SQLite makes of it."""
    path = tmp_path / "store.sqlite3"
    store = Store(path, create=True)
    put(store, CORPUS)
    store.close()
    body = bytearray(path.read_bytes())
    middle = len(body) // 2 // PAGE_BYTES * PAGE_BYTES  # where a page begins: no slack
    body[middle : middle + 64] = bytes(
        byte ^ 0xFF for byte in body[middle : middle + 64]
    )
    path.write_bytes(body)
    damaged = Store(path)
    assert list(damaged.damage())
    damaged.close()


def test_changed_body_does_not_match_its_digest(store: Store, tmp_path: Path) -> None:
    """Rows that SQLite thinks well of are still held against their digests."""
    save(store, FIRST, b"1")
    connection = sqlite3.connect(tmp_path / "home" / "store.sqlite3")
    connection.execute("UPDATE revisions SET body = x'00'")
    connection.execute("UPDATE payloads SET body = x'00'")
    connection.commit()
    connection.close()
    assert len(list(store.damage())) == 2
    with pytest.raises(CorruptStore):
        store.get(FIRST.id)


def test_cut_off_store_is_corrupt(tmp_path: Path) -> None:
    """Half a file raises our error, not SQLite's."""
    path = tmp_path / "store.sqlite3"
    store = Store(path, create=True)
    put(store, CORPUS)
    store.close()
    os.truncate(path, path.stat().st_size // 2)
    with pytest.raises(CorruptStore):
        _read_all(path)


def _read_all(path: Path) -> None:
    """Open a store and read every document."""
    store = Store(path)
    try:
        for name in store.revisions():
            store.get(name)
    finally:
        store.close()


def test_threads_share_a_store(store: Store) -> None:
    """Readers and writers in many threads get what they put."""
    ready = threading.Barrier(8)

    def work(part: int) -> list[Document]:
        ready.wait()
        mine = CORPUS[part::8]
        put(store, mine)
        return [store.get(document.id) for document in mine]

    with ThreadPoolExecutor(8) as pool:
        read = [document for part in pool.map(work, range(8)) for document in part]
    assert sorted(read, key=lambda each: each.id) == list(CORPUS)
    assert store.counts()["documents"] == len(CORPUS)
