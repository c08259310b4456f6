"""Facts about the fields a query can name."""

import pytest

from search.errors import QuerySyntaxError, UnknownField
from search.fields import FIELDS, Field, find_field
from search.parser import parse
from search.query import And, Attribute, Exact, Not, Or, Query, Words, YearRange


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("title:统战", Words("统战", "title")),
        ("TITLE:统战", Words("统战", "title")),
        ("ｔｉｔｌｅ：统战", Words("统战", "title")),
        ("标题：统战", Words("统战", "title")),
        ("標題:“统战 工作”", Exact("统战 工作", "title")),
        ("title:12:30", Words("12:30", "title")),
        ("title:-甲", Words("-甲", "title")),
        ("-title:甲", Not(Words("甲", "title"))),
        ("title:(甲 乙)", And((Words("甲", "title"), Words("乙", "title")))),
        ("标题：（甲 OR -“乙”） 丙", parse('(title:甲 OR -title:"乙") 丙')),
        ("site:www.example.cn", Attribute("site", "www.example.cn")),
        ("网站:http://example.cn/甲", Attribute("site", "http://example.cn/甲")),
        ("站点：甲 乙", And((Attribute("site", "甲"), Words("乙")))),
        ('来源:"青川 日报"', Attribute("source", "青川 日报")),
        ("來源:青川日报", Attribute("source", "青川日报")),
        ("地区:青川", Attribute("region", "青川")),
        ("地域:青川", Attribute("region", "青川")),
        (
            "region:(甲 OR 乙)",
            Or((Attribute("region", "甲"), Attribute("region", "乙"))),
        ),
        ("kind:Summary", Attribute("kind", "summary")),
        ("类别:年鉴", Attribute("kind", "yearbook")),
        ("種類：簡報", Attribute("kind", "briefing")),
        ("kind:总结", Attribute("kind", "summary")),
        ("kind:报告", Attribute("kind", "report")),
        ("kind:其他", Attribute("kind", "other")),
        ("类别：其它", Attribute("kind", "other")),
        ("script:hant", Attribute("script", "hant")),
        ("文字:简体", Attribute("script", "hans")),
        ("字體：繁體", Attribute("script", "hant")),
        ("script:混合", Attribute("script", "mixed")),
        ("complete:TRUE", Attribute("complete", "true")),
        ("完整:是", Attribute("complete", "true")),
        ("完整:否", Attribute("complete", "false")),
        ("complete:yes", Attribute("complete", "true")),
        ("script:zh-Hant", Attribute("script", "hant")),
        ("文字：繁體字", Attribute("script", "hant")),
        ("类型:工作总结", Attribute("kind", "summary")),
    ],
)
def test_fields(text: str, tree: Query) -> None:
    """A field is named in English or Chinese, its value bare, quoted or grouped."""
    assert parse(text) == tree


def test_minus_behind_a_year_excludes() -> None:
    """A minus that touches what follows is no range."""
    tree = And((YearRange(2019, 2019), Not(Words("2021"))))
    assert parse("year:2019 -2021") == tree


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_table_of_fields_is_sound(field: Field) -> None:
    """Each name finds its field, and each example of a field is a query."""
    assert {find_field(name) for name in (field.name, *field.chinese)} == {field}
    for example in field.examples:
        assert str(parse(example)) == example


@pytest.mark.parametrize(
    ("text", "position", "name"),
    [
        ("titel:甲", 0, "titel"),
        ("abcdefghijkl:x", 0, "abcdefghijkl"),
        ("甲 (国务院:乙)", 3, "国务院"),
        ("title:(a:b)", 7, "a"),
    ],
)
def test_unknown_field_is_named(text: str, position: int, name: str) -> None:
    """Letters before a colon that name no field are an error that lists the fields."""
    with pytest.raises(UnknownField) as error:
        parse(text)
    assert (error.value.position, error.value.name) == (position, name)
    assert error.value.known == tuple(field.name for field in FIELDS)
    assert f'put "{name}:" in quotation marks' in error.value.expected


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2020", 2020, 2020),
        ("２０２０", 2020, 2020),
        ("2020年", 2020, 2020),
        ('"2020"', 2020, 2020),
        ("2019..2021", 2019, 2021),
        ("２０１９．．２０２１", 2019, 2021),
        ("2019年..2021年", 2019, 2021),
        ("2019-2021", 2019, 2021),
        ("２０１９－２０２１", 2019, 2021),
        ("2020..2020", 2020, 2020),
        ("2019...2021", 2019, 2021),
        ("2019‥2021", 2019, 2021),
        ("2019…2021", 2019, 2021),
        ("2019……2021", 2019, 2021),
        ("2019—2021", 2019, 2021),
        ("2019——2021", 2019, 2021),
        ("2019–2021", 2019, 2021),
        ("2019~2021", 2019, 2021),
        ("2019～2021", 2019, 2021),
        ("2019〜2021年", 2019, 2021),
        ("2019年至2021年", 2019, 2021),
        ("2019到2021", 2019, 2021),
        ("2020年度", 2020, 2020),
        ("二〇一九年至二○二一年", 2019, 2021),
        ("2019..", 2019, None),
        ("2019…", 2019, None),
        ("..2021", None, 2021),
        ("……2021", None, 2021),
    ],
)
def test_years(value: str, first: int | None, last: int | None) -> None:
    """A year is one year or a range that may be open at one end."""
    assert parse(f"年份:{value}") == YearRange(first, last)


@pytest.mark.parametrize(
    "value",
    [
        *("去年", "年", "20", "20200", "0999", "20192020", "2020-01", ".."),
        *("2019 至 2021", "2019 - 2021", "2019.. 2021", "２０１９年 ～ ２０２１年"),
        *("2019-", "-2021", "2021..2019", "2019....2021", "2019..2020..2021"),
    ],
)
def test_what_is_no_year_is_refused(value: str) -> None:
    """Anything that is not a year or a range is an error at the value."""
    with pytest.raises(QuerySyntaxError, match=r"no value of the field year") as error:
        parse(f"甲 year:{value}")
    assert error.value.position == len("甲 year:")
    assert "2019..2021" in error.value.expected
