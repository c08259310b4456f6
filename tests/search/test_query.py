"""Facts about how the query tree is written down."""

import re
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import QuerySyntaxError
from search.fields import FIELDS, FieldType
from search.notation import BARE, BLANK, EQUALS, PREFIX, STARS, healed, reads_as_word
from search.parser import parse
from search.query import (
    And,
    Attribute,
    Everything,
    Exact,
    Near,
    Not,
    Or,
    Prefix,
    Query,
    Verbatim,
    Word,
    Words,
    YearRange,
)
from search.scanner import Limits

# A tree may be larger than what can be typed.
WIDE = Limits(characters=100_000, clauses=10_000, depth=100)


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
        (Near(("甲", "乙"), 5, ordered=True), '"甲 乙"~>5'),
        (Verbatim(Exact("統戰")), '="統戰"'),
        (Verbatim(Exact("統戰", "title")), '=title:"統戰"'),
        (Not(Verbatim(Near(("統", "戰"), 3))), '-="統 戰"~3'),
    ],
)
def test_tree_is_written_in_the_query_language(tree: Query, written: str) -> None:
    """A tree is written as a user would type it."""
    assert str(tree) == written


@pytest.mark.parametrize("text", ["OR", "ＯＲ", "-甲", "－甲", "注:甲", "甲 乙", "(甲"])
def test_token_that_reads_as_something_else_is_quoted(text: str) -> None:
    """A token that would parse as an operator or a field is written in quotes."""
    assert parse(str(Word(text))) == Exact(text)


@pytest.mark.parametrize("text", ["OR", "-甲", "注:甲"])
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


SYNTAX = '甲統a1OR-:：年"\\“』()（ \u3000'
STRINGS = (
    st.one_of(st.text(SYNTAX, min_size=1), st.text(min_size=1))
    .map(healed)
    .filter(lambda text: not re.fullmatch(f"[{BLANK}]*", text))
)


# Whitespace to str.split, U+001C for one, ends a string of a near clause.
PARTS = STRINGS.map(lambda text: "".join(re.sub(f"[{BLANK}]", "", text).split()))


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


EXACT = st.builds(Exact, STRINGS, st.sampled_from(["", "title"]))
NEAR = st.builds(
    Near,
    st.lists(PARTS.filter(bool), min_size=2, max_size=4, unique=True).map(tuple),
    st.integers(0, 1000),
    st.sampled_from(["", "title"]),
    st.booleans(),
)
LEAVES: st.SearchStrategy[Query] = st.one_of(
    STRINGS.filter(reads_as_word).map(Words),
    st.from_regex(BARE, fullmatch=True)
    .filter(lambda text: not PREFIX.fullmatch(text) and text[0] not in EQUALS)
    .map(lambda text: Words(text, "title")),
    STRINGS.filter(reads_as_word)
    .filter(lambda text: not set(text) & set(STARS))
    .map(Prefix),
    EXACT,
    NEAR,
    st.builds(Verbatim, EXACT | NEAR),
    _filters(),
)
TREES = st.one_of(st.just(Everything()), st.recursive(LEAVES, _combined, max_leaves=12))


@given(TREES)
def test_tree_written_down_is_read_back(tree: Query) -> None:
    """Writing any tree and reading it gives the same tree."""
    assert parse(str(tree), WIDE) == tree
