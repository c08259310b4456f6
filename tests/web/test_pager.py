"""From one page of results to the others."""

from dataclasses import replace

import pytest

from search.results import Results
from web.links import Address
from web.pager import Choice, make_pager, per_pages

HERE = Address("/search", (("q", "联谊"),))
EMPTY = Results(
    text="联谊",
    parsed="联谊",
    total=0,
    total_documents=0,
    page=1,
    per_page=10,
    took_ms=1,
    index_version="v",
    hits=(),
)


def pages(total: int, page: int, per_page: int = 10) -> list[str]:
    """Write the pager as a reader sees it, the current page in brackets."""
    results = replace(EMPTY, total=total, page=page, per_page=per_page)
    pager = make_pager(results, HERE)
    return [_shown(each) for each in pager.pages] if pager else []


def _shown(choice: Choice | None) -> str:
    """Write one link of the pager."""
    if choice is None:
        return "…"
    return f"[{choice.label}]" if choice.current else choice.label


@pytest.mark.parametrize(
    ("total", "page", "expected"),
    [
        (10, 1, ""),
        (11, 1, "[1] 2"),
        (312, 1, "[1] 2 3 … 32"),
        (312, 16, "1 … 14 15 [16] 17 18 … 32"),
        (312, 32, "1 … 30 31 [32]"),
        (50, 3, "1 2 [3] 4 5"),
    ],
)
def test_pager_shows_the_ends_and_what_is_near(
    total: int, page: int, expected: str
) -> None:
    """Gaps stand where pages are left out, and only there."""
    assert " ".join(pages(total, page)) == expected


def test_pager_ends_where_pages_are_refused() -> None:
    """The last page offered is the last that is answered."""
    assert pages(1_000_000, 1)[-1] == "1000"
    assert pages(1_000_000, 1, per_page=7)[-1] == "1428"


def test_size_of_a_page_is_offered_when_it_matters() -> None:
    """Ten hits fit on the smallest page."""
    assert per_pages(replace(EMPTY, total=10), HERE) == ()
    sizes = per_pages(replace(EMPTY, total=11), HERE)
    assert [size.label for size in sizes if size.current] == ["10"]
