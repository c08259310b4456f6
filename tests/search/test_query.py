"""Facts about how the query tree is written down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import QuerySyntaxError
from search.parser import parse
from search.query import (
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


@pytest.mark.parametrize(
    ("tree", "written"),
    [
        (Everything(), ""),
        (Words("统战工作"), "统战工作"),
        (Word("统战", "title"), "title:统战"),
        (Exact('他说"好"\\'), '"他说\\"好\\"\\\\"'),
        (Exact("统战 工作", "title"), 'title:"统战 工作"'),
        (Attribute("site", "www.example.cn"), "site:www.example.cn"),
        (Attribute("source", "青川 日报"), 'source:"青川 日报"'),
        (Attribute("source", "青川（日报）"), 'source:"青川（日报）"'),
        (Attribute("source", "“青川”日报"), 'source:"“青川”日报"'),
        (YearRange(2020, 2020), "year:2020"),
        (YearRange(2019, 2021), "year:2019..2021"),
        (YearRange(None, 2021), "year:..2021"),
        (YearRange(2019, None), "year:2019.."),
        (And((Words("甲"), Not(Words("乙")))), "甲 -乙"),
        (Or((And((Words("甲"), Words("乙"))), Exact("丙"))), '(甲 乙) OR "丙"'),
        (Not(Or((Words("甲"), Words("乙")))), "-(甲 OR 乙)"),
    ],
)
def test_tree_is_written_in_the_query_language(tree: Query, written: str) -> None:
    """A tree is written as a user would type it."""
    assert str(tree) == written


@pytest.mark.parametrize(
    "text", ["OR", "ＯＲ", "-甲", "－甲", "注：甲", "甲 乙", "(甲"]
)
def test_token_that_reads_as_something_else_is_quoted(text: str) -> None:
    """A token that would parse as an operator or a field is written in quotes."""
    assert parse(str(Word(text))) == Exact(text)


@pytest.mark.parametrize("text", ["OR", "-甲", "注：甲"])
def test_token_of_a_field_needs_no_quotes(text: str) -> None:
    """After the name of a field only blanks, parentheses and quotes are special."""
    assert parse(str(Word(text, "title"))) == Words(text, "title")


@given(st.text('甲a1OR:：-－年标题()（）"“”「』 \u3000\u200b.', min_size=1, max_size=6))
def test_bare_word_is_what_the_parser_takes_for_one(text: str) -> None:
    """The writer and the parser agree on what stands without quotation marks."""
    try:
        parsed: Query | None = parse(text)
    except QuerySyntaxError:
        parsed = None
    assert reads_as_word(text) == (parsed == Words(text))
