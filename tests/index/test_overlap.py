"""Facts about what two texts have in common, and about their figures."""

from hypothesis import given, settings

from index.overlap import Overlap, overlap
from index.wording import wording
from tests.index.invented import sentences
from tests.strategies import any_text

TEXT = "".join(sentences(1))
compiling = settings(deadline=None)


def between(one: str, other: str) -> Overlap:
    """Compare two texts, the longer one first."""
    longer, shorter = sorted(
        (wording(one), wording(other)), key=lambda said: -said.symbols.size
    )
    return overlap(longer, shorter)


def test_text_is_all_in_itself() -> None:
    """Both shares are one, and every figure agrees."""
    found = between(TEXT, TEXT)
    assert (found.longer, found.shorter, found.passage, found.differ) == (1, 1, 1, 0)
    assert found.agree > 5


def test_part_is_all_in_the_whole() -> None:
    """A quarter of a text is whole in it, and the text a quarter in that."""
    found = between(TEXT, TEXT[: len(TEXT) // 4])
    assert found.shorter == 1
    assert 0.2 < found.longer < 0.3


def test_other_texts_have_nothing_in_common() -> None:
    """Texts of the same words in another order share no run of eight."""
    found = between(TEXT, "".join(sentences(2)))
    assert found.common < 0.1 * len(TEXT)


def test_sentences_in_another_order_are_common() -> None:
    """The order of sentences is not what makes a copy."""
    assert between(TEXT, "".join(reversed(sentences(1)))).shorter > 0.9


def test_parts_among_others_make_no_passage() -> None:
    """Every third sentence of a text is common, but stands nowhere together."""
    foreign = sentences(7, 12)
    mixed = [*foreign]
    for place, sentence in enumerate(sentences(1)[::3]):
        mixed.insert(3 * place, sentence)
    found = between(TEXT, "".join(mixed))
    assert 0.25 < found.shorter < 0.45
    assert found.passage < 0.2


def test_other_figures_differ_and_masked_ones_do_not() -> None:
    """The same words with other figures: all differ; masked, none does."""
    shifted = TEXT.translate(str.maketrans("123456789", "234567891"))
    found = between(TEXT, shifted)
    assert found.longer == 1
    assert found.differ == found.plain > 5
    assert found.agree == 0
    masked = "".join("*" if char.isdigit() else char for char in TEXT)
    assert between(TEXT, masked).differ == 0


def test_figures_at_the_edges_are_those_of_the_page() -> None:
    """Dates and counters before and behind a text say nothing about it."""
    one = f"发布时间2020年3月4日浏览15次来源云溪{TEXT}编号3344印数5000"
    other = f"发布时间2021年5月6日浏览77次来源云溪{TEXT}编号7788印数9000"
    assert between(one, other).differ == 0


def test_repeated_phrase_meets_its_own_figure() -> None:
    """Where a phrase stands many times, each figure meets the one in its place."""
    text = "".join(f"本期组织干部群众学习{n}次并座谈。" for n in range(100, 130))
    assert between(text, text[:-8]).differ == 0


def test_list_that_lacks_its_first_lines_has_the_same_figures() -> None:
    """Lines of one make are not taken for each other where one text has fewer."""
    lines = [f"第{n}处渡口检修完毕，验收合格{n * 7}项。" for n in range(11, 41)]
    found = between("".join(lines), "".join(lines[2:]))
    assert found.differ <= found.agree / 4


@compiling
@given(any_text, any_text)
def test_shares_are_shares(one: str, other: str) -> None:
    """Whatever the texts, shares are between 0 and 1 and counts within the text."""
    found = between(one, other)
    assert 0 <= found.longer <= 1
    assert 0 <= found.passage <= 1
    assert found.shorter <= 1
    assert found.common <= max(len(one), len(other))
