"""Facts about when two documents are near-duplicates, and what they are then."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.document import Document, Script
from index.near_duplicates import Likeness, Relation, compare, text_of
from tests.index.invented import of, sentences

PARTS = sentences(1)
WHOLE = of(1, PARTS)
SHORT = "渡口管理办公室通知，今日停航。"
compiling = settings(deadline=None)


def between(one: Document, other: Document) -> Likeness | None:
    """Tell what the first document is to the second."""
    return compare(text_of(one), text_of(other))


def relation(one: Document, other: Document) -> Relation | None:
    """Name what the first document is to the second."""
    likeness = between(one, other)
    return likeness.relation if likeness else None


EDITED = [part.replace("会", "汇").replace("村", "寨") for part in PARTS]
OTHERS = sentences(2)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (of(2, PARTS), Relation.COPY),
        (of(2, PARTS, script=Script.HANT), Relation.OTHER_SCRIPT),
        (of(2, EDITED, script=Script.HANT), Relation.OTHER_SCRIPT),
        (of(2, [*PARTS[:13], *OTHERS[:3]]), Relation.EDITED),
        (of(2, PARTS[:6], complete=False), Relation.TRUNCATED),
        (of(2, [*PARTS[:5], *PARTS[10:]]), Relation.TRUNCATED),
        (of(2, PARTS[:14]), Relation.EDITED),
        (of(2, PARTS[:14], complete=False), Relation.TRUNCATED),
        (of(2, PARTS * 2), Relation.DOUBLED),
        (of(2, [*PARTS, *sentences(3, 12)]), Relation.FULLER),
        (
            of(2, ["首页公文总结。", *PARTS, "版权归云溪文库所有转载请注明。"]),
            Relation.EDITED,
        ),
        (of(2, OTHERS), None),
        (of(2, [*PARTS[:5], *OTHERS[:11]]), None),
        (of(2, []), None),
    ],
)
def test_relation_is_named_from_either_side(
    other: Document, expected: Relation | None
) -> None:
    """What one document is to another has an inverse, of the same similarity."""
    assert relation(other, WHOLE) == expected
    back = between(WHOLE, other)
    assert (back.relation if back else None) == (expected and expected.inverse)


@compiling
@example(one=2, other=3, many=5, few=3)
@given(st.integers(1, 6), st.integers(1, 6), st.integers(4, 16), st.integers(0, 16))
def test_similarity_is_the_same_from_either_side(
    one: int, other: int, many: int, few: int
) -> None:
    """Whatever two texts are, it is the same both ways round."""
    left = of(1, [*sentences(one)[:many], *sentences(other)[:few]])
    right = of(2, [*sentences(other)[:many], *sentences(one)[:few]])
    there, back = between(left, right), between(right, left)
    assert (there is None) == (back is None)
    if there and back:
        assert there.similarity == back.similarity
        assert there.relation == back.relation.inverse


def test_years_of_one_unit_are_not_duplicates() -> None:
    """The same phrases with the figures of another year are another summary."""
    other = [part.translate(str.maketrans("123456789", "345678912")) for part in PARTS]
    assert between(of(2, other), WHOLE) is None


def test_masked_figures_do_not_hide_a_copy() -> None:
    """A page that masks every other figure has the same text."""
    masked = [
        "".join("*" if char.isdigit() and place % 2 else char for char in part)
        for place, part in enumerate(PARTS)
    ]
    assert relation(of(2, masked), WHOLE) in (Relation.COPY, Relation.EDITED)


def test_years_in_titles_decide_where_figures_do_not() -> None:
    """Without figures titles tell two years apart; with the same ones they do not."""
    plain = ["".join(filter(str.isalpha, part)) for part in PARTS]
    titles = {"title": "云溪县2020年总结"}, {"title": "云溪县二〇二一年总结"}
    shorter = plain[:-1]
    assert between(of(2, shorter, **titles[0]), of(1, plain, **titles[1])) is None
    assert between(of(2, shorter, **titles[0]), of(1, plain, **titles[0]))
    assert between(of(2, PARTS[:-1], **titles[0]), of(1, PARTS, **titles[1]))


def test_same_text_is_a_copy_however_short() -> None:
    """Nothing else is asked of texts that say the same; and nothing is like nothing."""
    assert relation(of(1, [SHORT]), of(2, [SHORT.replace("，", "\n")])) == "copy"
    assert between(of(1, ["……"]), of(2, ["——"])) is None


def test_short_quotation_is_no_copy() -> None:
    """A sentence of a long document is not that document."""
    assert between(of(2, PARTS[:1]), WHOLE) is None
    assert between(of(2, PARTS[:2]), of(1, [*PARTS, *sentences(3, 60)])) is None


def test_canonical_is_the_complete_the_single_the_longest() -> None:
    """Completeness comes before length, and twice the text is not more of it."""
    cut = of(1, [*PARTS, *OTHERS], complete=False)
    doubled, longer, shorter = of(2, PARTS * 2), of(4, PARTS), of(3, PARTS[:9])
    ranks = [text_of(each).rank for each in (longer, shorter, doubled, cut)]
    assert ranks == sorted(ranks)
    same = replace(longer, id=f"{5:016x}")
    assert text_of(longer).rank < text_of(same).rank
