"""Facts about closeness: what it adds is what a plain look at the text gives."""

import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.document import Document
from search.closeness import PASSAGE, SATURATION, TITLE, TOGETHER
from search.engine import Match
from search.expansion import expand
from search.parser import parse
from search.results import SearchRequest, Sort
from search.service import SearchService
from search.sought import running_texts
from tests.corpus import make_document, make_service, numbers

_UNIT = 200
FILLING = "县里各项事务按部就班推进。" * 60
DOCUMENTS = (
    make_document(1, "渡口管理", "渡船检修。" + FILLING + "码头巡查完毕。"),
    make_document(2, "渡口管理", FILLING + "渡船检修、码头巡查。" + FILLING),
    make_document(3, "年度事项", "渡船、码头、检修、巡查。", "渡船检修渡船检修。"),
    make_document(4, "渡船检修码头巡查", "本年完成。"),
    make_document(5, "长文", FILLING * 8 + "渡船检修。"),
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    """Make an archive of a few documents."""
    return make_service(tmp_path_factory.mktemp("closeness"), DOCUMENTS)


def matches(service: SearchService, text: str) -> dict[int, Match]:
    """Ask the engine as the service does."""
    query = expand(parse(text), lambda each: [each])
    engine = service._engine  # noqa: SLF001 (parts of scores are not shown elsewhere)
    answer = engine.search(query, SearchRequest(text=text), running_texts(query))
    return {number: match for match in answer.matches for number in numbers([match.id])}


def exact_text(document: Document) -> str:
    """Write a document as the index has it: title and blocks, a line each."""
    lines = (document.title, *(block.text for block in document.blocks))
    return "".join(f"{line}\n" for line in lines)


def pairs_of(text: str) -> list[str]:
    """List the pairs of neighbours."""
    return [text[at : at + 2] for at in range(len(text) - 1)]


def weights(strings: Sequence[str]) -> dict[str, float]:
    """Weigh the pairs of a query by what all texts have of them."""
    texts = [exact_text(document) for document in DOCUMENTS]
    held = Counter(pair for text in texts for pair in pairs_of(text))
    passages = sum(map(len, texts)) / _UNIT
    pairs = dict.fromkeys(pair for string in strings for pair in pairs_of(string))
    return {pair: math.log1p(passages / held[pair]) for pair in pairs if held[pair]}


def best_passage(text: str, weigh: dict[str, float]) -> float:
    """Try every passage of a text."""
    best = 0.0
    for start in range(len(text)):
        count = Counter(pairs_of(text[start : start + PASSAGE + 2]))
        best = max(
            best,
            sum(
                weight * count[pair] * (SATURATION + 1) / (count[pair] + SATURATION)
                for pair, weight in weigh.items()
            ),
        )
    return best


@pytest.mark.parametrize("text", ["渡船检修", "渡船 码头巡查", "检修 OR 巡查"])
def test_what_is_added_is_what_the_text_holds(
    service: SearchService, text: str
) -> None:
    """The best passage, and the share of the title, as counted by hand."""
    weigh = weights(text.split(" OR ") if " OR " in text else [text.replace(" ", "")])
    found = matches(service, text)
    assert found
    for number, match in found.items():
        document = DOCUMENTS[number - 1]
        passage = best_passage(exact_text(document), weigh)
        passage *= TOGETHER * (1 - 1 / len(weigh))
        assert match.passage == pytest.approx(passage, abs=1e-5)
        pairs = pairs_of(document.title)
        weight = sum(weigh.get(pair, 0.0) for pair in set(pairs))
        of_title = sum(pair in weigh for pair in pairs) / len(pairs)
        title = weight * max(of_title, weight / sum(weigh.values())) * TITLE
        assert match.title == pytest.approx(title, abs=1e-5)
        assert match.score >= match.passage + match.title


def test_words_in_one_passage_come_before_words_far_apart(
    service: SearchService,
) -> None:
    """Of two documents with the same words, the one that has them together is first."""
    asked = SearchRequest(text="渡船检修 码头巡查", collapse=False)
    hits = service.search(asked).hits
    order = [next(iter(numbers([hit.id]))) for hit in hits]
    assert order[0] == 4
    assert order.index(2) < order.index(1)


def test_order_by_date_does_not_look(service: SearchService) -> None:
    """Nothing is added where relevance does not count."""
    asked = SearchRequest(text="渡船检修", sort=Sort.NEWEST)
    hits = service.search(asked).hits
    relevant = service.search(SearchRequest(text="渡船检修")).hits
    scores = {hit.id: hit.score for hit in relevant}
    assert all(hit.score < scores[hit.id] for hit in hits)


def test_scores_fall_over_the_last_hit_that_is_looked_at(tmp_path: Path) -> None:
    """Pages of any size are parts of one list, whose scores never rise."""
    many = [
        make_document(number, f"第{number}号", "渡船检修" * (number % 7 + 1) + FILLING)
        for number in range(1, 231)
    ]
    service = make_service(tmp_path, many)

    def pages(size: int) -> list[tuple[str, float]]:
        return [
            (hit.id, hit.score)
            for page in range(1, 230 // size + 2)
            for hit in service.search(
                SearchRequest(text="渡船检修", page=page, per_page=size, collapse=False)
            ).hits
        ]

    whole = pages(100)
    assert len(whole) == 230
    assert pages(30) == whole
    scores = [score for _, score in whole]
    assert scores == sorted(scores, reverse=True)
    service.close()
