"""What was open of an index that was replaced does not stay in memory."""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.generations import live_generation, make_live, new_generation
from index.home import Home
from search.precedents_results import PrecedentRequest
from search.results import SearchRequest
from search.service import SearchService
from search.wording import WordingRequest
from tests.corpus import CORPUS, make_service

MAPPED = Path("/proc/self/maps")


@pytest.fixture
def no_collector() -> Iterator[None]:
    """Have no collector of cycles, as one seldom runs in a server whose heap is large.

    A server freezes what it shares among its workers, and Python's collector waits
    until a quarter as much has come in addition.
    """
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.skipif(not MAPPED.exists(), reason="the system does not tell")
@pytest.mark.usefixtures("no_collector")
def test_replaced_index_is_let_go(tmp_path: Path) -> None:
    """However often the index is exchanged, only the newest stays mapped."""
    service = make_service(tmp_path / "home")
    index = Home(tmp_path / "home").index
    for _ in range(3):
        ask(service)
        old, fresh = live_generation(index), new_generation(index)
        shutil.copytree(old, fresh, dirs_exist_ok=True)
        make_live(fresh)
        shutil.rmtree(old)
    ask(service)
    assert mapped(index) == {live_generation(index).name}
    service.close()


def ask(service: SearchService) -> None:
    """Ask for whatever reads the index."""
    for text in (
        "统战",
        "统站 工作",
        "tongzhan",
        "统战 没有的词",
        '="統戰"',
        "统* -工作",
    ):
        service.search(SearchRequest(text=text, explain=True, why=CORPUS[0].id))
    service.suggester.suggest("tz")
    service.similar.find(CORPUS[0].id)
    service.precedents.find(PrecedentRequest(text=CORPUS[0].blocks[0].text * 2))
    service.wording.track(WordingRequest(phrases=("统战",)))


def mapped(index: Path) -> set[str]:
    """Name the generations that files are mapped of, removed ones too."""
    lines = MAPPED.read_text("utf-8").splitlines()
    paths = [line.partition(f"{index}/")[2] for line in lines]
    return {path.partition("/")[0] for path in paths if path}
