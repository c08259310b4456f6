"""Facts about queries that no document can match."""

import pytest

from search.impossible import conflict
from search.parser import parse


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("year:2020 year:2021", ("year:2020", "year:2021")),
        ("year:2022.. 统战 year:..2020", ("year:2022..", "year:..2020")),
        ("kind:summary kind:report", ("kind:summary", "kind:report")),
        ("统战 -统战", ("统战", "-统战")),
        ('-"甲 乙" "甲 乙"', ('-"甲 乙"', '"甲 乙"')),
        ("(甲 -甲) OR (year:2020 year:2021)", ("甲", "-甲")),
        ("region:江苏 region:安徽省", ("region:江苏", "region:安徽省")),
        ("region:吉林省 region:吉林市", ("region:吉林省", "region:吉林市")),
        ("地区:江蘇省 -region:江苏", ("region:江蘇省", "-region:江苏")),
        ("甲 ((乙 -乙) OR (丙 -丙))", ("乙", "-乙")),
    ],
)
def test_clauses_that_exclude_each_other_are_named(
    text: str, found: tuple[str, str]
) -> None:
    """A query that can find nothing by its form names two clauses to blame."""
    assert conflict(parse(text)) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "统战",
        "year:2019..2020 year:2020..2021",
        "site:青陵年鉴 site:example.cn",
        "kind:summary OR kind:report",
        "甲 OR (乙 -乙)",
        "region:雲溪 region:云溪",
        "region:江蘇 region:江苏省",
        "region:新疆维吾尔自治区 region:新疆",
        "region:江苏 -region:江苏省",
        "甲 -乙",
        "-甲 -乙",
    ],
)
def test_query_that_may_find_something_has_no_conflict(text: str) -> None:
    """Nothing is said of a query that some document could match."""
    assert conflict(parse(text)) is None
