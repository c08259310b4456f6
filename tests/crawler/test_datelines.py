"""The date of a page that does not label it is found by its place."""

from crawler.datelines import RULE, take_dateline
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
