"""Traditional characters are told and written."""

import pytest

from index.script import is_traditional, to_traditional


@pytest.mark.parametrize("text", ["統戰", "臺灣", "台灣", "機關"])
def test_traditional_text_is_told(text: str) -> None:
    """One that has more traditional characters than simplified ones."""
    assert is_traditional(text)


@pytest.mark.parametrize("text", ["统战", "工作", "显著", "", "tongzhan"])
def test_other_text_is_not(text: str) -> None:
    """Simplified text, text that is the same in both, and no text."""
    assert not is_traditional(text)


def test_words_are_written_as_they_mean() -> None:
    """The same simplified character becomes another in another word."""
    assert to_traditional("统一战线") == "統一戰線"
    assert to_traditional("发展理发") == "發展理髮"
