"""Documents by year as bars."""

from urllib.parse import parse_qs, urlsplit

from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from search.results import FacetCount
from tests.web.page import get, links, one
from web.histogram import HEIGHT, histogram
from web.links import Address

HERE = Address("/search", (("q", "联谊"),))


def counts(years: dict[int, int]) -> tuple[FacetCount, ...]:
    """Write the counts of a facet."""
    return tuple(FacetCount(year, number) for year, number in years.items())


def asked(address: str) -> dict[str, list[str]]:
    """Read the parameters of an address."""
    return parse_qs(urlsplit(address).query)


def test_year_without_documents_has_its_place() -> None:
    """From the first year to the last none is left out."""
    drawn = histogram(counts({2021: 4, 2018: 1}), HERE)
    assert drawn
    heights = [(bar.first, bar.height) for bar in drawn.bars]
    assert heights == [(2018, HEIGHT // 4), (2019, 0), (2020, 0), (2021, HEIGHT)]


def test_one_year_is_no_histogram() -> None:
    """There is nothing to choose."""
    assert histogram(counts({2020: 9}), HERE) is None
    assert histogram((), HERE) is None


def test_bar_narrows_to_its_year_and_to_nothing_else() -> None:
    """Another choice of years is replaced, the rest of the search is kept."""
    here = HERE.add("year", "2018").add("year_to", "2019").add("site", "网")
    drawn = histogram(counts({2018: 1, 2019: 1}), here)
    assert drawn
    wanted = {"q": ["联谊"], "site": ["网"], "year": ["2019"]}
    assert asked(drawn.bars[1].href) == wanted
    assert asked(drawn.anywhen) == {"q": ["联谊"], "site": ["网"]}


def test_long_time_has_bars_of_several_years() -> None:
    """Decades begin where decades do; a bar of several years gives a range."""
    drawn = histogram(counts({1688: 1, 1949: 2, 2023: 5}), HERE)
    assert drawn
    assert len(drawn.bars) <= 40
    assert (drawn.bars[1].first, drawn.bars[1].last) == (1690, 1699)
    narrowed = asked(drawn.bars[-1].href)
    assert narrowed == {"q": ["联谊"], "year_from": ["2020"], "year_to": ["2023"]}


def test_chosen_years_are_told() -> None:
    """By years, by a range, by a range that is open; a year not understood is none."""
    years = counts({2018: 1, 2019: 1, 2020: 1})
    for name, value, chosen in (
        ("year", "2019", [False, True, False]),
        ("year_from", "2019", [False, True, True]),
        ("year_to", "2018", [True, False, False]),
        ("year", "2019.0", [False, False, False]),
    ):
        drawn = histogram(years, HERE.add(name, value))
        assert drawn
        assert [bar.current for bar in drawn.bars] == chosen


@given(st.dictionaries(st.integers(1, 9999), st.integers(1, 10**6), min_size=2))
def test_every_document_is_in_one_bar(years: dict[int, int]) -> None:
    """Whatever the years are: bars follow each other and have all documents."""
    drawn = histogram(counts(years), HERE)
    assert drawn
    assert sum(bar.count for bar in drawn.bars) == sum(years.values())
    assert drawn.bars[0].first == min(years)
    assert drawn.bars[-1].last == max(years)
    ends = zip(drawn.bars, drawn.bars[1:], strict=False)
    assert all(one.last + 1 == other.first for one, other in ends)
    assert all(bool(bar.height) == bool(bar.count) for bar in drawn.bars)
    assert len(drawn.bars) <= 40


def test_bar_of_the_page_gives_as_many_as_it_says(client: FlaskClient) -> None:
    """A click on a bar lists the documents it stands for."""
    page = get(client, "/search?sort=newest")
    bars = page.select(".histogram a")
    assert len(bars) > 1
    for bar in bars:
        said = one(bar, "title").text
        if "：0 份" in said:
            continue
        narrowed = get(client, str(bar["href"]))
        count = said.partition("：")[2].removesuffix(" 份")
        assert f"{count} 条" in one(narrowed, "[role=status]").text.replace("共 ", "")


def test_drawing_is_for_the_pointer_alone(client: FlaskClient) -> None:
    """The list of years and the form do the same, so nobody else meets it twice."""
    page = get(client, "/search?sort=newest")
    assert one(page, ".histogram")["aria-hidden"] == "true"
    assert {each["tabindex"] for each in page.select(".histogram a")} == {"-1"}
    assert links(page, ".facets a.value")
    assert one(page, ".years [name=year_from]")
