"""Facts about quoted strings and the limits of a query."""

import pytest

from search.errors import QuerySyntaxError
from search.parser import parse
from search.query import And, Exact, Not, Query, Words


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
        ('甲"乙"丙', And((Words("甲"), Exact("乙"), Words("丙")))),
        ('-"甲"', Not(Exact("甲"))),
        ("〝统战〞", Exact("统战")),
        ("﹁统战﹂﹃工作﹄", And((Exact("统战"), Exact("工作")))),
        ('"甲 \n\n乙"', Exact("甲乙")),
        ('"open\r\ndata"', Exact("open data")),
        ('"甲\u2028乙"', Exact("甲乙")),
        ('"统\u200b战\ufeff\x00\xad"', Exact("统战")),
    ],
)
def test_quoted_strings(text: str, tree: Query) -> None:
    """Each kind of quotation mark makes an exact string."""
    assert parse(text) == tree


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
