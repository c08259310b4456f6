"""Facts about reading queries, expanding them and what is highlighted."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import QuerySyntaxError
from search.expansion import expand
from search.parser import parse
from search.query import (
    And,
    Everything,
    Exact,
    Near,
    Not,
    Or,
    Prefix,
    Query,
    Word,
    Words,
)
from search.scanner import Limits
from search.sought import PositiveStrings, positive_strings

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
    ("text", "position", "problem", "expected"),
    [
        ("甲 )", 2, "closes nothing", "take it away"),
        (")", 0, "nothing stands before )", "before it"),
        ("(甲", 0, "never closed", "close it with )"),
        ("甲 (乙 (丙)", 2, "never closed", "close it with )"),
        ("()", 2, "ends too early", "here"),
        ("（ ）", 3, "ends too early", "here"),
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
        ("“甲", 0, "never closed", "close it with ”"),
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
        ("统战 / 侨务 、", "统战 侨务"),
        ("统战 -/", '统战 -"/"'),
        ("统战 OR /", '统战 OR "/"'),
        ('统战 "/"', '统战 "/"'),
        ("/ 、", '"/" "、"'),
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


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("甲 AND 乙", 2),
        ("NOT 甲", 0),
        ("甲 && 乙", 2),
        ("甲 || 乙", 2),
        ("甲 ~10", 2),
    ],
)
def test_operators_of_other_engines_are_refused_with_advice(
    text: str, position: int
) -> None:
    """AND, NOT, &&, || and ~10 are errors, not words that nothing contains."""
    with pytest.raises(QuerySyntaxError) as caught:
        parse(text)
    assert caught.value.position == position


def test_operators_of_other_engines_can_be_sought_in_quotes() -> None:
    """Quoted, AND is a string like any other."""
    assert parse('"AND"') == Exact("AND")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ('"甲 乙"~10', Near(("甲", "乙"), 10)),
        ("“甲 乙 丙”～5", Near(("甲", "乙", "丙"), 5)),
        ('"甲 乙 甲"~0', Near(("甲", "乙"), 0)),
        ('title:"甲 乙"~3', Near(("甲", "乙"), 3, "title")),
        ("统战*", Prefix("统战")),
        ("统战＊", Prefix("统战")),
        ("标题:统战*", Prefix("统战", "title")),
        ("民进**", Words("民进**")),
        ("*区委", Words("*区委")),
        ("赴**革命", Words("赴**革命")),
    ],
)
def test_near_strings_and_beginnings(text: str, tree: Query) -> None:
    """~n behind quotation marks means near, one star at the end a beginning."""
    assert parse(text) == tree
    assert parse(str(tree)) == tree


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ('"甲 乙"~', 5),
        ('"甲 乙"~远', 5),
        ('"甲 乙"~1001', 5),
        ('"甲"~5', 0),
        ('year:"甲 乙"~5', 5),
    ],
)
def test_near_needs_a_distance_and_two_strings(text: str, position: int) -> None:
    """What cannot be near is an error at its place."""
    with pytest.raises(QuerySyntaxError) as caught:
        parse(text)
    assert caught.value.position == position


def test_near_strings_and_beginnings_are_highlighted() -> None:
    """Each string of a near clause is marked, and the beginning of a word."""
    strings = positive_strings(parse('"甲 乙丙"~10 丁* title:戊*'))
    assert strings == PositiveStrings(everywhere=("乙丙", "甲", "丁"), title=("戊",))


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("云溪县志：凡例", "云溪县志：凡例"),
        ("大道（）通车", "大道 通车"),
        ('“统战" 工作', '"统战" 工作'),
        ("渡口 「联谊会”", '渡口 "联谊会"'),
    ],
)
def test_headlines_and_questions_are_read(text: str, parsed: str) -> None:
    """Colons of prose, empty parentheses and mixed quotation marks are no mistakes."""
    query = parse(text)
    assert str(query) == parsed
    assert parse(parsed) == query
