"""Facts about pairs: a string is found where a look at the texts finds it."""

from collections.abc import Iterator

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import Document
from index.whoosh_schema import BREAK
from tests.corpus import make_document
from tests.index.segments import merged, segment_of

LETTERS = "甲乙a𠮷"
SHORT = st.text(LETTERS, max_size=8)
LONG = st.builds(lambda text, times: text * times, SHORT, st.sampled_from([1, 1, 40]))
"""So long that some documents begin behind others by more than 256 characters."""

SOUGHT = st.lists(st.text(LETTERS, min_size=2, max_size=7), max_size=8)
few = settings(deadline=None, max_examples=50)


@st.composite
def some_documents(draw: st.DrawFn) -> list[Document]:
    """Draw documents of few different characters, some of them empty."""
    drawn = draw(st.lists(st.tuples(SHORT, st.lists(LONG, max_size=3)), min_size=1))
    return [
        make_document(number, title, *texts)
        for number, (title, texts) in enumerate(drawn)
    ]


def exact_text(document: Document) -> str:
    """Join title and blocks, a line end behind each."""
    lines = [document.title, *(block.text for block in document.blocks)]
    return "".join(line + BREAK for line in lines)


def places_of(text: str, sought: str) -> list[int]:
    """List where a string begins, overlapping ones too."""
    found, at = [], text.find(sought)
    while at >= 0:
        found.append(at)
        at = text.find(sought, at + 1)
    return found


def strings_in(documents: list[Document], others: list[str]) -> Iterator[str]:
    """List some strings that are there, some across a border, and others."""
    whole = "".join(map(exact_text, documents))
    for start in range(0, min(len(whole), 60), 7):
        yield from (whole[start : start + size] for size in (2, 3, 5))
    yield from others
    yield from ("丙丁", "甲丙", "丙甲乙")


def holders(
    documents: list[Document], sought: str, *, title: bool = False
) -> list[int]:
    """List the documents that hold a string, by looking at them."""
    return [
        docnum
        for docnum, each in enumerate(documents)
        if sought in (each.title if title else exact_text(each))
    ]


@few
@given(some_documents(), SOUGHT)
def test_strings_begin_where_a_look_at_the_texts_finds_them(
    documents: list[Document], others: list[str]
) -> None:
    """Overlapping ones too; none with a line end in it, so none across a border."""
    whole = "".join(map(exact_text, documents))
    with segment_of(documents) as file:
        for sought in strings_in(documents, others):
            if len(sought) < 2:
                continue
            expected = [] if BREAK in sought else places_of(whole, sought)
            assert file.pairs.occurrences(sought).tolist() == expected


@few
@given(some_documents(), SOUGHT)
def test_documents_are_those_that_hold_the_string(
    documents: list[Document], others: list[str]
) -> None:
    """Anywhere, or in the title up to its last character."""
    with segment_of(documents) as file:
        for sought in strings_in(documents, others):
            if len(sought) < 2 or BREAK in sought:
                continue
            found = file.pairs.documents_with(sought)
            assert found.tolist() == holders(documents, sought)
            titled = file.pairs.documents_with(sought, title=True)
            assert titled.tolist() == holders(documents, sought, title=True)


@few
@given(some_documents(), SOUGHT)
def test_words_have_the_documents_of_each(
    documents: list[Document], others: list[str]
) -> None:
    """One after the other; a word of one character has none here."""
    words = ["甲", *(each for each in others for _ in range(2)), "丙", "丙丁"]
    expected = [holders(documents, each) if len(each) > 1 else [] for each in words]
    with segment_of(documents) as file:
        docnums, counts = file.pairs.documents_of_words(words)
        assert counts.tolist() == [*map(len, expected)]
        assert docnums.tolist() == [docnum for each in expected for docnum in each]
        assert file.pairs.documents_of_words([])[1].size == 0


@few
@given(some_documents(), st.data())
def test_merged_pairs_are_those_of_what_is_left(
    documents: list[Document], data: st.DataObject
) -> None:
    """Positions move down over what is deleted, and stay strings."""
    documents += [make_document(900, "甲乙", "乙甲乙"), make_document(901, "", "乙甲")]
    gone = data.draw(st.lists(st.sampled_from(documents[:-1])))
    cut = data.draw(st.integers(1, len(documents) - 1))
    left = [each for each in documents if each not in gone]
    with merged([documents[:cut], documents[cut:]], gone) as file:
        whole = "".join(map(exact_text, left))
        for sought in ("甲乙", "乙甲乙", "𠮷a", "乙乙"):
            assert file.pairs.occurrences(sought).tolist() == places_of(whole, sought)
            found = file.pairs.documents_with(sought)
            assert found.tolist() == holders(left, sought)


def test_document_without_text_is_a_segment() -> None:
    """It may be the only one that is new."""
    with segment_of([make_document(1, "")]) as file:
        assert (file.documents, file.positions) == (1, 1)
        assert file.pairs.occurrences("甲乙").size == 0


def test_many_holders_fit() -> None:
    """The documents of all words together may be more than 65536."""
    documents = [make_document(number, "甲乙丙") for number in range(3000)]
    with segment_of(documents) as file:
        docnums, counts = file.pairs.documents_of_words(["甲乙", "乙丙"] * 20)
        assert counts.tolist() == [3000] * 40
        assert (docnums.reshape(40, 3000) == np.arange(3000)).all()


def test_positions_have_documents() -> None:
    """A line end belongs to the text before it."""
    documents = [
        make_document(1, "甲"),
        make_document(2, ""),
        make_document(3, "", "乙"),
    ]
    with segment_of(documents) as file:
        found = file.pairs.documents(np.arange(file.positions))
        assert found.tolist() == [0, 0, 1, 2, 2, 2]


def test_keys_are_two_code_points() -> None:
    """Pairs are the same in every segment, whatever letters it has."""
    with segment_of([make_document(1, "甲𠮷甲")]) as file:
        keys = [(key >> 21, key & (1 << 21) - 1) for key in file.pairs.keys.tolist()]
        assert keys == [(ord("甲"), ord("𠮷")), (ord("𠮷"), ord("甲"))]
