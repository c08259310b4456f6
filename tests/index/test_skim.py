"""Facts about reading revisions only as far as a search page shows them."""

import json
import sqlite3
import zlib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from index.document import Block, BlockKind, Document, Removed, Section
from index.errors import CorruptStore
from index.fold import fold, text_of
from index.revisions import parse_body
from index.skim import Skimmed, skim, skim_document
from index.store import Store
from tests.corpus import CORPUS, put

PATH = Path("store.sqlite3")
LETTERS = st.characters(exclude_categories=["Cs"]) | st.sampled_from(
    '"\\/{}[],:統é𠮷\n'
)
TEXTS = st.text(LETTERS, max_size=20)
BLOCKS = st.builds(
    Block,
    anchor=TEXTS,
    kind=st.sampled_from(BlockKind),
    text=TEXTS,
    section=st.lists(TEXTS, max_size=3).map(tuple),
    heading_length=st.integers(0, 99),
)
DOCUMENTS = st.builds(
    Document,
    id=TEXTS,
    title=TEXTS,
    publisher=st.none() | TEXTS,
    year=st.none() | st.integers(0, 9999),
    blocks=st.lists(BLOCKS, max_size=4).map(tuple),
    sections=st.just((Section(level=1, heading="一", anchor="b1"),)),
    removed=st.just((Removed(text="广告", rule="advert"),)),
)


@pytest.fixture(autouse=True, scope="module")
def _compiled() -> None:
    """Compile first: that takes longer than a test may."""
    skim(zlib.compress(_json(CORPUS[0])), PATH)


def _json(document: Document) -> bytes:
    return TypeAdapter(Document).dump_json(document)


def _texts(skimmed: Skimmed) -> list[tuple[str, str]]:
    codes, folded, starts = skimmed.text
    return [
        (text_of(codes[start : end - 1]), text_of(folded[start : end - 1]))
        for start, end in pairwise(starts)
    ]


def _head(document: Document) -> Document:
    return replace(document, blocks=(), sections=(), removed=())


@given(DOCUMENTS)
def test_skimmed_document_is_what_was_stored(document: Document) -> None:
    """Head, texts, folded texts and blocks are those of the document."""
    skimmed = skim(zlib.compress(_json(document)), PATH)
    assert _head(skimmed.head) == _head(document)
    assert _texts(skimmed) == [(each.text, fold(each.text)) for each in document.blocks]
    assert skimmed.blocks(range(len(document.blocks))) == document.blocks
    assert skimmed.blocks([]) == ()


@given(DOCUMENTS)
def test_document_takes_the_form_of_a_skimmed_one(document: Document) -> None:
    """What is not in the store has the same texts and blocks."""
    skimmed = skim_document(document)
    assert _texts(skimmed) == [(each.text, fold(each.text)) for each in document.blocks]
    numbers = range(len(document.blocks))
    assert skimmed.blocks(numbers) == document.blocks


@pytest.mark.parametrize("document", CORPUS, ids=lambda each: each.id)
def test_document_of_the_corpus_is_not_parsed_whole(document: Document) -> None:
    """The head of what the store writes is read without what stands behind it."""
    assert skim(zlib.compress(_json(document)), PATH).head == _head(document)


def test_other_layouts_are_parsed_whole() -> None:
    """JSON with blanks, other orders or fields left out is read all the same."""
    document = next(each for each in CORPUS if each.blocks)
    plain = json.loads(_json(document))
    turned = dict(reversed(plain.items()))
    for layout in (plain, turned):
        body = zlib.compress(json.dumps(layout, indent=1).encode())
        skimmed = skim(body, PATH)
        assert skimmed.head == document
        assert skimmed.blocks([0]) == document.blocks[:1]
    assert _texts(skim(zlib.compress(b'{"id":"x"}'), PATH)) == []


@given(DOCUMENTS, st.data())
def test_damage_is_refused_or_not_in_what_is_read(
    document: Document, data: st.DataObject
) -> None:
    """Whatever byte is changed, what a whole parse reads is read alike."""
    plain = bytearray(_json(document))
    at = data.draw(st.integers(0, len(plain) - 1))
    plain[at] = data.draw(st.integers(0, 255))
    body = zlib.compress(bytes(plain[: data.draw(st.sampled_from([at + 1, None]))]))
    try:
        whole = parse_body(body)
    except ValidationError:
        return
    assert _texts(skim(body, PATH)) == [
        (each.text, fold(each.text)) for each in whole.blocks
    ]


def test_block_that_is_none_is_corrupt() -> None:
    """A block is checked when it is asked for."""
    document = replace(
        CORPUS[0], blocks=(Block(anchor="b1", kind=BlockKind.ROW, text=""),)
    )
    plain = _json(document).replace(b'"kind":"row"', b'"kind":"raw"')
    skimmed = skim(zlib.compress(plain), PATH)
    with pytest.raises(CorruptStore, match="ValidationError"):
        skimmed.blocks([0])


def test_several_revisions_are_read_in_the_order_asked_for(tmp_path: Path) -> None:
    """Each number gives its own document, one asked for twice too."""
    store = Store(tmp_path / "store.sqlite3", create=True)
    put(store, CORPUS)
    revisions = store.revisions()
    names = [CORPUS[2].id, CORPUS[0].id, CORPUS[2].id]
    found = store.skim([revisions[name] for name in names])
    assert [each.head.id for each in found] == names
    assert store.skim([]) == []
    store.close()


def test_missing_and_damaged_revisions_are_corrupt(tmp_path: Path) -> None:
    """One that is not there, no zlib stream or no document is said to be so."""
    path = tmp_path / "store.sqlite3"
    store = Store(path, create=True)
    put(store, CORPUS)
    (seq,) = {store.revisions()[CORPUS[0].id]}
    with pytest.raises(CorruptStore, match="is missing"):
        store.skim([seq, -1])
    for body in (b"\0", zlib.compress(b"{}"), zlib.compress(b"[]")):
        connection = sqlite3.connect(path)
        connection.execute("UPDATE revisions SET body = ? WHERE seq = ?", (body, seq))
        connection.commit()
        connection.close()
        with pytest.raises(CorruptStore):
            store.skim([seq])
    store.close()
