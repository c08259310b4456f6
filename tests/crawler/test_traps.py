"""Addresses without end are told from the many pages of an archive."""

from collections import Counter

import pytest

from crawler.traps import (
    CALENDAR_BUDGET,
    MIN_SAMPLE,
    PAGED_BUDGET,
    QUERY_BUDGET,
    VARIANT_BUDGET,
    Trap,
    budgets_of,
    is_pager,
    keys_of,
    outcome_keys,
    trap_by_counts,
    trap_in,
)

HOST = "http://a.example"


def followed(urls: list[str]) -> tuple[int, Trap | None]:
    """Offer addresses in order; count those followed, name what ended it."""
    counts: Counter[str] = Counter()
    trap = None
    number = 0
    for url in urls:
        looked_up = {key: counts[key] for key in keys_of(url)}
        found = trap_in(url, this_year=2026) or trap_by_counts(url, looked_up)
        if found:
            trap = found
        else:
            number += 1
            counts.update(budget.key for budget in budgets_of(url))
    return number, trap


@pytest.mark.parametrize(
    ("path", "trap"),
    [
        ("/a/b/a/b/", Trap.REPEATED_PATH),
        ("/gz/gz/gz/1.html", Trap.REPEATED_PATH),
        ("/x/a/y/a/z/a/w/a/", Trap.REPEATED_PATH),
        ("/gz/2021/gz/2021/x.html", Trap.REPEATED_PATH),
        ("/" + "/".join("abcdefghijklmnopqrst"), Trap.LONG_PATH),
        ("/" + "x" * 1_500, Trap.LONG_PATH),
        ("/2251/05/12/", Trap.CALENDAR),
        ("/rl/1203/5/1/index.html", Trap.CALENDAR),
        ("/rl.asp?date=2093-01", Trap.CALENDAR),
        ("/rl.asp?year=2028&month=1", Trap.CALENDAR),
        ("/rl.asp?year=2021&month=14", Trap.CALENDAR),
        ("/rl.asp?month=2051-12", Trap.CALENDAR),
        ("/rl.asp?date=20510101", Trap.CALENDAR),
        ("/1.html?replytocom=7", Trap.USELESS_QUERY),
        ("/1.asp?id=7&print=1", Trap.USELESS_QUERY),
        ("/bbs.php?action=login", Trap.USELESS_QUERY),
        ("/login.aspx?ReturnUrl=%2Fa", Trap.USELESS_QUERY),
    ],
)
def test_traps_that_an_address_shows_by_itself(path: str, trap: Trap) -> None:
    """Paths that go round, dates of no office, forms and copies of other pages."""
    assert trap_in(HOST + path, this_year=2026) is trap


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/gz/gz/1.html",
        "/01/01/t20210304_12.html",
        "/2021/2021/",
        "/01/02/01/02/x.html",
        "/art/2021/3/4/art_17_4312.html",
        "/2027/01/",
        "/news/2551/2/1/4789/1.html",
        "/rl.asp?date=2019-05-02",
        "/rl.asp?month=202103",
        "/rl.asp?date=0304&day=12",
        "/rl.asp?date=1612345678",
        "/col/col17/index.html",
        "/index.php?m=content&c=index&a=show&catid=12&id=345",
        "/show.asp?action=view&id=3",
        "/" + "%E6%80%BB" * 60 + ".html",
    ],
)
def test_addresses_as_archives_have_them(path: str) -> None:
    """Dates, numbered folders, parameters and names in Chinese are no traps."""
    assert trap_in(HOST + path, this_year=2026) is None


def test_a_calendar_has_a_bounded_number_of_pages() -> None:
    """By parameters or by its folder, all plausible dates."""
    days = [
        f"{y}-{m:02}-{d:02}"
        for y in range(1990, 2020)
        for m in range(1, 13)
        for d in range(1, 29)
    ]
    by_query = [f"{HOST}/rl.php?date={day}" for day in days]
    assert followed(by_query) == (CALENDAR_BUDGET, Trap.CALENDAR)
    by_path = [f"{HOST}/calendar/{day.replace('-', '/')}/" for day in days]
    assert followed(by_path) == (CALENDAR_BUDGET, Trap.CALENDAR)


def test_views_of_one_list_have_a_bounded_number() -> None:
    """Orders multiply; with a pager in them a little more is allowed."""
    orders = [f"{HOST}/l.asp?sort={n}&order=desc" for n in range(500)]
    assert followed(orders) == (VARIANT_BUDGET, Trap.VARIANTS)
    pages = [f"{HOST}/l.asp?pagesize=20&page={n}" for n in range(2_000)]
    assert followed(pages) == (PAGED_BUDGET, Trap.VARIANTS)


def test_queries_without_numbers_have_a_bounded_number() -> None:
    """Search words and tags; and choices that multiply."""
    words = [
        f"{HOST}/s.asp?kw=w{chr(97 + n % 26)}{'x' * (n // 26)}" for n in range(900)
    ]
    assert followed(words) == (QUERY_BUDGET, Trap.MANY_QUERIES)
    choices = [f"{HOST}/s.asp?a={n}&b={n % 7}&c={n % 3}&d=1&e=2" for n in range(3_000)]
    assert followed(choices) == (PAGED_BUDGET, Trap.MANY_QUERIES)


def test_documents_and_list_pages_by_number_are_all_followed() -> None:
    """Thousands of pages of one script or folder are what an archive is."""
    shown = [f"{HOST}/show.asp?classid=4&id={n}" for n in range(5_000)]
    lists = [f"{HOST}/list.asp?classid=4&page={n}" for n in range(2_000)]
    files = [f"{HOST}/gz/2021/t2021_{n}.html" for n in range(5_000)]
    names = [f"{HOST}/list/index_{n}.html" for n in range(2_000)]
    assert followed(shown + lists + files + names) == (14_000, None)


def test_a_date_or_a_view_beside_the_number_of_a_document_is_no_trap() -> None:
    """Each document has its own dates and views, and they are bounded, too."""
    dated = [f"{HOST}/show.asp?year=2021&id={n}" for n in range(3_000)]
    viewed = [f"{HOST}/show.asp?id={n}&lang=cn&tab=1" for n in range(3_000)]
    yearly = [f"{HOST}/list.asp?year=2021&page={n}" for n in range(1_000)]
    words = [f"{HOST}/show.asp?file=gz/t{n}.htm" for n in range(3_000)]
    assert followed(dated + viewed + yearly + words) == (10_000, None)
    views = [f"{HOST}/show.asp?id=7&tab={n}" for n in range(200)]
    assert followed(views) == (VARIANT_BUDGET, Trap.VARIANTS)


def test_a_shape_that_gives_nothing_new_is_left_alone() -> None:
    """Not after a few pages, and not where one page in ten is new."""
    counts: Counter[str] = Counter()
    url = f"{HOST}/x.php?id=9999"
    for number in range(MIN_SAMPLE):
        assert trap_by_counts(url, counts) is None
        counts.update(outcome_keys(f"{HOST}/x.php?id={number}", duplicate=True))
    assert trap_by_counts(url, counts) is Trap.ONLY_DUPLICATES
    assert trap_by_counts(f"{HOST}/y.php?id=1", counts) is None
    for number in range(MIN_SAMPLE):
        counts.update(outcome_keys(f"{HOST}/x.php?id={number}", duplicate=False))
    assert trap_by_counts(url, counts) is None


def test_pagers_are_known_by_name_and_number() -> None:
    """A page number is a number."""
    assert is_pager(f"{HOST}/?page=2")
    assert is_pager(f"{HOST}/?a=1&curPage=2")
    assert is_pager(f"{HOST}/?yema=3")
    assert not is_pager(f"{HOST}/?page=next")
    assert not is_pager(f"{HOST}/?pagesize=20")
    assert not is_pager(f"{HOST}/page/2")
