"""The examples of the help page find what the page says."""

from collections.abc import Iterator

import pytest

from search.examples import BRIEF, EXAMPLES, SAMPLES, Example, Topic
from search.fields import FIELDS
from search.results import SearchRequest
from search.service import SearchService
from tests.corpus import make_service


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """Make an archive of the sample documents of the page."""
    service = make_service(tmp_path_factory.mktemp("home"), SAMPLES)
    yield service
    service.close()


def found(service: SearchService, query: str) -> set[int]:
    """Search; give the numbers of the sample documents."""
    request = SearchRequest(text=query, per_page=100, collapse=False)
    ids = [document.id for document in SAMPLES]
    return {ids.index(hit.id) + 1 for hit in service.search(request).hits}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.name)
def test_example_finds_what_is_stated(service: SearchService, example: Example) -> None:
    """However it is written, an example finds the stated documents and no others."""
    for query in (example.query, *example.also):
        assert found(service, query) == set(example.finds), query


def test_every_form_of_the_language_has_an_example() -> None:
    """Each topic and each field is shown, and no name stands twice."""
    assert {example.topic for example in EXAMPLES} == set(Topic)
    queries = " ".join(example.query for example in EXAMPLES)
    assert all(f"{field.name}:" in queries for field in FIELDS)
    assert len({example.name for example in EXAMPLES}) == len(EXAMPLES)
    assert 0 < len(BRIEF) < len(EXAMPLES)
