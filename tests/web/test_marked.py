"""Marks cover exactly the matched characters, and markup is never data."""

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from search.results import Span
from web.marked import Looks, Steps, cut, marked, stepped, tidy

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


@given(
    text=TEXTS,
    spans=SPANS,
    heading=st.integers(0, 35),
    quoted=st.tuples(*[st.integers(0, 40)] * 2),
)
def test_pieces_joined_are_the_text(
    text: str, spans: list[Span], heading: int, quoted: tuple[int, int]
) -> None:
    """Cutting loses and adds nothing."""
    pieces = cut(
        text,
        Looks(
            spans=tidy(spans, len(text)),
            heading_length=heading,
            quoted=Span(*sorted(quoted)),
        ),
    )
    found = list(pieces)
    assert "".join(piece.text for piece in found) == text
    start, end = sorted(quoted)
    shown = "".join(piece.text for piece in found if piece.quoted)
    assert shown == text[start:end]


@given(text=TEXTS, spans=SPANS)
def test_marks_read_back_are_the_spans(text: str, spans: list[Span]) -> None:
    """What a browser shows as marked is what was to be marked."""
    expected = [text[start:end] for start, end in tidy(spans, len(text))]
    assert marks_of(marked(text, spans)) == expected


def test_mark_leads_to_its_neighbours() -> None:
    """The second of three marks links to the first and the third."""
    html = stepped("甲联谊乙", Looks(spans=(Span(1, 3),), first=2), STEPS)
    page = BeautifulSoup(html, "html.parser")
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
    html = stepped("【概况】全年", Looks(heading_length=4), STEPS)
    page = BeautifulSoup(html, "html.parser")
    assert [strong.text for strong in page.select("strong")] == ["【概况】"]
    assert page.text == "【概况】全年"


def test_mark_across_the_end_of_a_heading_has_one_id_and_one_pair_of_links() -> None:
    """A match cut by the end of a heading is still one match."""
    html = stepped("甲乙丙丁", Looks(spans=(Span(1, 3),), heading_length=2), STEPS)
    page = BeautifulSoup(html, "html.parser")
    assert [mark.get("id") for mark in page.select("mark")] == ["m1", None]
    assert marks_of(html) == ["乙", "丙"]
    assert len(page.select(".steps")) == 1


def test_words_look_different_and_quoted_words_are_quoted_in_their_marks() -> None:
    """The first word has the look of every mark; a quote may begin within a mark."""
    looks = Looks(spans=(Span(0, 2), Span(3, 5)), kinds=(0, 1), quoted=Span(1, 4))
    page = BeautifulSoup(stepped("联谊和工作", looks, STEPS), "html.parser")
    assert [mark.get("class") for mark in page.select("mark[id]")] == [None, ["word1"]]
    assert [each.text for each in page.select(".quoted")] == ["谊", "和", "工"]
