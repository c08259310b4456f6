"""Facts about ``wensu export`` and ``wensu batch`` as a user meets them."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.home import Home
from search.export import Export, Record
from tests.corpus import CORPUS, build, fill
from web.cli import main

QUERIES = (
    '统战 工作\n# 说明\n\n"没有引号\n-(year:2013..2023)\n统战 没有的词\n走访企业\n'
)
ASKED = [1, 4, 5, 6, 7]


def run(folder: Path, *arguments: str | Path) -> Result:
    """Run a command on a home folder."""
    return CliRunner().invoke(main, ["--home", str(folder), *map(str, arguments)])


def lines(text: str) -> list[dict[str, Any]]:
    """Read NDJSON."""
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an archive that no test changes."""
    folder = tmp_path_factory.mktemp("home")
    fill(Home(folder))
    build(Home(folder))
    (folder / "queries.txt").write_text(QUERIES, "utf-8")
    return folder


@pytest.fixture
def interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make an export be interrupted after its first record."""
    records = Export.records

    def first(export: Export, most: int | None = None) -> Iterator[Record]:
        yield next(records(export, most))
        raise KeyboardInterrupt

    monkeypatch.setattr(Export, "records", first)


def test_the_file_is_what_the_api_sends(folder: Path, tmp_path: Path) -> None:
    """Hits, last line and what was asked for; how many there are is told aside."""
    output = tmp_path / "out.ndjson"
    result = run(folder, "export", "统战", "-o", output, "--sort", "newest", "--text")
    assert (result.exit_code, result.stdout) == (0, "")
    *records, last = lines(output.read_text("utf-8"))
    assert f"{len(records)} hits" in result.stderr
    assert last["complete"]
    assert last["count"] == len(records)
    assert all(each["text"] for each in records)
    sent = run(folder, "export", "统战", "--sort", "newest", "--text").stdout
    assert sent == output.read_text("utf-8")
    assert [*tmp_path.iterdir()] == [output]


def test_every_copy_is_given_when_asked(folder: Path) -> None:
    """``--copies`` folds nothing."""
    folded = lines(run(folder, "export", "走访企业").stdout)[-1]
    copies = lines(run(folder, "export", "走访企业", "--copies").stdout)[-1]
    assert folded["count"] < copies["count"] == copies["total_documents"]


@pytest.mark.parametrize("form", ["csv", "bibtex", "ris"])
def test_a_format_ends_with_its_remark(folder: Path, form: str) -> None:
    """Each says that it is whole; citations name the address of the settings."""
    text = run(folder, "export", "统战", "--format", form).stdout
    assert "# whole: " in text.splitlines()[-1].replace("% whole", "# whole")
    assert ("http://127.0.0.1:8000/documents/" in text) is (form != "csv")


def test_a_file_is_not_replaced_unasked(folder: Path, tmp_path: Path) -> None:
    """One sentence and status 1; with ``--force`` it is replaced."""
    output = tmp_path / "out"
    output.write_text("mine", "utf-8")
    result = run(folder, "export", "统战", "-o", output)
    assert result.exit_code == 1
    assert "--force" in result.stderr
    assert output.read_text("utf-8") == "mine"
    assert run(folder, "export", "统战", "-o", output, "--force").exit_code == 0
    assert output.read_text("utf-8") != "mine"


@pytest.mark.usefixtures("interrupted")
def test_an_interrupted_export_leaves_no_file(folder: Path, tmp_path: Path) -> None:
    """Neither the file nor a part of it; on standard output the last line says so."""
    output = tmp_path / "out"
    assert run(folder, "export", "统战", "-o", output).exit_code == 1
    assert [*tmp_path.iterdir()] == []
    result = run(folder, "export", "统战")
    assert result.exit_code == 1
    _, last = lines(result.stdout)
    assert (last["complete"], last["reason"]) == (False, "interrupted")


def test_a_document_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """The export fails; no file says that it is whole."""
    fill(Home(tmp_path), CORPUS[:9])
    build(Home(tmp_path))
    with sqlite3.connect(Home(tmp_path).store) as database:
        database.execute("UPDATE revisions SET body = x'00' WHERE document LIKE '%2'")
    database.close()
    output = tmp_path / "out"
    result = run(tmp_path, "export", "统战", "-o", output)
    assert result.exit_code == 1
    assert "Error: " in result.stderr
    assert not output.exists()
    last = lines(run(tmp_path, "export", "统战").stdout)[-1]
    assert last["complete"] is False
    assert last["count"] < last["total"]
    assert last["reason"]


def test_a_query_that_cannot_be_read_writes_nothing(
    folder: Path, tmp_path: Path
) -> None:
    """A mistake is one sentence."""
    result = run(folder, "export", '"统战', "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "Perhaps" in result.stderr
    assert [*tmp_path.iterdir()] == []
    wrong = run(folder, "export", "统战", "--format", "ris", "--text")
    assert wrong.exit_code == 2


# -- batches ---------------------------------------------------------------


def test_each_line_is_answered(folder: Path) -> None:
    """By its number, with a mistake where it has one; the last line counts."""
    result = run(folder, "batch", folder / "queries.txt", "--per-query", "1")
    *answers, last = lines(result.stdout)
    assert result.exit_code == 0
    assert [each["line"] for each in answers] == ASKED
    assert [bool(each["error"]) for each in answers] == [False, True, *[False] * 3]
    assert answers[1]["error"]["position"] == 0
    assert all(len(each["hits"]) <= 1 for each in answers)
    assert (last["complete"], last["count"], last["failed"]) == (True, 5, 1)


def test_a_file_in_another_encoding_is_read(folder: Path, tmp_path: Path) -> None:
    """As editors on Windows save it; what is no text is refused."""
    file = tmp_path / "queries"
    file.write_bytes("统一战线工作的总结\r\n脱贫攻坚战的成果\r\n".encode("gb18030"))
    first, _, _ = lines(run(folder, "batch", file).stdout)
    assert first["query"] == "统一战线工作的总结"
    file.write_bytes(bytes(range(256)) * 9)
    assert "one query a line" in run(folder, "batch", file).stderr


@pytest.fixture(scope="module", params=["ndjson", "csv"])
def whole(request: pytest.FixtureRequest, folder: Path) -> tuple[str, bytes]:
    """Give a format and the whole file of it."""
    output = folder / f"whole.{request.param}"
    result = run(
        folder, "batch", folder / "queries.txt", "--format", request.param, "-o", output
    )
    assert result.exit_code == 0
    return request.param, output.read_bytes()


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_batch_goes_on_wherever_it_was_cut(
    folder: Path, whole: tuple[str, bytes], tmp_path: Path, data: st.DataObject
) -> None:
    """Cut off at any byte, the file becomes what it would have been."""
    form, content = whole
    output = tmp_path / "out"
    output.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    queries = folder / "queries.txt"
    result = run(folder, "batch", queries, "--format", form, "-o", output, "--resume")
    assert (result.exit_code, result.stdout) == (0, "")
    assert output.read_bytes() == content


def test_an_interrupted_batch_says_so_and_goes_on(
    folder: Path, whole: tuple[str, bytes], tmp_path: Path
) -> None:
    """The last line says that it is not whole, and ``--resume`` takes it away."""
    form, content = whole
    output, queries = tmp_path / "out", folder / "queries.txt"
    command = ("batch", queries, "--format", form, "-o", output)
    records, calls = Export.records, iter(range(9))

    def third(export: Export, most: int | None = None) -> Iterator[Record]:
        if next(calls) == 2:
            raise KeyboardInterrupt
        return records(export, most)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Export, "records", third)
        assert run(folder, *command).exit_code == 1
    last = output.read_text("utf-8").splitlines()[-1]
    assert "not whole: 3 of 5" in last or '"complete": false, "count": 3' in last
    assert run(folder, *command).exit_code == 1  # the file exists
    assert run(folder, *command, "--resume").exit_code == 0
    assert output.read_bytes() == content


@pytest.mark.parametrize(
    "other",
    [
        "侨务\n",
        '{"line": 1, "query": "侨务"}\n',
        "line,query\r\n",
        '{"a": 1}\n',
        "[1]\n",
    ],
)
def test_the_file_of_another_batch_is_left_alone(
    folder: Path, whole: tuple[str, bytes], tmp_path: Path, other: str
) -> None:
    """Nothing is written over it, whatever it is."""
    form, _ = whole
    output, queries = tmp_path / "out", folder / "queries.txt"
    output.write_text(other, "utf-8", newline="")
    result = run(folder, "batch", queries, "--format", form, "-o", output, "--resume")
    assert result.exit_code == 1
    assert "is another" in result.stderr
    assert output.read_bytes() == other.encode()
    alone = run(folder, "batch", queries, "--resume")
    assert alone.exit_code == 2
