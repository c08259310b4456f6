"""What is typed finds the texts that begin so, by character, syllable or letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.completing import write_completions
from index.completions import NAME, TABLES, Completions, Entry, Table
from index.pinyin import spell
from search.spelling import MOST_TYPED, Speller

WORDS = (
    *("统战", "统战部", "统战工作", "同志", "通知", "投资", "西安", "先进", "重庆"),
    *("中国", "总结", "长征", "成长", "绿化", "5g网络", "gdp", "世贸wto", "工作"),
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> tuple[Table, Speller]:
    """Open the words; the earlier ones are weightier."""
    path = tmp_path_factory.mktemp("spelling") / NAME
    terms = [Entry(word, word, 99 - n, 99 - n, 0) for n, word in enumerate(WORDS)]
    write_completions(path, {name: [] for name in TABLES} | {"terms": terms}, 1)
    completions = Completions(path)
    return completions.tables["terms"], Speller(completions)


def found(
    opened: tuple[Table, Speller], typed: str, *, full: bool = False
) -> list[str]:
    """Find the words for what is typed."""
    table, speller = opened
    return [table.folded(n) for n in speller.find(table, typed, 10, full=full)]


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "统战工",
            "tongzhangong",
            "tzg",
            "tongzg",
            "tzhangz",
            "统zhangz",
            "tongzhan'g",
        ),
        *("统z工", "tong'zhan'gong'zuo", "统战gongzuo", "t'z'g'z", "tzhg"),
    ],
)
def test_word_is_found_however_it_is_typed(
    opened: tuple[Table, Speller], typed: str
) -> None:
    """Characters, syllables and first letters may stand beside each other."""
    assert found(opened, typed) == ["统战工作"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("tz", ["统战", "统战部", "统战工作", "同志", "通知", "投资"]),
        ("tongzh", ["统战", "统战部", "统战工作", "同志", "通知"]),
        ("to", ["统战", "统战部", "统战工作", "同志", "通知", "投资"]),
        ("xian", ["西安", "先进"]),
        ("xi'an", ["西安"]),
        ("chong", ["重庆"]),
        ("zhong", ["中国"]),
        ("zg", ["中国"]),
        ("z", ["中国", "总结"]),
        ("ch", ["重庆", "长征", "成长"]),
        ("lv", ["绿化"]),
        ("gd", ["gdp"]),
        ("5gw", ["5g网络"]),
        ("世贸w", ["世贸wto"]),
        ("统", ["统战", "统战部", "统战工作"]),
        ("战", []),
        ("tonga", []),
        ("'", []),
        ("", []),
        ("t" * (MOST_TYPED + 1), []),
    ],
)
def test_weightiest_come_first(
    opened: tuple[Table, Speller], typed: str, words: list[str]
) -> None:
    """All that begins as typed, in the order of weight, and nothing else."""
    assert found(opened, typed) == words


def test_full_spelling_is_of_the_whole_text(opened: tuple[Table, Speller]) -> None:
    """No first letters, and nothing left over."""
    assert found(opened, "tongzhan", full=True) == ["统战"]
    assert found(opened, "tz", full=True) == []
    assert found(opened, "统zhan", full=True) == ["统战"]


def by_hand(word: str, typed: str) -> bool:
    """Tell whether a word begins as typed, by trying every way."""
    if not typed:
        return True
    if not word:
        return False
    sound, rest = spell(word)[0], word[1:]
    ways = [typed[1:]] if typed[0] == word[0] else []
    for size in range(1, len(sound) + 1):
        if not typed.startswith(sound[:size]):
            break
        last = size == len(typed)
        begun = size == 1 or sound[:size] in ("zh", "ch", "sh")
        if begun or last or size == len(sound):
            ways.append(typed[size:])
    return any(by_hand(rest, way) for way in ways)


@given(st.text(alphabet="tongzhaxiewuc统战部5", max_size=8))
def test_compiled_search_agrees_with_trying_every_way(
    opened: tuple[Table, Speller], typed: str
) -> None:
    """The cells leave nothing out."""
    wanted = [word for word in WORDS if typed and by_hand(word, typed)]
    assert found(opened, typed) == wanted[:10]
