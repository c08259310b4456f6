"""Dates are read as far as the text tells them."""

import pytest

from crawler.dates import find_date


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
        ("没有日期", None),
        ("", None),
    ],
)
def test_dates_keep_their_precision(text: str, iso: str | None) -> None:
    """Day, month, year and month with day are told apart; nonsense is no date."""
    found = find_date(text)
    assert (found.iso if found else None) == iso


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
