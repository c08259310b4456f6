"""Which blocks are template, and what a document is without them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import BlockKind, Document, Removed, Section
from index.site_template import (
    RULE,
    Place,
    block_name,
    judge,
    site_blocks,
    without_template,
)
from tests.corpus import make_document

NOTICE = "本站所载信息仅供内部学习交流，转引请联系编辑部。"
CLOSING = "特此报告。"
TEXTS = (
    "全县修渠三十里，受益农户九百，灌溉田亩两千四百。",
    "新建渡口两处，渡船全部检修，候船亭一并翻新。",
    "明年续修东渠，另勘西渠线路，并培训闸工三十名。",
)


def names(*texts: str, place: Place = Place.EDGE) -> dict[int, Place]:
    """Make the template of some blocks."""
    blocks = make_document(1, "", *texts).blocks
    return {block_name(block): place for block in blocks}


@pytest.mark.parametrize(
    ("letters", "documents", "total", "plain", "place"),
    [
        (30, 4, 4, True, None),
        (30, 5, 5, True, Place.ANYWHERE),
        (30, 5, 5, False, Place.EDGE),
        (30, 5, 50, True, Place.EDGE),
        (30, 5, 60, True, None),
        (30, 50, 100_000, True, Place.EDGE),
        (4, 49, 100, True, None),
        (4, 50, 100, True, Place.EDGE),
    ],
)
def test_template_is_what_enough_documents_have(
    letters: int, documents: int, total: int, *, plain: bool, place: Place | None
) -> None:
    """Long blocks need five documents and a tenth, short ones half of the site."""
    assert judge(letters, documents, total, plain=plain) is place


def test_template_at_the_ends_leaves_the_text() -> None:
    """Runs at both ends go to the removed blocks, with where they stood."""
    document = make_document(1, "", NOTICE, *TEXTS, NOTICE, CLOSING)
    shown = without_template(document, names(NOTICE, CLOSING))
    assert [block.text for block in shown.blocks] == list(TEXTS)
    assert [block.anchor for block in shown.blocks] == ["b2", "b3", "b4"]
    assert shown.removed == (
        Removed(text=NOTICE, rule=RULE, after=None),
        Removed(text=NOTICE, rule=RULE, after="b4"),
        Removed(text=CLOSING, rule=RULE, after="b4"),
    )


def test_template_of_the_edges_stays_inside_the_text() -> None:
    """A line that closes many reports is not cut from the middle of one."""
    document = make_document(1, "", TEXTS[0], CLOSING, *TEXTS[1:])
    assert without_template(document, names(CLOSING)) is document


def test_template_of_any_place_is_taken_out_of_the_text() -> None:
    """A notice that half of a site has goes wherever it stands."""
    document = make_document(1, "", TEXTS[0], NOTICE, *TEXTS[1:])
    shown = without_template(document, names(NOTICE, place=Place.ANYWHERE))
    assert [block.text for block in shown.blocks] == list(TEXTS)
    assert shown.removed == (Removed(text=NOTICE, rule=RULE, after="b1"),)


def test_headings_inside_the_text_are_no_template() -> None:
    """All summaries of a site may have the same headings."""
    document = make_document(
        1, "", TEXTS[0], "一、全年主要工作完成情况与成效|", TEXTS[1]
    )
    template = names("一、全年主要工作完成情况与成效", place=Place.ANYWHERE)
    assert without_template(document, template) is document


def test_script_width_and_punctuation_make_no_difference() -> None:
    """The same notice on the traditional page of a site is the same block."""
    other = "本站所載信息僅供內部學習交流,轉引請聯繫編輯部"
    document = make_document(1, "", *TEXTS, other)
    assert len(without_template(document, names(NOTICE)).blocks) == len(TEXTS)


def test_document_that_is_mostly_template_loses_nothing() -> None:
    """Rather a notice too much than a text that is gone."""
    document = make_document(1, "", CLOSING, NOTICE)
    assert without_template(document, names(NOTICE)) is document


def test_what_was_removed_before_keeps_its_place() -> None:
    """Removed blocks stay in page order and name blocks that are still there."""
    document = make_document(1, "", TEXTS[0], TEXTS[1], NOTICE)
    document = Document(
        id=document.id,
        blocks=document.blocks,
        sections=(Section(level=1, heading="告示", anchor="b3"),),
        removed=(
            Removed(text="首页", rule="outside-main", after=None),
            Removed(text="图一", rule="caption", after="b1"),
            Removed(text="返回", rule="outside-main", after="b3"),
        ),
    )
    shown = without_template(document, names(NOTICE))
    assert [(each.text, each.after) for each in shown.removed] == [
        ("首页", None),
        ("图一", "b1"),
        (NOTICE, "b2"),
        ("返回", "b2"),
    ]
    assert shown.sections == ()


def test_long_document_is_counted_at_its_ends() -> None:
    """Of a thousand blocks the first and the last are counted."""
    document = make_document(1, "", *(f"第{n}号渡口设渡船一艘。" for n in range(1000)))
    counted = {block.name for block in site_blocks(document)}
    assert block_name(document.blocks[0]) in counted
    assert block_name(document.blocks[-1]) in counted
    assert len(counted) == 300


@given(
    texts=st.lists(st.sampled_from([*TEXTS, NOTICE, CLOSING]), max_size=8),
    template=st.dictionaries(
        st.sampled_from([NOTICE, CLOSING, TEXTS[0]]), st.sampled_from(Place)
    ),
)
def test_nothing_is_lost(texts: list[str], template: dict[str, Place]) -> None:
    """Text and removed blocks together are the page, in its order."""
    document = make_document(1, "", *texts)
    known = {name: place for text, place in template.items() for name in names(text)}
    shown = without_template(document, known)
    behind: dict[str | None, list[str]] = {}
    for each in shown.removed:
        behind.setdefault(each.after, []).append(each.text)
    page = list(behind.get(None, []))
    for block in shown.blocks:
        page += [block.text, *behind.get(block.anchor, [])]
    assert page == texts
    assert all(block.kind is BlockKind.PARAGRAPH for block in shown.blocks)
