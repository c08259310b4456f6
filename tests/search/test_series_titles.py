"""What is read in a title beside its year."""

import pytest

from search.series_titles import Genre, read_chapter, read_title
from search.units import Unit, office_named, place_named, plain_name, read_unit


@pytest.mark.parametrize(
    "title",
    [
        "云溪市委统战部2019年工作总结",
        "中共云溪市委统战部2019年度工作总结",
        "2020年云溪市委统战部工作情况总结",
        "云溪市委统战部二〇二一年年终工作总结",
        "中共雲溪市委員會統一戰線工作部2018年工作總結",
        "同心同行再出发——云溪市委统战部2022年工作总结",
        "云溪市委统战部 关于 2018 年工作的总结",
        "云溪市委统战部2020年工作总结及2021年工作思路",
        "云溪市委统战部2020年工作总结和下一年度工作打算",
        "云溪市委統戰部109年度工作總結（修正版）",
        "云溪市统战部2019年统战工作总结",
        "云溪市委统战部2019年工作综述",
        "云溪市市委统战部2019年工作总结",
        "云溪市委统战部2019年工作情况",
        "云溪市委统战部2019年工作总结.docx",
    ],
)
def test_titles_of_one_unit_say_the_same(title: str) -> None:
    """Whatever the year, the order of words, the script, and what stands around."""
    parts = read_title(title)
    assert parts.unit == Unit("云溪市", "", "统战部")
    assert (parts.topic in {"", "统战"}, parts.period, parts.part) == (True, "", "")
    assert parts.genre is Genre.SUMMARY


@pytest.mark.parametrize(
    ("title", "unit", "topic", "genre"),
    [
        ("青岭县委统战部2019年工作总结", ("青岭县", "", "统战部"), "", "summary"),
        ("云溪市档案馆2019年工作总结", ("云溪市", "", "档案馆"), "", "summary"),
        ("云溪市档案馆2019年党建工作总结", ("云溪市", "", "档案馆"), "党建", "summary"),
        ("云溪市委统战部2019年工作报告", ("云溪市", "", "统战部"), "", "report"),
        ("云溪市委统战部2019年工作要点", ("云溪市", "", "统战部"), "", "plan"),
        ("云溪市委统战部2019年情况汇报提纲", ("云溪市", "", "统战部"), "", "briefing"),
        ("云溪市城关区侨联2019年工作总结", ("云溪市城关区", "", "侨联"), "", "summary"),
        ("政协云溪市委员会2019年工作总结", ("云溪市", "", "政协"), "", "summary"),
        ("云溪市2019年乡村振兴工作总结", ("云溪市", "", ""), "乡村振兴", "summary"),
        ("北原大学统战部2019年工作总结", ("北原大学", "", "统战部"), "", "summary"),
        ("市委统战部2019年工作总结", ("", "市", "统战部"), "", "summary"),
        ("*县委统战部2019年工作总结", ("", "县", "统战部"), "", "summary"),
        ("2019年全市乡村振兴工作总结", ("", "市", ""), "乡村振兴", "summary"),
        ("城市管理局2019年工作总结", ("", "", "城市管理局"), "", "summary"),
        ("关于2019年工作情况的报告", ("", "", ""), "", "report"),
        ("关于召开2019年总结大会的通知", None, None, None),
    ],
)  # fmt: skip
def test_other_units_topics_and_genres_are_told_apart(
    title: str, unit: tuple[str, str, str] | None, topic: str | None, genre: str | None
) -> None:
    """A place that is not named, or is masked, is not made up."""
    parts = read_title(title)
    assert parts.genre == genre
    if unit:
        assert (tuple(parts.unit), parts.topic) == (unit, topic)


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("云溪市档案馆2019年上半年工作总结", "上半年"),
        ("云溪市档案馆2019年第一季度工作总结", "一季度"),
        ("云溪市档案馆2019年1-6月工作总结", "上半年"),
        ("云溪市教育局2019-2020学年度第一学期工作总结", "学年度第一学期"),
        ("云溪縣政府教育處110學年度工作總結", "学年度"),
        ("云溪市档案馆2019年工作总结", ""),
    ],
)
def test_part_of_the_year_is_read(title: str, period: str) -> None:
    """What is about half a year is no text of the year."""
    assert read_title(title).period == period


def test_parts_of_a_text_are_numbered() -> None:
    """The number is that of the part, and no part of the title."""
    whole, first = "云溪市档案馆2019年工作总结", "云溪市档案馆2019年工作总结（一）"
    assert (read_title(whole).part, read_title(first).part) == ("", "一")
    assert read_title(whole).unit == read_title(first).unit


def test_title_is_shown_in_its_own_script_without_the_year() -> None:
    """Nothing of it is folded."""
    shown = read_title("雲溪市檔案館 2019 年度工作總結").shown
    assert shown == "雲溪市檔案館工作總結"


def test_numbers_of_a_serial_are_no_texts_of_a_year() -> None:
    """A briefing with an issue number comes many times a year."""
    assert read_title("云溪市2019年工作情况汇报第12期").serial


def test_chapters_are_told_by_their_topic() -> None:
    """Work is what every chapter is about."""
    topics = {read_chapter(t).topic for t in ("统一战线工作", "统战工作", "统战")}
    assert topics == {"统战"}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("云溪市人民政府办公室", ("云溪市", "", "政府办")),
        ("臨溪縣政府農業處", ("临溪县", "", "农业处")),
        ("市委统战部", ("", "市", "统战部")),
        ("青岭县", ("青岭县", "", "")),
        ("云溪日报", None),
        ("区县动态", None),
        ("部门总结", None),
        ("政务公开", None),
        ("北原年鉴编辑部", None),
        ("", None),
    ],
)
def test_offices_are_told_from_columns_and_newspapers(
    text: str, unit: tuple[str, str, str] | None
) -> None:
    """Only a text that is a name and nothing else names an office."""
    found = office_named(text)
    assert (tuple(found) if found else None) == unit


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("镇江市委统战部", "镇江市"),
        ("全州县委统战部", "全州县"),
        ("石景山区委统战部", "石景山区"),
        ("内蒙古自治区党委统战部", "内蒙古自治区"),
        ("海南藏族自治州委统战部", "海南藏族自治州"),
        ("通辽市科尔沁区委统战部", "通辽市科尔沁区"),
        ("苏州市委统战部", "苏州市"),
        ("青岛市市北区委统战部", "青岛市市北区"),
        ("北原省云溪市青岭县委统战部", "青岭县"),
        ("雄县县委统战部", "雄县"),
        ("全县统战部", ""),
        ("城镇建设局", ""),
        ("乡村振兴局", ""),
        ("市民政局", ""),
    ],
)
def test_places_are_told_from_words_that_end_like_one(name: str, place: str) -> None:
    """The smallest place is read, of districts the city too."""
    assert read_unit(name)[0].place == place


def test_site_tells_its_place() -> None:
    """Where its name begins with one."""
    assert place_named("云溪市人民政府门户网站") == "云溪市"
    assert place_named("城市生活网") == ""


def test_long_forms_are_written_short() -> None:
    """Offices go by either."""
    long = plain_name("云溪市民族宗教事务委员会办公室")
    assert long == plain_name("云溪市民宗委办")
