"""Facts about ``wensu search`` as a user meets it."""

import json
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click import unstyle
from click.testing import CliRunner, Result

from index.home import Home
from tests.corpus import CORPUS, build, fill, make_document
from web.cli import main


def run(folder: Path, *arguments: str, color: bool = False) -> Result:
    """Run a command on a home folder."""
    command = ["--home", str(folder), "search", *arguments]
    return CliRunner().invoke(main, command, color=color)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an archive that no test changes."""
    folder = tmp_path_factory.mktemp("home")
    fill(Home(folder))
    build(Home(folder))
    return folder


def test_hits_are_listed_with_what_is_known_of_them(folder: Path) -> None:
    """Number of hits and the query, then rank, title, year, site and passage."""
    result = run(folder, "脱贫攻坚")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "1 hits for 脱贫攻坚",
        "",
        "1. 统一战线工作",
        f"   2020 · 青陵年鉴 · {CORPUS[5].id}",
        "   [【脱贫攻坚】] 【脱贫攻坚】选派驻村干部，协助白内障患者复明手术五例。",
    ]


def test_marks_are_coloured_on_a_terminal(folder: Path) -> None:
    """Colour covers the matched characters, and taken away leaves the text."""
    plain, coloured = (run(folder, "馬克思", color=color) for color in (False, True))
    assert "\x1b[31m\x1b[1m馬克思\x1b[0m" in coloured.stdout
    assert unstyle(coloured.stdout) == plain.stdout
    assert "\x1b" not in plain.stdout


def test_copies_and_cut_texts_are_told(folder: Path) -> None:
    """A hit says how many copies it stands for, and when it is incomplete."""
    assert "+2 copies" in run(folder, "走访企业").stdout
    assert "incomplete" in run(folder, "complete:false").stdout


def test_limit_page_and_sort_choose_the_hits(folder: Path) -> None:
    """Pages of one hit go on counting where the page before ended."""
    first, second = (
        run(folder, "", "--limit", "1", "--page", page, "--sort", "oldest")
        for page in ("1", "2")
    )
    assert first.stdout.splitlines()[0] == "28 hits for everything"
    assert first.stdout.splitlines()[2] == "1. 拼接处的字"
    assert second.stdout.splitlines()[2] == "2. -"


def test_links_of_the_json_hold_what_was_asked(folder: Path) -> None:
    """As the API writes them, and no default beside it."""
    asked = ("统战", "--limit", "1", "--no-synonyms", "--json")
    answer = json.loads(run(folder, *asked).stdout)
    query = {"q": "统战", "per_page": "1", "synonyms": "false", "page": "2"}
    assert answer["next"] == f"/api/v1/search?{urlencode(query)}"
    assert answer["prev"] is None


def test_no_hit_is_no_error(folder: Path) -> None:
    """An answer that nothing matches is an answer."""
    result = run(folder, "没有这样的词语")
    assert (result.exit_code, result.stdout.splitlines()[0][:6]) == (0, "0 hits")


def test_documents_not_indexed_yet_are_mentioned(tmp_path: Path) -> None:
    """The line says which command indexes them."""
    fill(Home(tmp_path), CORPUS[:2])
    build(Home(tmp_path))
    fill(Home(tmp_path), [make_document(99, "新来的一篇", "正文。")])
    assert "1 documents are not indexed yet: wensu index" in (
        run(tmp_path, "统战").stdout.splitlines()
    )


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ('统战 "工作', "at character 4"),
        ("zone:甲", "there is no field 'zone'"),
        ("year:去年", "year"),
        ("字" * 1001, "at most 1000 characters"),
        ("\udcff", "UTF-8"),
    ],
)
def test_bad_query_is_one_sentence_on_stderr(
    folder: Path, query: str, message: str
) -> None:
    """Exit status 1, what is wrong and where, no traceback."""
    result = run(folder, query)
    assert (result.exit_code, result.stdout) == (1, "")
    assert message in " ".join(result.stderr.split())


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("统战", "--limit", "0"),
        ("统战", "--limit", "101"),
        ("统战", "--page", "0"),
        ("统战", "--sort", "best"),
        ("统战", "--nonsense"),
    ],
)
def test_wrong_usage_is_status_two(folder: Path, arguments: tuple[str, ...]) -> None:
    """A missing query, an option out of range or unknown: how to use it, on stderr."""
    result = run(folder, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage:" in result.stderr


def test_search_before_index_says_what_to_run(tmp_path: Path) -> None:
    """Documents are there, but no index yet."""
    fill(Home(tmp_path), CORPUS[:2])
    result = run(tmp_path, "统战")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "run wensu index" in result.stderr


def test_search_without_an_archive_says_what_to_run(tmp_path: Path) -> None:
    """No home folder yet, and none is made."""
    result = run(tmp_path / "none", "统战")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "wensu ingest" in result.stderr
    assert list(tmp_path.iterdir()) == []
