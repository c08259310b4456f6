"""The date of a page that does not label it is found by its place."""

import pytest

from crawler.datelines import RULE, source_behind, source_beside_date, take_dateline
from crawler.worksheet import Line
from tests.crawler.pages import PROSE

TITLE = "云州市工作总结"


def _take(*texts: str | Line) -> tuple[list[str], str | None]:
    """Give the lines kept and the date found below the title."""
    lines = [text if isinstance(text, Line) else Line(text=text) for text in texts]
    result, date = take_dateline(lines, TITLE)
    assert {line.rule for line in result} - {line.rule for line in lines} <= {RULE}
    return [line.text for line in result if line.kept], date.iso if date else None


def test_a_date_between_title_and_text_is_taken() -> None:
    """With the name of a site or a clock time beside it, the line goes."""
    kept, date = _take(TITLE, "2022-02-13 09:57 某网", PROSE)
    assert (kept, date) == ([TITLE, PROSE], "2022-02-13")


def test_words_of_publishing_count_anywhere() -> None:
    """A line below the text that says 更新 and tells the time is enough."""
    assert _take(TITLE, *[PROSE] * 8, "本页更新 2022-02-13 09:57")[1] == "2022-02-13"


def test_the_best_of_several_dates_is_taken() -> None:
    """The line with more to it wins, the other stays."""
    kept, date = _take(TITLE, "2021-01-01", "2022-02-13 09:57 发布", PROSE)
    assert date == "2022-02-13"
    assert "2021-01-01" in kept


def test_a_sentence_or_half_a_date_is_no_date_line() -> None:
    """Text that tells a day stays text; a month is not enough."""
    assert _take(TITLE, "2020年3月4日召开大会。", PROSE)[1] is None
    assert _take(TITLE, "2020年3月", PROSE)[1] is None


def test_dates_of_links_and_of_what_is_hidden_do_not_count() -> None:
    """Lists of other pages have dates of their own."""
    link = Line(text="别的页 2022-02-13", rule="outside-main: links 0.90")
    hidden = Line(text="2022-02-13", rule="hidden: attribute")
    assert _take(TITLE, link, hidden, PROSE)[1] is None
    assert _take("2022-02-13 09:57", TITLE, PROSE)[1] is None


def test_a_hidden_copy_of_the_title_is_not_where_the_text_begins() -> None:
    """A list to choose from may hold the title, far above the date."""
    hidden = Line(text=TITLE, rule="hidden: select")
    far = [Line(text="别的", rule="hidden: select")] * 8
    assert _take(hidden, *far, TITLE, "2022-02-13 某报", PROSE)[1] == "2022-02-13"


def test_without_the_title_the_beginning_of_the_text_counts() -> None:
    """A date above the first paragraph is the page's, though the title is a picture."""
    assert _take("2022.02.13 02:09 am", PROSE)[1] == "2022-02-13"
    aside = [Line(text="别的", rule="outside-main")] * 9
    assert _take(*aside, "2022.02.13 02:09 am", PROSE)[1] == "2022-02-13"
    assert _take(*[PROSE] * 9, "2022.02.13 02:09 am", PROSE)[1] is None


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("2022-02-13 09:57 云州网", "云州网"),
        ("http://www.a.example 2022年02月13日 14:27 青岭晨刊", ""),
        ("2022年2月13日 14:27 云州日报微博", "云州日报"),
        ("2022-02-13 来源 云州晚报 王小河", "云州晚报"),
        ("本文来源于新华社 2022年2月13日", "新华社"),
        ("2022-02-13 09:57 点击", ""),
    ],
)
def test_a_source_beside_the_date_needs_no_label(line: str, source: str) -> None:
    """The name of a newspaper or site is known by how it ends."""
    lines = [Line(text="云州日报"), Line(text=line, rule=RULE)]
    assert source_beside_date(lines) == source


@pytest.mark.parametrize(
    ("line", "source", "iso"),
    [
        ("【2012/01/12 云州报】@ http://a.example/", "云州报", "2012-01-12"),
        ("《云州日报》（ 2022年02月13日 02版）", "云州日报", "2022-02-13"),
        ("——《云州之春》1998年3月号", "云州之春", "1998-03"),
        ("（摘自《云州》2005年第3期）", "云州", "2005"),
        ("《云州日报》报道了这件事。", "", None),
    ],
)
def test_where_a_text_was_printed_first_stands_behind_it(
    line: str, source: str, iso: str | None
) -> None:
    """With its day, month or year."""
    name, date = source_behind([Line(text=PROSE), Line(text=line)])
    assert (name, date.iso if date else None) == (source, iso)
    assert source_behind([Line(text=line), *[Line(text=PROSE)] * 3])[0] == ""
