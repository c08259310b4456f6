"""Facts about marks and snippets."""

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from index.document import Block, BlockKind, Document
from index.fold import fold
from index.skim import skim_document
from search.highlight import (
    FoldedBlock,
    best_snippets,
    choose_snippets,
    find_marks,
)
from search.results import Snippet, Span

# One hundred different characters, so that a passage tells where it was cut.
DISTINCT = "".join(chr(0x4E00 + 7 * step) for step in range(100))
FILLING = "山高水长风清月明"


@pytest.fixture(autouse=True, scope="module")
def _compiled() -> None:
    """Compile first: that takes longer than a test may."""
    best_snippets(_blocks("甲", ""), ["甲"])
    best_snippets(_blocks("甲", ""), ["乙"])


def _block(text: str, anchor: str = "b1", kind: str = "paragraph") -> FoldedBlock:
    section = ("一、概况", anchor)
    block = Block(anchor=anchor, kind=BlockKind(kind), text=text, section=section)
    return FoldedBlock(block=block, folded=fold(text))


def _blocks(*texts: str) -> list[FoldedBlock]:
    return [_block(text, f"b{number}") for number, text in enumerate(texts, start=1)]


def _marked(snippet: Snippet) -> list[str]:
    return [snippet.text[mark.start : mark.end] for mark in snippet.marks]


@pytest.mark.parametrize(
    ("text", "needles", "marks"),
    [
        ("学习馬克思主义", ["马克思"], [(2, 5)]),
        ("学习马克思主义", ["馬克思"], [(2, 5)]),
        ("ＡＢｃ和abc", ["aBC"], [(0, 3), (4, 7)]),
        ("aaa", ["aa"], [(0, 3)]),
        ("统一战线工作", ["统一", "战线", "统一战线"], [(0, 4)]),
        ("统一战线工作", ["统一", "工作"], [(0, 2), (4, 6)]),
        ("人民政协会议", ["民政", "政协"], [(1, 4)]),
        ("甲乙丙", ["甲乙丁", "乙"], [(1, 2)]),
        ("甲(乙)*丙", [")*", "("], [(1, 2), (3, 5)]),
        ("甲]^乙", ["^", "]"], [(1, 3)]),
        ("甲乙丙", ["甲", "甲乙丙", "甲乙"], [(0, 3)]),
        ("甲乙", ["丙"], []),
        ("甲乙", [""], []),
        ("", ["甲"], []),
        ("甲乙", [], []),
    ],
)
def test_marks_cover_the_matched_characters(
    text: str, needles: list[str], marks: list[tuple[int, int]]
) -> None:
    """Every occurrence is marked; those that overlap or touch are one mark."""
    assert find_marks(fold(text), needles) == tuple(Span(*mark) for mark in marks)


TEXTS = st.text("甲乙統A。 ", max_size=40)
NEEDLES = st.lists(st.text("甲乙统a。", max_size=4), max_size=4)


@given(TEXTS, NEEDLES)
def test_marks_are_the_union_of_all_occurrences(text: str, needles: list[str]) -> None:
    """A character is marked if and only if it belongs to an occurrence."""
    folded, sought = fold(text), {fold(needle) for needle in needles}
    covered = {
        start + offset
        for needle in sought
        for start in range(len(folded))
        if folded.startswith(needle, start)
        for offset in range(len(needle))
    }
    marks = find_marks(folded, needles)
    assert {at for mark in marks for at in range(*mark)} == covered
    assert all(a.end < b.start for a, b in pairwise(marks))


def test_hit_far_into_a_document_has_its_snippet() -> None:
    """A single hit 40,000 characters into one block is shown and marked."""
    text = FILLING * 5_000 + "。他主讲馬克思主义。" + FILLING * 50
    (snippet,) = best_snippets([_block(text)], ["马克思"])
    assert snippet.text.startswith("他主讲馬克思主义。山高")
    assert _marked(snippet) == ["馬克思"]
    assert snippet.text in text
    assert len(snippet.text) == 120


def test_snippet_tells_where_it_was_cut() -> None:
    """A snippet has the anchor and the headings of its block."""
    (snippet,) = best_snippets(_blocks("甲乙", "丙丁"), ["丁"])
    assert (snippet.anchor, snippet.section) == ("b2", ("一、概况", "b2"))
    assert (snippet.text, snippet.marks) == ("丙丁", (Span(1, 2),))


def test_passages_cover_the_most_needles_first() -> None:
    """Different needles count before many occurrences of one."""
    blocks = _blocks("甲甲甲和甲", "乙", "甲和乙", "丙")
    assert [each.anchor for each in best_snippets(blocks, "甲乙丙", limit=1)] == ["b3"]
    assert [each.anchor for each in best_snippets(blocks, "甲乙丙", limit=2)] == [
        "b3",
        "b4",
    ]


def test_needle_within_another_counts() -> None:
    """A needle that another begins with is found together with it."""
    blocks = _blocks("丙、丁", "甲乙、丙")
    needles = ["甲乙", "甲", "丙", "丁"]
    assert [each.anchor for each in best_snippets(blocks, needles, limit=1)] == ["b2"]


def test_passages_with_more_occurrences_come_next_then_earlier_ones() -> None:
    """Among equal needles the more frequent wins, and among equals the earlier."""
    blocks = _blocks("一甲", "二甲", "三甲和甲")
    assert [each.anchor for each in best_snippets(blocks, "甲", limit=1)] == ["b3"]
    assert [each.anchor for each in best_snippets(blocks, "甲", limit=2)] == [
        "b1",
        "b3",
    ]


def test_every_needle_is_shown_though_passages_compete_for_room() -> None:
    """A passage beside an earlier one is cut so that they do not overlap."""
    text = FILLING * 2 + "甲乙" + FILLING + "丙" + FILLING * 2
    snippets = best_snippets([_block(text)], ["甲", "乙", "丙"], width=10)
    assert [_marked(each) for each in snippets] == [["甲乙"], ["丙"]]
    assert "".join(each.text for each in snippets) in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("山高水长。风清月明甲乙。山高水长风清月明", "风清月明甲乙。"),
        ("山高水长，风清月明甲乙，山高水长风清月明", "风清月明甲乙，"),
        ("山高水长 风清月明甲乙 山高水长风清月明", "风清月明甲乙"),
        ("山高水长；风清，月明甲乙。山高，水长风清月明", "月明甲乙。"),
        ("他说：“山高！”风清月明甲乙。山高水长风清", "风清月明甲乙。"),
        ("山高水长风清月明甲乙山高水长风清月明", "风清月明甲乙山高水长"),
        ("甲乙山高水长风清月明。山高水长", "甲乙山高水长风清月明"),
        ("甲乙。山高水长风清月明", "甲乙。山高水长风清月"),
        ("山高水长风清月明。甲乙", "高水长风清月明。甲乙"),
        ("山高水长。风清月明", "山高水长。风清月明"),
    ],
)
def test_passage_is_cut_at_punctuation(text: str, shown: str) -> None:
    """A passage begins and ends at a sentence, else at a pause, else anywhere."""
    (snippet,) = best_snippets([_block(text)], ["甲乙"], width=10)
    assert snippet.text == shown


def test_cut_never_goes_through_a_mark() -> None:
    """A mark that does not fit is left out of the passage whole."""
    text = "甲乙丙" + FILLING[:4] + "丁戊己" + FILLING[:4] + "庚辛壬"
    (snippet,) = best_snippets(
        [_block(text)], ["甲乙丙", "丁戊己", "庚辛壬"], width=12, limit=1
    )
    assert snippet.text == "甲乙丙山高水长丁戊己山高"
    (snippet,) = best_snippets(
        [_block(text)], ["甲乙丙", "丁戊己", "庚辛壬"], width=9, limit=1
    )
    assert snippet.text == "甲乙丙山高水长"


@pytest.mark.parametrize("mark", ["甲乙丙丁戊己庚辛壬癸", "甲乙丙丁戊己庚，壬癸"])
def test_passage_never_begins_within_a_mark(mark: str) -> None:
    """A mark before the passage is left out whole, punctuation in it or not."""
    text = FILLING + mark + "山高" + "子丑寅" + FILLING * 2
    (snippet,) = best_snippets(
        [_block(text)], [mark, "子", "丑", "寅"], width=12, limit=1
    )
    assert snippet.text == "山高子丑寅山高水长风清月"


@pytest.mark.parametrize(
    ("mark", "shown"), [(10, 10), (12, 12), (15, 15), (20, 20), (21, 20), (50, 20)]
)
def test_passage_grows_for_a_long_mark(mark: int, shown: int) -> None:
    """A mark longer than the width is shown whole, up to twice the width."""
    text = FILLING + DISTINCT[:mark] + FILLING
    (snippet,) = best_snippets([_block(text)], [DISTINCT[:mark]], width=10)
    assert snippet.text == DISTINCT[:shown]
    assert snippet.marks == (Span(0, shown),)


def test_chain_of_marks_longer_than_a_passage_is_shown_in_pieces() -> None:
    """Where marks touch for longer than a passage, each needle is still shown."""
    needles = [DISTINCT[at : at + 8] for at in range(0, 40, 8)]
    snippets = best_snippets([_block(DISTINCT)], needles, width=10)
    assert [each.text for each in snippets][:2] == [DISTINCT[:16], DISTINCT[16:32]]
    assert snippets[2].text.startswith(DISTINCT[32:40])


def test_needle_overlapping_itself_is_shown_in_pieces() -> None:
    """A mark of many overlapping occurrences is cut where a passage is full."""
    snippets = best_snippets([_block("a" * 50)], ["aaa"], width=10)
    assert [len(each.text) for each in snippets] == [20, 20, 10]
    assert all(each.marks == (Span(0, len(each.text)),) for each in snippets)


@pytest.mark.parametrize("needles", [[], ["丙"], [""]])
def test_without_a_match_the_first_paragraph_is_shown(needles: list[str]) -> None:
    """The beginning of the first paragraph stands in where nothing matches."""
    blocks = [
        _block("概况", "b1", "heading"),
        _block(" ", "b2"),
        _block("山高水长。风清月明，山高水长", "b3"),
        _block("甲", "b4"),
    ]
    (snippet,) = best_snippets(blocks, needles, width=12)
    assert (snippet.text, snippet.anchor, snippet.marks) == (
        "山高水长。风清月明，",
        "b3",
        (),
    )
    assert best_snippets(blocks[:1], needles)[0].text == "概况"
    assert best_snippets(blocks[1:2], needles) == ()
    assert best_snippets([], needles) == ()


def test_no_passages_are_given_when_none_are_asked_for() -> None:
    """A limit of 0 gives no snippet."""
    assert best_snippets(_blocks("甲"), ["甲"], limit=0) == ()
    assert best_snippets(_blocks("甲"), ["乙"], limit=0) == ()


def test_only_the_blocks_shown_are_asked_for() -> None:
    """Blocks without a passage are not looked at, however many there are."""
    blocks = tuple(each.block for each in _blocks("甲", "乙", "丙甲", "丁"))
    text = skim_document(Document(id="x", blocks=blocks)).text
    asked: list[int] = []

    def some(numbers: Iterable[int]) -> list[Block]:
        asked.extend(numbers)
        return [blocks[number] for number in asked]

    assert [each.text for each in choose_snippets(text, some, "甲")] == ["甲", "丙甲"]
    assert asked == [0, 2]


def test_more_needles_than_a_machine_word_has_bits_are_told_apart() -> None:
    """A passage with the hundredth needle is chosen for it."""
    blocks = _blocks(*DISTINCT, DISTINCT[99] + FILLING + DISTINCT[3])
    (snippet,) = best_snippets(blocks, DISTINCT, limit=1)
    assert snippet.anchor == "b101"
    assert len(best_snippets(blocks, DISTINCT, limit=200)) == 101


WIDTHS = st.integers(4, 20)
DOCUMENTS = st.lists(TEXTS, max_size=5).map(lambda texts: _blocks(*texts))


def _fits(snippet: Snippet, block: FoldedBlock, needles: list[str], width: int) -> bool:
    """Tell whether the snippet was cut out of the block somewhere as it should be."""
    text, size = block.block.text, len(snippet.text)
    marks = find_marks(block.folded, needles)
    for start in range(len(text) - size + 1):
        window = range(start, start + size)
        within = [each for each in marks if each.start < window.stop > start < each.end]
        clipped = tuple(
            Span(max(a - start, 0), min(b - start, size)) for a, b in within
        )
        whole = all(start <= a and b <= window.stop for a, b in within)
        long = any(b - a > width for a, b in within)
        here = text.startswith(snippet.text, start) and clipped == snippet.marks
        if here and ((whole and size <= width) or (long and size <= 2 * width)):
            return True
    return False


@given(DOCUMENTS, NEEDLES, st.integers(1, 4), WIDTHS)
def test_snippet_is_a_marked_piece_of_its_block(
    blocks: list[FoldedBlock], needles: list[str], limit: int, width: int
) -> None:
    """A snippet is part of its block, of the right size, with just its marks."""
    by_anchor = {each.block.anchor: each for each in blocks}
    snippets = best_snippets(blocks, needles, limit=limit, width=width)
    assert len(snippets) <= limit
    assert all(_fits(each, by_anchor[each.anchor], needles, width) for each in snippets)


@given(DOCUMENTS, NEEDLES, WIDTHS)
def test_every_needle_found_is_marked_if_there_is_room(
    blocks: list[FoldedBlock], needles: list[str], width: int
) -> None:
    """With a passage for each needle, each needle that occurs is shown whole."""
    marks = [mark for each in blocks for mark in find_marks(each.folded, needles)]
    assume(all(mark.end - mark.start <= 2 * width for mark in marks))
    snippets = best_snippets(blocks, needles, limit=len(needles), width=width)
    shown = [fold(text) for each in snippets for text in _marked(each)]
    for needle in filter(None, map(fold, needles)):
        if any(needle in each.folded for each in blocks):
            assert any(needle in text for text in shown)


@given(st.lists(st.integers(0, 90), min_size=1, max_size=6), st.integers(1, 5), WIDTHS)
def test_passages_stand_in_the_order_of_the_text_and_apart(
    places: list[int], limit: int, width: int
) -> None:
    """Passages do not overlap, and come in the order of the text."""
    needles = [DISTINCT[at : at + 3] for at in places]
    blocks = _blocks(DISTINCT[:50], DISTINCT[50:])
    snippets = best_snippets(blocks, needles, limit=limit, width=width)
    starts = [DISTINCT.index(each.text) for each in snippets]
    ends = [
        start + len(each.text) for start, each in zip(starts, snippets, strict=True)
    ]
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))
