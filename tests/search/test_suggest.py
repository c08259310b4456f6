"""Completion through the service: what is offered, and that it finds something."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.completions import NAME
from index.errors import IndexMissing
from index.generations import live_generation
from index.home import Home
from search.results import SearchRequest
from search.service import SearchService, open_service
from search.suggest import MOST, Suggestion, SuggestionKind
from tests.corpus import CORPUS, build, fill, make_document, make_service


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """Open the corpus."""
    opened = make_service(tmp_path_factory.mktemp("suggest") / "home")
    yield opened
    opened.close()


def suggest(service: SearchService, typed: str) -> dict[str, Suggestion]:
    """Complete, by what is offered."""
    return {each.text: each for each in service.suggester.suggest(typed)}


@pytest.mark.parametrize(
    "typed",
    ["统", "tong", "tz", "tongz", "tongzhan", "统z", "ＴＯＮＧ", "TongZhan"],
)
def test_word_is_completed_however_it_is_typed(
    service: SearchService, typed: str
) -> None:
    """Characters, pinyin, first letters and mixtures, in any case and width."""
    assert "统战" in suggest(service, typed)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("显", "显著"),
        ("xianzhu", "显著"),
        ("chengxiao", "成效显著"),
        ("qianlong", "乾隆"),
        ("zhuming", "著名"),
        ("顯", "顯著"),
        ("zm", "著名"),
        ("kan", "看着"),
    ],
)
def test_words_are_offered_as_they_are_written(
    service: SearchService, typed: str, text: str
) -> None:
    """Not as they are folded for comparison, 显着 for 显著 and 干隆 for 乾隆."""
    offered = suggest(service, typed)
    assert text in offered
    assert not {"显着", "成效显着", "干隆", "着名", "看著", "顯着"} & offered.keys()


@pytest.mark.parametrize("typed", ["tongzhan'gongzuo", "tongzhangongzuo", "tzgz"])
def test_longer_words_are_completed(service: SearchService, typed: str) -> None:
    """Words that stand beside each other in titles are terms, too."""
    offered = suggest(service, typed)
    assert any(text.startswith("统战工作") for text in offered)


@pytest.mark.parametrize(
    "typed",
    [
        "t",
        "z",
        "统",
        "縣",
        "2",
        "云 tong",
        "-统",
        "title:统",
        "标题：tong",
        '"统战',
        "w",
    ],
)
def test_every_completion_finds_something(service: SearchService, typed: str) -> None:
    """The whole query with it has the documents that are stated; a few at a time."""
    offered = service.suggester.suggest(typed)
    assert 0 < len(offered) <= MOST
    for each in offered:
        results = service.search(SearchRequest(text=each.query, collapse=False))
        assert results.total_documents > 0
        if each.kind in (SuggestionKind.SUBJECT, SuggestionKind.TERM):
            alone = each.query.removeprefix("-")
            counted = service.search(SearchRequest(text=alone))
            assert each.documents == counted.total_documents


def test_rest_of_the_query_is_kept(service: SearchService) -> None:
    """Only the last word is completed, in its field and quotation marks."""
    assert suggest(service, "学习 tongz")["统战"].query == "学习 统战"
    assert suggest(service, "标题:tongz")["统战"].query == "title:统战"
    assert suggest(service, '学习 "tongz')["统战"].query == '学习 "统战"'
    assert suggest(service, "-tongz")["统战"].query == "-统战"


def test_words_that_are_not_found_together_are_not_offered(
    service: SearchService,
) -> None:
    """Behind another word stand only terms that documents have beside it."""
    assert "清真寺" in suggest(service, "清真")
    assert "清真寺" not in suggest(service, "蜂农 清真")


def test_kinds_are_told(service: SearchService) -> None:
    """Words of titles, other words, titles, and publishers that are a filter then."""
    assert suggest(service, "统")["统战"].kind is SuggestionKind.SUBJECT
    assert suggest(service, "难")["难题"].kind is SuggestionKind.TERM
    title = suggest(service, "民族")["民族宗教工作"]
    assert (title.kind, title.query) == (SuggestionKind.TITLE, '"民族宗教工作"')
    source = suggest(service, "云政")["云政公报"]
    assert (source.kind, source.query) == (SuggestionKind.SOURCE, "source:云政公报")
    assert [*suggest(service, "source:yun")] == ["云溪日报", "云政公报"]
    assert "青陵" in suggest(service, "地区:q")
    assert suggest(service, "kind:y") == {}


def test_traditional_characters_are_answered_in_kind(service: SearchService) -> None:
    """Who types 統 is offered 統戰; titles are shown as they are."""
    offered = suggest(service, "統")
    assert "統戰" in offered
    assert "统战" not in offered
    assert "林溪縣2020年統戰工作年終總結" in suggest(service, "林溪县2020")


def test_typed_word_itself_is_not_offered(service: SearchService) -> None:
    """What is typed in full needs no completion."""
    assert "统战" not in suggest(service, "统战")


@pytest.mark.parametrize(
    "typed", ["", " ", '"', "(", "tong" * 300, "\ud800", "\x00", "*"]
)
def test_odd_text_completes_nothing(service: SearchService, typed: str) -> None:
    """No completion is an answer, too."""
    assert service.suggester.suggest(typed) == ()


def test_new_index_is_picked_up(tmp_path: Path) -> None:
    """Words and titles of a commit are offered after it, those it deleted are not."""
    home = Home(tmp_path / "home")
    fill(home, CORPUS[:3])
    build(home)
    service = open_service(home)
    assert suggest(service, "zhudu") == {}
    fill(home, [make_document(90, "竹渡口整修简报", "竹渡口整修完毕。")])
    build(home)
    assert "竹渡口整修简报" in suggest(service, "zhudu")
    service.close()


def test_missing_file_is_made_in_the_background(tmp_path: Path) -> None:
    """An index whose completions are gone gets them without being asked to wait."""
    home = Home(tmp_path / "home")
    fill(home, CORPUS[:3])
    build(home)
    (live_generation(home.index) / NAME).unlink()
    service = open_service(home)
    assert service.search(SearchRequest(text="统站")).suggestion is None
    for _ in range(600):
        if service.suggester.opened():
            break
        time.sleep(0.05)
    assert "统战" in suggest(service, "tz")
    service.close()


def test_archive_without_index_says_so(tmp_path: Path) -> None:
    """The error is that of a search."""
    home = Home(tmp_path / "home")
    fill(home, CORPUS[:1])
    service = open_service(home)
    with pytest.raises(IndexMissing):
        service.suggester.suggest("统")
    service.close()
