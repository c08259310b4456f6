"""What a comparison shows of two long texts."""

from search.archive import Comparison
from search.differences import difference
from tests.corpus import make_document
from tests.web.documents import CAPTURES
from web.comparing import MOST_SHOWN, Comparing, comparing


def compared(earlier: list[str], later: list[str]) -> Comparing:
    """Compare two texts for a page."""
    one, other = (make_document(1, "渡口", *texts) for texts in (earlier, later))
    return comparing(
        Comparison(
            document=other,
            captures=CAPTURES,
            before=CAPTURES[0],
            after=CAPTURES[1],
            difference=difference(one, other),
        )
    )


def lines(shown: Comparing) -> list[str]:
    """Write what is shown, gaps as their numbers."""
    return [
        str(each.left_out)
        if each.left_out
        else f"{each.change} {each.html.striptags()}"
        for each in shown.paragraphs
    ]


def test_what_is_the_same_is_left_out_but_for_what_stands_beside_a_change() -> None:
    """A gap says how many paragraphs it stands for."""
    same = [f"第{n}段照旧。" for n in range(10)]
    shown = compared(same, [*same[:5], "另添的内容写在这里", *same[5:]])
    assert lines(shown) == [
        "4",
        "same 第4段照旧。",
        "added {+另添的内容写在这里+}",
        "same 第5段照旧。",
        "4",
    ]


def test_gap_of_one_paragraph_is_shown_instead() -> None:
    """Nothing is saved by leaving out a single paragraph."""
    same = ["甲段。", "乙段。"]
    shown = compared(same, [*same, "另添的内容写在这里"])
    assert lines(shown)[:2] == ["same 甲段。", "same 乙段。"]


def test_same_texts_are_one_gap() -> None:
    """Nothing is marked where nothing changed."""
    shown = compared(["甲。", "乙。", "丙。"], ["甲。", "乙。", "丙。"])
    assert (lines(shown), shown.counts, shown.title_changed) == (["3"], (), False)


def test_page_ends_and_says_how_much_is_beyond() -> None:
    """A page stays readable however much was rewritten; the rest is in the JSON."""
    added = [f"新{n}" for n in range(MOST_SHOWN + 7)]
    shown = compared(["旧。"], ["旧。", *added])
    assert shown.beyond == 7
    assert sum(each.change == "added" for each in shown.paragraphs) == MOST_SHOWN
    assert shown.counts == (("added", MOST_SHOWN + 7),)
