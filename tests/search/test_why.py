"""Facts about why a document is or is not among the hits."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.document import Kind
from index.home import Home
from search.explanations import FailedFilter, Role, Verdict, Why, WhyPart
from search.results import SearchRequest, Sort
from search.service import SearchService
from tests.corpus import CORPUS, fill, make_document, make_service

SUMMARY = CORPUS[0]
"""Says 统战 in title and text, and 工商联 and 企业 in the text; of 2020."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """Make an archive of the corpus that no test changes."""
    service = make_service(tmp_path_factory.mktemp("home"))
    yield service
    service.close()


def ask(service: SearchService, text: str, document_id: str, **request: object) -> Why:
    """Ask why a document is or is not among the hits."""
    asked = replace(SearchRequest(text=text, why=document_id), **request)  # type: ignore[arg-type]  # each test names what it sets
    why = service.search(asked).why
    assert why
    return why


def part(why: Why, clause: int = 0) -> WhyPart:
    """Give the only part of a clause."""
    (only,) = why.clauses[clause].parts
    return only


@pytest.mark.parametrize("collapse", [True, False])
@pytest.mark.parametrize("sort", [*Sort])
@pytest.mark.parametrize("text", ["", "统战", "工作 OR 企业", "year:2020"])
def test_every_hit_is_at_its_rank_and_page(
    service: SearchService, text: str, sort: Sort, *, collapse: bool
) -> None:
    """In every order, on every page, folded or not, the answer is where it is."""
    request = SearchRequest(text=text, sort=sort, collapse=collapse, per_page=3)
    total = service.search(request).total
    for page in range(1, total // 3 + 2):
        for hit in service.search(replace(request, page=page)).hits:
            why = service.search(replace(request, why=hit.id)).why
            assert why
            assert (why.verdict, why.rank, why.page) == (Verdict.HIT, hit.rank, page)
            assert all(clause.matched for clause in why.clauses)


def test_id_that_is_none_is_unknown(service: SearchService) -> None:
    """Whatever is given, the answer says that there is no such document."""
    for name in ("0" * 16 + "x", "统战", "../a", " "):
        assert ask(service, "统战", name) == Why(id=name, verdict=Verdict.UNKNOWN)


def test_document_that_is_not_indexed_yet_is_pending(tmp_path: Path) -> None:
    """A new one is in the store only; of a changed one the old text answers."""
    service = make_service(tmp_path, CORPUS[:3])
    changed = replace(SUMMARY, title="渡口整修")
    fill(Home(tmp_path), [make_document(77, "统战新篇", "正文。"), changed])
    new = ask(service, "统战", f"{77:016x}")
    assert (new.verdict, new.title, new.rank) == (Verdict.PENDING, "统战新篇", 0)
    old = ask(service, "title:统战", SUMMARY.id)
    assert (old.verdict, old.outdated) == (Verdict.HIT, True)
    assert not ask(service, "统战", CORPUS[1].id).outdated
    service.close()


@pytest.mark.parametrize(
    ("request_", "failed"),
    [
        ({"year": (2019, 2021)}, FailedFilter("year", 2020, ("2019", "2021"))),
        ({"year_from": 2021}, FailedFilter("year", 2020, ("2021..",))),
        ({"year_to": 2019}, FailedFilter("year", 2020, ("..2019",))),
        (
            {"not_site": ("云溪党建网",)},
            FailedFilter("site", "云溪党建网", ("-云溪党建网",)),
        ),
        ({"site": ("无",)}, FailedFilter("site", "云溪党建网", ("无",))),
        ({"kind": (Kind.REPORT,)}, FailedFilter("kind", "summary", ("report",))),
        ({"complete": False}, FailedFilter("complete", value=True, wanted=("false",))),
    ],
)
def test_filter_that_keeps_it_out_is_named(
    service: SearchService, request_: dict[str, object], failed: FailedFilter
) -> None:
    """With the document's value and the values that would pass."""
    why = ask(service, "统战", SUMMARY.id, **request_)
    assert (why.verdict, why.filters, why.rank) == (Verdict.FILTERED, (failed,), 0)


def test_every_filter_that_fails_is_named(service: SearchService) -> None:
    """Two filters that keep it out are both told; one it passes is not."""
    why = ask(service, "", SUMMARY.id, year=(1999,), site=("无",), complete=True)
    assert {failed.name for failed in why.filters} == {"year", "site"}


def test_clauses_that_it_lacks_are_told_apart(service: SearchService) -> None:
    """Each clause of an AND has its answer; words that are there are counted."""
    why = ask(service, "統戰 蓝莓 企业", SUMMARY.id)
    assert why.verdict is Verdict.LACKS
    assert [clause.matched for clause in why.clauses] == [True, False, True]
    text = SUMMARY.title + SUMMARY.text
    synonym = Role.SYNONYM
    typed = next(each for each in why.clauses[0].parts if each.role is not synonym)
    assert typed.count == text.count("统战")
    assert (part(why, 2).held, part(why, 2).count) == (True, text.count("企业"))


def test_longest_part_of_a_string_that_it_has_is_told(service: SearchService) -> None:
    """As typed, within one block; nothing where no character stands in it."""
    why = ask(service, '"統戰幹部學習十三次"', SUMMARY.id)
    assert (part(why).held, part(why).longest) == (False, "統戰幹部學習十")
    later = ask(service, '"學習全年組"', SUMMARY.id)
    assert part(later).longest == "全年組"
    assert part(ask(service, '"鸞年"', SUMMARY.id)).longest == "年"
    assert part(ask(service, '"鸞鳳"', SUMMARY.id)).longest == ""


def test_string_across_two_blocks_is_not_one(service: SearchService) -> None:
    """The end of a block and the beginning of the next are no string."""
    first, second = SUMMARY.blocks[:2]
    ends = first.text[-3:] + second.text[:2]
    why = ask(service, f'"{ends}"', SUMMARY.id)
    assert (part(why).held, part(why).longest) == (False, first.text[-3:])


def test_excluded_word_that_stands_in_it_is_counted(service: SearchService) -> None:
    """A minus that keeps it out is a clause that it does not match."""
    why = ask(service, "统战 -企业", SUMMARY.id)
    assert why.verdict is Verdict.LACKS
    assert not why.clauses[1].matched
    assert (part(why, 1).excluded, part(why, 1).held) == (True, True)
    assert part(why, 1).count == SUMMARY.text.count("企业")


def test_or_is_one_clause_with_several_parts(service: SearchService) -> None:
    """It is matched when one of its parts is."""
    why = ask(service, "(蓝莓 OR 企业) 全年", SUMMARY.id)
    assert [clause.matched for clause in why.clauses] == [True, True]
    assert [each.held for each in why.clauses[0].parts] == [False, True]


def test_smallest_distance_of_near_strings_is_told(service: SearchService) -> None:
    """Where they are too far apart, near enough, and where one is missing."""
    block = SUMMARY.blocks[1].text
    between = block.index("新增") - block.index("商联") - 2
    for allowed in (between - 1, between):
        why = ask(service, f'"商联 新增"~{allowed}', SUMMARY.id)
        assert part(why).distance == between
        assert (part(why).allowed, part(why).held) == (allowed, allowed == between)
    assert part(ask(service, '"商联 蓝莓"~9', SUMMARY.id)).distance is None


@pytest.mark.parametrize(
    ("clause", "value"),
    [
        ("year:1999", "2020"),
        ("site:无", "云溪党建网"),
        ("source:无", "云溪日报"),
        ("region:无", "云溪"),
        ("kind:report", "summary"),
        ("script:hant", "hans"),
        ("complete:false", "true"),
    ],
)
def test_filter_of_the_query_tells_the_value(
    service: SearchService, clause: str, value: str
) -> None:
    """A filter typed into the query is a clause; the document's value stands by it."""
    why = ask(service, f"统战 {clause}", SUMMARY.id)
    assert why.verdict is Verdict.LACKS
    assert (part(why, 1).role, part(why, 1).held) == (Role.FILTER, False)
    assert part(why, 1).value == value


def test_beginning_of_words_is_counted_by_words(service: SearchService) -> None:
    """统* counts the words of the document that begin with it."""
    why = ask(service, "统* 鸞*", SUMMARY.id)
    assert part(why, 0).held
    assert part(why, 0).count >= 1
    assert (part(why, 1).held, part(why, 1).count) == (False, 0)


def test_copy_is_folded_into_the_hit_that_is_shown(service: SearchService) -> None:
    """Documents 9 to 11 are one text: two of them stand behind the third."""
    request = SearchRequest(text="走访 企业", per_page=100)
    (shown,) = (hit for hit in service.search(request).hits if hit.near_duplicates)
    others = {CORPUS[place].id for place in (8, 9, 10)} - {shown.id}
    assert len(others) == 2
    for name in others:
        why = ask(service, "走访 企业", name)
        assert (why.verdict, why.shown_as) == (Verdict.FOLDED, shown.id)
        assert (why.rank, why.shown_title) == (shown.rank, shown.title)
        alone = ask(service, "走访 企业", name, collapse=False)
        assert (alone.verdict, alone.shown_as) == (Verdict.HIT, "")


def test_synonym_that_stands_in_it_is_told(service: SearchService) -> None:
    """A document that has only the full name matches the clause by the synonym."""
    why = ask(service, "统战工作", CORPUS[5].id)
    roles = {each.role: each.held for each in why.clauses[0].parts}
    assert why.clauses[0].matched
    assert (roles[Role.WORD], roles[Role.SYNONYM]) == (False, True)
    assert ask(service, "统战工作", CORPUS[5].id, synonyms=False).verdict is (
        Verdict.LACKS
    )
