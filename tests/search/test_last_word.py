"""The last word of a query is what is being typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.last_word import last_word


@pytest.mark.parametrize(
    ("query", "before", "field", "text", "quoted"),
    [
        ("统", "", "", "统", False),
        ("民主 统z", "民主 ", "", "统z", False),
        ("民主　统", "民主　", "", "统", False),
        ("-统", "-", "", "统", False),
        ("(民主 OR 统", "(民主 OR ", "", "统", False),
        ("title:统", "", "title", "统", False),
        ("民主 标题：统", "民主 ", "title", "统", False),
        ("-source:云", "-", "source", "云", False),
        ('"统战 工', "", "", "统战 工", True),
        ('民主 title:"统', "民主 ", "title", "统", True),
        ("“统战", "", "", "统战", True),
        ('"民主" 统', '"民主" ', "", "统", False),
        (r'"a\" b', "", "", r"a\" b", True),
    ],
)
def test_query_is_taken_apart(
    query: str, before: str, field: str, text: str, *, quoted: bool
) -> None:
    """What stands before, the field, quoted or not, and what is typed of the word."""
    found = last_word(query)
    assert found is not None
    assert (found.before, found.text, found.quoted) == (before, text, quoted)
    assert (found.field.name if found.field else "") == field


@pytest.mark.parametrize(
    "query",
    ["", "  ", "统战 ", "统战)", '"统战"', "title:", "没有:统", '"', '"统战" "'],
)
def test_nothing_is_completed_behind_a_finished_word(query: str) -> None:
    """A blank, a closed string, a field without value or one that does not exist."""
    assert last_word(query) is None


@given(st.text(alphabet='统a "“”():：-\\', max_size=12))
def test_parts_are_of_the_query(query: str) -> None:
    """What stands before begins the query, and the word ends it."""
    found = last_word(query)
    if found is not None:
        assert query.startswith(found.before)
        assert query.endswith(found.text)
