"""Documents read without their texts."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.heads import read_heads
from index.home import Home
from index.store import Store
from tests.corpus import CORPUS, make_document, put


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store(Home(tmp_path).store, create=True)


def test_heads_are_the_documents_without_their_texts(store: Store) -> None:
    """Of every document everything that stands before its text."""
    put(store, CORPUS)
    revisions = store.revisions()
    heads = dict(read_heads(store.database, [*revisions.values()]))
    assert len(heads) == len(CORPUS)
    for document in CORPUS:
        head = heads[revisions[document.id]]
        assert head == replace(document, blocks=(), sections=(), removed=())


def test_head_longer_than_what_is_read_is_read_whole(store: Store) -> None:
    """A breadcrumb of thousands of characters is no reason to fail."""
    path = tuple(f"{hash(str(n))}{n}" for n in range(900))
    long = replace(make_document(1, "渡口", "正文。"), path=path)
    put(store, [long])
    ((_, head),) = read_heads(store.database, [*store.revisions().values()])
    assert head.path == path


def test_what_cannot_be_read_is_left_out(store: Store) -> None:
    """One damaged document costs no other its head."""
    put(store, CORPUS[:3])
    seqs = [*store.revisions().values()]
    store.database.rows("UPDATE revisions SET body = ? WHERE seq = ?", b"no", seqs[0])
    heads = dict(read_heads(store.database, [*seqs, 1]))
    assert sorted(heads) == sorted(seqs[1:])
