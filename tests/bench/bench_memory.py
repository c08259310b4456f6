"""The memory of a build: the same, however large the corpus is.

``python -m tests.bench.bench_memory [DOCUMENTS]`` builds the same index settings over
a corpus and over one eight times as large, each in a process of its own, and prints
the peak memory of both and their ratio. A process that inverts holds at most
``segment_characters``; the corpora are many times that.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
CORPORA: Final = ROOT.parent / "shared" / "corpora"
TIMES: Final = 8
SEGMENT_CHARACTERS: Final = 2_000_000
DOCUMENTS: Final = 20_000

_BUILD: Final = """
import json, resource, sys
from pathlib import Path
from index.analysis import make_analyzer
from index.build import update_index
from index.settings import IndexSettings
from index.store import Store
from tests.bench.corpora import prepare
from tests.bench.engine_wensu import fill, home_of
folder, documents, characters = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
prepare(folder, Path(sys.argv[4]), documents)
fill(folder, documents)
home = home_of(folder)
settings = IndexSettings(processes=1, segment_characters=characters)
for _ in update_index(home, Store(home.store), make_analyzer(), settings):
    pass
print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024))
"""


def main(documents: int) -> None:
    """Build twice and print the figures."""
    peaks = []
    for size in (documents, TIMES * documents):
        peaks.append(peak_of(size))
        show(f"{size:,} documents", f"{peaks[-1] / 1e6:.0f} MB at the most")
    show("ratio", f"{peaks[1] / peaks[0]:.2f} for {TIMES} times the documents")


def peak_of(documents: int) -> int:
    """Build an index in a process of its own; tell its peak memory in bytes."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(  # noqa: S603 (our own interpreter and script)
            [
                *(sys.executable, "-c", _BUILD, folder, str(documents)),
                *(str(SEGMENT_CHARACTERS), str(CORPORA)),
            ],
            cwd=ROOT,
            check=True,
            stdout=subprocess.PIPE,
        )
    return int(json.loads(done.stdout))


def show(what: str, figure: str) -> None:
    """Print one figure."""
    sys.stdout.write(f"{what}: {figure}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS)
