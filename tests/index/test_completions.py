"""The file of completions: what is in it, and that damage is told."""

from pathlib import Path

import pytest

from index.analysis import make_analyzer
from index.codec.container import DamagedFile
from index.codec.whoosh_codec import files_of
from index.completing import collect, refresh_completions, write_completions
from index.completions import (
    CELLS,
    NAME,
    Completions,
    Entry,
    cell_of,
    commit_of,
)
from index.generations import live_generation
from index.home import Home
from index.whoosh_index import newest_commit, open_reader
from tests.corpus import build, fill, make_document

TERMS = [
    Entry("统战", "统战", 9, 7, 2),
    Entry("统战部", "统战部", 3, 3, 0),
    Entry("gdp", "gdp", 1, 1, 0),
    Entry("通知", "通知", 8, 8, 1),
]
DOCUMENTS = (
    make_document(1, "云溪县统战工作总结", "统战干部学习。", publisher="云溪日报"),
    make_document(2, "雲溪縣統戰工作總結", "統戰幹部學習。", publisher="云溪日报"),
    make_document(3, "雲溪縣統戰工作總結", "帮扶八个村。", region="青陵"),
)


def write(path: Path, terms: list[Entry]) -> Completions:
    """Write a file of some terms and open it."""
    nothing: list[Entry] = []
    tables = {
        "terms": terms,
        "titles": nothing,
        "sources": nothing,
        "regions": nothing,
    }
    write_completions(path, tables, 7)
    return Completions(path)


@pytest.fixture
def completions(tmp_path: Path) -> Completions:
    """Open a file of four terms."""
    return write(tmp_path / NAME, TERMS)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Make an archive of three documents."""
    home = Home(tmp_path / "home")
    fill(home, DOCUMENTS)
    build(home)
    return home


def test_texts_are_found_and_shown(completions: Completions) -> None:
    """Texts stand in the order of their characters, with their counts."""
    table = completions.tables["terms"]
    assert completions.commit == 7
    assert [table.folded(n) for n in range(4)] == sorted(e.folded for e in TERMS)
    number = table.find("统战部")
    assert table.shown(number) == "统战部"
    assert (table.documents[number], table.tokens[number]) == (3, 3)
    assert table.find("统") == -1
    assert [table.folded(n) for n in table.beginning("统")] == ["统战", "统战部"]


def test_cells_hold_texts_by_weight(completions: Completions) -> None:
    """In a cell is what is spelled with its letters, the weightiest first."""
    table, cell = completions.tables["terms"], cell_of("t", "z")
    numbers = table.order[table.cells[cell] : table.cells[cell + 1]]
    assert [table.folded(int(n)) for n in numbers] == ["统战", "通知", "统战部"]
    assert table.cells[0] == 0
    assert table.cells[CELLS * CELLS] == len(TERMS)


def test_readings_are_those_of_all_characters(completions: Completions) -> None:
    """A character that no text has may be typed wrongly, too."""
    names = [completions.syllables[n] for n in completions.readings("重")]
    assert names == ["zhong", "chong", "tong"]
    assert completions.readings("x") == ()


def test_empty_file_is_read(tmp_path: Path) -> None:
    """An archive without documents completes nothing."""
    table = write(tmp_path / NAME, []).tables["terms"]
    assert len(table.terms) == 0
    assert list(table.beginning("统")) == []


def test_every_damaged_byte_is_told(tmp_path: Path) -> None:
    """A file with one byte changed is refused, wherever it is."""
    path = tmp_path / NAME
    write(path, TERMS)
    content = path.read_bytes()
    whole = Completions(path)._file.bytes_by_section()  # noqa: SLF001 (where bytes count)
    assert "terms.sounds" in whole
    for at in range(0, len(content), len(content) // 97):
        path.write_bytes(content[:at] + bytes([content[at] ^ 255]) + content[at + 1 :])
        try:
            opened = Completions(path)
        except DamagedFile:
            continue
        # Only the zeros between sections may change unseen.
        assert opened.tables["terms"].find("统战部") >= 0
        assert content[at] == 0


def test_file_is_made_with_the_index(home: Home) -> None:
    """Words, neighbours in titles, titles by their commonest form, and publishers."""
    folder = live_generation(home.index)
    tables = Completions(folder / NAME).tables
    terms, titles = tables["terms"], tables["titles"]
    number = terms.find("统战")
    assert (terms.documents[number], terms.subjects[number]) == (3, 3)
    assert terms.find("统战工作总结") >= 0
    assert terms.find("统") == -1
    number = titles.find("云溪县统战工作总结")
    assert titles.shown(number) == "雲溪縣統戰工作總結"
    assert titles.documents[number] == 3
    assert tables["sources"].documents.tolist() == [2]
    assert tables["regions"].shown(0) == "青陵"


def test_deleted_documents_have_no_titles(home: Home) -> None:
    """What is marked as deleted in a segment is offered no more."""
    folder, analyzer = live_generation(home.index), make_analyzer()
    reader = open_reader(folder, analyzer)
    parts = files_of(reader)
    assert parts is not None
    left = collect([(file, [0, 1, 2]) for file, _ in parts], analyzer)
    assert left["titles"] == left["sources"] == left["regions"] == []
    reader.close()


def test_file_follows_the_commit(home: Home) -> None:
    """It is written anew after a commit, or when it is broken, and only then."""
    folder, analyzer = live_generation(home.index), make_analyzer()
    path = folder / NAME
    first = path.stat().st_ino
    refresh_completions(folder, analyzer)
    assert path.stat().st_ino == first
    path.write_bytes(b"nothing")
    assert commit_of(folder) is None
    refresh_completions(folder, analyzer)
    assert commit_of(folder) == newest_commit(folder)
    fill(home, [make_document(4, "青陵区帮扶简报", "结对帮扶。")])
    build(home)
    assert commit_of(folder) == newest_commit(folder)
    assert Completions(path).tables["titles"].find("青陵区帮扶简报") >= 0
