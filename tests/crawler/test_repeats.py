"""A body printed twice is kept once; lines that may stand twice stay."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.repeats import RULE, remove_repeats
from crawler.worksheet import Line, key
from index.document import BlockKind

PARAGRAPHS = [
    f"第{number}项:全县新建冷库{number}座,改造水渠二十一公里,"
    f"带动三千四百户农民稳定增收,群众的满意度达到{number}成以上。"
    for number in "一二三四五六"
]


def _kept(*texts: str) -> list[str]:
    lines = remove_repeats([Line(text=text) for text in texts])
    assert {line.rule for line in lines} <= {"", RULE}
    return [line.text for line in lines if line.kept]


def test_a_second_copy_goes() -> None:
    """The whole run of the second copy is removed."""
    assert _kept(*PARAGRAPHS, *PARAGRAPHS) == PARAGRAPHS


def test_a_third_copy_goes_too() -> None:
    """However often the body is printed, it stays once."""
    assert _kept(*PARAGRAPHS, *PARAGRAPHS, *PARAGRAPHS) == PARAGRAPHS


def test_copies_are_compared_without_spaces_marks_and_script() -> None:
    """The same letters in other spacing or traditional characters are a copy."""
    other = [text.replace(",", "， ").replace("县", "縣") for text in PARAGRAPHS]
    assert _kept(*PARAGRAPHS, *other) == PARAGRAPHS


def test_the_fuller_copy_stays() -> None:
    """A caption that stands in one copy only is kept in its place."""
    full = [*PARAGRAPHS[:2], "冷库落成", *PARAGRAPHS[2:]]
    assert _kept(*full, *PARAGRAPHS) == full
    assert _kept(*PARAGRAPHS, *full) == full
    assert _kept(*PARAGRAPHS, *full, *PARAGRAPHS) == full


def test_a_short_page_printed_twice_is_kept_once() -> None:
    """Nearly the whole page twice is a copy without long lines, too."""
    assert _kept("全旗耕地三十万亩。", "全旗耕地三十万亩。") == ["全旗耕地三十万亩。"]


def test_short_lines_and_a_refrain_may_stand_twice() -> None:
    """Headings, cells and one repeated sentence are no copy of a body."""
    lines = ["一、成效", *PARAGRAPHS, "一、成效", "合计", "合计", PARAGRAPHS[0]]
    assert _kept(*lines) == lines


def test_a_line_that_stands_everywhere_begins_no_copy() -> None:
    """The cells of a table without markup are equal and no repeats."""
    assert _kept(*["合计"] * 30) == ["合计"] * 30


def test_a_list_of_headings_before_the_text_is_no_copy() -> None:
    """Headings that the text repeats one by one all stay."""
    headings = [f"{numeral}、抓实第{numeral}项重点工作" for numeral in "一二三四五"]
    body = [line for pair in zip(headings, PARAGRAPHS, strict=False) for line in pair]
    assert _kept(*headings, *body) == [*headings, *body]


def test_nothing_is_lost_from_an_empty_page() -> None:
    """No lines, no error."""
    assert _kept() == []
    assert _kept("", "") == []


# -- small differences ---------------------------------------------------------

REPORT = [
    "一、春耕备耕",
    (
        "今年二月以来,松河县组织三支农技队下乡,检修农机两千余台,调运化肥六千吨,"
        "保证了春播按时开始。各乡镇还办起田间课堂,请种粮大户讲解经验。"
    ),
    "二、水利建设",
    (
        "县里筹资四千万元整修干渠,新打机井九十眼,恢复灌溉面积五万亩。"
        "沿河十二个村成立用水协会,水费收缴公开透明,用水纠纷明显减少。"
    ),
    "三、存在问题",
    "青壮年外出务工较多,合作社规模偏小,农产品加工能力不足,品牌影响力有限。",
]


def test_a_copy_with_other_paragraphs_goes() -> None:
    """Paragraphs merged, or broken at each sentence, are the same text."""
    merged = ["".join(REPORT[:2]), "".join(REPORT[2:])]
    broken = [one for line in REPORT for one in re.split("(?<=。)(?=.)", line)]
    assert _kept(*REPORT, *merged) == REPORT
    assert _kept(*REPORT, *broken) == REPORT
    assert _kept(*broken, *merged) == broken


def test_a_copy_with_some_other_words_goes() -> None:
    """A word corrected in every paragraph and remarks added make no other text."""
    words = {"组织": "派出", "经验": "做法", "整修": "整治", "明显": "大为"}
    other = REPORT
    for found, written in words.items():
        other = [line.replace(found, written) for line in other]
    other[1] += "（图）"
    assert _kept(*REPORT, *other) == REPORT


def test_a_paragraph_that_one_copy_lacks_stays_in_its_place() -> None:
    """Each copy may lack something; what only the shorter one has stays, too."""
    lacking = [*REPORT[:2], *REPORT[4:]]
    assert _kept(*REPORT, *lacking) == REPORT
    assert _kept(*lacking, *REPORT) == REPORT


def test_other_numbers_are_no_copy() -> None:
    """A line that tells another figure stays, in a copy as well."""
    corrected = [line.replace("六千吨", "8千吨") for line in REPORT]
    assert _kept(*REPORT, *corrected) == [*REPORT, corrected[1]]


def test_a_beginning_that_the_whole_text_follows_goes() -> None:
    """A preview that breaks off in mid-sentence is part of the text behind it."""
    preview = [*REPORT[:3], REPORT[3][:40]]
    assert _kept(*preview, *REPORT) == REPORT


def test_paragraphs_printed_in_turns_are_kept_once() -> None:
    """Each paragraph may be followed by its own copy, in the other script say."""
    other = [line.replace("农", "農").replace("县", "縣") for line in REPORT]
    turns = [line for pair in zip(REPORT, other, strict=True) for line in pair]
    assert _kept(*turns) == REPORT


# -- what may stand twice ------------------------------------------------------


def test_similar_items_are_no_copies() -> None:
    """Villages described in the same words each have their name and figures."""
    items = [
        f"{name}村全面推行村务公开,定期召开村民会议,认真落实民主议事制度,"
        f"全年办理实事{number}件,群众反映良好。"
        for name, number in (("柳树", 31), ("石桥", 27), ("白杨", 45), ("东沟", 38))
    ]
    assert _kept(*items) == items


def test_forms_that_repeat_their_questions_are_no_copies() -> None:
    """Questions and polite phrases may recur, the answers are different."""
    lines = []
    for subject, answer in (
        ("入学", "六周岁的儿童九月一日起可以报名,带户口簿到就近小学登记即可。"),
        ("低保", "家庭月收入低于标准的,向村委会书面申请,乡镇在三十日内答复。"),
        ("社保", "职工由单位统一参保,灵活就业人员可以到政务大厅窗口自行缴纳。"),
    ):
        lines += [
            f"网友提问:您好,请问办理{subject}有哪些条件?需要到哪里办理?",
            f"回复:您好,感谢您对我们工作的关心和支持。{answer}如有疑问请致电咨询。",
        ]
    assert _kept(*lines) == lines


def test_the_refrain_of_a_song_stays() -> None:
    """Verses between which four lines return are one song."""
    refrain = [
        "松河的水啊日夜流",
        "流过山村流过楼",
        "两岸稻花香千里",
        "丰收的歌儿唱不休",
    ]
    verses = [f"第{n}年春风吹又到,{n}样新事说不了" for n in "一二三"]
    song = [line for verse in verses for line in (verse, *refrain)]
    assert _kept(*song) == song


def test_equal_rows_of_tables_stay() -> None:
    """Rows of two years may be equal, one by one and in a run."""
    table = [f"{town} 水稻 {n} 正常" for n, town in enumerate(["柳树", "石桥"] * 2)]
    rows = [Line(text=text, kind=BlockKind.ROW) for text in [*table, *table[:2]] * 2]
    prose = [Line(text=text) for text in REPORT]
    assert all(line.kept for line in remove_repeats([*rows, *prose]))


def test_a_lead_taken_from_the_text_stays() -> None:
    """One paragraph that stands above the text and in it is no copy of the text."""
    lines = [REPORT[1], *REPORT]
    assert _kept(*lines) == lines


# -- laws ----------------------------------------------------------------------

CLAUSES = st.text("山水田林路桥春夏秋冬东南西北", min_size=5, max_size=14)
SENTENCES = st.lists(CLAUSES, min_size=1, max_size=4).map(
    lambda one: ",".join(one) + "。"
)
TEXTS = st.lists(SENTENCES, min_size=4, max_size=12, unique_by=key)
LINES = st.lists(st.sampled_from([*REPORT, "合计", "", "——", *"甲乙丙"]), max_size=40)


@settings(deadline=None)
@given(TEXTS, st.integers(min_value=2, max_value=4))
def test_however_often_a_text_is_printed_it_is_kept_once(
    text: list[str], times: int
) -> None:
    """Any lines, printed again in the same order, leave the first copy."""
    assert _kept(*text * times)[: len(text)] == _kept(*text)[: len(text)]
    assert len(_kept(*text * times)) <= len(text)


@settings(deadline=None)
@given(LINES)
def test_nothing_is_lost_that_does_not_stand_elsewhere(texts: list[str]) -> None:
    """What is taken out stands in what is kept."""
    lines = remove_repeats([Line(text=text) for text in texts])
    assert [line.text for line in lines] == texts
    kept = [line for line in lines if line.kept]
    assert {line.text for line in lines if line.rule} <= {line.text for line in kept}
