"""Near-duplicates: quality and speed, beside MinHash where it is installed.

``python -m tests.bench.bench_duplicates [--documents N]`` scores the labelled set of
``tests/quality`` with our groups and, if the extra ``bench`` is installed, with
datasketch's MinHash-LSH and with rensa, over folded character 5-grams and at the
threshold that serves them best here. All read the same texts in one process, so the
ratios hold where the times do not. With ``--documents`` it also groups so many pieces
of law in a store that an earlier version left, and tells bytes and rate.
"""

import argparse
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from index.fold import fold
from index.store import Store
from tests.bench.corpora import prepare, read_pieces
from tests.bench.engine_wensu import compile_loops, fill, home_of
from tests.quality.near_duplicates import (
    Labelled,
    Measured,
    choose_bases,
    make_set,
    measure,
    read_texts,
    score,
)

CORPORA: Final = Path(__file__).resolve().parents[3] / "shared" / "corpora"
BASES, EACH = 2600, 200
THRESHOLD, HASHES, GRAM = 0.5, 128, 5
TABLES: Final = ("texts", "postings", "texts_canonical", "sqlite_autoindex_texts_1")

# Gives for each document the key of an earlier one that it is like, if there is any.
Matcher = Callable[[Sequence[str]], Iterator[int | None]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument("--documents", type=int, default=0)
    options = parser.parse_args()
    compile_loops()
    labelled = make_set(choose_bases(read_texts(options.corpora), BASES), EACH)
    with TemporaryDirectory() as folder:
        ours = measure(labelled, Path(folder) / "store.sqlite3")
        found = {"wensu": ours} | {
            name: _measure_other(labelled, matcher)
            for name, matcher in MATCHERS.items()
            if find_spec(name)
        }
        show(_table(found, len(labelled)))
        if options.documents:
            show(_scale(Path(folder), options.corpora, options.documents))


def _measure_other(labelled: Sequence[Labelled], matcher: Matcher) -> Measured:
    """Score another way of finding near-duplicates; the longest text comes first."""
    ordered = sorted(labelled, key=lambda each: -len(each.document.text))
    started = time.process_time()
    texts = [fold(each.document.text) for each in ordered]
    canonical: dict[str, str] = {}
    for place, earlier in enumerate(matcher(texts)):
        name = ordered[place].document.id
        first = name if earlier is None else ordered[earlier].document.id
        canonical[name] = canonical.get(first, first)
    seconds = time.process_time() - started
    return Measured(score=score(labelled, canonical), seconds=seconds)


def _grams(text: str) -> list[str]:
    """List the runs of letters."""
    letters = "".join(filter(str.isalnum, text))
    return [letters[at : at + GRAM] for at in range(max(1, len(letters) - GRAM + 1))]


def _datasketch(texts: Sequence[str]) -> Iterator[int | None]:
    """Look each text up in datasketch's MinHash-LSH, then add it."""
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415 (if installed)

    lsh = MinHashLSH(threshold=THRESHOLD, num_perm=HASHES)
    for place, text in enumerate(texts):
        sketch = MinHash(num_perm=HASHES)
        sketch.update_batch([gram.encode() for gram in _grams(text)])
        yield min(map(int, lsh.query(sketch)), default=None)
        lsh.insert(str(place), sketch)


def _rensa(texts: Sequence[str]) -> Iterator[int | None]:
    """Look each text up in rensa's MinHash-LSH, then add it."""
    from rensa import RMinHash, RMinHashLSH  # noqa: PLC0415 (if installed)

    lsh = RMinHashLSH(threshold=THRESHOLD, num_perm=HASHES, num_bands=HASHES // 4)
    for place, text in enumerate(texts):
        sketch = RMinHash(num_perm=HASHES, seed=1)
        sketch.update(_grams(text))
        yield min(map(int, lsh.query(sketch)), default=None)
        lsh.insert(place, sketch)


MATCHERS: Final[dict[str, Matcher]] = {"datasketch": _datasketch, "rensa": _rensa}


def _table(found: dict[str, Measured], documents: int) -> Iterator[str]:
    """Write a line for each way of finding near-duplicates."""
    ours = found["wensu"]
    yield f"{documents:,} documents, {EACH} of each kind of variant and hard case"
    for name, measured in found.items():
        of = measured.score
        rate, ratio = documents / measured.seconds, ours.seconds / measured.seconds
        yield f"{name:<12}{rate:>7,.0f} documents/s ({ratio:.2f} of ours)"
        yield f"  recall {of.recall['all']:.3f}, precision {of.precision:.4f}"
        kinds = (*of.recall.items(), *of.flagged.items())
        yield "  " + ", ".join(f"{kind} {share:.3f}" for kind, share in kinds)


def _scale(folder: Path, corpora: Path, documents: int) -> Iterator[str]:
    """Group pieces of law that are in a store without groups."""
    prepare(folder, corpora, documents)
    characters = sum(len(piece.text) for piece in read_pieces(folder))
    fill(folder, documents)
    path = home_of(folder).store
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM texts")
        connection.execute("DELETE FROM postings")
    connection.close()
    store = Store(path)
    wall, started = time.perf_counter(), time.process_time()
    for _ in store.groups.rest():
        pass
    wall, seconds = time.perf_counter() - wall, time.process_time() - started
    counts = store.groups.counts()
    store.close()
    marks = ", ".join("?" * len(TABLES))
    connection = sqlite3.connect(path)
    (size,) = connection.execute(
        f"SELECT SUM(pgsize) FROM dbstat WHERE name IN ({marks})",  # noqa: S608
        TABLES,
    ).fetchone()
    connection.close()
    rate, each = documents / seconds, size / documents
    yield f"{documents:,} pieces of {characters / documents:.0f} characters"
    yield f"  grouped in {seconds:.1f} s of the processor ({wall:.1f} s by the clock)"
    yield f"  {rate:,.0f} documents/s, {each:,.0f} bytes each"
    yield f"  groups: {counts['groups']:,}, folded: {counts['near-duplicates']:,}"


def show(lines: Iterator[str]) -> None:
    """Print lines as they come."""
    for line in lines:
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
