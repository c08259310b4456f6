"""Facts about ``index``, ``stats``, ``failed`` and ``check`` as a user meets them."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.generations import live_generation
from index.home import Home
from index.manifest import NAME
from index.store import Store
from tests.archived import address, crawled
from tests.corpus import CORPUS, fill, make_document
from tests.index.invented import make_old
from web.cli import main


def run(folder: Path, *arguments: str) -> Result:
    """Run a command on a home folder."""
    return CliRunner().invoke(main, ["--home", str(folder), *arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make an archive that is not indexed yet."""
    fill(Home(tmp_path), CORPUS[:12])
    return tmp_path


def test_index_says_how_much_it_did(folder: Path) -> None:
    """The first run indexes all, the second has nothing to do."""
    first, second = run(folder, "index"), run(folder, "index")
    assert (first.exit_code, first.stdout) == (0, "12 documents indexed\n")
    assert (second.exit_code, second.stdout) == (0, "nothing to do\n")


def test_rebuild_indexes_everything_again(folder: Path) -> None:
    """With --rebuild there is always something to do."""
    run(folder, "index")
    assert run(folder, "index", "--rebuild").stdout == "12 documents indexed\n"


@pytest.mark.parametrize("command", ["index", "ingest"])
def test_old_store_is_grouped_first(folder: Path, command: str) -> None:
    """The first command that writes does it, behind a progress bar, and once."""
    make_old(folder / "store.sqlite3")
    more = [str(folder)] if command == "ingest" else []
    first, second = run(folder, command, *more), run(folder, command, *more)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "grouping" in first.stderr
    assert "grouping" not in second.stderr
    assert run(folder, "stats").stdout.splitlines()[5:7] == [
        "groups                   1",
        "near-duplicates          2",
    ]


@pytest.mark.parametrize("command", ["index", "stats", "failed", "check"])
def test_missing_home_is_one_sentence_on_stderr(tmp_path: Path, command: str) -> None:
    """Exit status 1, what to do, no folder made and no traceback."""
    result = run(tmp_path / "none", command)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "wensu ingest" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("taken", "arguments"),
    [
        ("index/WRITE", ["index"]),
        ("index/WRITE", ["index", "--rebuild"]),
        ("crawl.lock", ["crawl", "http://127.0.0.1:9/"]),
    ],
)
def test_folder_that_cannot_be_written_is_one_sentence(
    folder: Path, taken: str, arguments: list[str]
) -> None:
    """What to do is said; there is no traceback."""
    (folder / taken).mkdir(parents=True)  # a folder cannot be written as a file
    result = run(folder, *arguments)
    assert result.exit_code == 1
    assert "could not be written (" in result.stderr
    assert "run the same command again" in result.stderr


def test_home_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    """A file stands where its folder would be."""
    page = tmp_path / "page.txt"
    page.write_text("无处可放", "utf-8")
    result = run(page / "home", "ingest", str(page))
    assert result.exit_code == 1
    assert "could not be written (" in result.stderr


def test_wrong_usage_is_status_two(folder: Path) -> None:
    """An option that does not exist is told apart from what the user must act on."""
    assert run(folder, "index", "--rebiuld").exit_code == 2


def test_stale_index_names_the_command_that_works(folder: Path) -> None:
    """What the message says to run does mend it."""
    run(folder, "index")
    (folder / "dictionaries").mkdir()
    (folder / "dictionaries" / "mine.txt").write_text("渡口简报\n", "utf-8")
    result = run(folder, "index")
    assert result.exit_code == 1
    assert "wensu index --rebuild" in result.stderr
    assert run(folder, "index", "--rebuild").exit_code == 0
    assert run(folder, "check").exit_code == 0


def test_bad_settings_are_named(folder: Path) -> None:
    """A typing error in wensu.toml is told by table and key."""
    (folder / "wensu.toml").write_text("[index]\nbatch = 3\n")
    result = run(folder, "index")
    assert result.exit_code == 1
    assert "[index] batch" in result.stderr


def test_stats_count_what_there_is(folder: Path) -> None:
    """Documents, and documents by site, year, script and completeness."""
    result = run(folder, "stats")
    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["documents", "12"] in lines
    assert ["云溪党建网", "5"] in lines
    assert ["hant", "2"] in lines


@pytest.fixture
def crawled_folder(folder: Path) -> Path:
    """Make the archive one that was crawled, too."""
    store = Store(Home(folder).store)
    crawled(
        store,
        address("https://shui.example/a", "done", "list-page"),
        address("https://shui.example/b", "failed", "timeout", detail="no\tanswer"),
        address("https://lin.example/c", "failed", "http-500"),
        address("https://lin.example/d", "skipped", "robots"),
    )
    store.close()
    return folder


def test_stats_tell_what_is_covered_of_each_site(crawled_folder: Path) -> None:
    """Documents and addresses by site, with the reasons below."""
    lines = [line.split() for line in run(crawled_folder, "stats").stdout.splitlines()]
    (names,) = (line for line in lines if line[:2] == ["site", "kept"])
    told = {line[0]: dict(zip(names, line, strict=True))
            for line in lines if len(line) == len(names)}  # fmt: skip
    assert told["云溪党建网"]["imported"] == "5"
    water, wood = told["shui.example"], told["lin.example"]
    assert (water["found"], water["fetched"], water["failures"]) == ("2", "1", "1")
    assert (wood["failures"], wood["skips"]) == ("1", "1")
    assert ["failed:", "http-500", "1"] in lines
    assert ["skipped:", "robots", "1"] in lines


def test_failed_lists_addresses_with_their_reason(crawled_folder: Path) -> None:
    """Four fields separated by tabs; the count goes to stderr."""
    every = run(crawled_folder, "failed")
    at = "2024-03-01T08:00:00Z"
    water = f"https://shui.example/b\ttimeout\t{at}\tno answer\n"
    assert every.stdout == f"https://lin.example/c\thttp-500\t{at}\t\n{water}"
    assert every.stderr == "2 addresses failed\n"
    assert run(crawled_folder, "failed", "--site", "shui.example").stdout == water


def test_failed_of_an_unknown_site_is_wrong_usage(crawled_folder: Path) -> None:
    """It is not taken for a site of which nothing failed."""
    result = run(crawled_folder, "failed", "--site", "无此网")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "wensu stats" in result.stderr


def test_check_agrees_after_indexing(folder: Path) -> None:
    """Status 0 when all is well."""
    run(folder, "index")
    result = run(folder, "check")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("12 documents")


def test_check_tells_what_is_amiss_on_stderr(folder: Path) -> None:
    """Status 1 and a sentence for each problem, nothing on stdout."""
    run(folder, "index")
    fill(Home(folder), [make_document(99, "新来的一篇", "正文。")])
    result = run(folder, "check")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "1 documents are not yet indexed" in result.stderr


def test_broken_index_is_reported(folder: Path) -> None:
    """Both index and check say that nothing was deleted."""
    run(folder, "index")
    (live_generation(Home(folder).index) / NAME).write_bytes(b"{")
    for command in ("index", "check"):
        result = run(folder, command)
        assert result.exit_code == 1
        assert "nothing was deleted" in " ".join(result.stderr.split())


def test_templates_are_listed_and_put_back(tmp_path: Path) -> None:
    """What was learnt is shown with its count; --keep restores it, --remove undoes."""
    notice = "本站所载信息仅供内部学习交流，转引请联系编辑部。"
    pages = [
        make_document(n, f"渡口{n}", f"第{n}号渡口运送乡民{n}千人次。" * 3, notice)
        for n in range(1, 7)
    ]
    fill(Home(tmp_path), [replace(page, site="云溪水务网") for page in pages])
    assert run(tmp_path, "index").exit_code == 0
    learnt = f"云溪水务网\t6\tanywhere\t{notice}\n"
    assert run(tmp_path, "templates").stdout == learnt
    assert run(tmp_path, "search", notice).stdout.startswith("0 ")
    assert "云溪水务网" in run(tmp_path, "templates", "--keep", "云溪水务网").stderr
    assert run(tmp_path, "index").stdout == "6 documents indexed\n"
    assert run(tmp_path, "search", notice).stdout.startswith("6 ")
    assert "left in" not in run(tmp_path, "templates", "--remove", "云溪水务网").stderr
    assert run(tmp_path, "index").stdout == "6 documents indexed\n"
    wrong = run(tmp_path, "templates", "--keep", "无此网")
    assert wrong.exit_code == 2
    assert "wensu templates" in wrong.stderr
