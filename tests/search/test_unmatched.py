"""Facts about filters that match nothing."""

from collections.abc import Iterator

import pytest

from search.results import SearchRequest
from search.service import SearchService
from tests.corpus import make_service


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """Make an archive of the corpus."""
    service = make_service(tmp_path_factory.mktemp("home"))
    yield service
    service.close()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("year:1999 统战", {"year:1999": ("year:2013..2023",)}),
        ("来源:日报", {"source:日报": ("source:云溪日报",)}),
        ("region:青陵区", {"region:青陵区": ("region:青陵",)}),
        ("site:雲溪黨建", {"site:雲溪黨建": ("site:云溪党建网",)}),
        ("source:青陵早报", {"source:青陵早报": ("source:青陵晚报",)}),
        ("region:无此地", {"region:无此地": ()}),
        (
            "region:甲 OR region:乙",
            {"region:甲": (), "region:乙": ()},
        ),
        ("没有这样的词语 year:2020", {}),
        ("year:2013 region:云溪", {}),
        ("year:1999 OR 统战", {}),
        ("-year:2013..2023 year:2020", {}),
    ],
)
def test_filter_that_matches_nothing_is_named(
    service: SearchService, text: str, told: dict[str, tuple[str, ...]]
) -> None:
    """An answer without hits names such filters, and values that the archive has."""
    results = service.search(SearchRequest(text=text))
    assert {each.clause: each.similar for each in results.unmatched} == told
    for similar in told.values():
        for clause in similar:
            assert service.search(SearchRequest(text=clause)).total
