"""Precedents among 100,000 documents: how much is found, and how long it takes.

``python -m tests.bench.bench_precedents --corpora FOLDER`` prepares the corpus and the
index of ``bench_engines`` in the same scratch folder, or takes those that are there,
asks for passages of every length and change (``tests.quality.precedents``), and prints
the share found among the first ten and first, how much of a passage the first one has,
and the time. Times are also given as a ratio to what a quoted search page takes in the
same run, for they are those of one machine.
"""

import argparse
import gzip
import json
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from search.precedents_results import PrecedentRequest
from search.results import SearchRequest
from tests.bench.corpora import prepare, read_pieces
from tests.bench.engine_wensu import Wensu, build, compile_loops, fill, home_of
from tests.quality.precedents import FIRST, Case, make_cases, place_of

ROOT: Final = Path(__file__).resolve().parents[2]
LENGTHS: Final = (50, 100, 200, 500, 1000)
_SAMPLED: Final = 20_000
_FOREIGN: Final = "cmrc_simp.jsonl.gz"
_FOREIGN_LENGTH: Final = 300
_FOREIGN_TEXTS: Final = 200
_QUOTED: Final = 12
_WORDS: Final = re.compile(r"\w+")
_MILLI: Final = 1000
_HEAD: Final = (
    "length",
    "change",
    "recall@10",
    "first",
    "overlap",
    "p50 ms",
    "p95 ms",
    "p95 cpu ms",
    "p50 to a search page",
)


class Asked(NamedTuple):
    """How one case went: place, overlap of the first, and milliseconds of both."""

    place: int
    overlap: float
    wall: float
    processor: float
    page: float


def main(arguments: Sequence[str]) -> None:
    """Run the benchmark."""
    options = read_options(arguments)
    folder = options.scratch / str(options.documents)
    prepare(folder, options.corpora, options.documents)
    fill(folder, options.documents)
    compile_loops()
    if not home_of(folder).index.exists():
        build(folder, options.documents)
    wensu = Wensu(folder)
    groups = groups_of(wensu)
    pieces = islice(read_pieces(folder), None, options.documents)
    step = max(1, options.documents // _SAMPLED)
    texts = [(piece.id, piece.text) for piece in islice(pieces, 0, None, step)]
    rows: dict[tuple[int, str], list[Asked]] = {}
    for case in make_cases(texts, LENGTHS, options.each):
        asked = ask(wensu, case, groups)
        rows.setdefault((case.length, case.kind), []).append(asked)
    show(" | ".join(_HEAD))
    for (length, kind), answers in rows.items():
        show(" | ".join((str(length), kind, *figures(answers))))
    foreign = foreign_found(wensu, options.corpora / _FOREIGN)
    show(f"foreign texts for which anything is found: {foreign:.3f}")


def read_options(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="tests.bench.bench_precedents")
    add = parser.add_argument
    add("--documents", type=int, default=100_000, help="size of the corpus")
    add("--corpora", type=Path, default=ROOT.parent / "shared" / "corpora")
    add("--each", type=int, default=100, help="passages of every length and change")
    scratch = Path(tempfile.gettempdir()) / "wensu-bench"
    add("--scratch", type=Path, default=scratch, help="where everything is written")
    return parser.parse_args(arguments)


def groups_of(wensu: Wensu) -> dict[str, str]:
    """Name for each document one of its near-duplicates, the same for all of them."""
    columns = wensu.engine.snapshot().columns
    pairs = zip(columns.ids, columns.groups.tolist(), strict=True)
    return {name: f"group {group}" for name, group in pairs if group >= 0}


def ask(wensu: Wensu, case: Case, groups: dict[str, str]) -> Asked:
    """Ask for a passage, and for a search page beside it."""
    started, processor = time.perf_counter(), time.thread_time()
    request = PrecedentRequest(text=case.text, limit=FIRST)
    found = wensu.service.precedents.find(request)
    ended, used = time.perf_counter(), time.thread_time() - processor
    quoted = max(_WORDS.findall(case.text), key=len)[:_QUOTED]
    wensu.service.search(SearchRequest(text=f'"{quoted}"'))
    return Asked(
        place=place_of(case, found, groups),
        overlap=found.passages[0].overlap if found.passages else 0.0,
        wall=_MILLI * (ended - started),
        processor=_MILLI * used,
        page=_MILLI * (time.perf_counter() - ended),
    )


def figures(answers: Sequence[Asked]) -> list[str]:
    """Sum up the answers to one kind of case."""
    wall = [one.wall for one in answers]
    ratio = np.median(wall) / np.median([one.page for one in answers])
    return [
        f"{np.mean([one.place > 0 for one in answers]):.3f}",
        f"{np.mean([one.place == 1 for one in answers]):.3f}",
        f"{np.mean([one.overlap for one in answers]):.2f}",
        f"{np.median(wall):.0f}",
        f"{np.percentile(wall, 95):.0f}",
        f"{np.percentile([one.processor for one in answers], 95):.0f}",
        f"{ratio:.1f}",
    ]


def foreign_found(wensu: Wensu, path: Path) -> float:
    """Ask for texts of another kind; tell for which share anything is found."""
    if not path.exists():
        return 0.0
    with gzip.open(path, "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in islice(file, _FOREIGN_TEXTS)]
    requests = (PrecedentRequest(text=text[:_FOREIGN_LENGTH]) for text in texts)
    totals = [wensu.service.precedents.find(each).total for each in requests]
    return sum(total > 0 for total in totals) / len(totals)


def show(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
