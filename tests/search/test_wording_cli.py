"""Facts about ``wensu wording`` as a user meets it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.home import Home
from tests.corpus import build, fill
from web.cli import main


def run(folder: Path, *arguments: str) -> Result:
    """Run the command on a home folder."""
    command = ["--home", str(folder), "wording", *arguments]
    return CliRunner().invoke(main, command)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an archive that no test changes."""
    folder = tmp_path_factory.mktemp("home")
    fill(Home(folder))
    build(Home(folder))
    return folder


def test_first_last_and_years_are_listed(folder: Path) -> None:
    """With quotes, and each year against what is held."""
    lines = run(folder, "“走访民营企业”").stdout.splitlines()
    assert lines[0] == "28 documents looked at, 2 without a year"
    assert lines[2] == "走访民营企业: 1 documents"
    assert lines[3].startswith("  first 2021 · 走访企业简报 · 云溪党建网 · ")
    assert "走訪民營企業" in lines[6]
    years = [" ".join(line.split()) for line in lines[7:]]
    assert "2021 1 of 3 33.3 % " + "█" * 30 in years
    assert years[-1] == "2023 0 of 2 0.0 %"


def test_year_that_is_not_held_is_blank(folder: Path) -> None:
    """No data is not zero; and phrases are told one after the other."""
    stdout = run(folder, "统战", "旧稿", "--by", "published", "--copies").stdout
    assert "统战: 12 documents, " in stdout
    assert "旧稿: 2 documents, 2 without a year" in stdout
    assert "first 2020-06-30 · 线上统战系列课" in stdout


def test_json_is_that_of_the_api(folder: Path) -> None:
    """One object, whatever else could be printed."""
    result = run(folder, "统战", "乾隆", "--json", "--by", "published", "--copies")
    answer = json.loads(result.stdout)
    assert (answer["by"], answer["collapse"]) == ("published", False)
    assert [each["phrase"] for each in answer["phrases"]] == ["统战", "乾隆"]


def test_links_of_the_json_hold_no_more_than_was_asked(folder: Path) -> None:
    """They are those that a client of the API gets."""
    answer = json.loads(run(folder, "统战", "--json").stdout)
    links = [year["search"] for year in answer["phrases"][0]["years"]]
    assert any(links)
    assert not any("collapse" in (link or "") for link in links)


def test_table_is_that_of_the_api(folder: Path) -> None:
    """With its byte-order mark, so that a file of it opens in Excel."""
    stdout = run(folder, "统战", "--csv").stdout_bytes
    assert stdout.startswith(b"\xef\xbb\xbfphrase,by,year,")
    assert len(stdout.splitlines()) == 1 + 11 + 1


def test_what_cannot_be_asked_is_said(folder: Path) -> None:
    """Wrong usage is 2, a limit is 1 with the limit in the sentence."""
    assert run(folder).exit_code == 2
    assert run(folder, "统战", "--json", "--csv").exit_code == 2
    many = run(folder, *"一二三四五六")
    assert (many.exit_code, "one to 5 phrases" in many.stderr) == (1, True)
    refused = run(folder, *"一二三四五六", "--json")
    assert (refused.exit_code, "at most 5 values" in refused.stderr) == (1, True)
