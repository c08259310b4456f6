"""Facts about synonyms and abbreviations: their files, and what they find."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import make_analyzer
from index.document import Script
from index.errors import SettingsError
from index.fold import fold
from index.home import Home
from search.expansion import expand
from search.parser import parse
from search.query import And, Exact, Not, Query, Variants, Word, Words
from search.results import Results, SearchRequest
from search.service import SearchService, open_service
from search.synonyms import SHIPPED, SynonymFiles, expand_words, read_synonyms
from tests.corpus import make_document, make_service, numbers

DOCUMENTS: Final = (
    make_document(1, "青溪县委统战部工作总结", "统战部全年走访企业。", year=2020),
    make_document(2, "青溪年鉴", "县委统一战线工作部召开会议，走访企业。", year=2020),
    make_document(
        3, "青溪年鑑", "縣委統一戰線工作部召開會議。", script=Script.HANT, year=2021
    ),
    make_document(4, "简报", "统一战线工作部署会召开。"),
    make_document(5, "简报二", "民族宗教事务委员会与工商业联合会走访企业。"),
    make_document(6, "简报三", "民宗委与工商联走访企业。"),
    make_document(7, "渡口", "整修渡口三处。"),
    make_document(8, "会议", "统战部、统战部、统一战线工作部开会。"),
)
ANALYZER: Final = make_analyzer()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """Make an archive that no test changes, with the synonyms we ship."""
    service = make_service(tmp_path_factory.mktemp("home"), DOCUMENTS)
    yield service
    service.close()


def search(service: SearchService, text: str, *, synonyms: bool = True) -> Results:
    """Search without folding copies."""
    return service.search(
        SearchRequest(text=text, per_page=100, collapse=False, synonyms=synonyms)
    )


def found(service: SearchService, text: str, *, synonyms: bool = True) -> set[int]:
    """Give the numbers of the documents that a query finds."""
    hits = search(service, text, synonyms=synonyms).hits
    return numbers(hit.id for hit in hits)


def understood(text: str, rules: str, tmp_path: Path) -> Query:
    """Expand a query by rules."""
    (tmp_path / "rules.txt").write_text(rules, "utf-8")
    synonyms = read_synonyms([tmp_path / "rules.txt"])

    def variants(words: Words) -> list[Query]:
        tokens = ANALYZER.words(words.text)
        return expand_words(words, tokens, synonyms, lambda _: True)

    return expand(parse(text), lambda text: [text], variants)


# -- what is found -------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("统战部", {1, 2, 3, 4, 8}),
        ("統戰部", {1, 2, 3, 4, 8}),
        ("统一战线工作部", {1, 2, 3, 4, 8}),
        ("县委统战部", {1, 2, 3}),
        ("统战部 走访企业", {1, 2}),
        ("title:统战部", {1}),
        ("标题:统一战线工作部", {1}),
        ("民宗委 工商联", {5, 6}),
        ("民宗委工商业联合会", {5, 6}),
        ('"统战部"', {1, 8}),
        ("“統戰部”", {1, 8}),
        ('"统战部 企业"~8', {1}),
        ("走访 -统战部", {2, 5, 6}),
        ("渡口 OR 民宗委", {5, 6, 7}),
        ("统战部 year:2021", {3}),
    ],
)
def test_equivalents_are_found_beside_what_was_typed(
    service: SearchService, text: str, documents: set[int]
) -> None:
    """In either direction and script; never for quoted strings, nor under a minus."""
    assert found(service, text) == documents


@pytest.mark.parametrize("text", ["统战部", "民宗委 工商联", "统战部 走访企业"])
def test_synonyms_can_be_switched_off(service: SearchService, text: str) -> None:
    """Without them every hit contains what was typed, and nothing is told of them."""
    results = search(service, text, synonyms=False)
    for hit in results.hits:
        document = next(each for each in DOCUMENTS if each.id == hit.id)
        text_of = document.title + document.text
        assert all(word in fold(text_of) for word in text.split())
    assert results.synonyms == ()
    assert "OR" not in results.parsed


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from("县委统战部工作一线民宗工商联走访"), min_size=1, max_size=6
    )
)
def test_no_document_is_lost(service: SearchService, typed: list[str]) -> None:
    """What is found without synonyms is found with them, however words are cut."""
    text = "".join(typed)
    assert found(service, text, synonyms=False) <= found(service, text)


def test_query_is_shown_with_its_equivalents(service: SearchService) -> None:
    """The parsed query and the list of equivalents name them."""
    results = search(service, "統戰部 走访企业")
    assert results.parsed.startswith('(統戰部 OR "统一战线工作部") 走访')
    assert [tuple(each) for each in results.synonyms] == [
        ("統戰部", ("统一战线工作部",))
    ]


@pytest.mark.parametrize(
    "text", ["统战部", "title:统战部", "统战部 走访", "民宗委 OR 渡口", "县委统战部"]
)
def test_query_with_equivalents_reads_back(service: SearchService, text: str) -> None:
    """What was understood, typed in its place, is understood as the same."""
    tree = service.understand(text)
    assert service.understand(str(tree)) == tree
    assert found(service, str(tree), synonyms=False) == found(service, text)


def test_marks_stand_on_the_equivalent(service: SearchService) -> None:
    """In title and passages the name that stands there is marked, in its own script."""
    hits = {
        hit.id: "".join(
            snippet.text[start:end]
            for snippet in hit.snippets
            for start, end in snippet.marks
        )
        for hit in search(service, "统战部").hits
    }
    assert hits[DOCUMENTS[1].id] == "统一战线工作部"
    assert hits[DOCUMENTS[2].id] == "統一戰線工作部"
    marks = service.marks("统战部", DOCUMENTS[1])
    assert [*marks.blocks] == ["b1"]
    assert service.marks("统战部", DOCUMENTS[1], synonyms=False).blocks == {}


def test_both_names_score_as_the_better_of_them(service: SearchService) -> None:
    """A document with what was typed scores by it as it would without synonyms."""
    with_them, without = (
        {hit.id: hit.score for hit in search(service, "统战部", synonyms=each).hits}
        for each in (True, False)
    )
    assert with_them[DOCUMENTS[0].id] == without[DOCUMENTS[0].id]
    assert with_them[DOCUMENTS[7].id] == without[DOCUMENTS[7].id]
    assert with_them[DOCUMENTS[1].id] > 0


def test_name_within_another_word_adds_nothing(tmp_path: Path) -> None:
    """人行 in 个人行为 is no bank; by itself it is, although none is in the archive."""
    service = make_service(tmp_path, DOCUMENTS)
    Home(tmp_path).synonyms.write_text("人行 => 人民银行", "utf-8")
    assert search(service, "个人行为").synonyms == ()
    assert search(service, "人行").parsed == '(人行 OR "人民银行")'
    assert search(service, "县委统战部").synonyms
    service.close()


# -- how running text is looked through ----------------------------------------


def test_longest_name_is_taken(tmp_path: Path) -> None:
    """统战部 is no name within 中央统战部 where that is one."""
    rules = "中央统战部 = 中统部\n统战部 = 统一部"
    assert str(understood("中央统战部", rules, tmp_path)) == '(中央统战部 OR "中统部")'


def test_name_within_a_word_takes_the_whole_word(tmp_path: Path) -> None:
    """工作会 in 统战工作会议 has its equivalent in the same place of that word."""
    assert understood("统战工作会议", "工作会 = 工会", tmp_path) == Variants(
        "统战工作会议", Word("统战工作会议"), (Exact("统战工会议"),)
    )


def test_name_of_several_words_is_sought_by_all_of_them(tmp_path: Path) -> None:
    """What was typed is found as ever; the equivalent is a string beside it."""
    tree = understood("走访企业", "走访企业 = 入企", tmp_path)
    typed = And((Word("走访"), Word("企业")))
    assert tree == Variants("走访企业", typed, (Exact("入企"),))


def test_every_equivalent_is_an_exact_string_once(tmp_path: Path) -> None:
    """Rules of several lines add up; one that contains what was typed finds no more."""
    rules = "甲办 = 乙办 = 丙办\n甲办 => 丁办\n甲办 = 甲办公室\n甲办 = 丙辦"
    tree = understood("甲办", rules, tmp_path)
    assert isinstance(tree, Variants)
    assert [each.text for each in tree.equivalents] == ["乙办", "丙办", "丁办"]


def test_nothing_is_added_under_a_minus(tmp_path: Path) -> None:
    """What is left out is what was typed, in a group too."""
    tree = understood("-(甲办 OR 丙)", "甲办 = 乙办", tmp_path)
    assert isinstance(tree, Not)
    assert "乙办" not in str(tree)


# -- files ---------------------------------------------------------------------


def test_lines_are_read(tmp_path: Path) -> None:
    """Groups, one-way rules, comments, blank lines; any width, script and line end."""
    path = tmp_path / "synonyms.txt"
    path.write_bytes(
        "\ufeff# 注释\r\n\r\n統戰部 ＝ 統一戰線工作部 # 双向\r\n人大=>人民代表大会\r\n"
        "科协 = 科学技术协会\r\n！科协\r\n".encode()
    )
    assert read_synonyms([path]).equivalents == {
        "统战部": ("統一戰線工作部",),
        "统一战线工作部": ("統戰部",),
        "人大": ("人民代表大会",),
        "科学技术协会": ("科协",),
    }


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("统战部", "expected"),
        ("统战部 =", "a name is missing"),
        ("= 统战部", "a name is missing"),
        ("甲 => 乙 => 丙", "expected"),
        ("甲 乙 = 丙", "is not one word"),
        ('"甲" = 丙', "is not one word"),
        ("注:甲 = 丙", "is not one word"),
        ("!", "a name is missing"),
        ("字" * 41 + " = 甲", "longer than 40"),
        ("甲 = ，", "is not one word"),
    ],
)
def test_wrong_line_is_named(tmp_path: Path, line: str, problem: str) -> None:
    """The error has file, line and what to do."""
    path = tmp_path / "synonyms.txt"
    path.write_text(f"# 注释\n甲办 = 乙办\n{line}\n", "utf-8")
    with pytest.raises(SettingsError, match=problem) as raised:
        read_synonyms([path])
    assert (raised.value.path, raised.value.key) == (path, "line 3")


def test_other_encoding_is_named(tmp_path: Path) -> None:
    """A file in GBK is refused with the line and the encoding to save it in."""
    path = tmp_path / "synonyms.txt"
    path.write_bytes("# ascii\n统战部 = 统一战线工作部\n".encode("gbk"))
    with pytest.raises(SettingsError, match=r"line 2: is not UTF-8"):
        read_synonyms([path])


def test_shipped_file_is_sound() -> None:
    """It can be read, and no equivalent contains its name and so would find nothing."""
    equivalents = read_synonyms([SHIPPED]).equivalents
    assert len(equivalents) > 400
    assert not [
        (name, other)
        for name, others in equivalents.items()
        for other in others
        if name in fold(other)
    ]
    assert fold("統一戰線工作部") in map(fold, equivalents["统战部"])
    assert "民族宗教事务委员会" in equivalents["民宗委"]
    assert "工商业联合会" in equivalents["工商联"]


def test_short_names_are_not_sought_as_strings() -> None:
    """Of two characters few are sought for a longer name: 政协 stands in 行政协议."""
    sought = [each for s in read_synonyms([SHIPPED]).equivalents.values() for each in s]
    short = {each for each in sought if len(each) == 2}
    assert short <= {"纪委", "妇联", "残联", "计划", "计画", "规划", "规画"}


def test_user_adds_and_takes_away_without_a_rebuild(tmp_path: Path) -> None:
    """A saved file works at once: new equivalents, ours taken away, none left."""
    service = make_service(tmp_path, DOCUMENTS)
    home = Home(tmp_path)
    assert found(service, "渡口") == {7}
    home.synonyms.write_text("渡口 => 工商联\n!统战部", "utf-8")
    assert found(service, "渡口") == {6, 7}
    assert found(service, "统战部") == {1, 8}
    home.synonyms.unlink()
    assert found(service, "渡口") == {7}
    service.close()


def test_mistake_leaves_the_rules_of_before(tmp_path: Path) -> None:
    """A server goes on, and says with every answer which line is wrong, not where."""
    service = make_service(tmp_path, DOCUMENTS)
    home = Home(tmp_path)
    home.synonyms.write_text("渡口 => 工商联", "utf-8")
    assert search(service, "渡口").notices == ()
    home.synonyms.write_text("渡口 => 工商联\n渡口 =", "utf-8")
    results = search(service, "渡口")
    assert numbers(hit.id for hit in results.hits) == {6, 7}
    assert "line 2: a name is missing" in results.notices[0]
    assert str(tmp_path) not in results.notices[0]
    with pytest.raises(SettingsError):
        open_service(home)
    home.synonyms.write_text("渡口 => 工商联\n\n", "utf-8")
    assert search(service, "渡口").notices == ()
    service.close()


def test_file_that_is_as_it_was_is_not_read_again(tmp_path: Path) -> None:
    """The rules stay the same object until time or size of the file change."""
    path = tmp_path / "synonyms.txt"
    path.write_text("甲办 = 乙办", "utf-8")
    files = SynonymFiles([path])
    before = files.current
    assert files.current is before
    os.utime(path, ns=(1, 1))
    assert files.current is not before
