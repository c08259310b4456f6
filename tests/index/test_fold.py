"""Folding: length kept, both scripts and all widths read the same."""

import re
import unicodedata

import pytest
from hypothesis import given
from opencc import OpenCC

from index.fold import fold, fold_version, fold_width
from tests.strategies import any_text, both_scripts

EVERY_CODE_POINT = "".join(map(chr, range(0x110000)))


def simplified_characters() -> str:
    """All Han characters of GB 2312, whose first row of Han is the sixteenth."""
    rows = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(161, 255))
    return b"".join(rows).decode("gb2312", "ignore")


def test_every_code_point_folds_to_one() -> None:
    """Folding keeps the length of every character, astral ones included."""
    assert all(len(fold(char)) == 1 for char in EVERY_CODE_POINT)


def test_folding_twice_changes_nothing() -> None:
    """The fold of a fold is itself, for every code point."""
    once = fold(EVERY_CODE_POINT)
    assert fold(once) == once


def test_width_folding_twice_changes_nothing() -> None:
    """The width fold of a width fold is itself, for every code point."""
    once = fold_width(EVERY_CODE_POINT)
    assert fold_width(once) == once


def test_folding_includes_width_folding() -> None:
    """What the width fold makes equal, the fold makes equal."""
    assert fold(fold_width(EVERY_CODE_POINT)) == fold(EVERY_CODE_POINT)


@given(any_text)
def test_text_folds_character_by_character(text: str) -> None:
    """A text's fold is the folds of its characters, so offsets stay true."""
    assert fold(text) == "".join(map(fold, text))


@pytest.mark.parametrize(
    ("found", "folded"),
    [
        ("ＡＢＣ１２％（）：，", "abc12%():,"),
        ("ｶﾀｶﾅ｢｣､｡", "カタカナ「」、。"),
        ("﹙﹚﹐﹕︵︶", "(),:()"),
        ("⼈⻓⺠契\U0002f800", "人长民契丽"),
        ("⾒⾺", "见马"),
        ("Wensu ÉÀ ΣΩ Ж", "wensu éà σω ж"),
        ("\u212a\u2126", "kω"),
        ("統一戰線無黨派人士", "统一战线无党派人士"),
        ("裏裡衛衞臺颱檯台", "里里卫卫台台台台"),
        ("図県両発売関済", "图县两发卖关济"),
        ("敎硏槪眞淸鄕鬭", "教研概真清乡斗"),
        ("看著 瞭解 凭藉 答覆 祇有", "看着 了解 凭借 答复 只有"),
        ("砲 姪 揹 揑 値", "炮 侄 背 捏 值"),
        ("買買提‧吐爾遜•阿里・卡", "买买提·吐尔逊·阿里·卡"),
        ("國辦發〔２０２３〕１２號", "国办发[2023]12号"),
        ("二○二一", "二〇二一"),
    ],
)
def test_forms_of_a_character_fold_to_one(found: str, folded: str) -> None:
    """Width, case, script and variants of a character fold to one form."""
    assert fold(found) == folded


@pytest.mark.parametrize(
    "text", ["“”‘’「」『』《》", "①⑴ⅠⅡⅴ²₂½", "℃…㎡№", "零一二三四五六七八九十", "\n\r"]
)
def test_signs_without_a_plain_form_stay(text: str) -> None:
    """Quotation marks, numbers in a shape and line ends stay what they are."""
    assert fold(text) == text.lower()


def test_every_space_becomes_a_blank() -> None:
    """Whatever Unicode calls a space, and the tab, folds to a blank."""
    spaces = [c for c in EVERY_CODE_POINT if unicodedata.category(c) == "Zs"]
    assert len(spaces) > 15
    assert set(map(fold, [*spaces, "\t"])) == {" "}


def test_capitals_fold_to_their_small_letter() -> None:
    """A letter with a small form of one code point folds like that form."""
    capitals = [c for c in EVERY_CODE_POINT if c != c.lower() and len(c.lower()) == 1]
    assert len(capitals) > 1000
    assert [fold(c) for c in capitals] == [fold(c.lower()) for c in capitals]


@pytest.mark.parametrize("region", ["s2t", "s2tw", "s2hk"])
def test_traditional_forms_fold_to_the_simplified(region: str) -> None:
    """Every simplified character meets its traditional form in three regions."""
    converter = OpenCC(region)
    apart = {
        char
        for char in simplified_characters()
        if fold(converter.convert(char)) != fold(char)
    }
    assert apart <= {"幺"}  # written 么 on Taiwan, which elsewhere is another word


@given(both_scripts)
def test_both_scripts_of_a_text_fold_alike(texts: tuple[str, str]) -> None:
    """A text and its conversion to traditional characters have one fold."""
    simplified, traditional = texts
    assert fold(traditional) == fold(simplified)


def test_common_simplified_characters_stay_apart() -> None:
    """Of the 3,755 characters of level one only the stated pairs are merged."""
    common = simplified_characters()[:3755]
    changed = {char for char in common if fold(char) != char}
    assert changed == {*"覆藉乾著"}
    assert len({*map(fold, common)}) == len(common) - len(changed)


def test_regional_tables_do_not_touch_simplified_words() -> None:
    """么, 沪, 芸 and 欠 mean another character elsewhere, but not here."""
    assert fold("什么沪芸欠予叶") == "什么沪芸欠予叶"


def test_width_fold_keeps_the_script() -> None:
    """The fold for "this script only" changes width and case alone."""
    assert fold_width("２０２０年統戰　ＡＢ⼈") == "2020年統戰 ab人"


@given(any_text)
def test_long_texts_fold_like_short_ones(text: str) -> None:
    """What is folded by an array is folded as character by character."""
    long = text + "統戰ＡＢ\ud800𠮷" * 20
    assert fold(long) == "".join(map(fold, long))


def test_version_is_a_short_digest() -> None:
    """The version is twelve hexadecimal digits and the same at every call."""
    assert re.fullmatch("[0-9a-f]{12}", fold_version())
    assert fold_version() == fold_version()
