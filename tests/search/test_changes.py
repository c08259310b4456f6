"""What becomes of the text of one year in the next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Document, Removed
from index.site_template import RULE
from search.changes import Changes, Fate, changes
from search.differences import Change
from search.sides import Side, marked
from tests.corpus import make_document

TEXTS = st.lists(st.text(alphabet="渡口船艘，。 1a", max_size=20), max_size=8)


def text(*blocks: str, number: int = 1) -> Document:
    """Make the text of a year."""
    return make_document(number, "渡口总结", *blocks)


def compare(earlier: Document, later: Document) -> Changes:
    """Compare two documents."""
    return changes([earlier], [later])


def told(found: Changes) -> list[tuple[str, str, str]]:
    """List what became of what."""
    return [
        (
            passage.fate.value + (" moved" if passage.moved else ""),
            "".join(sentence.text for sentence in passage.before),
            "".join(sentence.text for sentence in passage.after),
        )
        for passage in found.passages
    ]


def written(side: Side | None) -> str:
    """Write one side, what the other has not in brackets."""
    pieces = side.pieces if side else ()
    return "".join(t if c is Change.SAME else f"[{t}]" for c, t in pieces)


def test_sentences_of_a_paragraph_have_fates_of_their_own() -> None:
    """A paragraph is not changed as a whole because one sentence is."""
    found = compare(
        text("全年召开会议三次。走访企业86家，解决困难47件。编印渡口志一册。"),
        text("全年召开会议三次。走访企业91家，解决困难47件。新建码头两座。"),
    )
    assert told(found) == [
        ("carried", "全年召开会议三次。", "全年召开会议三次。"),
        ("changed", "走访企业86家，解决困难47件。", "走访企业91家，解决困难47件。"),
        ("dropped", "编印渡口志一册。", ""),
        ("new", "", "新建码头两座。"),
    ]


def test_new_figures_make_a_changed_sentence_and_are_marked_whole() -> None:
    """It is neither dropped nor new, and 86 does not become 91 digit by digit."""
    found = compare(text("走访企业86家，占7.5%。"), text("走访企业916家，占8.5%。"))
    ((passage, before, after),) = marked(found.passages)
    assert (passage.fate, passage.figures) == (Fate.CHANGED, True)
    assert written(before) == "走访企业[86]家，占[7.5]%。"
    assert written(after) == "走访企业[916]家，占[8.5]%。"


def test_changed_characters_are_marked() -> None:
    """Only those, and the passage is said to have changed in more than figures."""
    found = compare(
        text("进一步加强渡口安全管理工作。"), text("切实加强渡口安全管理工作。")
    )
    ((passage, before, after),) = marked(found.passages)
    assert not passage.figures
    assert (written(before), written(after)) == (
        "[进一步]加强渡口安全管理工作。",
        "[切实]加强渡口安全管理工作。",
    )


def test_moved_passages_are_carried_over() -> None:
    """They stand among others now, and are neither dropped nor new."""
    one, two = "修缮渡船十二艘。添置救生衣。", "举办船工培训四期。"
    found = compare(text(one, two, "结尾。"), text(two, one, "结尾。"))
    assert sorted(told(found)) == [
        ("carried", one, one),
        ("carried", "结尾。", "结尾。"),
        ("carried moved", two, two),
    ]


def test_moved_passage_is_found_among_many_like_it() -> None:
    """The same letters are looked up, however common their pairs are."""
    before = [f"安全检查第{n}轮已毕。" for n in "甲乙丙丁戊己庚辛壬癸" * 9]
    after = [f"安全检查改作{n}字号检查。" for n in "子丑寅卯辰巳午未申酉" * 9]
    kept = ("开头一段文字。", "第二段的文字。")
    one, other = text("安全检查。", *kept, *before), text(*kept, *after, "安全检查。")
    assert ("carried moved", "安全检查。", "安全检查。") in told(compare(one, other))


def test_other_script_width_and_punctuation_are_the_same_words() -> None:
    """Carried over, not changed."""
    found = compare(text("統戰工作，全面展開。"), text("统战工作、全面展开！"))
    assert [passage.fate for passage in found.passages] == [Fate.CARRIED]


def test_changes_across_scripts_mark_what_changed_and_not_the_script() -> None:
    """Each side is shown in its own."""
    found = compare(text("舉辦培訓班三期。"), text("举办培训班五期。"))
    ((_, before, after),) = marked(found.passages)
    assert (written(before), written(after)) == (
        "舉辦培訓班[三]期。",
        "举办培训班[五]期。",
    )


def test_shares_are_of_the_text_they_are_said_of() -> None:
    """Carried over, changed and new make up the later text; dropped is of the other."""
    found = compare(
        text("甲乙丙丁戊。己庚辛壬癸。走访86家。"),
        text("甲乙丙丁戊。走访91家。子丑寅卯辰巳午未申酉。"),
    )
    assert found.tallies[Fate.CARRIED] == (1, 5)
    assert found.tallies[Fate.CHANGED] == (1, 5)
    assert found.tallies[Fate.NEW] == (1, 10)
    assert found.tallies[Fate.DROPPED] == (1, 5)
    later = (Fate.CARRIED, Fate.CHANGED, Fate.NEW)
    assert sum(map(found.share, later)) == pytest.approx(1)
    assert found.share(Fate.DROPPED) == pytest.approx(1 / 3)


def test_parts_of_a_text_are_compared_as_one() -> None:
    """What was in the second part may be in the first now."""
    earlier = [text("开头一段。", number=1), text("第二部分的话。", number=2)]
    found = changes(earlier, [text("开头一段。", "第二部分的话。", number=3)])
    assert found.tallies[Fate.CARRIED].sentences == 2
    documents = [passage.before[0].document for passage in found.passages]
    assert documents == [each.id for each in earlier]


def test_what_was_taken_for_template_within_the_text_is_carried_over() -> None:
    """A heading of every year repeats on the site, and is no disclaimer."""
    removed = Removed(text="二、服务企业", rule=RULE, after="b1")
    foot = Removed(text="版权所有", rule=RULE, after="b2")
    noise = Removed(text="分享", rule="noise", after="b1")
    document = make_document(1, "渡口总结", "开头。", "结尾。")
    with_removed = Document(
        id=document.id, blocks=document.blocks, removed=(removed, foot, noise)
    )
    found = compare(with_removed, text("开头。", "二、服务企业", "结尾。"))
    assert found.tallies[Fate.CARRIED].sentences == 3
    assert len(found.passages) == 3


def test_alike_sentences_are_paired_best_first() -> None:
    """A sentence goes with the one most like it, wherever that stands."""
    found = compare(
        text("渡口安全检查三次，整改隐患。"),
        text("渡口会议三次。", "渡口安全检查五次，整改隐患。"),
    )
    assert (
        "changed",
        "渡口安全检查三次，整改隐患。",
        "渡口安全检查五次，整改隐患。",
    ) in told(found)


def test_same_text_is_carried_over_whole() -> None:
    """And an empty one has no shares."""
    same = compare(text("甲。", "乙。"), text("甲。", "乙。"))
    assert same.share(Fate.CARRIED) == 1
    nothing = compare(text(), text())
    assert (nothing.passages, nothing.share(Fate.NEW)) == ((), 0)


@given(TEXTS, TEXTS)
def test_every_sentence_of_both_texts_has_one_fate(
    earlier: list[str], later: list[str]
) -> None:
    """Nothing is lost and nothing is told twice; both texts can be read out."""
    one, other = text(*earlier), text(*later)
    found = list(marked(compare(one, other).passages))
    after = "".join(
        piece.text for each in found if each.after for piece in each.after.pieces
    )
    before = [sentence.number for each in found for sentence in each.passage.before]
    whole = "".join(block.text for block in other.blocks)
    assert "".join(after.split()) == "".join(whole.split())
    assert sorted(before) == [*range(len(before))]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (["甲" * 100_000], ["乙" * 100_000]),
        ([f"第{n}段之一。" for n in range(3_000)], [f"{n}段。" for n in range(3_000)]),
        (["甲。", "乙。"] * 3_000, ["乙。", "丙。"] * 3_000),
        ([f"修缮{n}号渡船。" * 9 for n in range(400)], ["修缮渡船若干艘。" * 9] * 400),
    ],
)
def test_work_is_bounded_whatever_is_compared(
    earlier: list[str], later: list[str]
) -> None:
    """Two texts of some hundred thousand characters are compared, none is lost."""
    found = list(marked(compare(text(*earlier), text(*later)).passages))
    after = (piece.text for each in found if each.after for piece in each.after.pieces)
    assert "".join(after) == "".join(later)
