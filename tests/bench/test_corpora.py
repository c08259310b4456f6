"""The corpus of the benchmark: pieces of the right size, nothing lost, all varied."""

import gzip
import json
import random
from pathlib import Path

import pytest
from opencc import OpenCC

from tests.bench.corpora import (
    FILES,
    PIECE,
    corpora_of,
    cut,
    line_starts,
    prepare,
    read_piece,
    read_pieces,
    script_of,
    vary,
)

SENTENCE = "云岭市的渡口每天开放12小时，船工轮班守候。"
LAW = "\n".join(f"第{number}条 {SENTENCE * 5}" for number in range(40))


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """Two corpora of three short laws each, one in traditional script."""
    for name, text in zip(FILES, (LAW, OpenCC("s2t").convert(LAW)), strict=True):
        with gzip.open(tmp_path / name, "wt", encoding="utf-8") as file:
            for number in range(3):
                law = {"id": number, "title": f"渡口规则{number}", "text": text}
                file.write(json.dumps(law) + "\n")
    return tmp_path


def test_pieces_make_up_the_text_and_end_with_a_sentence() -> None:
    """Cutting loses nothing but line ends, and cuts no sentence."""
    pieces = list(cut(LAW))
    assert "".join(pieces).replace("\n", "") == LAW.replace("\n", "")
    assert all(piece.endswith("。") for piece in pieces)
    assert all(PIECE <= len(piece) < 1.5 * PIECE for piece in pieces[:-1])


def test_a_sentence_without_end_is_cut() -> None:
    """A table without a full stop makes pieces of the usual size."""
    assert [len(piece) for piece in cut("甲" * 2_500)] == [1_000, 1_000, 500]


def test_variation_keeps_the_characters_that_are_no_digits() -> None:
    """A varied text has the same paragraphs' characters in another order."""
    varied = vary(LAW + "\n甲。乙。丙。丁。戊。", random.Random(3))  # noqa: S311 (a test)
    assert sorted(filter(str.isalpha, varied)) == sorted(
        filter(str.isalpha, LAW + "甲乙丙丁戊")
    )
    assert "甲。乙。丙。丁。戊。" not in varied
    assert "12小时" not in varied


def test_a_folder_gives_the_corpora_it_has(corpora: Path, tmp_path: Path) -> None:
    """Laws are taken where they are, else everything but queries, else it is said."""
    assert [path.name for path in corpora_of(corpora)] == [*FILES]
    for name, other in zip(FILES, ("news.jsonl.gz", "x.queries.jsonl.gz"), strict=True):
        (corpora / name).rename(corpora / other)
    assert [path.name for path in corpora_of(corpora)] == ["news.jsonl.gz"]
    with pytest.raises(FileNotFoundError, match="no corpus"):
        corpora_of(tmp_path / "nowhere")


def test_script_is_told_by_the_characters() -> None:
    """A few characters that both scripts have say nothing."""
    assert script_of("渡口每天开放，船工轮班守候。") == "hans"
    assert script_of("渡口每天開放，船工輪班守候。") == "hant"
    assert script_of("") == "hans"


def test_the_corpus_has_as_many_documents_as_wanted(
    corpora: Path, tmp_path: Path
) -> None:
    """Pieces come again, varied, until there are enough; both scripts take turns."""
    folder = tmp_path / "scratch"
    prepare(folder, corpora, 60)
    pieces = list(read_pieces(folder))
    assert [piece.number for piece in pieces] == list(range(60))
    assert len({piece.text for piece in pieces}) > 30
    assert {piece.script for piece in pieces[:10]} == {"hans", "hant"}


def test_the_corpus_is_the_same_every_time(corpora: Path, tmp_path: Path) -> None:
    """Nothing in the corpus depends on the run."""
    first = prepare(tmp_path / "one", corpora, 40).read_bytes()
    assert first == prepare(tmp_path / "two", corpora, 40).read_bytes()


def test_one_piece_can_be_read_alone(corpora: Path, tmp_path: Path) -> None:
    """The starts of the lines lead to the pieces."""
    prepare(tmp_path, corpora, 7)
    starts = line_starts(tmp_path)
    assert [read_piece(tmp_path, start) for start in starts] == list(
        read_pieces(tmp_path)
    )
