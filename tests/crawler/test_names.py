"""Names of people are told by their form."""

import pytest

from crawler.names import is_family_name, is_foreign, is_plain_name, is_signed_name


@pytest.mark.parametrize("text", ["王小河", "趙滿", "歐陽小河", "司马青"])
def test_a_family_name_and_one_or_two_characters_are_a_name(text: str) -> None:
    """In either script; double family names too."""
    assert is_family_name(text)
    assert is_signed_name(text)
    assert is_plain_name(text)


@pytest.mark.parametrize(
    "text",
    ["记者", "王小河李大江", "云州日报", "方志办", "青", "Li", "欧阳", "佚名", ""],
)
def test_offices_placeholders_and_other_lengths_are_none(text: str) -> None:
    """What ends as offices do, and what is written where a name is missing."""
    assert not is_family_name(text)


@pytest.mark.parametrize("text", ["高考", "文化", "林业", "金融", "安阳", "程序"])
def test_words_that_begin_like_names_need_somebody_to_vouch(text: str) -> None:
    """A heading such as 文化 (culture) has a family name's first character."""
    assert not is_plain_name(text)


def test_a_label_vouches_for_pen_names() -> None:
    """Pen names, nicknames and names written out count; media and hosts do not."""
    assert is_signed_name("青山客")
    assert is_signed_name("qingshan_88")
    assert is_signed_name("买买提·艾山")
    assert is_foreign("凱倫．柏格")
    assert not is_signed_name("青岭新闻网")
    assert not is_signed_name("qingling.com")
    assert not is_signed_name("Admin")
