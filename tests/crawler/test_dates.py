"""Dates are read as far as the text tells them."""

import pytest

from crawler.dates import date_in_address, find_date, is_day


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2021-03-04", "2021-03-04"),
        ("2021年3月4日 09:30", "2021-03-04"),
        ("2021/3/4", "2021-03-04"),
        ("2021.03.04", "2021-03-04"),
        ("2021年3月", "2021-03"),
        ("2021-10", "2021-10"),
        ("2021", "2021"),
        ("2021年", "2021"),
        ("10-14", "--10-14"),
        ("3月4日", "--03-04"),
        ("1812年以前", None),
        ("13-45", None),
        ("2021-02-30", "2021"),
        ("2021.03.0405:39", "2021-03-04"),
        ("二〇二三年四月十二日", "2023-04-12"),
        ("二○二一年十二月", "2021-12"),
        ("二零二一年廿三日", "2021"),
        ("二〇二〇年元月三十一日", "2020-01-31"),
        ("民國112年3月16日", "2023-03-16"),
        ("中華民國109年", "2020"),
        ("9/17/2004 5:54:13 AM", "2004-09-17"),
        ("7/5/2005 9:23:57 PM", "2005-07-05"),
        ("17/9/2004", "2004-09-17"),
        ("7/5/2005", "2005"),
        ("昨天 12-30", None),
        ("3天前", None),
        ("昨天 2021-03-04", "2021-03-04"),
        ("没有日期", None),
        ("", None),
    ],
)
def test_dates_keep_their_precision(text: str, iso: str | None) -> None:
    """Day, month, year and month with day are told apart; nonsense is no date."""
    found = find_date(text)
    assert (found.iso if found else None) == iso


@pytest.mark.parametrize(
    ("path", "iso"),
    [
        ("zwgk/202304/t20230412_31.html", "2023-04-12"),
        ("art/2023/4/12/art_1_2.html", "2023-04-12"),
        ("2023/0412/c1.html", "2023-04-12"),
        ("2023-04/12/content_1.htm", "2023-04-12"),
        ("a/20230412093000.htm", "2023-04-12"),
        ("news/202304/", "2023-04"),
        ("id/2023041299.html", None),
        ("1/20201512.htm", None),
        ("q?day=20230412", None),
    ],
)
def test_an_address_may_name_the_day(path: str, iso: str | None) -> None:
    """In its path, as a whole number or in parts; other numbers are none."""
    found = date_in_address(f"https://a.example/{path}")
    assert (found.iso if found else None) == iso


def test_no_address_names_no_day() -> None:
    """A page without one tells none."""
    assert date_in_address(None) is None


def test_a_line_that_is_a_day_is_told() -> None:
    """With its weekday, not with a sentence."""
    assert is_day("2012年1月12日 星期四")
    assert not is_day("2012年1月12日召开全市统战工作会议")
    assert not is_day("2012年1月")


def test_roc_years_count_from_1911_only_where_asked() -> None:
    """Two- and three-digit years are years of the Republic of China on request."""
    asked = find_date("發布日期 112-03-16", roc=True)
    assert asked is not None
    assert asked.iso == "2023-03-16"
    plain = find_date("112-03-16")
    assert plain is None or not plain.iso.startswith("2023")


def test_roc_years_out_of_range_are_no_dates() -> None:
    """A number that is no likely year of that count is not read as one."""
    assert find_date("12-03-16", roc=True) is None


def test_the_words_read_are_kept() -> None:
    """The text of a date is exactly what it was read from."""
    found = find_date("成文于 2021年3月4日,印发")
    assert found is not None
    assert found.text == "2021年3月4日"


def test_the_most_precise_form_wins() -> None:
    """A whole date is taken although a bare year stands before it."""
    found = find_date("2020年度总结,2021年1月5日印发")
    assert found is not None
    assert found.iso == "2021-01-05"
