"""Facts about precedents: which passages are found, and what of them is shared."""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from opencc import OpenCC

from index.document import Document, Script
from index.errors import IndexMissing
from index.fold import fold
from index.home import Home
from search.errors import RequestError
from search.precedents import MAX_TEXT
from search.precedents_results import Order, PrecedentRequest, Precedents
from search.results import SearchRequest
from search.service import SearchService, open_service
from tests.corpus import CORPUS, fill, make_document, make_service
from tests.index.invented import sentences

FERRY = (
    "柳渡镇把老码头改成便民驿站，候船厅里添了长椅和热水，摆渡人轮流值守到夜里九点。"
    "对岸的菜农凌晨过江，不再摸黑等船；学生放学有专班，家长在群里看得到船到了哪里。"
    "全年安全摆渡四万余人次，没有发生一起落水事故。"
)
EDITED = FERRY.replace("长椅和热水", "座椅、热水和充电口").replace("四万", "五万")
TEA = "茶山上的索道十月通车，采下的鲜叶两刻钟就能送进厂房，损耗比往年少了三成。"
FORMULA = "在上级的正确领导下，全体同志团结一心，圆满完成了全年各项任务。"
LISTS = (
    "藏品有：铜镜、陶俑、竹简、玉佩、漆盒、骨笛、石磨、木梳。"
    "书目有：县志、家谱、账册、契约、碑拓、舆图、戏本、药方。"
)
_SENTENCE = re.compile("[^。；]+[。；]")


def _documents() -> Iterator[Document]:
    """Make the archive: the passage, later and earlier uses of it, much else."""
    yield make_document(
        1, "柳渡镇2016年总结", "开头的话。" + FERRY, TEA, year=2016, published="2017-01"
    )
    yield make_document(2, "柳渡镇2019年总结", EDITED, year=2019, published="2020-01")
    yield make_document(
        3,
        "臨渡鎮總結",
        OpenCC("s2t").convert(TEA + "另有果園三處。"),
        year=2012,
        script=Script.HANT,
    )
    for number in range(10, 40):
        own = sentences(number, 4)
        yield make_document(
            number, f"单位{number}总结", own[0] + FORMULA, "".join(own[1:]), year=2000
        )


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """Make the archive that no test changes."""
    service = make_service(tmp_path_factory.mktemp("home"), _documents())
    yield service
    service.close()


def find(service: SearchService, text: str, order: Order = Order.OVERLAP) -> Precedents:
    """Find the precedents of a text."""
    return service.precedents.find(PrecedentRequest(text=text, order=order))


def numbers(found: Precedents) -> list[int]:
    """Give the numbers of the documents found, in order."""
    return [int(passage.id, 16) for passage in found.passages]


def assert_runs_are_true(found: Precedents) -> None:
    """Hold that each run is the same characters, folded, in both texts."""
    for passage in found.passages:
        for run in passage.runs:
            mine, its = found.text[slice(*run.query)], passage.text[slice(*run.passage)]
            assert mine
            assert fold(mine) == fold(its)


def changed(text: str, seed: int) -> str:
    """Replace a fifth of the characters by others."""
    draw = random.Random(seed)  # noqa: S311 (a reproducible sample, no secret)
    return "".join(
        draw.choice("甲乙丙丁戊") if draw.random() < 0.2 else c for c in text
    )


def test_a_passage_word_for_word_is_one_run_of_all_its_characters(
    service: SearchService,
) -> None:
    """The whole text is shared, the block is named, and the edited one comes next."""
    found = find(service, FERRY)
    first = found.passages[0]
    assert numbers(found) == [1, 2]
    assert (first.overlap, first.anchor, first.runs[0].query) == (
        1.0,
        "b1",
        (0, len(FERRY)),
    )
    assert first.text[slice(*first.runs[0].passage)] == FERRY
    assert_runs_are_true(found)


@pytest.mark.parametrize("seed", range(5))
def test_one_character_in_five_may_be_changed(
    service: SearchService, seed: int
) -> None:
    """The passage is still first, with most of what is left of it in runs."""
    found = find(service, changed(FERRY, seed))
    assert set(numbers(found)[:2]) == {1, 2}
    assert found.passages[0].overlap > 0.5
    assert_runs_are_true(found)


@pytest.mark.parametrize("first", range(5))
def test_what_two_sentences_have_left_counts_together(
    tmp_path: Path, first: int
) -> None:
    """Lists are full of marks: one sentence of them is too little by itself."""
    wanted = list(LISTS)
    places = [at for at, char in enumerate(wanted) if char.isalnum()]
    for at in places[first::5]:
        wanted[at] = "甲"
    service = make_service(tmp_path, [make_document(1, "馆藏", f"开头。{LISTS}结尾。")])
    found = find(service, "".join(wanted))
    service.close()
    assert numbers(found) == [1]
    assert_runs_are_true(found)


def test_sentences_may_stand_in_another_order(service: SearchService) -> None:
    """All of them are found in the one passage, each run where it stands there."""
    parts = _SENTENCE.findall(FERRY)
    found = find(service, "".join(reversed(parts)))
    assert found.passages[0].id == f"{1:016x}"
    assert found.passages[0].overlap > 0.95
    starts = [run.passage.start for run in found.passages[0].runs]
    assert starts != sorted(starts)
    assert_runs_are_true(found)


def test_either_script_finds_the_other(service: SearchService) -> None:
    """A simplified passage finds the traditional document, and the other way."""
    assert set(numbers(find(service, TEA))) == {1, 3}
    found = find(service, OpenCC("s2t").convert(FERRY))
    assert numbers(found) == [1, 2]
    assert found.passages[0].overlap > 0.95
    assert_runs_are_true(found)


def test_wrapped_and_repunctuated_lines_are_the_same_wording(
    service: SearchService,
) -> None:
    """Line ends and marks are no wording: they part runs and lower no overlap."""
    found = find(service, FERRY.replace("，", ", ").replace("。", "。\n"))
    assert numbers(found)[0] == 1
    assert found.passages[0].overlap == 1.0
    assert_runs_are_true(found)


def test_the_earliest_comes_first_on_request(service: SearchService) -> None:
    """By the day of publication, else by the year a document is about."""
    assert numbers(find(service, TEA, Order.EARLIEST)) == [3, 1]
    assert numbers(find(service, EDITED)) == [2, 1]
    assert numbers(find(service, EDITED, Order.EARLIEST)) == [1, 2]


def test_what_shares_nothing_is_not_found(service: SearchService) -> None:
    """An honest none: no passage, and parts that nothing covers."""
    found = find(service, "海上风电机组吊装须候好天气，运维船靠泊后由塔筒内梯登机。")
    assert (found.total, found.passages) == (0, ())
    assert [part.covered for part in found.parts] == [0.0]


def test_dates_and_figures_alone_are_no_wording(tmp_path: Path) -> None:
    """A text that has only days and numbers in common with another shares nothing."""
    figures = "2017年10月27日，2018年1月1日，2018年3月31日，12345.67，89012.34"
    service = make_service(
        tmp_path, [make_document(1, "总结", f"旧桥{figures}重修。", *sentences(5, 3))]
    )
    found = find(service, f"今年的渔获{figures}都卖完")
    service.close()
    assert found.total == 0


def test_a_formula_is_found_when_it_is_all_there_is(service: SearchService) -> None:
    """All who use it have all of it."""
    found = find(service, FORMULA)
    assert found.total == 30
    assert {passage.overlap for passage in found.passages} == {1.0}


def test_a_formula_weighs_little_beside_what_one_alone_has(
    service: SearchService,
) -> None:
    """A longer formula that all have is less than a shorter sentence of one."""
    own = "候船厅里添了长椅和热水，摆渡人轮流值守。"
    found = find(service, FORMULA + own)
    first, second = found.passages[:2]
    assert first.id == f"{1:016x}"
    assert first.common < second.common
    overlaps = [passage.overlap for passage in found.passages]
    assert overlaps == sorted(overlaps, reverse=True)


def test_a_draft_is_told_paragraph_by_paragraph(service: SearchService) -> None:
    """Each part names the document that has it, or none."""
    new = "海上风电机组吊装须候好天气，运维船靠泊后登机。"
    found = find(service, f"{FERRY}\n\n{new}\n{TEA}\n")
    names = [[int(source.id, 16) for source in part.sources] for part in found.parts]
    assert [found.text[slice(*part.span)] for part in found.parts] == [FERRY, new, TEA]
    assert names[0][0] == 1
    assert names[1] == []
    assert set(names[2]) == {1, 3}
    assert [part.covered for part in found.parts] == [1.0, 0.0, 1.0]
    assert found.parts[2].sources[0].anchor in ("b1", "b2")


def test_a_passage_reaches_over_neighbouring_blocks(service: SearchService) -> None:
    """What stands in two blocks behind one another is one passage of both."""
    first = find(service, FERRY + "\n" + TEA).passages[0]
    assert (first.anchors, first.overlap) == (("b1", "b2"), 1.0)
    assert first.text == f"开头的话。{FERRY}\n{TEA}"


def test_filters_say_where_is_sought(service: SearchService) -> None:
    """A year leaves the documents about it."""
    request = PrecedentRequest(text=FERRY, within=SearchRequest(year_from=2017))
    assert numbers(service.precedents.find(request)) == [2]


def test_little_overlap_can_be_left_out(service: SearchService) -> None:
    """What has less than the least overlap is neither counted nor listed."""
    request = PrecedentRequest(text=FERRY, min_overlap=0.97)
    assert numbers(service.precedents.find(request)) == [1]


def test_near_duplicates_are_one_passage(tmp_path: Path) -> None:
    """A copy on another site is counted, not listed."""
    body = FERRY + "".join(sentences(3, 8))
    copies = [make_document(number, "总结", body, year=2020) for number in (1, 2)]
    service = make_service(tmp_path, copies)
    found = find(service, FERRY)
    service.close()
    assert [passage.near_duplicates for passage in found.passages] == [1]


def test_a_long_block_is_cut_at_sentences(tmp_path: Path) -> None:
    """Of a block of thousands of characters the sentences around are shown."""
    body = "".join(sentences(1, 60)) + FERRY + "".join(sentences(2, 60))
    service = make_service(tmp_path, [make_document(1, "总结", body)])
    passage = find(service, FERRY[3:]).passages[0]
    service.close()
    assert passage.text == FERRY
    assert body[passage.start :].startswith(FERRY)
    assert passage.overlap == 1.0


@pytest.mark.parametrize(
    ("request_", "parameter"),
    [
        (PrecedentRequest(text="太短。"), "text"),
        (PrecedentRequest(text="，。；！？、：“”《》（）……——"), "text"),
        (PrecedentRequest(text="长" * (MAX_TEXT + 1)), "text"),
        (PrecedentRequest(text=FERRY + "\ud800"), "text"),
        (PrecedentRequest(text=FERRY, limit=0), "limit"),
        (PrecedentRequest(text=FERRY, limit=101), "limit"),
        (PrecedentRequest(text=FERRY, min_overlap=1.5), "min_overlap"),
    ],
)
def test_what_is_outside_a_limit_is_refused(
    service: SearchService, request_: PrecedentRequest, parameter: str
) -> None:
    """The parameter is named; nothing is cut short silently."""
    with pytest.raises(RequestError) as refusal:
        service.precedents.find(request_)
    assert refusal.value.parameter == parameter


def test_odd_texts_are_answered(service: SearchService) -> None:
    """Repetition, emoji and a text at the limit are texts like others."""
    for text in ("工作" * 5000, "🚢" * 50 + FERRY, "a1" * 10_000, FERRY * 100):
        found = find(service, text)
        assert all(0 <= passage.overlap <= 1 for passage in found.passages)
        assert_runs_are_true(found)


def test_an_empty_archive_has_no_precedents(tmp_path: Path) -> None:
    """Without documents the answer is none; without an index it says so."""
    fill(Home(tmp_path / "unindexed"), CORPUS[:1])
    unindexed = open_service(Home(tmp_path / "unindexed"))
    with pytest.raises(IndexMissing):
        find(unindexed, FERRY)
    unindexed.close()
    empty = make_service(tmp_path / "empty", ())
    assert find(empty, FERRY).passages == ()
    empty.close()
