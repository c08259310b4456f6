"""Facts about documents like a given one."""

from collections.abc import Iterator

import pytest

from index.errors import UnknownDocument
from search.errors import RequestError
from search.service import SearchService
from tests.corpus import make_document, make_service
from tests.index.invented import sentences

BRIDGE = "石拱桥加固工程分两期施工，桥墩灌浆三百方，护栏改用本地青石。"
PLAN = "加固石拱桥须先封航，青石料由县里采石场供给，灌浆请专业队伍。"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """Make an archive: two years of a unit, a text of the same matter, others."""
    others = [
        make_document(number, f"单位{number}总结", *sentences(number, 5))
        for number in range(10, 30)
    ]
    copied = ("桥梁所总结", BRIDGE, *sentences(1, 4))
    documents = [
        make_document(1, *copied, year=2019),
        make_document(2, *copied, year=2019),
        make_document(3, "桥梁所总结", BRIDGE, *sentences(2, 4), year=2020),
        make_document(4, "修桥计划", PLAN),
        *others,
    ]
    service = make_service(tmp_path_factory.mktemp("home"), documents)
    yield service
    service.close()


def test_the_same_unit_and_the_same_matter_are_alike(service: SearchService) -> None:
    """Another year that repeats a paragraph is first, the same matter next."""
    found = service.similar.find(f"{1:016x}")
    assert [int(each.id, 16) for each in found.documents][:2] == [3, 4]
    first, second = found.documents[:2]
    assert first.wording > second.wording
    assert {"青石", "灌浆"} & set(second.words)
    assert set(second.words) <= set(found.words)


def test_a_document_and_its_copies_are_not_like_it(service: SearchService) -> None:
    """Near-duplicates are left out, and one stands for those of another."""
    numbers = [int(each.id, 16) for each in service.similar.find(f"{1:016x}").documents]
    assert {1, 2} & set(numbers) == set()
    others = [int(each.id, 16) for each in service.similar.find(f"{3:016x}").documents]
    assert len({1, 2} & set(others)) == 1


def test_the_limit_is_kept_and_stated(service: SearchService) -> None:
    """No more than asked for; outside 1 to 100 it is refused."""
    assert len(service.similar.find(f"{1:016x}", 1).documents) == 1
    with pytest.raises(RequestError):
        service.similar.find(f"{1:016x}", 101)


def test_an_unknown_document_is_an_error(service: SearchService) -> None:
    """The id is named."""
    with pytest.raises(UnknownDocument):
        service.similar.find("0" * 16)
