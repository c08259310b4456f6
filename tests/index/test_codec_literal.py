"""Facts about the list of a word in the body: it has all that hold it literally."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import make_analyzer
from index.codec import literal, merging
from index.codec.segment_file import SegmentFile, to_str
from index.codec.words import BODY
from index.document import Document
from index.fold import fold
from index.whoosh_schema import BREAK
from tests.corpus import CORPUS, make_document
from tests.index.segments import merged, segment_of
from tests.strategies import WORDS, han_text

few = settings(deadline=None, max_examples=25)
Listed = dict[str, dict[int, int]]
"""By word: the documents of its list, and the frequency in each."""

lines = st.one_of(
    han_text, st.lists(st.sampled_from([*WORDS, "青", "云"]), max_size=8).map("".join)
).map(lambda text: text.replace(BREAK, ""))


@st.composite
def some_documents(draw: st.DrawFn) -> list[Document]:
    """Draw documents whose words stand in titles, headings and bodies."""
    texts = st.lists(
        st.builds(lambda heading, body: f"{heading}|{body}", lines, lines) | lines,
        max_size=3,
    )
    drawn = draw(st.lists(st.tuples(lines, texts), min_size=2, max_size=6))
    return [
        make_document(number, title, *each)
        for number, (title, each) in enumerate(drawn)
    ]


def lists_of(file: SegmentFile) -> Listed:
    """Read the list of every word in the body."""
    words = file.words
    found: Listed = {}
    for number, term in enumerate(words.terms):
        docnums, freqs = words.read(BODY, number)
        found[to_str(term)] = dict(zip(docnums.tolist(), freqs.tolist(), strict=True))
        assert docnums.tolist() == sorted(docnums.tolist())
        assert words.fields[BODY].holders[number] == (freqs > 0).sum()
    return found


def expected_of(documents: Sequence[Document], words: Sequence[str]) -> Listed:
    """Look through the documents for what holds some words, and cut the bodies."""
    found: Listed = {word: {} for word in words}
    for docnum, document in enumerate(documents):
        exact = [fold(document.title), *(fold(b.text) for b in document.blocks)]
        tokens = Counter(
            token.text
            for block in document.blocks
            for token in make_analyzer().tokens(block.text[block.heading_length :])
        )
        for word in words:
            held = len(word) > 1 and any(word in line for line in exact)
            if held or tokens[word]:
                found[word][docnum] = tokens[word]
    return found


def assert_whole(file: SegmentFile, documents: Sequence[Document]) -> None:
    """Compare every list of a segment with its documents.

    A list that is not whole may lack documents that hold the word literally only.
    """
    assert file.documents == len(documents)
    found = lists_of(file)
    expected = expected_of(documents, [*found])
    for (word, listed), whole in zip(found.items(), file.words.whole, strict=True):
        assert listed.items() <= expected[word].items()
        lacking = expected[word].keys() - listed.keys()
        assert not lacking or (
            not whole and not any(expected[word][d] for d in lacking)
        )
        assert len(word) > 1 or not whole


def whole_words(file: SegmentFile) -> set[str]:
    """List the words whose lists are whole."""
    words = zip(map(to_str, file.words.terms), file.words.whole, strict=True)
    return {word for word, whole in words if whole}


@few
@given(some_documents())
def test_list_has_the_tokens_and_what_holds_the_word(documents: list[Document]) -> None:
    """A document that holds a word without having it as a token has the frequency 0."""
    with segment_of(documents) as file:
        assert_whole(file, documents)
        several = {word for word in lists_of(file) if len(word) > 1}
        assert {word for word in several if len(word) <= 4} <= whole_words(file)
        assert whole_words(file) <= several


def test_long_words_are_whole_where_many_documents_have_them() -> None:
    """Words of two to four characters always are, single characters never."""
    terms = [word.encode() for word in ("县", "工作", "营商环境", "优化营商环境")]
    for held, expected in ((3, [0, 1, 1, 0]), (4, [0, 1, 1, 1])):
        counts = np.full(len(terms), held)
        assert literal.made_whole(terms, counts, 1024).tolist() == expected


def test_merged_list_is_whole_where_every_segment_knew_the_word() -> None:
    """A segment that holds a word as no token has no list of it to take over."""
    known, also = make_document(1, "题", "工作。"), make_document(2, "题", "工作，好。")
    unknown = make_document(3, "题", "木工作坊。")
    with merged([[known], [also]], []) as file:
        assert {"题", "工作"} & whole_words(file) == {"工作"}
    with merged([[known], [unknown]], []) as file:
        assert "工作" not in whole_words(file)
        assert {*lists_of(file)["工作"]} == {0}


@few
@given(some_documents(), st.data())
def test_merged_lists_are_those_of_what_is_left(
    documents: list[Document], data: st.DataObject
) -> None:
    """What is deleted leaves every list; a word of no document keeps an empty one."""
    gone = data.draw(st.lists(st.sampled_from(documents[1:])))
    cut = data.draw(st.integers(1, len(documents) - 1))
    left = [each for each in documents if each not in gone]
    with merged([documents[:cut], documents[cut:]], gone) as file:
        assert_whole(file, left)


@pytest.mark.parametrize("at_once", [1, 7, 1 << 14])
def test_lists_do_not_depend_on_how_many_are_made_at_once(
    monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """Words are taken some thousand at a time, in writing and in merging."""
    monkeypatch.setattr(literal, "_AT_ONCE", at_once)
    monkeypatch.setattr(merging, "_CHUNK", at_once)
    short = [each for each in CORPUS if len(each.text) < 1000]
    parts, gone = [short[:5], short[5:6], short[6:]], short[2:8:3]
    with segment_of(short) as file:
        assert_whole(file, short)
    with merged(parts, gone) as file:
        assert_whole(file, [each for each in short if each not in gone])


def test_word_across_a_cut_is_held_literally() -> None:
    """In title and heading, and where words are cut otherwise; never across blocks."""
    documents = [
        make_document(1, "题", "工作。"),
        make_document(2, "工作"),
        make_document(3, "题", "工作|好"),
        make_document(4, "题", "木工作坊"),
        make_document(5, "题", "木工", "作坊"),
        make_document(6, "题", "木工|作坊"),
        make_document(7, "工", "作"),
    ]
    with segment_of(documents) as file:
        held = lists_of(file)["工作"]
        assert {*held} == {0, 1, 2, 3, 5}
        assert held[0] == 1
        assert held[1] == held[2] == held[5] == 0


SIGNS = [make_document(1, "。。"), make_document(2, "", "，")]


def test_segment_without_words_is_read() -> None:
    """Documents of punctuation have no word, and the lists of nothing are whole."""
    with segment_of(SIGNS) as file:
        assert_whole(file, SIGNS)
        assert file.words.arrays.documents == 2
    with merged([SIGNS[:1], SIGNS[1:]]) as file:
        assert_whole(file, SIGNS)
        assert file.words.arrays.documents == 2


def test_segment_without_words_is_merged() -> None:
    """Others keep their lists, with the frequencies, wherever it stands among them."""
    others = [make_document(3, "工作", "工作工作"), make_document(4, "题", "工作")]
    for parts in ([SIGNS, others], [others, SIGNS], [others[:1], SIGNS, others[1:]]):
        with merged(parts) as file:
            assert_whole(file, [each for part in parts for each in part])


def test_single_characters_have_their_tokens_only() -> None:
    """Where else they stand is told by ``chars``."""
    documents = [make_document(1, "好", "好"), make_document(2, "好", "好看")]
    with segment_of(documents) as file:
        assert lists_of(file)["好"] == expected_of(documents, ["好"])["好"]
