"""What our answers are compared with: a plain look through all lines."""

import json
from dataclasses import asdict
from pathlib import Path

from tests.bench.corpora import Piece
from tests.bench.exactness import grep

TEXTS = (
    ("渡口规则", "船工轮班守候。\n每日十二小时"),
    ("渡口須知", "船工不在時，請鳴鐘。"),
    ("无关", "山上的路"),
)


def write_corpus(folder: Path) -> None:
    """Write a corpus of three documents."""
    with (folder / "documents.jsonl").open("w", encoding="utf-8") as file:
        for number, (title, text) in enumerate(TEXTS):
            piece = Piece(
                id=f"{number:016x}",
                title=title,
                text=text,
                script="hans",
                site="站点",
                source="机关",
                region="地区",
                kind="other",
                year=2020,
                complete=True,
            )
            file.write(json.dumps(asdict(piece)) + "\n")


def test_grep_finds_strings_in_titles_and_lines_of_either_script(
    tmp_path: Path,
) -> None:
    """What stands in a line is found after folding; what spans two lines is not."""
    write_corpus(tmp_path)
    assert grep(tmp_path, ["船工", "须知", "守候。每日", "候。", "路"]) == {
        "船工": {0, 1},
        "须知": {1},
        "守候。每日": set(),
        "候。": {0},
        "路": {2},
    }
