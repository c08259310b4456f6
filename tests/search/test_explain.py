"""Facts about explanations: what is looked for, and what scores are the sum of."""

from collections.abc import Iterator

import pytest

from index.fold import fold
from search.explanations import Role, TermExplanation
from search.results import Results, SearchRequest, Sort
from search.service import SearchService
from tests.corpus import CORPUS, holding, make_service


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """Make an archive of the corpus that no test changes."""
    service = make_service(tmp_path_factory.mktemp("home"))
    yield service
    service.close()


def explained(
    service: SearchService, text: str, sort: Sort = Sort.RELEVANCE
) -> Results:
    """Search with all hits on one page."""
    return service.search(
        SearchRequest(text=text, per_page=100, sort=sort, explain=True)
    )


def terms(results: Results) -> list[TermExplanation]:
    """Give the strings of the query."""
    return [*(results.explanation or ())]


@pytest.mark.parametrize("sort", [Sort.RELEVANCE, Sort.OLDEST])
@pytest.mark.parametrize(
    "text",
    [
        "统战",
        "統戰 工作 企业",
        "工会 OR 蓝莓 OR 没有这样的词语",
        '"战线工作"',
        '"统战 工作"~10',
        '"人 说"~10',
        "统*",
        "title:工*",
        "title:统战 工作 -企业",
        "(统战 OR 乡村) year:2020..2021",
        "统战部 工作",
        "统一战线工作 OR 工商联",
        "溪",
        "馬克思主義 學院",
    ],
)
def test_parts_add_up_to_the_score(
    service: SearchService, text: str, sort: Sort
) -> None:
    """Whatever the query and the order, the parts of a hit are its whole score."""
    results = explained(service, text, sort)
    assert results.hits
    for hit in results.hits:
        assert sum(part.score for part in hit.parts) == pytest.approx(
            hit.score, abs=1e-5
        )
        assert all(part.score > 0 for part in hit.parts)


def test_part_names_the_word_and_where_it_stands(service: SearchService) -> None:
    """A word in the title has a part for it; one in the text alone has none."""
    results = explained(service, "統戰 企业")
    (hit,) = (hit for hit in results.hits if hit.id == CORPUS[0].id)
    assert {(part.clause, part.term, part.field) for part in hit.parts} >= {
        ("統戰", "统战", "title"),
        ("統戰", "统战", "body"),
        ("企业", "企业", "body"),
    }
    assert {part.name for part in hit.parts} == {"bm25f", "passage", "title"}
    assert ("企业", "title") not in {(part.term, part.field) for part in hit.parts}


def test_score_of_variants_is_that_of_their_best_member(service: SearchService) -> None:
    """Parts come from what was typed or from one equivalent, never from both."""
    clauses = {
        frozenset(part.clause for part in hit.parts if part.name == "bm25f")
        for hit in explained(service, "统战工作").hits
    }
    assert clauses == {frozenset({"统战工作"}), frozenset({'"统一战线工作"'})}


def test_order_of_the_parts_is_that_of_their_size(service: SearchService) -> None:
    """What matters most stands first."""
    for hit in explained(service, "统战 工作").hits:
        scores = [part.score for part in hit.parts]
        assert scores == sorted(scores, reverse=True)


def test_every_string_is_told_with_what_is_looked_for(service: SearchService) -> None:
    """Role, folded form, field and count of each; synonyms name what was typed."""
    text = '統戰工作 title:"總結" 乡* "云溪 工作"~9 -蓝莓 year:2020..2021'
    told = {each.text: each for each in terms(explained(service, text))}
    assert told["統戰工作"].folded == "统战工作"
    assert told["統戰工作"].documents == len(holding(CORPUS, "统战工作"))
    synonym = told["统一战线工作"]
    assert (synonym.role, synonym.synonym_of) == (Role.SYNONYM, "統戰工作")
    assert synonym.documents == len(holding(CORPUS, "统一战线工作"))
    title = told["總結"]
    assert (title.role, title.field) == (Role.EXACT, "title")
    assert title.documents == len(holding(CORPUS, "总结", title_only=True))
    assert told["乡"].role is Role.PREFIX
    assert told["工作"].role is Role.NEAR
    assert told["蓝莓"].excluded
    assert all(each.folded == fold(each.text) for each in told.values())
    assert "2020" not in told


def test_nothing_is_explained_unasked(service: SearchService) -> None:
    """Neither strings nor parts are made for those who do not want them."""
    results = service.search(SearchRequest(text="统战"))
    assert results.explanation is None
    assert all(hit.parts == () for hit in results.hits)
