"""What a page leaves out is cut from the text and recorded."""

import pytest

from crawler.omissions import RULE, judge_completeness, take_omissions
from crawler.site import Omission, load_profiles
from crawler.worksheet import Line
from index.document import BlockKind
from tests.crawler.pages import PROSE

MARKS = load_profiles().common.omissions


def _take(*texts: str) -> tuple[list[str], list[int | None]]:
    lines, gaps = take_omissions([Line(text=text) for text in texts], MARKS)
    return [line.text for line in lines if line.kept], [gap.omitted for gap in gaps]


def test_several_marks_in_one_line_are_cut_out() -> None:
    """What stands before, between and behind them stays, in order."""
    kept, omitted = _take("甲乙……(站名省略12字,会员可读)……丙丁……(省略3字)……戊")
    assert kept == ["甲乙", "丙丁", "戊"]
    assert omitted == [12, 3]


def test_marks_of_different_kinds_are_cut_in_order() -> None:
    """The gap in the middle comes before the note at the end, however many."""
    line = "甲。省略3字。" * 2000 + "乙。全文共3000字,当前仅显示1200字"
    kept, omitted = _take(line)
    assert omitted == [3] * 2000 + [None]
    assert kept[-1] == "。乙。"


@pytest.mark.parametrize(
    ("mark", "shown", "claimed", "omitted"),
    [
        ("……(未完,全文共3000字,当前仅显示1200字,请登录)", 1200, 3000, ()),
        ("(剩余800字未显示)", None, None, (800,)),
        ("……省略45字……", None, None, (45,)),
    ],
)
def test_numbers_of_a_mark_are_read(
    mark: str, shown: int | None, claimed: int | None, omitted: tuple[int, ...]
) -> None:
    """Shown, claimed and omitted are told apart, and the mark is the evidence."""
    lines, gaps = take_omissions([Line(text=PROSE + mark)], MARKS)
    found = judge_completeness(lines, gaps)
    assert not found.complete
    assert (found.shown, found.claimed, found.omissions) == (shown, claimed, omitted)
    assert found.reason == gaps[0].evidence
    assert lines[0].text == PROSE


def test_mark_needs_the_word_that_its_pattern_names() -> None:
    """Lines without the word are not looked at."""
    mark = Omission(pattern=r"[〔(]略去(?P<omitted>\d+)字[〕)]", word="〔")
    lines = [Line(text="甲〔略去3字〕"), Line(text="乙(略去4字)")]
    assert [gap.omitted for gap in take_omissions(lines, [mark])[1]] == [3]


def test_what_stands_below_the_note_is_removed() -> None:
    """A form below it is no text, unless running text follows."""
    note = "全文共3000字,当前仅显示1200字"
    assert _take(PROSE, note, "用户名:")[0] == [PROSE]
    assert _take("标题", note, "作者名", PROSE)[0] == ["标题", "作者名", PROSE]


def test_a_profile_may_name_marks_of_its_own() -> None:
    """Any pattern with the groups is a mark."""
    own = (Omission(pattern=r"〔略去(?P<omitted>\d+)字〕"),)
    lines, gaps = take_omissions([Line(text="甲〔略去7字〕乙")], own)
    assert [line.rule for line in lines] == ["", RULE, ""]
    assert gaps[0].omitted == 7


@pytest.mark.parametrize(
    ("last", "complete"),
    [
        (PROSE, True),
        (PROSE.rstrip("。"), False),
        (f"{PROSE}(王小河)", True),
        (f"{PROSE}“很好”", True),
        (f"{PROSE}云州市统计局2021年3月4日", True),
        ("短行没有句号", True),
    ],
)
def test_a_text_that_stops_in_mid_sentence_is_cut_off(
    last: str, *, complete: bool
) -> None:
    """Running text must end a sentence; a short last line need not."""
    lines = [Line(text=PROSE), Line(text=last)]
    assert judge_completeness(lines, ()).complete is complete


def test_captions_and_rows_do_not_tell_whether_a_text_ends() -> None:
    """The last paragraph counts, what stands below it has no sentences."""
    caption = Line(text="现场,照片" * 10, kind=BlockKind.CAPTION)
    assert judge_completeness([Line(text=PROSE), caption], ()).complete


def test_where_all_is_one_line_a_short_end_is_cut_off_too() -> None:
    """Without paragraphs every stop short of a full stop is a cut."""
    lines = [Line(text="短行没有句号")]
    assert not judge_completeness(lines, (), one_line=True).complete
    assert judge_completeness([], (), one_line=True).complete
