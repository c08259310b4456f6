"""Words are spelled as they are read."""

import pytest

from index.pinyin import readings, spell


@pytest.mark.parametrize(
    ("word", "spelled"),
    [
        ("统战", ("tong", "zhan")),
        ("重庆", ("chong", "qing")),
        ("重庆市委", ("chong", "qing", "shi", "wei")),
        ("绿化", ("lv", "hua")),
        ("党建gdp", ("dang", "jian", "", "", "")),
        ("", ()),
    ],
)
def test_words_are_spelled_by_phrases_then_characters(
    word: str, spelled: tuple[str, ...]
) -> None:
    """A syllable a character, the phrase's before the character's; ü is v."""
    assert spell(word) == spelled


def test_readings_are_listed_once_without_tones() -> None:
    """重 is zhong, chong and tong; a letter is read as nothing."""
    assert readings("重") == ("zhong", "chong", "tong")
    assert readings("统") == ("tong",)
    assert readings("a") == ()
