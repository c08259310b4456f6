"""Facts about folded texts and what is kept of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import search.texts
from index.document import Block, BlockKind, Document
from index.store import Store
from search.query import Near
from search.texts import FoldedTexts, fold_document
from tests.corpus import CORPUS, put


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Make a store with the corpus in it."""
    made = Store(tmp_path / "store.sqlite3", create=True)
    put(made, CORPUS)
    yield made
    made.close()


def _document(title: str, *texts: str) -> Document:
    return Document(
        id="x",
        title=title,
        blocks=tuple(
            Block(anchor=f"b{number}", kind=BlockKind.PARAGRAPH, text=text)
            for number, text in enumerate(texts, 1)
        ),
    )


def test_strings_stand_in_one_block() -> None:
    """A string is found in title or block, and not across the border of two."""
    text = fold_document(_document("總統", "甲乙", "丙丁"))
    assert text.holds("总统", "")
    assert text.holds("总统", "title")
    assert text.holds("丙丁", "")
    assert not text.holds("丙丁", "title")
    assert not text.holds("乙丙", "")
    assert not text.holds("乙\n丙", "")


def test_border_of_blocks_counts_as_one_sign() -> None:
    """Strings in neighbouring blocks are near each other."""
    text = fold_document(_document("總統", "甲乙", "丙丁"))
    assert text.holds_near(("乙", "丙"), Near(("乙", "丙"), 1))
    assert not text.holds_near(("乙", "丙"), Near(("乙", "丙"), 0))
    assert not text.holds_near(("乙", "丙"), Near(("乙", "丙"), 9, "title"))


def test_blocks_are_given_with_their_folded_texts() -> None:
    """Each block has its own text, in order; an empty one too."""
    text = fold_document(_document("", "總統", "", "ＡＢ"))
    assert [(each.block.anchor, each.folded) for each in text.blocks] == [
        ("b1", "总统"),
        ("b2", ""),
        ("b3", "ab"),
    ]


def test_revisions_are_read_once_while_they_are_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was used last is kept, up to a number of texts."""
    monkeypatch.setattr(search.texts, "_KEPT", 2)
    texts = FoldedTexts(store)
    first, second, third = sorted(store.revisions().values())[:3]
    one, two = texts.of_all((first, second))
    assert texts.of(first) is one
    assert texts.of_all((third, third))[0] is texts.of(third)
    assert texts.of(first) is one
    assert texts.of(second) is not two
