"""Facts about how two states of a text are told apart."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Document
from search.differences import Change, Piece, difference
from tests.corpus import make_document

TEXTS = st.lists(st.text(alphabet="渡口船艘，。 1a", max_size=12), max_size=8)


def state(*texts: str, title: str = "渡口简报") -> Document:
    """Make a state of the document."""
    return make_document(1, title, *texts)


def written(pieces: Iterable[Piece]) -> str:
    """Write pieces as wdiff does."""
    marks = {Change.REMOVED: "[-{}-]", Change.ADDED: "{{+{}+}}", Change.SAME: "{}"}
    return "".join(marks[piece.change].format(piece.text) for piece in pieces)


def told(earlier: Document, later: Document) -> list[tuple[str, str]]:
    """List what became of the paragraphs."""
    return [
        (each.change.value, written(each.pieces))
        for each in difference(earlier, later).paragraphs
    ]


def test_changed_paragraph_is_told_by_character() -> None:
    """Only the characters that differ are marked."""
    assert told(
        state("2020年，走访企业86家，捐建冷库3座。"),
        state("2021年，走访企业91家，捐建冷库3座。"),
    ) == [("changed", "202[-0-]{+1+}年，走访企业[-86-]{+91+}家，捐建冷库3座。")]


def test_added_and_removed_paragraphs_stand_in_their_place() -> None:
    """What is unlike is not forced into a pair."""
    assert told(
        state("开头一段。", "全年植树三千株，成活率高。", "结尾一段。"),
        state("开头一段。", "结尾一段。", "附：受表彰的集体与个人名单"),
    ) == [
        ("same", "开头一段。"),
        ("removed", "[-全年植树三千株，成活率高。-]"),
        ("same", "结尾一段。"),
        ("added", "{+附：受表彰的集体与个人名单+}"),
    ]


def test_changed_paragraph_is_found_behind_an_added_one() -> None:
    """A paragraph is paired with the one like it, not with the first in its place."""
    assert [change for change, _ in told(
        state("全年植树三千株，成活率高。"),
        state("附：受表彰的集体与个人名单", "全年植树五千株，成活率很高。"),
    )] == ["added", "changed"]  # fmt: skip


def test_moved_paragraph_is_told_once_where_it_stands_now() -> None:
    """It is neither removed nor added, and its punctuation may have changed."""
    assert told(
        state("甲段说水利。", "乙段说林业。", "丙段说渔业！"),
        state("丙段说渔业!", "甲段说水利。", "乙段说林业。"),
    ) == [
        ("moved", "丙段说渔业[-！-]{+!+}"),
        ("same", "甲段说水利。"),
        ("same", "乙段说林业。"),
    ]


def test_width_script_and_punctuation_are_changes_of_a_paragraph() -> None:
    """The letters are the same, so it is the same paragraph, changed."""
    assert told(state("统战，工作"), state("統戰、工作")) == [
        ("changed", "[-统战，-]{+統戰、+}工作")
    ]


def test_title_is_compared_too() -> None:
    """By character."""
    found = difference(state("正文。"), state("正文。", title="渡口工作简报"))
    assert written(found.title) == "渡口{+工作+}简报"
    assert found.count(Change.SAME) == 1


def test_chance_characters_do_not_shred_a_replaced_sentence() -> None:
    """A lone 的 in common is not kept apart from the changes around it."""
    ((_, text),) = told(
        state("全县春季修渠的经费由各乡自筹，年底结清账目。"),
        state("全县秋天护林的队伍由各乡自筹，年底结清账目。"),
    )
    assert text == (
        "全县[-春季修渠的经费-]{+秋天护林的队伍+}由各乡自筹，年底结清账目。"
    )


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_the_difference(
    earlier: list[str], later: list[str]
) -> None:
    """Nothing is lost: later in its order, earlier paragraph by paragraph."""
    one, other = state(*earlier), state(*later)
    paragraphs = difference(one, other).paragraphs
    texts = {
        side: {
            getattr(each, name): "".join(
                piece.text
                for piece in each.pieces
                if piece.change in (Change.SAME, side)
            )
            for each in paragraphs
            if getattr(each, name)
        }
        for side, name in ((Change.REMOVED, "before"), (Change.ADDED, "after"))
    }
    assert texts[Change.REMOVED] == {b.anchor: b.text for b in one.blocks}
    assert list(texts[Change.ADDED].items()) == [
        (b.anchor, b.text) for b in other.blocks
    ]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (["甲" * 800_000], ["乙" * 800_000]),
        (["甲乙" * 400_000], ["乙丙" * 400_000]),
        ([f"第{n}段之一" for n in range(15_000)], [f"{n}" for n in range(15_000)]),
        (["甲", "乙"] * 20_000, ["乙", "丙"] * 20_000),
        ([f"第{n}段的文字" * 9 for n in range(4_000)],
         [f"第{n}段之文字" * 9 for n in range(4_000)]),
    ],
)  # fmt: skip
def test_work_is_bounded_whatever_is_compared(
    earlier: list[str], later: list[str]
) -> None:
    """Two texts of some megabytes are compared in time, and each paragraph is told."""
    one, other = state(*earlier), state(*later)
    found = difference(one, other)
    assert sum(each.before is not None for each in found.paragraphs) == len(earlier)
    assert sum(each.after is not None for each in found.paragraphs) == len(later)
