"""Facts about the captures that are kept of a document."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.document import Removed
from index.store import Store
from tests.archived import capture, gone
from tests.corpus import make_document

FIRST = make_document(1, "渡口简报", "渡船两艘。", url="https://a.example.cn/1")
SECOND = make_document(1, "渡口简报", "渡船三艘。", url="https://a.example.cn/1")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open an empty store."""
    store = Store(tmp_path / "store.sqlite3", create=True)
    yield store
    store.close()


def test_captures_are_numbered_and_know_their_text(store: Store) -> None:
    """Oldest first; each leads to the text its page gave."""
    digests = [capture(store, one) for one in (FIRST, SECOND)]
    captures = store.history.captures(FIRST.id)
    assert [one.number for one in captures] == [1, 2]
    assert [one.digest for one in captures] == digests
    assert [store.revision(one.revision) for one in captures] == [FIRST, SECOND]


def test_change_is_one_of_title_or_text(store: Store) -> None:
    """Other bytes, or another counter among what was removed, change nothing."""
    counted = replace(FIRST, removed=(Removed(text="浏览 7 次", rule="noise"),))
    titled = replace(SECOND, title="渡口快报")
    for number, document in enumerate((FIRST, FIRST, counted, SECOND, titled)):
        capture(store, document, f"page {number}".encode())
    changes = [one.changed for one in store.history.captures(FIRST.id)]
    assert changes == [True, False, False, True, True]


def test_page_that_is_gone_is_told_with_the_day(store: Store) -> None:
    """Only of those asked for, and only those that are."""
    for number in (1, 2):
        capture(store, make_document(number, "渡口", f"{number}。"))
        gone(store, f"{number:016x}", 410)
    told = store.history.gone([f"{1:016x}", f"{3:016x}"])
    assert told == {f"{1:016x}": ("2024-03-05T08:00:00Z", 410)}
    assert store.history.gone([]) == {}
