"""Facts about phrases followed over the years."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from index.document import Kind, Script
from search.errors import RequestError
from search.results import Axis, SearchRequest
from search.service import SearchService
from search.wording import (
    MAX_PHRASE_CHARACTERS,
    MAX_PHRASES,
    Track,
    Use,
    WordingRequest,
    bare_phrase,
    phrases_of,
)
from tests.corpus import CORPUS, holding, make_document, make_service

BY_YEAR = WordingRequest(phrases=("统战",))
EACH = SearchRequest(collapse=False)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """Make an archive of the corpus that no test changes."""
    service = make_service(tmp_path_factory.mktemp("home"))
    yield service
    service.close()


def use(service: SearchService, phrase: str, **asked: object) -> Use:
    """Follow one phrase."""
    request = replace(BY_YEAR, phrases=(phrase,), **asked)  # type: ignore[arg-type]  # each test names what it sets
    (found,) = service.wording.track(request).uses
    return found


def counts(found: Use) -> dict[int, int]:
    """Give the documents of each year that has any."""
    return {each.period: each.documents for each in found.years if each.documents}


def by_year(documents: set[str]) -> dict[int, int]:
    """Count documents of the corpus by the year they are about."""
    years = sorted(each.year for each in CORPUS if each.id in documents and each.year)
    return {year: years.count(year) for year in years}


@pytest.mark.parametrize("phrase", ["统战", "統戰工作", "走访民营企业", "乾隆", "，"])
def test_years_are_counted_as_grep_would(service: SearchService, phrase: str) -> None:
    """Every document that contains the phrase in either script, and no other."""
    found = use(service, phrase, within=EACH)
    assert counts(found) == by_year(holding(CORPUS, phrase))
    assert found.total == found.total_documents == len(holding(CORPUS, phrase))


def test_years_are_held_against_the_documents_there_are(service: SearchService) -> None:
    """Each year from the first held to the last, with the part that has the phrase."""
    found = use(service, "统战", within=EACH)
    held = by_year({each.id for each in CORPUS})
    assert [each.period for each in found.years] == [*range(2013, 2024)]
    assert {each.period: each.held for each in found.years} == held
    shares = {each.period: each.share for each in found.years}
    assert shares[2020] == counts(found)[2020] / held[2020]
    assert shares[2018] == 0.0


def test_year_without_documents_has_no_share(tmp_path: Path) -> None:
    """No data is not zero."""
    documents = [
        make_document(1, "甲", "渡口开工。", year=2001),
        make_document(2, "乙", "渡口通航。", year=2004),
    ]
    service = make_service(tmp_path, documents)
    found = use(service, "开工")
    assert [(each.period, each.share) for each in found.years] == [
        (2001, 1.0),
        (2002, None),
        (2003, None),
        (2004, 0.0),
    ]
    service.close()


def test_copies_count_once_a_year_unless_asked_for(service: SearchService) -> None:
    """Three copies of one text, two of 2021 and one of 2022."""
    assert counts(use(service, "走访民营企业")) == {2021: 1, 2022: 1}
    assert counts(use(service, "走访民营企业", within=EACH)) == {2021: 2, 2022: 1}
    found = use(service, "走访民营企业")
    assert (found.total, found.total_documents) == (1, 3)


@pytest.mark.parametrize("collapse", [True, False])
def test_first_and_last_are_sought_among_all_copies(
    service: SearchService, *, collapse: bool
) -> None:
    """The canonical document of a group need not be the first to say it."""
    within = SearchRequest(collapse=collapse)
    found = use(service, "走访民营企业", axis=Axis.PUBLISHED, within=within)
    assert found.first
    assert found.last
    assert (found.first.published, found.last.published) == ("2021-05-06", "2021-05-09")
    (quote,) = found.last.snippets
    assert [quote.text[start:end] for start, end in quote.marks] == ["走訪民營企業"]


def test_documents_without_a_year_are_told_apart(service: SearchService) -> None:
    """They are in no year, and first and last are others."""
    found = use(service, "旧稿")
    assert (found.total, found.undated) == (2, 2)
    assert (counts(found), found.first, found.last) == ({}, None, None)


def test_year_of_publication_is_the_other_axis(service: SearchService) -> None:
    """A summary of 2020 put up in 2021; a date without its year is undated."""
    found = use(service, "统战", axis=Axis.PUBLISHED, within=EACH)
    dates = [
        each.published or "" for each in CORPUS if each.id in holding(CORPUS, "统战")
    ]
    years = sorted(int(date[:4]) for date in dates if date[:4].isdigit())
    assert counts(found) == {year: years.count(year) for year in years}
    assert found.undated == len(dates) - len(years)
    months = {each.period: each.documents for each in found.months}
    assert months[202105] == 3
    known = [date[:7] for date in dates if date[:4].isdigit() and len(date) > 4]
    assert set(months) == {int(month.replace("-", "")) for month in known}


def test_filters_narrow_what_is_found_and_what_is_held(service: SearchService) -> None:
    """Shares are those of the documents looked at."""
    within = SearchRequest(script=(Script.HANT,), collapse=False)
    found = use(service, "统战", within=within)
    script = {each.id for each in CORPUS if each.script is Script.HANT}
    held = {each.period: each.held for each in found.years if each.held}
    assert held == by_year(script)
    assert counts(found) == by_year(script & holding(CORPUS, "统战"))
    kinds = SearchRequest(kind=(Kind.YEARBOOK,), year_to=2019)
    assert [each.period for each in use(service, "工作", within=kinds).years] == [
        2018,
        2019,
    ]


def test_every_count_is_the_number_of_hits_in_its_year(service: SearchService) -> None:
    """What a point of the chart says is what its search finds."""
    for axis in Axis:
        found = use(service, "工作", axis=axis)
        for each in found.years:
            year = (each.period,)
            asked = SearchRequest(text=found.query)
            asked = (
                replace(asked, year=year)
                if axis is Axis.YEAR
                else replace(asked, published=year)
            )
            assert service.search(asked).total == each.documents
            assert service.search(replace(asked, text="")).total == each.held


def test_several_phrases_are_answered_in_their_order(service: SearchService) -> None:
    """Each as if it were asked for alone."""
    request = replace(BY_YEAR, phrases=("乾隆", "没有这句话", "统战"))
    track = service.wording.track(request)
    assert [each.phrase for each in track.uses] == [*request.phrases]
    assert list(track.uses) == [use(service, each) for each in request.phrases]
    none = track.uses[1]
    assert (none.total, none.first, counts(none)) == (0, None, {})


def test_archive_without_documents_has_no_years(tmp_path: Path) -> None:
    """Nothing is held, nothing is found, nothing fails."""
    service = make_service(tmp_path, ())
    track: Track = service.wording.track(BY_YEAR)
    assert (track.held, track.uses[0].years, track.uses[0].first) == (0, (), None)
    service.close()


@pytest.mark.parametrize(
    "phrases",
    [
        (),
        ("",),
        ("“”",),
        ("统战", " "),
        ("统" * (MAX_PHRASE_CHARACTERS + 1),),
        tuple("一二三四五六"[: MAX_PHRASES + 1]),
        ("\ud800",),
    ],
)
def test_what_is_outside_the_limits_is_refused(
    service: SearchService, phrases: tuple[str, ...]
) -> None:
    """Nothing is cut off silently."""
    with pytest.raises(RequestError) as refused:
        service.wording.track(replace(BY_YEAR, phrases=phrases))
    assert refused.value.parameter == "q"


@pytest.mark.parametrize(
    ("typed", "phrase"),
    [
        ("统战", "统战"),
        (" “统战工作” ", "统战工作"),
        ("「統戰」", "統戰"),
        ('"统战"', "统战"),
        ("说“统战”", "说“统战”"),
        ("“统战", "“统战"),
        ("统战\r\n工作", "统战工作"),
        ('"', '"'),
        ("", ""),
    ],
)
def test_quotation_marks_around_a_phrase_are_not_of_it(typed: str, phrase: str) -> None:
    """Whoever pastes them means what stands in them."""
    assert bare_phrase(typed) == phrase


@pytest.mark.parametrize(
    ("query", "phrases"),
    [
        ('"统战工作"', ("统战工作",)),
        ("脱贫攻坚", ("脱贫攻坚",)),
        ('“甲乙” -"丙丁" year:2020', ("甲乙",)),
        ('"甲" OR ("乙" "甲")', ("甲", "乙")),
        ('title:"甲乙"', ()),
        ("甲 乙", ()),
        ("title:甲", ()),
        ('"甲 乙"~10', ()),
        ("", ()),
        (" ".join(f'"{char}"' for char in "甲乙丙丁戊己"), tuple("甲乙丙丁戊")),
        (f'"{"长" * 201}"', ()),
    ],
)
def test_phrases_of_a_query_are_what_it_quotes(
    query: str, phrases: tuple[str, ...]
) -> None:
    """Or all of it where it is one run; what it excludes is not sought."""
    assert phrases_of(query) == phrases


def test_query_of_a_phrase_finds_its_documents(service: SearchService) -> None:
    """Also where the phrase has the marks of the query language in it."""
    marks = ("A&B", "x < y && y > z", "-", "<td>", "OR", "“数字乡村”建议")
    for phrase in chain(marks, ("统战*", "a\\b")):
        found = use(service, phrase, within=EACH)
        hits = service.search(SearchRequest(text=found.query, collapse=False))
        assert hits.total == found.total == len(holding(CORPUS, bare_phrase(phrase)))
