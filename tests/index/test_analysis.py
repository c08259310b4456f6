"""The analyzer: one way from text to terms, for the index and for queries."""

import itertools
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import Analyzer, make_analyzer
from index.errors import SettingsError
from index.fold import fold
from index.tokenizer import Tokenizer
from tests.strategies import any_text, both_scripts


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    """The analyzer with the shipped dictionary."""
    return make_analyzer()


@settings(deadline=None)
@given(text=any_text)
def test_offsets_are_true_in_the_original(analyzer: Analyzer, text: str) -> None:
    """The original text between a token's offsets folds to the token."""
    for token in [*analyzer.tokens(text), *analyzer.words(text)]:
        assert fold(text[token.start : token.end]) == token.text != ""


@settings(deadline=None)
@given(text=any_text)
def test_tokens_are_sorted(analyzer: Analyzer, text: str) -> None:
    """Tokens come by start and then by end, none of them twice."""
    spans = [(start, end) for _, start, end in analyzer.tokens(text)]
    assert all(a < b for a, b in itertools.pairwise(spans))


@settings(deadline=None)
@given(texts=both_scripts)
def test_both_scripts_give_the_same_terms(
    analyzer: Analyzer, texts: tuple[str, str]
) -> None:
    """A simplified text and its traditional form have the same tokens and grams."""
    simplified, traditional = texts
    assert analyzer.tokens(traditional) == analyzer.tokens(simplified)
    assert analyzer.words(traditional) == analyzer.words(simplified)
    assert analyzer.grams(traditional) == analyzer.grams(simplified)


@settings(deadline=None)
@given(text=any_text)
def test_words_leave_no_han_character_out(analyzer: Analyzer, text: str) -> None:
    """Every Han character of the original stands in exactly one word."""
    covered = [i for word in analyzer.words(text) for i in range(word.start, word.end)]
    assert len(covered) == len(set(covered))
    han = [unicodedata.name(char, "").startswith("CJK UNIFIED") for char in text]
    assert {i for i, is_han in enumerate(han) if is_han} <= set(covered)


@given(text=any_text, span=st.tuples(st.integers(0, 60), st.integers(1, 12)))
def test_a_text_has_the_grams_of_its_strings(text: str, span: tuple[int, int]) -> None:
    """Whatever a text contains after folding, it has all the query's grams."""
    start, length = span
    needle = fold(text)[start : start + length]
    assert set(Analyzer.gram_query(needle)) <= Analyzer.grams(text)


@given(text=any_text, needle=st.text("统战工作 ab", max_size=3))
def test_a_missing_gram_means_a_missing_string(text: str, needle: str) -> None:
    """A string of at most two characters is found by its grams and nothing else."""
    wanted = Analyzer.gram_query(needle)
    if len(needle) in {1, 2}:
        assert (wanted[0] in Analyzer.grams(text)) == (fold(needle) in fold(text))


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("", ()),
        ("戰", ("战",)),
        ("統戰", ("统战",)),
        ("統戰工作", ("统战", "战工", "工作")),
        ("哈哈哈哈", ("哈哈",)),
        ("青溪\u3000县", ("青溪", "溪 ", " 县")),
    ],
)
def test_query_has_the_fewest_grams(text: str, grams: tuple[str, ...]) -> None:
    """A query's grams are the pairs of the folded string, a blank like any other."""
    assert Analyzer.gram_query(text) == grams


def test_grams_are_characters_and_pairs() -> None:
    """The exact terms are all single characters and all neighbours, folded."""
    assert Analyzer.grams("統戰 工") == {*"统战 工", "统战", "战 ", " 工"}


def test_an_analyzer_is_made_once(tmp_path: Path) -> None:
    """The same dictionaries give the same object until a file changes."""
    path = tmp_path / "own.txt"
    path.write_text("青溪夜话\n", encoding="utf-8")
    first = make_analyzer((path,))
    assert make_analyzer((path,)) is first
    assert [word.text for word in first.words("青溪夜话")] == ["青溪夜话"]
    path.write_text("青溪夜话\n云岭经验\n", encoding="utf-8")
    second = make_analyzer((path,))
    assert second is not first
    assert second.version != first.version


def test_version_is_of_the_terms(analyzer: Analyzer) -> None:
    """Two analyzers that make the same terms have one version."""
    assert Analyzer(Tokenizer(reference=True)).version == analyzer.version


def test_a_missing_dictionary_is_an_error(tmp_path: Path) -> None:
    """A dictionary that is not there is an error the user can act on."""
    with pytest.raises(SettingsError, match="cannot be read"):
        make_analyzer((tmp_path / "none.txt",))
