"""Texts as arrays: nothing is lost on the way, and sets hold what they should."""

from hypothesis import given
from hypothesis import strategies as st

from index.codepoints import members, to_codes, to_text


@given(text=st.text(st.characters()))
def test_text_comes_back(text: str) -> None:
    """A text is the same after it was an array, unpaired surrogates included."""
    assert to_text(to_codes(text + "\ud800")) == text + "\ud800"
    assert to_codes(text).size == len(text)


def test_members_are_what_the_expression_matches() -> None:
    """Letters and digits are a set like any other, from the first to the last."""
    alphanumeric = members(r"[^\W_]").tolist()
    assert alphanumeric == [chr(code).isalnum() for code in range(0x110000)]
