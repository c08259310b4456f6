"""Facts about partial matches, through the service."""

import pytest

from search.results import Results, SearchRequest, Sort
from search.service import SearchService
from tests.corpus import make_document, make_service, numbers

DOCUMENTS = (
    make_document(1, "渡口管理", "渡船检修，码头巡查。", year=2019),
    make_document(2, "渡口安全", "渡船停航。", year=2020),
    make_document(3, "林场", "护林员巡查山林。", year=2020),
    make_document(4, "水库", "大坝加固。", year=2021),
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    """Make an archive of a few documents."""
    return make_service(tmp_path_factory.mktemp("partial"), DOCUMENTS)


def listed(results: Results) -> dict[int, tuple[str, ...]]:
    """Tell of each hit, in order, the words it lacks."""
    return {number: hit.missing for hit in results.hits for number in numbers([hit.id])}


def search(service: SearchService, text: str, **request: object) -> Results:
    """Search."""
    return service.search(SearchRequest(text=text, **request))  # type: ignore[arg-type]  # each test names what it sets


def test_best_partial_matches_are_listed_and_not_counted(
    service: SearchService,
) -> None:
    """No document has all three words; those with most are first; each has gaps."""
    results = search(service, "渡船 码头 护林员")
    assert results.total == 0
    assert results.partial is not None
    assert results.partial.words == ("渡船", "码头", "护林员")
    assert results.partial.total == results.listed == 3
    assert listed(results) == {
        1: ("护林员",),
        3: ("渡船", "码头"),
        2: ("码头", "护林员"),
    }


@pytest.mark.parametrize(
    "text", ["渡船 码头", "水库", '"渡船 护林员"', '"不在" "也不在"']
)
def test_nothing_is_partial_where_all_words_match_or_none_can_go(
    service: SearchService, text: str
) -> None:
    """A query with matches, of one word, or of quoted strings is not relaxed."""
    results = search(service, text)
    assert results.partial is None
    assert not any(hit.missing for hit in results.hits)
    assert results.listed == results.total


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ('渡船 护林员 "停航"', {2}),
        ("渡船 护林员 -码头", {2, 3}),
        ("渡船 护林员 year:2020", {2, 3}),
        ("渡船 护林员 year:1990", set()),
    ],
)
def test_what_is_no_word_still_holds(
    service: SearchService, text: str, hits: set[int]
) -> None:
    """Quoted, excluded and filtered, a partial match is all of it but for words."""
    results = search(service, text)
    assert results.total == 0
    assert set(listed(results)) == hits


def test_words_that_stand_nowhere_leave_nothing(service: SearchService) -> None:
    """Where no word is known there is no partial match."""
    results = search(service, "飞艇 滑翔")
    assert (results.partial, results.hits) == (None, ())


def test_sentence_with_a_match_lists_partial_ones_too(service: SearchService) -> None:
    """Of a question in a sentence those that match count, and others are listed."""
    results = search(service, "渡船 检修 码头 巡查 渡口 管理")
    assert results.total == 1
    assert results.partial is not None
    assert listed(results)[1] == ()
    assert len(results.hits) == results.partial.total == 3


def test_partial_matches_are_listed_by_relevance(service: SearchService) -> None:
    """Whatever order was asked for: by date the worst could be first."""
    newest = search(service, "渡船 码头 护林员", sort=Sort.NEWEST)
    assert listed(newest) == listed(search(service, "渡船 码头 护林员"))


def test_partial_match_has_one_of_the_words(service: SearchService) -> None:
    """What holds a part of a word alone is not listed for it."""
    results = search(service, "护林员们 停航令 大坝加固工程")
    assert results.partial is not None
    words = results.partial.words
    assert all(set(hit.missing) < set(words) for hit in results.hits)
