"""Better queries are offered where a character is wrong, and nowhere else."""

from collections.abc import Iterator

import pytest

from search.results import SearchRequest
from search.service import SearchService
from tests.corpus import CORPUS, make_document, make_service

MANY = 60
DOCUMENTS = (
    *CORPUS,
    *(
        make_document(
            1000 + n,
            f"第{n}号渡口帮扶台账",
            f"第{n}号渡口结对帮扶，落实统战政策，脱贫攻坚，候选人公示，共产党员带头。",
            year=2020 + n % 2,
        )
        for n in range(MANY)
    ),
    make_document(2001, "错字一则", "记录里写成帮抚的有一处。"),
    make_document(2002, "抚慰记", "登门抚慰，公式清楚。"),
    *(make_document(3000 + n, f"记事{n}", f"渡头结兑{n}户。") for n in range(5)),
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """Open the corpus with sixty documents of the same words."""
    opened = make_service(tmp_path_factory.mktemp("meant") / "home", DOCUMENTS)
    yield opened
    opened.close()


def offered(service: SearchService, text: str) -> str | None:
    """Search, and give what is offered instead."""
    return service.search(SearchRequest(text=text)).suggestion


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("统站", "统战"),
        ("统占", "统战"),
        ("统赞", "统战"),
        ("同战", "统战"),
        ("侯选人", "候选人"),
        ("脱贫攻监", "脱贫攻坚"),
        ("共产挡员带头", "共产党员带头"),
        ("tongzhan", "统战"),
        ("统zhan", "统战"),
        ("bangfu", "帮扶"),
        ("統站", "統戰"),
        ("tongzhanzhengce", "统战政策"),
        ("qianlong", "乾隆"),
        ("显注", "显著"),
        ("顯注", "顯著"),
    ],
)
def test_wrong_characters_are_mended(
    service: SearchService, typed: str, meant: str
) -> None:
    """Same sound, nearly the same, like shape, pinyin; in the script that is typed."""
    assert service.search(SearchRequest(text=typed)).total == 0
    assert offered(service, typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("渡口 统站", "渡口 统战"),
        ("标题：帮付", "title:帮扶"),
        ('"结对帮付"', '"结对帮扶"'),
        ("(统站 OR 帮付) -清真寺", "(统战 OR 帮扶) -清真寺"),
        ("统站 OR 统占", "统战"),
        ("统站 -清真寺", "统战 -清真寺"),
        ("统站 year:2020", "统战 year:2020"),
        ("统站*", "统战*"),
        ('"结对 帮付"~5', '"结对 帮扶"~5'),
        ("帮付 统站", "帮扶 统战"),
    ],
)
def test_query_around_the_word_stays(
    service: SearchService, typed: str, meant: str
) -> None:
    """Fields, quotation marks, distances, groups, minuses and filters are kept."""
    assert offered(service, typed) == meant


def test_some_hits_do_not_hide_a_far_commoner_word(service: SearchService) -> None:
    """One document has 帮抚, sixty have 帮扶."""
    results = service.search(SearchRequest(text="帮抚"))
    assert results.total == 1
    assert results.suggestion == "帮扶"


@pytest.mark.parametrize(
    "typed",
    [
        *("统战", "帮扶", "抚慰", "清真寺", "统战工作", "帮扶 统战", "渡口帮扶"),
        *("台账", "-统站", "year:2020", "region:青陵", "wto", "", "2021", "公示"),
        *("公式", "结兑", "帮付 OR 公示"),
        *("source:云政公报", "统战政策落实", "云溪县青陵区"),
    ],
)
def test_right_words_are_left_alone(service: SearchService, typed: str) -> None:
    """However rare they are, what is excluded, filters, and what finds as much."""
    assert offered(service, typed) is None


def test_offer_finds_something_by_the_filters_of_the_search(
    service: SearchService,
) -> None:
    """A better word that these filters leave nothing of is not offered."""
    asked = SearchRequest(text="统站", year=(2020,))
    assert service.search(asked).suggestion == "统战"
    asked = SearchRequest(text="统站", year=(1999,))
    assert service.search(asked).suggestion is None


def test_later_pages_offer_nothing(service: SearchService) -> None:
    """Who turns pages has found what was sought."""
    assert service.search(SearchRequest(text="统站", page=2)).suggestion is None


@pytest.mark.parametrize(
    "typed", ["站" * 900, "z" * 900, "统站 " * 60, "'''''", "\x00站"]
)
def test_odd_queries_cost_no_error(service: SearchService, typed: str) -> None:
    """Long and strange queries are answered like others."""
    service.search(SearchRequest(text=typed))
