"""Our index against Tantivy, SQLite FTS5 and stock Whoosh: one corpus, one run.

``python -m tests.bench.bench_engines --corpora FOLDER`` prepares the corpus once in a
scratch folder, builds each engine's index, asks all of them the same queries, and
prints time, bytes and memory, as ratios to ours. ``--exact 1000`` compares our answers
with grep's instead. All engines get the same tokens (``index.analysis``), and making
them is part of every build; ``rjieba+tantivy`` is the build of one who takes rjieba's
tokens as they come.

Each build and each engine that answers has a process of its own. Queries come in
small lots, each lot to one engine after the other, so that whatever else the machine
does meets all of them.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from tests.bench.cases import CLASSES, WORD_CLASSES
from tests.bench.report import Answers, Cases, Figures, all_tables
from tests.bench.worker import BUILDERS, CONTENDERS

ROOT: Final = Path(__file__).resolve().parents[2]
SLOW: Final = ("sqlite", "whoosh")
"""Engines that get every third query, for the sake of our time."""

_SLOW_STEP: Final = 3
_DEFAULT_ENGINES: Final = "wensu,tantivy,rjieba+tantivy,sqlite,whoosh"

Drawn = dict[str, Cases]


class Worker:
    """A process of ``tests.bench.worker``."""

    def __init__(self, action: str, folder: Path, documents: int, *rest: str) -> None:
        """Start it."""
        self._process = subprocess.Popen(  # noqa: S603 (our own module)
            [
                *(sys.executable, "-m", "tests.bench.worker", action),
                *(str(folder), str(documents), *rest),
            ],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def ask(self, what: object) -> Any:
        """Send a line, and wait for the answer."""
        if self._process.stdin:
            self._process.stdin.write(json.dumps(what) + "\n")
            self._process.stdin.flush()
        return self._read()

    def finish(self) -> Any:
        """Let it come to its end; give its last line."""
        if self._process.stdin:
            self._process.stdin.close()
        last = self._read()
        if self._process.wait():
            sys.exit(f"a worker ended with status {self._process.returncode}")
        return last

    def stop(self) -> None:
        """End it, if it has not come to its end."""
        self._process.kill()
        self._process.wait()

    def _read(self) -> Any:
        """Read a line; end when there is none, as the worker has said why."""
        line = self._process.stdout.readline() if self._process.stdout else ""
        return json.loads(line) if line else sys.exit("a worker failed")


def main(arguments: Sequence[str]) -> int:
    """Run the benchmark or the comparison with grep; give the exit status."""
    options = read_options(arguments)
    folder = options.scratch / str(options.documents)
    if options.fresh:
        shutil.rmtree(folder, ignore_errors=True)
    log("preparing the corpus")
    corpora = str(options.corpora.resolve())
    drawn = Worker(
        "prepare", folder, options.documents, corpora, str(options.queries)
    ).finish()
    built = build_all(folder, options)
    if options.exact:
        return check_exactness(folder, options)
    engines = [name for name in options.engines if name in CONTENDERS]
    answers, memory = ask_all(folder, options.documents, engines, drawn)
    scale = {name: options.documents / built[name]["documents"] for name in built}
    log("done")
    sys.stdout.write(all_tables(drawn, answers, built, memory, scale))
    if options.json:
        result = {"build": built, "memory": memory, "queries": drawn["timed"]}
        text = json.dumps(result | {"answers": answers}, ensure_ascii=False)
        options.json.write_text(text, encoding="utf-8")
    return 0


def read_options(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="tests.bench.bench_engines")
    add = parser.add_argument
    add("--documents", type=int, default=100_000, help="size of the corpus")
    add("--corpora", type=Path, default=ROOT.parent / "shared" / "corpora")
    add("--engines", type=engines_of, default=_DEFAULT_ENGINES)
    add("--queries", type=int, default=200, help="queries of every class")
    add("--builds", type=int, default=1, help="builds of each, the fastest counts")
    add("--exact", type=int, default=0, help="compare so many strings with grep")
    add("--whoosh-documents", type=int, default=10_000, help="stock Whoosh's share")
    scratch = Path(tempfile.gettempdir()) / "wensu-bench"
    add("--scratch", type=Path, default=scratch, help="where everything is written")
    add("--fresh", action="store_true", help="prepare the corpus anew")
    add("--reuse", action="store_true", help="keep the indexes of the last run")
    add("--json", type=Path, help="write all figures there")
    return parser.parse_args(arguments)


def engines_of(text: str) -> list[str]:
    """Read the list of engines; ours is always among them, and first."""
    named = text.split(",")
    unknown = sorted(set(named) - set(BUILDERS))
    if unknown:
        known = ", ".join(BUILDERS)
        msg = f"no engine {', '.join(unknown)}; there are {known}"
        raise argparse.ArgumentTypeError(msg)
    return ["wensu", *(name for name in BUILDERS if name in named and name != "wensu")]


def build_all(folder: Path, options: argparse.Namespace) -> Figures:
    """Build the index of each engine, one at a time; of several times the fastest."""
    kept = folder / "built.json"
    built = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    wanted = ["wensu"] if options.exact else options.engines
    missing = [name for name in wanted if not (options.reuse and name in built)]
    for number in range(options.builds):
        for name in missing:
            log(f"building {name}")
            share = options.whoosh_documents if name == "whoosh" else options.documents
            documents = min(share, options.documents)
            one = Worker("build", folder, documents, name).finish()
            if number == 0 or one["committed"] < built[name]["committed"]:
                built[name] = one
            kept.write_text(json.dumps(built), encoding="utf-8")
    return {name: built[name] for name in options.engines if name in built}


def ask_all(
    folder: Path, documents: int, engines: Sequence[str], drawn: Drawn
) -> tuple[Answers, Figures]:
    """Ask every engine all queries, a lot at a time.

    Returns:
        Each engine's answer to each query, ``None`` where it was not asked; and each
        engine's memory.
    """
    workers = {name: Worker("serve", folder, documents, name) for name in engines}
    answers: Answers = {}
    try:
        for name, cases in drawn.items():  # the warm-up first
            log(f"asking: {name}")
            answers = {engine: [None] * len(cases) for engine in engines}
            for engine, place in turns(engines, cases):
                answers[engine][place] = workers[engine].ask(cases[place])
        return answers, {name: worker.finish() for name, worker in workers.items()}
    finally:
        for worker in workers.values():
            worker.stop()


def turns(engines: Sequence[str], cases: Cases) -> Iterator[tuple[str, int]]:
    """Tell which engine is asked which query next."""
    lot = len(CLASSES)
    for turn, start in enumerate(range(0, len(cases), lot)):
        first = turn % len(engines)
        for engine in (*engines[first:], *engines[:first]):
            if engine in SLOW and turn % _SLOW_STEP:
                continue
            for place in range(start, min(start + lot, len(cases))):
                if engine not in SLOW or cases[place]["kind"] in WORD_CLASSES:
                    yield engine, place


def check_exactness(folder: Path, options: argparse.Namespace) -> int:
    """Compare with grep, print what differs, and give the exit status."""
    log("comparing with grep")
    number = str(options.exact)
    wrong = Worker("exact", folder, options.documents, number).finish()
    sys.stdout.write("".join(f"{line}\n" for line in wrong))
    sys.stdout.write(
        f"{options.exact} quoted strings and {options.exact} words against grep"
        f" over {options.documents:,} documents: {len(wrong)} disagreements\n"
    )
    return 1 if wrong else 0


def log(what: str) -> None:
    """Say what is being done, and how busy the machine is."""
    busy = " ".join(f"{load:.1f}" for load in os.getloadavg()[:2])
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {what} (load {busy})\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
