"""Tokenising: what is a token, where it stands, and that both engines agree."""

import itertools
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jieba import finalseg

from index.dictionary import SHIPPED, read_dictionary
from index.fold import fold
from index.tokenizer import Token, Tokenizer
from tests.strategies import any_text, han_run, mixed_text, word_run

SENTENCES = (
    "青溪县委统战部全面贯彻新时代党的治藏方略，扎实推进民族团结进步示范区创建。",
    "根据国办发〔2023〕12号文件，云岭市于2021年3月4日召开新的社会阶层人士座谈会。",
    "白石镇2021年度走访慰问侨眷135户，占全镇的35.5%，发放慰问金1,234.5元。",
    "成效显著，沿着著名的青溪河，看着名单，围绕着作风建设，研究生命起源。",
    "王颖昕同志和欧阳沐川深入苏木嘎查，同信教群众共话铸牢中华民族共同体意识。",
    "「統戰工作」聯席會議聽取匯報，瞭解藉助乾隆年間文獻、覆蓋面與著作權情況。",
)
USER_WORDS = """\
# 青溪县的词
青溪夜话 5 n
云岭经验
統戰e家
5G基站 nz
5G基站群
卡拉OK
買買提‧吐爾遜

白石议事厅 100
"""

user_text = st.lists(
    st.one_of(
        st.sampled_from(fold(USER_WORDS).split()),
        st.sampled_from(SENTENCES),
        mixed_text,
        st.text("青溪夜话云岭5gea统战卡拉ok0123年月日[(2021)]第号发·", max_size=9),
    ),
    max_size=8,
).map("".join)
"""Words of the user, whole and broken, among everything else."""


def texts(tokens: list[Token]) -> list[str]:
    """The words alone."""
    return [token.text for token in tokens]


@pytest.fixture(scope="module", autouse=True)
def rounded_model() -> Iterator[None]:
    """Round jieba's model of unknown words to six decimals, as rjieba has it.

    Without this the two differ where two cuts of a guessed word are equally likely
    but for the seventh decimal, as in 溪岭岭岭经, and nowhere else.
    """
    exact = finalseg.emit_P.items()
    rounded = {
        state: {char: round(likelihood, 6) for char, likelihood in table.items()}
        for state, table in exact
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finalseg, "emit_P", rounded)
        yield


@pytest.fixture(scope="module")
def fast() -> Tokenizer:
    """The tokenizer as it is used."""
    return Tokenizer()


@pytest.fixture(scope="module")
def slow() -> Tokenizer:
    """The reference."""
    return Tokenizer(reference=True)


@pytest.fixture(scope="module")
def user_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dictionary of the user's own."""
    path = tmp_path_factory.mktemp("dictionaries") / "own.txt"
    path.write_text(USER_WORDS, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def taught(user_file: Path) -> Tokenizer:
    """The tokenizer with the user's words."""
    return Tokenizer((user_file,))


@pytest.fixture(scope="module")
def taught_slow(user_file: Path) -> Tokenizer:
    """The reference with the user's words."""
    return Tokenizer((user_file,), reference=True)


@settings(deadline=None, max_examples=300)
@given(run=st.one_of(han_run, word_run))
def test_rjieba_cuts_as_jieba_does(fast: Tokenizer, slow: Tokenizer, run: str) -> None:
    """Both engines give the same tokens and words for any run of Han characters."""
    assert fast.tokenize(fold(run)) == slow.tokenize(fold(run))
    assert fast.words(fold(run)) == slow.words(fold(run))


@settings(deadline=None, max_examples=200)
@given(run=st.lists(st.sampled_from("青溪夜话云岭经验白石议事厅的")).map("".join))
def test_engines_agree_on_words_of_the_user(
    taught: Tokenizer, taught_slow: Tokenizer, run: str
) -> None:
    """Both engines give the same tokens with a user's dictionary."""
    assert taught.tokenize(run) == taught_slow.tokenize(run)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_engines_agree_on_sentences(
    taught: Tokenizer, taught_slow: Tokenizer, sentence: str
) -> None:
    """Both engines give the same tokens for whole sentences of either script."""
    folded = fold(sentence)
    assert taught.tokenize(folded) == taught_slow.tokenize(folded)
    assert len(taught.words(folded)) > len(SENTENCES)


def test_engines_have_one_digest(fast: Tokenizer, slow: Tokenizer) -> None:
    """An index does not get stale by a change of engine."""
    assert fast.digest == slow.digest
    assert re.fullmatch("[0-9a-f]{12}", fast.digest)


def test_reference_keeps_quiet_and_leaves_no_file(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Loading jieba writes no cache, no log and nothing on the terminal."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    caplog.set_level("DEBUG")
    Tokenizer(reference=True).words("统战工作")
    assert not list(tmp_path.iterdir())
    assert not caplog.records
    assert capfd.readouterr() == ("", "")


@settings(deadline=None)
@given(text=any_text)
def test_tokens_are_slices_in_order(fast: Tokenizer, text: str) -> None:
    """A token is the text between its offsets; tokens are sorted and not empty."""
    folded = fold(text)
    tokens = fast.tokenize(folded)
    assert all(folded[start:end] == word for word, start, end in tokens)
    assert all(tokens)
    spans = [(start, end) for _, start, end in tokens]
    assert spans == sorted(set(spans))


@settings(deadline=None)
@given(text=any_text)
def test_words_are_a_cut_without_overlaps(fast: Tokenizer, text: str) -> None:
    """Words follow one another, and each is among the tokens."""
    folded = fold(text)
    words = fast.words(folded)
    assert all(a.end <= b.start for a, b in itertools.pairwise(words))
    assert set(words) <= set(fast.tokenize(folded))


@settings(deadline=None)
@given(text=any_text)
def test_words_leave_no_han_character_out(fast: Tokenizer, text: str) -> None:
    """Every Han character of the text stands in a word, rare ones too."""
    folded = fold(text)
    han = [c for c in folded if unicodedata.name(c, "").startswith("CJK UNIFIED")]
    kept = "".join(texts(fast.words(folded)))
    assert [c for c in kept if c in {*han}] == han


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("区委统战部召开会议", "区委 统战部 召开 会议"),
        ("新的社会阶层人士", "新的社会阶层人士"),
        ("2021年3月4日召开", "2021年3月4日 召开"),
        ("2021-03-04 2021/3/4", "2021-03-04 2021/3/4"),
        ("2021年3月、10月14日、3日", "2021年3月 10月14日 3日"),
        ("2021年度2021年底3月底3月份", "2021 年度 2021 年底 3 月底 3 月份"),
        ("付30日元", "付 30 日元"),
        ("2021年中共中央", "2021年 中共中央"),
        ("1,234,567.8元35.5%3‰", "1,234,567.8 元 35.5% 3‰"),
        ("5g covid-19 pm2.5 g20峰会", "5g covid 19 pm2 5 g20 峰会"),
        ("根据国办发[2023]12号文件", "根据 国办发[2023]12号 文件"),
        ("和青委统发(2021)第5号", "和 青委统发(2021)第5号"),
        ("转发国函[2020]7号", "转发 国函[2020]7号"),
        ("(2020)7号令", "(2020)7号 令"),
        ("按照[2023]12号", "按照 [2023]12号"),
        ("注2020①和km²", "注 2020 ① 和 km ²"),
        ("刘䶮、𠮷野家", "刘 䶮 𠮷 野家"),
        ("，。“”·—…[]()%", ""),
        ("", ""),
    ],
)
def test_words_of(fast: Tokenizer, text: str, words: str) -> None:
    """Dates, numbers, document numbers and Latin words are words of their own."""
    assert texts(fast.words(text)) == words.split()


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("无党派人士", "无党 无党派 无党派人士 党派 人士"),
        ("中华民族共同体", "中华 中华民族 中华民族共同体 民族 共同 共同体 同体"),
        ("2021年3月4日", "2021 2021年 2021年3月 2021年3月4日 3月 3月4日 4日"),
        ("2021年12月", "2021 2021年 2021年12月 12月"),
        ("2021-03-04", "2021 2021-03 2021-03-04"),
        ("2021.3.4", "2021 2021.3 2021.3.4"),
        ("喻砚秋", "喻 喻砚秋 砚 秋"),
        ("35.5%", "35.5 35.5%"),
        ("1,234", "1,234"),
        ("国函[2023]12号", "国函 国函[2023]12号 [2023]12号 2023 12 号"),
        ("(2020)7号", "(2020)7号 2020 7 号"),
    ],
)
def test_tokens_of(fast: Tokenizer, text: str, tokens: str) -> None:
    """Search mode gives a word and the shorter tokens in it, by place."""
    assert texts(fast.tokenize(text)) == tokens.split()


def test_words_of_the_domain_are_words(fast: Tokenizer, slow: Tokenizer) -> None:
    """Each word of the shipped dictionary is cut as one, by both engines."""
    words = [entry.word for entry in read_dictionary(SHIPPED)]
    assert len(words) > 350
    assert [word for word in words if texts(fast.words(word)) != [word]] == []
    assert [word for word in words if texts(slow.words(word)) != [word]] == []


@pytest.mark.parametrize(
    "word", ["显著", "著作权", "乾隆", "乾坤", "覆盖率", "慰藉", "瞭望", "狼藉", "名著"]
)
def test_dictionary_words_survive_folding(fast: Tokenizer, word: str) -> None:
    """Words of jieba's dictionary that folding changes are still words."""
    assert fold(word) != word
    assert texts(fast.words(fold(word))) == [fold(word)]


@settings(deadline=None, max_examples=200)
@given(lines=st.lists(st.one_of(any_text, user_text), max_size=6))
@pytest.mark.parametrize("kind", ["fast", "slow", "taught"])
def test_many_texts_are_cut_as_each_alone(
    request: pytest.FixtureRequest, kind: str, lines: list[str]
) -> None:
    """Texts cut at once have the words that each has, at the same places."""
    tokenizer: Tokenizer = request.getfixturevalue(kind)
    folded = fold("\n".join(lines))
    names: list[str] = []
    cut = tokenizer.cut(folded, partial(number_of, names))
    words = iter(names[number] for number in cut.numbers)
    found = []
    for place, count in zip(cut.places.tolist(), cut.counts.tolist(), strict=True):
        at = place
        for word in itertools.islice(words, count):
            found.append(Token(word, at, at + len(word)))
            at += len(word)
    assert sorted(found) == sorted(words_by_line(tokenizer, folded))
    assert not [*words]


def number_of(names: list[str], word: str) -> int:
    """Give a word its place in a list, the last one if it is not there."""
    if word not in names:
        names.append(word)
    return names.index(word)


def words_by_line(tokenizer: Tokenizer, folded: str) -> Iterator[Token]:
    """Cut each line alone, and say where in the whole its words stand."""
    offset = 0
    for line in folded.split("\n"):
        for text, start, end in tokenizer.words(line):
            yield Token(text, offset + start, offset + end)
        offset += len(line) + 1


def test_long_texts_are_cut_in_portions(fast: Tokenizer) -> None:
    """Many thousand characters have as many words as their sentences together."""
    text = fold("\n".join(SENTENCES * 100))
    names: list[str] = []
    cut = fast.cut(text, partial(number_of, names))
    words = sorted(names[number] for number in cut.numbers)
    assert words == sorted(texts([*words_by_line(fast, text)]))


def test_words_of_the_user_are_words(taught: Tokenizer, fast: Tokenizer) -> None:
    """A user's words are cut as such, in either script, and so are their parts."""
    text = fold("听云岭经验、青溪夜话，統戰e家建5G基站，买买提·吐尔逊进白石议事厅")
    wanted = {
        "云岭经验",
        "青溪夜话",
        "统战e家",
        "5g基站",
        "买买提·吐尔逊",
        "白石议事厅",
    }
    assert wanted <= {*texts(taught.words(text))}
    assert wanted.isdisjoint(texts(fast.words(text)))
    parts = {"云岭", "统战", "e", "家", "5g", "基站", "买买提", "吐尔逊"}
    assert wanted | parts <= {*texts(taught.tokenize(text))}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("15g基站", "15g 基站"),
        ("去卡拉ok了", "去 卡拉ok 了"),
        ("去卡拉okay", "去 卡拉 okay"),
        ("建5g基站群", "建 5g基站群"),
    ],
)
def test_a_mixed_word_is_found_whole(taught: Tokenizer, text: str, words: str) -> None:
    """A user's word with letters is found whole, the longest first, or not at all."""
    assert texts(taught.words(text)) == words.split()


def test_digest_follows_the_contents(tmp_path: Path, user_file: Path) -> None:
    """The digest changes with the words of a dictionary, not with its place."""
    copy = tmp_path / "copy.txt"
    copy.write_text("# moved\n" + USER_WORDS, encoding="utf-8")
    digest = Tokenizer((user_file,)).digest
    assert Tokenizer((copy,)).digest == digest
    copy.write_text(USER_WORDS.replace("白石议事厅 100", "白石议事厅 101"), "utf-8")
    assert Tokenizer((copy,)).digest != digest


@pytest.mark.parametrize("unit", ["青溪县统战部研究", "龄", "1", "a", "1,", "[2021"])
def test_a_run_of_any_length_is_cut(fast: Tokenizer, unit: str) -> None:
    """A hundred thousand characters without a break are cut to the last."""
    run = unit * (100_000 // len(unit))
    tokens = fast.tokenize(run)
    assert {run[start:end] for _, start, end in tokens} == {*texts(tokens)}
    assert max(token.end for token in tokens) > 99_990


def test_threads_get_the_same_tokens() -> None:
    """One tokenizer used by four threads at once gives each the same tokens."""
    tokenizer = Tokenizer()
    wanted = [Tokenizer().tokenize(fold(text)) for text in SENTENCES]
    with ThreadPoolExecutor(4) as pool:
        folded = map(fold, SENTENCES * 50)
        assert list(pool.map(tokenizer.tokenize, folded)) == wanted * 50
