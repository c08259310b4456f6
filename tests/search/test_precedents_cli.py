"""Facts about ``wensu precedents`` as a user meets it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.home import Home
from tests.corpus import build, fill, make_document
from tests.index.invented import sentences
from web.cli import main

TEXT = "清淤队把七里河的淤泥运到荒滩，晒干后垫了苗圃，省下土方费用十一万元。"


def run(folder: Path, *arguments: str, typed: str = "") -> Result:
    """Run the command on a home folder."""
    command = ["--home", str(folder), "precedents", *arguments]
    return CliRunner().invoke(main, command, input=typed)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an archive of two documents that no test changes."""
    folder = tmp_path_factory.mktemp("home")
    documents = (
        make_document(1, "七里河总结", *sentences(1, 3), TEXT, year=2018, site="河网"),
        make_document(
            2, "荒滩记", *sentences(2, 9), TEXT.replace("运到", "送到"), year=2011
        ),
    )
    fill(Home(folder), documents)
    build(Home(folder))
    return folder


def test_passages_are_shown_beside_the_draft(folder: Path) -> None:
    """Share, date, place and both texts, the one with most overlap first."""
    result = run(folder, "-", typed=TEXT)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[:6] == [
        "2 passages share wording",
        "",
        "1. 七里河总结",
        f"   100 % · 2018 · 河网 · {1:016x}#b4",
        f"   < {TEXT}",
        f"   > {TEXT}",
    ]


def test_the_earliest_comes_first_when_asked(folder: Path, tmp_path: Path) -> None:
    """A file is read, and one passage shown."""
    draft = tmp_path / "draft.html"
    draft.write_text(f"<html><body><p>{TEXT}</p></body></html>", "utf-8")
    result = run(folder, str(draft), "--earliest", "--limit", "1")
    assert "1. 荒滩记" in result.stdout
    assert "2. " not in result.stdout


def test_json_is_that_of_the_api(folder: Path) -> None:
    """Passages with runs into both texts."""
    answer = json.loads(run(folder, "-", "--json", typed=TEXT).stdout)
    assert answer["passages"][0]["id"] == f"{1:016x}"
    assert answer["passages"][0]["runs"] == [
        {"query": [0, len(TEXT)], "passage": [0, len(TEXT)]}
    ]


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_draft_that_is_too_short_is_one_sentence(
    folder: Path, options: list[str]
) -> None:
    """Exit status 1, and what to do."""
    result = run(folder, "-", *options, typed="太短")
    assert result.exit_code == 1
    assert "use search" in result.stderr
