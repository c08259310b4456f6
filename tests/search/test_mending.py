"""Facts about queries with mistakes and what is suggested instead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.errors import QuerySyntaxError
from search.mistakes import SENTENCES, Mistake
from search.parser import parse


def mistake_in(text: str) -> QuerySyntaxError:
    """Read a query that has a mistake."""
    with pytest.raises(QuerySyntaxError) as error:
        parse(text)
    return error.value


@pytest.mark.parametrize(
    ("text", "mistake", "suggestion"),
    [
        ("统战 )", Mistake.STRAY_CLOSING, "统战"),
        ("甲）乙", Mistake.STRAY_CLOSING, "甲 乙"),
        ("0510）1月17日，公布", Mistake.STRAY_CLOSING, "0510 1月17日，公布"),
        ("（甲）），乙", Mistake.STRAY_CLOSING, "（甲），乙"),
        ("OR 统战", Mistake.NOTHING_BEFORE, "统战"),
        ("甲 OR 或 乙", Mistake.NOTHING_BEFORE, "甲 或 乙"),
        ("(甲 OR) 乙", Mistake.NOTHING_BEFORE, "(甲 ) 乙"),
        ("甲 OR", Mistake.ENDS_EARLY, "甲"),
        ("甲 或", Mistake.ENDS_EARLY, "甲"),
        ("甲 (", Mistake.ENDS_EARLY, "甲"),
        ("标题 ： 统战", Mistake.LONE_COLON, "标题:统战"),
        ("甲 : 乙", Mistake.LONE_COLON, "甲   乙"),
        ("甲 - 乙", Mistake.LONE_MINUS, "甲 -乙"),
        ("甲 －", Mistake.LONE_MINUS, "甲"),
        ("-", Mistake.LONE_MINUS, None),
        ("= 統戰", Mistake.LONE_EQUALS, "=統戰"),
        ("=", Mistake.LONE_EQUALS, None),
        ("title:=", Mistake.LONE_EQUALS, None),
        ('"甲 乙" ~10', Mistake.LONE_DISTANCE, '"甲 乙"~10'),
        ("甲 乙 ~10", Mistake.LONE_DISTANCE, "甲 乙"),
        ("(甲 OR 乙", Mistake.UNCLOSED_GROUP, "(甲 OR 乙)"),
        ("(甲 (乙", Mistake.UNCLOSED_GROUP, "(甲 (乙))"),
        ("统战”", Mistake.UNOPENED_QUOTE, "统战"),
        ("通信网络诈骗”2011年12月", Mistake.UNOPENED_QUOTE, "通信网络诈骗 2011年12月"),
        ('统战 "民主监督', Mistake.UNCLOSED_QUOTE, '统战 "民主监督"'),
        ("“统战 工作", Mistake.UNCLOSED_QUOTE, "“统战 工作”"),
        (r'"甲\"', Mistake.UNCLOSED_QUOTE, r'"甲\""'),
        ('(甲 "乙', Mistake.UNCLOSED_QUOTE, '(甲 "乙")'),
        ('甲 "', Mistake.UNCLOSED_QUOTE, "甲"),
        ('甲 ""', Mistake.EMPTY_QUOTES, "甲"),
        ('甲 "\u200b"', Mistake.EMPTY_QUOTES, "甲"),
        ('"甲 乙"~', Mistake.BAD_DISTANCE, '"甲 乙"~10'),
        ('"甲 乙"~>远', Mistake.BAD_DISTANCE, '"甲 乙"~>10'),
        ('"甲 乙"~ 5 丙', Mistake.BAD_DISTANCE, '"甲 乙"~5 丙'),
        ('"甲 乙"~> 5', Mistake.BAD_DISTANCE, '"甲 乙"~>5'),
        ('"甲 乙"~20字', Mistake.BAD_DISTANCE, '"甲 乙"~20'),
        ('"甲 乙"～＞', Mistake.BAD_DISTANCE, '"甲 乙"~>10'),
        ('"甲 乙"~5000', Mistake.BAD_DISTANCE, '"甲 乙"~1000'),
        ('"统战"~5', Mistake.ONE_STRING, '"统战"'),
        ('year:"2020 2021"~5', Mistake.NOT_NEAR, "year:2020..2021"),
        ("甲 AND 乙", Mistake.FOREIGN_AND, "甲  乙"),
        ("甲 ＡＮＤ 乙", Mistake.FOREIGN_AND, "甲  乙"),
        ("甲 & 乙", Mistake.FOREIGN_AND, "甲  乙"),
        ("甲 NOT 乙", Mistake.FOREIGN_NOT, "甲 -乙"),
        ("甲 NOT", Mistake.FOREIGN_NOT, "甲"),
        ("甲 || 乙", Mistake.FOREIGN_OR, "甲 OR 乙"),
        ("甲 ｜ 乙", Mistake.FOREIGN_OR, "甲 OR 乙"),
        ("甲 *", Mistake.FOREIGN_ALL, "甲"),
        ("http://a.cn/x", Mistake.ADDRESS, '"http://a.cn/x"'),
        ("titel:统战", Mistake.UNKNOWN_FIELD, "title:统战"),
        ("所属年份：2020", Mistake.UNKNOWN_FIELD, "所述年份：2020"),
        ("注意:做好工作", Mistake.UNKNOWN_FIELD, '"注意:做好工作"'),
        ("title:(甲 year:2020)", Mistake.FIELD_IN_FIELD, None),
        ("标题： 统战", Mistake.NO_VALUE, "标题：统战"),
        ("统战 title:", Mistake.NO_VALUE, "统战"),
        ("year:2021..2019", Mistake.BAD_YEARS, "year:2019..2021"),
        ("year:2019-", Mistake.BAD_YEARS, "year:2019.."),
        ("year:-2019", Mistake.BAD_YEARS, "year:..2019"),
        ("year:>=2019", Mistake.BAD_YEARS, "year:2019.."),
        ("year:[2019 TO 2021] 甲", Mistake.BAD_YEARS, "year:2019..2021 甲"),
        ("year:2020-01", Mistake.BAD_YEARS, "year:2020"),
        ("year:今年", Mistake.BAD_YEARS, None),
        ("年份：2019 至 2021 甲", Mistake.BAD_YEARS, "年份：2019..2021 甲"),
        ("year:2019 - 2021", Mistake.BAD_YEARS, "year:2019..2021"),
        ("kind:yearbok", Mistake.BAD_CHOICE, "kind:yearbook"),
        ("kind:甲", Mistake.BAD_CHOICE, None),
        ("=统战*", Mistake.VERBATIM_PREFIX, "=统战"),
        ("甲" * 1001, Mistake.TOO_LONG, None),
        ("甲 乙 " * 40, Mistake.TOO_MANY, None),
        ("(" * 30, Mistake.TOO_DEEP, None),
    ],
)
def test_mistake_is_named_and_mended(
    text: str, mistake: Mistake, suggestion: str | None
) -> None:
    """Each mistake has its name, and the query that was meant where it is plain."""
    error = mistake_in(text)
    assert (error.mistake, error.suggestion) == (mistake, suggestion)


def test_every_mistake_has_its_sentence_and_is_made_above() -> None:
    """No mistake lacks a sentence or an example."""
    (mark,) = (
        mark
        for mark in test_mistake_is_named_and_mended.pytestmark  # type: ignore[attr-defined]  # set by pytest
        if mark.name == "parametrize"
    )
    made = {case[1] for case in mark.args[1]}
    assert made == set(Mistake) == set(SENTENCES)


def test_suggestion_stands_in_the_sentence() -> None:
    """Who reads the message alone reads the mended query, too."""
    assert str(mistake_in('统战 "工作')).endswith('Perhaps: 统战 "工作"')


SIGNS = st.sampled_from(
    [
        *'()（）"“”「」=＝-－:：~～*＊.…>\\ \u3000',
        *("OR", "或", "AND", "NOT", "||", "title:", "年份：", "kind:"),
        *("2020", "至", "统战", "甲", "x"),
    ]
)


@given(st.lists(SIGNS, max_size=24).map("".join))
def test_suggestion_can_be_searched_for(text: str) -> None:
    """What is suggested is a query, finds something else than everything, and fits."""
    try:
        parse(text)
    except QuerySyntaxError as error:
        if error.suggestion is not None:
            assert str(parse(error.suggestion))  # noqa: PT017 (either is right)
