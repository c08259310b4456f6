"""Marks cover exactly the matched characters, and markup is never data."""

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from search.results import Span
from web.marked import Steps, cut, marked, stepped, tidy

STEPS = Steps(total=3, previous="上", following="下")
TEXTS = st.text(alphabet="联谊工作<>&\"'b/; 𠮷", max_size=30)
SPANS = st.lists(
    st.tuples(st.integers(-2, 32), st.integers(-2, 32)).map(lambda pair: Span(*pair)),
    max_size=5,
)


def marks_of(html: str) -> list[str]:
    """Read the marked characters back."""
    return [mark.text for mark in BeautifulSoup(html, "html.parser").select("mark")]


def test_marked_text_is_escaped_around_and_inside_the_mark() -> None:
    """Markup in a title is shown as characters, a mark within it included."""
    html = marked("<b>联&谊</b>", [Span(3, 6)])
    assert html == "&lt;b&gt;<mark>联&amp;谊</mark>&lt;/b&gt;"


def test_overlapping_marks_are_joined() -> None:
    """Two matches that share characters make one mark."""
    assert tidy([Span(2, 4), Span(0, 3)], 9) == (Span(0, 4),)


def test_neighbouring_marks_stay_apart() -> None:
    """Two matches side by side are two."""
    assert tidy([Span(2, 4), Span(0, 2)], 9) == (Span(0, 2), Span(2, 4))


def test_marks_outside_the_text_are_clipped() -> None:
    """A mark never reaches beyond its text."""
    assert tidy([Span(-3, 1), Span(4, 99), Span(7, 9)], 5) == (Span(0, 1), Span(4, 5))


@given(text=TEXTS, spans=SPANS, heading=st.integers(0, 35))
def test_pieces_joined_are_the_text(text: str, spans: list[Span], heading: int) -> None:
    """Cutting loses and adds nothing."""
    pieces = cut(text, tidy(spans, len(text)), heading)
    assert "".join(piece.text for piece in pieces) == text


@given(text=TEXTS, spans=SPANS)
def test_marks_read_back_are_the_spans(text: str, spans: list[Span]) -> None:
    """What a browser shows as marked is what was to be marked."""
    expected = [text[start:end] for start, end in tidy(spans, len(text))]
    assert marks_of(marked(text, spans)) == expected


def test_mark_leads_to_its_neighbours() -> None:
    """The second of three marks links to the first and the third."""
    page = BeautifulSoup(stepped("甲联谊乙", (Span(1, 3),), 2, STEPS), "html.parser")
    assert [mark["id"] for mark in page.select("mark")] == ["m2"]
    assert [link["href"] for link in page.select(".steps a")] == ["#m1", "#m3"]
    assert page.select_one("mark + .steps span") is not None
    assert "2 / 3" in page.text


def test_after_the_last_mark_comes_the_first() -> None:
    """Stepping goes round."""
    page = BeautifulSoup(STEPS.around(3), "html.parser")
    assert [link["href"] for link in page.select("a")] == ["#m2", "#m1"]
    page = BeautifulSoup(STEPS.around(1), "html.parser")
    assert [link["href"] for link in page.select("a")] == ["#m3", "#m2"]


def test_heading_run_into_a_block_is_bold() -> None:
    """The first characters are set in bold, the rest is not."""
    page = BeautifulSoup(stepped("【概况】全年", (), 1, STEPS, 4), "html.parser")
    assert [strong.text for strong in page.select("strong")] == ["【概况】"]
    assert page.text == "【概况】全年"


def test_mark_across_the_end_of_a_heading_has_one_id_and_one_pair_of_links() -> None:
    """A match cut by the end of a heading is still one match."""
    html = stepped("甲乙丙丁", (Span(1, 3),), 1, STEPS, 2)
    page = BeautifulSoup(html, "html.parser")
    assert [mark.get("id") for mark in page.select("mark")] == ["m1", None]
    assert marks_of(html) == ["乙", "丙"]
    assert len(page.select(".steps")) == 1
