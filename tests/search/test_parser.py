"""Facts about reading queries, expanding them and what is highlighted."""

import re
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import QuerySyntaxError, UnknownField
from search.fields import FIELDS, Field, FieldType, find_field
from search.parser import PositiveStrings, expand, parse, positive_strings
from search.query import (
    BARE,
    BLANK,
    And,
    Attribute,
    Everything,
    Exact,
    Not,
    Or,
    Query,
    Word,
    Words,
    YearRange,
    reads_as_word,
)
from search.scanner import Limits

# What is written down may be longer than what was typed: kind:yearbook for 类别:年鉴.
WIDE = Limits(characters=100_000, clauses=10_000, depth=100)

A, B, C = Words("甲"), Words("乙"), Words("丙")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", Everything()),
        (" \u3000\t\n", Everything()),
        ("统战工作", Words("统战工作")),
        ("甲 乙", And((A, B))),
        ("甲\u3000乙\u00a0丙", And((A, B, C))),
        ("甲 OR 乙", Or((A, B))),
        ("甲 ＯＲ 乙", Or((A, B))),
        ("甲 or 乙", And((A, Words("or"), B))),
        ("甲 乙 OR 丙", Or((And((A, B)), C))),
        ("甲 (乙 OR 丙)", And((A, Or((B, C))))),
        ("甲（乙　OR　丙）", And((A, Or((B, C))))),
        ("(甲）", A),
        ("((甲 乙) 丙)", And((A, B, C))),
        ("甲 OR (乙 OR 丙)", Or((A, B, C))),
        ("甲 甲", A),
        ("-甲", Not(A)),
        ("甲 －乙", And((A, Not(B)))),
        ("-(甲 乙)", Not(And((A, B)))),
        ("--甲", Not(Not(A))),
        ("2018-2020", Words("2018-2020")),
        ("z-教", Words("z-教")),
        ("12:30", Words("12:30")),
        ("甲OR乙", Words("甲OR乙")),
        ("\ufeff甲\u200b", A),
        ("abcdefghijklm:x", Words("abcdefghijklm:x")),
        ("《甲》、乙。", Words("《甲》、乙。")),
        ("贯彻落实全国统战部长会议精神：甲", Words("贯彻落实全国统战部长会议精神：甲")),
    ],
)
def test_words_and_operators(text: str, tree: Query) -> None:
    """Blanks join, OR separates, a minus excludes, parentheses group."""
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ('"统战 工作"', Exact("统战 工作")),
        ("“统战”", Exact("统战")),
        ("「统战」", Exact("统战")),
        ("『统「战」』", Exact("统「战」")),
        ("＂统战＂", Exact("统战")),
        ("“-(甲 OR”", Exact("-(甲 OR")),
        (r'"他说\"好\" C:\\ \n"', Exact(r'他说"好" C:\ \n')),
        (r"“甲\\乙”", Exact(r"甲\\乙")),
        ('甲"乙"丙', And((A, Exact("乙"), C))),
        ('-"甲"', Not(Exact("甲"))),
        ('"甲\n乙"', Exact("甲\n乙")),
    ],
)
def test_quoted_strings(text: str, tree: Query) -> None:
    """Each kind of quotation mark makes an exact string."""
    assert parse(text) == tree


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
        ("站点：甲 乙", And((Attribute("site", "甲"), B))),
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
        ("script:hant", Attribute("script", "hant")),
        ("文字:简体", Attribute("script", "hans")),
        ("字體：繁體", Attribute("script", "hant")),
        ("script:混合", Attribute("script", "mixed")),
        ("complete:TRUE", Attribute("complete", "true")),
        ("完整:是", Attribute("complete", "true")),
        ("完整:否", Attribute("complete", "false")),
    ],
)
def test_fields(text: str, tree: Query) -> None:
    """A field is named in English or Chinese, its value bare, quoted or grouped."""
    assert parse(text) == tree


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
        ("2019..", 2019, None),
        ("..2021", None, 2021),
    ],
)
def test_years(value: str, first: int | None, last: int | None) -> None:
    """A year is one year or a range that may be open at one end."""
    assert parse(f"年份:{value}") == YearRange(first, last)


@pytest.mark.parametrize(
    "value",
    [
        *("去年", "年", "20", "20200", "0999", "20192020", "2020-01", ".."),
        *("2019-", "-2021", "2021..2019", "2019...2021", "2019..2020..2021"),
    ],
)
def test_what_is_no_year_is_refused(value: str) -> None:
    """Anything that is not a year or a range is an error at the value."""
    with pytest.raises(QuerySyntaxError, match=r"no value of the field year") as error:
        parse(f"甲 year:{value}")
    assert error.value.position == len("甲 year:")
    assert "2019..2021" in error.value.expected


@pytest.mark.parametrize(
    ("text", "position", "problem", "expected"),
    [
        ("甲 )", 2, "closes nothing", "take it away"),
        (")", 0, "nothing stands before )", "before it"),
        ("(甲", 0, "never closed", "close it with )"),
        ("甲 (乙 (丙)", 2, "never closed", "close it with )"),
        ("()", 1, "nothing stands before )", "before it"),
        ("（ ）", 2, "nothing stands before ）", "before it"),
        ("(", 1, "ends too early", "here"),
        ("OR 甲", 0, "nothing stands before OR", "before it"),
        ("甲 OR", 4, "ends too early", "here"),
        ("甲 OR ＯＲ 乙", 5, "nothing stands before ＯＲ", "before it"),
        ("(甲 OR)", 5, "nothing stands before )", "before it"),
        ("-", 0, "minus stands alone", "-word"),
        ("甲 - 乙", 2, "minus stands alone", "-word"),
        ("(－)", 1, "minus stands alone", "-word"),
        ("-OR", 0, "minus stands alone", "-word"),
        ('甲 ""', 2, "nothing in the quotation marks", "between them"),
        ("“\u3000”", 0, "nothing in the quotation marks", "between them"),
        ('甲 "乙', 2, "never closed", 'close it with "'),
        ('“甲"', 0, "never closed", "close it with ”"),
        (r'"甲\"', 0, "never closed", 'close it with "'),
        ("甲”", 1, "nothing is opened before ”", "take it away"),
        ("甲 』", 2, "nothing is opened before 』", "take it away"),
        ("甲 ： 乙", 2, "colon stands after no field", "year:2020"),
        ("title:", 6, "field title has no value", "title:统战"),
        ("标题： 甲", 3, "field title has no value", "title:统战"),
        ("(year:)", 6, "field year has no value", "year:2020"),
        ("title:()", 7, "nothing stands before )", "before it"),
        ("甲 http://example.cn", 2, "looks like an address", '"http://example.cn"'),
        ("title:(甲 year:2020)", 9, "within another field", "values of title"),
        ("kind:甲", 5, "no value of the field kind", "yearbook (年鉴), summary (总结)"),
        ("完整:甲", 3, "no value of the field complete", "true (是), false (否)"),
        ("script:(hans OR 甲)", 16, "no value of the field script", "mixed (混合)"),
    ],
)
def test_mistake_is_reported_where_it_is(
    text: str, position: int, problem: str, expected: str
) -> None:
    """A query that cannot be read says where, what is wrong and what to write."""
    with pytest.raises(QuerySyntaxError) as error:
        parse(text)
    assert (error.value.text, error.value.position) == (text, position)
    assert problem in str(error.value)
    assert expected in error.value.expected


@pytest.mark.parametrize(
    ("text", "position", "name"),
    [
        ("titel:甲", 0, "titel"),
        ("abcdefghijkl:x", 0, "abcdefghijkl"),
        ("甲 (国务院：乙)", 3, "国务院"),
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
    ("at_limit", "beyond", "position"),
    [
        ("甲" * 1_000, "甲" * 1_001, 1_000),
        ("甲 " * 64, "甲 " * 65, 128),
        ("(" * 20 + "甲" + ")" * 20, "(" * 21 + "甲" + ")" * 21, 20),
        ("-" * 20 + "甲", "-" * 500 + "甲", 20),
        ("(甲) -乙 " * 20, "(" * 21, 20),
        ("-(" * 10 + "甲" + ")" * 10, "-(" * 10 + "-甲" + ")" * 10, 20),
    ],
)
def test_size_is_limited(at_limit: str, beyond: str, position: int) -> None:
    """A query has at most 1,000 characters, 64 clauses and 20 levels."""
    parse(at_limit)
    with pytest.raises(QuerySyntaxError, match="at most") as error:
        parse(beyond)
    assert error.value.position == position


SIGNS = '甲乙a1 \u3000\n\u200b()（）"“”「」『』＂-－:：.\\/|*~年'
STRETCHES = "OR ＯＲ title: 标题： year: 2019 kind: 年鉴 完整： 是 http:// .. \ud800"
PIECES = st.sampled_from([*SIGNS, *STRETCHES.split(" ")])


@given(st.lists(PIECES, max_size=40).map("".join))
def test_anything_typed_is_a_query_or_an_error_with_a_place(text: str) -> None:
    """Nothing typed raises anything but a syntax error, and what parses is stable."""
    try:
        query = parse(text)
    except QuerySyntaxError as error:
        assert 0 <= error.position <= len(text)  # noqa: PT017 (either is right)
    else:
        assert parse(str(query), WIDE) == query


SYNTAX = '甲統a1OR-:：年"\\“』()（ \u3000'
STRINGS = st.one_of(st.text(SYNTAX, min_size=1), st.text(min_size=1)).filter(
    lambda text: not re.fullmatch(f"[{BLANK}]*", text)
)


def _filters() -> st.SearchStrategy[Query]:
    years = st.integers(1_000, 9_999)
    chosen = [
        st.builds(
            Attribute,
            st.just(field.name),
            st.sampled_from([choice.value for choice in field.choices]),
        )
        for field in FIELDS
        if field.type is FieldType.CHOICE
    ]
    free = st.sampled_from(
        [field.name for field in FIELDS if field.type is FieldType.VALUE]
    )
    return st.one_of(
        *chosen,
        st.builds(Attribute, free, STRINGS),
        st.builds(lambda a, b: YearRange(min(a, b), max(a, b)), years, years),
        st.builds(lambda a: YearRange(a, None), years),
        st.builds(lambda a: YearRange(None, a), years),
    )


def _flat(kind: type[And] | type[Or], clauses: list[Query]) -> Query:
    nested = [each.clauses if isinstance(each, kind) else (each,) for each in clauses]
    flat = dict.fromkeys(chain.from_iterable(nested))
    return kind(tuple(flat)) if len(flat) > 1 else clauses[0]


def _combined(clauses: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    many = st.lists(clauses, min_size=1, max_size=4)
    return st.one_of(
        clauses.map(Not),
        many.map(lambda found: _flat(And, found)),
        many.map(lambda found: _flat(Or, found)),
    )


LEAVES: st.SearchStrategy[Query] = st.one_of(
    STRINGS.filter(reads_as_word).map(Words),
    st.from_regex(BARE, fullmatch=True).map(lambda text: Words(text, "title")),
    st.builds(Exact, STRINGS, st.sampled_from(["", "title"])),
    _filters(),
)
TREES = st.one_of(st.just(Everything()), st.recursive(LEAVES, _combined, max_leaves=12))


@given(TREES)
def test_tree_written_down_is_read_back(tree: Query) -> None:
    """Writing any tree and reading it gives the same tree."""
    assert parse(str(tree), WIDE) == tree


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_table_of_fields_is_sound(field: Field) -> None:
    """Each name finds its field, and each example of a field is a query."""
    assert {find_field(name) for name in (field.name, *field.chinese)} == {field}
    for example in field.examples:
        assert str(parse(example)) == example


def _tokens(text: str) -> list[str]:
    """Tokenize: runs of Latin letters or digits, and pairs of Han characters."""
    return re.findall(r"[a-z]+|[0-9]+|[一-鿿]{1,2}", text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("统战工作", "统战 工作"),
        ("统战工作 OR 宣传", "(统战 工作) OR 宣传"),
        ("-统战工作", "-(统战 工作)"),
        ("甲 统战工作 “统战”", '甲 统战 工作 "统战"'),
        ("标题:统战工作", "title:统战 title:工作"),
        ("统战 统战", "统战"),
        ("统战工作 工作", "统战 工作"),
        ("。 title:、", '"。" title:"、"'),
        ("year:2020 site:甲", "year:2020 site:甲"),
        ("", ""),
    ],
)
def test_running_text_becomes_words(text: str, written: str) -> None:
    """Each run of text becomes its tokens, all of which must be found."""
    assert str(expand(parse(text), _tokens)) == written


def test_expanded_leaves_are_words() -> None:
    """A token keeps the field and becomes a leaf of its own kind."""
    tree = expand(parse("title:統战abc"), _tokens)
    assert tree == And((Word("統战", "title"), Word("abc", "title")))


def test_overlapping_tokens_are_kept_once() -> None:
    """The overlapping tokens of a word can be written and read again."""
    overlapping = {"统一战线": ["统一", "战线", "统一战线"]}

    def words(text: str) -> list[str]:
        return overlapping.get(text, [text])

    tree = expand(parse("统一战线"), words)
    assert tree == And((Word("统一"), Word("战线"), Word("统一战线")))
    assert expand(parse(str(tree)), words) == tree


@given(st.lists(PIECES, max_size=40).map("".join))
def test_expanded_query_can_be_typed(text: str) -> None:
    """What is shown of a query expands to the same tree when it is typed."""
    try:
        tree = expand(parse(text), _tokens)
    except QuerySyntaxError:
        return
    assert expand(parse(str(tree), WIDE), _tokens) == tree


@pytest.mark.parametrize(
    ("text", "everywhere", "title"),
    [
        ("", (), ()),
        ("统战工作abc", ("abc", "统战", "工作"), ()),
        ("甲 -乙 -(丙 OR 丁)", ("甲",), ()),
        ("--甲", (), ()),
        ("甲 OR (“甲” 丙丁)", ("丙丁", "甲"), ()),
        ('title:甲 乙 title:"丙丁" -title:戊', ("乙",), ("丙丁", "甲")),
        ("year:2020 来源:甲", (), ()),
    ],
)
def test_positive_strings(
    text: str, everywhere: tuple[str, ...], title: tuple[str, ...]
) -> None:
    """What is sought and not excluded is highlighted, longest first, each once."""
    strings = positive_strings(expand(parse(text), _tokens))
    assert strings == PositiveStrings(everywhere=everywhere, title=title)
