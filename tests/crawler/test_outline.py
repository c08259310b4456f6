"""The outline is built over the text, and one printed by the page is used."""

from crawler.omissions import RULE as OMISSION
from crawler.outline import Entry, build_sections, mark_headings, take_outline
from crawler.worksheet import Line
from index.document import Block, BlockKind, Section
from tests.crawler.pages import PROSE


def _lines(*texts: str | Line) -> list[Line]:
    return [text if isinstance(text, Line) else Line(text=text) for text in texts]


def _sections(*texts: str | Line) -> list[tuple[str, ...]]:
    """Give what stands above each line once headings are marked."""
    return [line.section for line in mark_headings(_lines(*texts), ())]


def test_styles_nest_in_the_order_they_appear() -> None:
    """A style seen before closes what is below it; a new one goes deeper."""
    assert _sections(
        "前文", "一、甲", "(一)乙", "1、丙", PROSE, "(二)丁", "二、戊"
    ) == [
        (),
        ("一、甲",),
        ("一、甲", "(一)乙"),
        ("一、甲", "(一)乙", "1、丙"),
        ("一、甲", "(一)乙", "1、丙"),
        ("一、甲", "(二)丁"),
        ("二、戊",),
    ]


def test_a_preface_and_a_note_stand_beside_numbered_headings() -> None:
    """Numbered headings are not below the preface, the note is not below them."""
    assert _sections("编者按:说明。", "一、甲", "(一)乙", "附注", PROSE) == [
        ("编者按",),
        ("一、甲",),
        ("一、甲", "(一)乙"),
        ("附注",),
        ("附注",),
    ]


def test_headings_by_markup_count() -> None:
    """A line that the page marks as a heading is one without a number."""
    marked = Line(text="工作成效", kind=BlockKind.HEADING)
    lines = mark_headings(_lines(marked, PROSE), ())
    assert [line.heading_length for line in lines] == [4, 0]
    assert lines[1].section == ("工作成效",)


def test_run_in_heading_keeps_its_paragraph() -> None:
    """The length of the heading is noted; rows and captions are never headings."""
    row = Line(text="一、合计 12", kind=BlockKind.ROW)
    lines = mark_headings(_lines("一、甲。" + PROSE, row), ())
    assert [line.heading_length for line in lines] == [3, 0]
    assert [line.kind for line in lines] == [BlockKind.PARAGRAPH, BlockKind.ROW]


def test_numbered_list_items_become_headings_or_paragraphs() -> None:
    """A bullet before a numbered line says nothing more than the number."""
    item = Line(text="1、走访企业。" + PROSE, kind=BlockKind.ITEM)
    assert mark_headings([item], ())[0].kind is BlockKind.PARAGRAPH


def test_behind_a_gap_no_section_is_claimed() -> None:
    """Until the next heading it is not known where the text is."""
    gap = Line(text="……省略9字……", rule=OMISSION)
    assert _sections("一、甲", gap, PROSE, "二、乙") == [
        ("一、甲",),
        (),
        (),
        ("二、乙",),
    ]


def test_a_printed_outline_is_taken_out_with_its_levels() -> None:
    """Its lines are removed and its headings keep their place."""
    lines, entries = take_outline(
        _lines(
            "目录/提纲：……", "一、甲", "二是要", "(一)乙", "……", "标题", "一、甲", PROSE
        )
    )
    assert [line.text for line in lines if line.kept] == ["标题", "一、甲", PROSE]
    assert entries == (Entry(("一、甲",)), Entry(("一、甲", "(一)乙")))


def test_equal_headings_inside_an_outline_do_not_end_it() -> None:
    """Up to its ellipsis an outline may name the same heading twice."""
    lines, entries = take_outline(
        _lines("提纲:……", "一、甲", "1、成效", "二、乙", "1、成效", "……", "标题", PROSE)
    )
    assert len(entries) == 4
    assert [line.text for line in lines if line.kept] == ["标题", PROSE]


def test_an_outline_without_an_end_stops_where_it_repeats() -> None:
    """The first heading of the text ends it; the title between belongs to neither."""
    lines, _ = take_outline(
        _lines("目录:", "一、甲", "二、乙", "标题", "一、甲。" + PROSE)
    )
    assert [line.text for line in lines if line.kept] == ["标题", "一、甲。" + PROSE]


def test_a_page_without_an_outline_is_left_alone() -> None:
    """The word 目录 at the start of a sentence announces nothing."""
    lines = _lines("目录:见附件", "一、甲", PROSE)
    assert take_outline(lines) == (lines, ())


def test_a_printed_outline_tells_where_a_cut_heading_belongs() -> None:
    """Text behind a gap is placed by the outline, also by a heading's beginning."""
    entries = (Entry(("一、甲",)), Entry(("一、甲", "(二)走访民营企业")))
    gap = Line(text="……省略9字……", rule=OMISSION)
    lines = mark_headings(_lines(gap, "(二)走访民"), entries)
    assert lines[1].section == ("一、甲", "(二)走访民营企业")


def test_sections_the_page_leaves_out_come_back_without_an_anchor() -> None:
    """Text and printed outline are merged in order, each heading once."""
    entries = tuple(Entry((name,)) for name in ("一、甲", "二、乙", "三、丙", "四、丁"))
    blocks = [
        Block(anchor=f"b{i}", kind=BlockKind.HEADING, text=name, section=(name,))
        for i, name in enumerate(("一、甲", "三、丙"), 1)
    ]
    marked = [
        Block(
            anchor=block.anchor,
            kind=block.kind,
            text=block.text,
            section=block.section,
            heading_length=4,
        )
        for block in blocks
    ]
    assert build_sections(marked, entries) == (
        Section(level=1, heading="一、甲", anchor="b1"),
        Section(level=1, heading="二、乙", anchor=None),
        Section(level=1, heading="三、丙", anchor="b2"),
        Section(level=1, heading="四、丁", anchor=None),
    )
