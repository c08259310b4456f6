"""The time of completions and corrections, against scanning and against searches.

``python -m tests.bench.bench_suggest [FOLDER] [--documents N] [--corpora FOLDER]``
takes the corpus of ``tests.bench.bench_engines``, and prints medians, 95th percentiles
and ratios of one run. What is typed are the beginnings of terms drawn by how many
documents have them: characters, pinyin, first letters, and a mixture. Each is completed
by the service, once, and by looking through all terms and titles with their pinyin
beside them. Then terms, and terms with a wrong character, are searched for; what the
correction took is held against the search.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from index.completions import Table
from index.fold import fold
from index.lookalikes import lookalikes
from index.pinyin import spell
from search.completions import Opened
from search.parser import parse
from search.results import SearchRequest
from tests.bench.bench_search import show
from tests.bench.corpora import prepare
from tests.bench.engine_wensu import Wensu, build, compile_loops, fill, home_of

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
TYPED, SCANNED, SEARCHED = 400, 40, 200
SEED = 20261126


class Spelled(NamedTuple):
    """A text, and all that it may be typed as from its beginning."""

    folded: str
    full: str
    initials: str
    weight: int


def main(folder: Path, corpora: Path, documents: int) -> None:
    """Measure everything once and print it."""
    compile_loops()
    prepare(folder, corpora, documents)
    fill(folder, documents)
    if not home_of(folder).index.exists():
        build(folder, documents)
    wensu = Wensu(folder)
    suggester = wensu.service.suggester
    opened = None
    while opened is None:
        opened = suggester.opened()
    tables = opened.completions.tables
    sizes = ", ".join(f"{len(each.terms)} {name}" for name, each in tables.items())
    show("open", sizes, documents)
    typed = beginnings(opened, random.Random(SEED))  # noqa: S311 (a reproducible sample)
    suggester.suggest("z")
    ours = [seconds(partial(suggester.suggest, text)) for text in typed]
    everything = [*map(spelled, (tables["terms"], tables["titles"]))]
    scans = [seconds(partial(scan_all, everything, text)) for text in typed[:SCANNED]]
    report("completion", ours)
    report("plain scan", scans)
    ratio = statistics.median(ours) / statistics.median(scans)
    show("completion / scan", f"{ratio:.4f}", SCANNED)
    correct(wensu, opened)


def correct(wensu: Wensu, opened: Opened) -> None:
    """Time searches for right and wrong terms, and the correction in each."""
    draw = random.Random(SEED)  # noqa: S311 (as above)
    right = terms(opened, draw, SEARCHED)
    service = wensu.service
    correction = service._did_you_mean  # noqa: SLF001 (what is measured)
    for name, queries in (("right", right), ("wrong", [*map(spoil, right)])):
        requests = [SearchRequest(text=text) for text in queries]
        totals = [wensu.engine.count(service.understand(text)) for text in queries]
        spent = [
            seconds(partial(correction.suggest, parse(request.text), request, total))
            for request, total in zip(requests, totals, strict=True)
        ]
        whole = [seconds(partial(service.search, request)) for request in requests]
        report(f"correction, {name}", spent)
        report(f"search, {name}", whole)
        ratio = statistics.median(spent) / statistics.median(whole)
        show("correction / search", f"{ratio:.3f}", len(queries))


def terms(opened: Opened, draw: random.Random, number: int) -> list[str]:
    """Draw terms by their weight."""
    table = opened.completions.tables["terms"]
    chosen = draw.choices(range(len(table.terms)), table.weights.tolist(), k=number)
    words = [table.folded(each) for each in chosen]
    return [word for word in words if len(str(parse(word))) == len(word)]


def beginnings(opened: Opened, draw: random.Random) -> list[str]:
    """Type beginnings of terms in four ways; each text once."""
    typed: dict[str, None] = {}
    for word in terms(opened, draw, TYPED):
        syllables = spell(word)
        full, initials = "".join(syllables), "".join(each[:1] for each in syllables)
        size = draw.randint(1, 3)
        ways = (
            word[:size],
            full[: draw.randint(1, len(full) or 1)],
            initials[: size + 1],
            word[:1] + full[len(syllables[0]) :][:size],
        )
        typed[fold(draw.choice(ways))] = None
    return [text for text in typed if text]


def spelled(table: Table) -> list[Spelled]:
    """Spell every text of a table."""
    found = []
    for number in range(len(table.terms)):
        word = table.folded(number)
        pairs = zip(word, spell(word), strict=True)
        syllables = [syllable or char for char, syllable in pairs]
        initials = "".join(each[:1] for each in syllables)
        weight = int(table.weights[number])
        found.append(Spelled(word, "".join(syllables), initials, weight))
    return found


def scan_all(tables: Sequence[Sequence[Spelled]], typed: str) -> list[Spelled]:
    """Look through every table."""
    return [found for each in tables for found in scan(each, typed)]


def scan(everything: Sequence[Spelled], typed: str) -> list[Spelled]:
    """Look through all texts for the weightiest that begin so; no mixtures."""
    found = [
        each
        for each in everything
        if each.folded.startswith(typed)
        or each.full.startswith(typed)
        or each.initials.startswith(typed)
    ]
    return sorted(found, key=lambda each: -each.weight)[:10]


def spoil(word: str) -> str:
    """Exchange the last character that has a lookalike."""
    for place in range(len(word) - 1, -1, -1):
        if others := sorted(lookalikes(word[place])):
            return word[:place] + others[0] + word[place + 1 :]
    return word


def seconds(action: Callable[[], object]) -> float:
    """Run something once; seconds it took."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def report(what: str, times: Sequence[float]) -> None:
    """Print median and 95th percentile in milliseconds."""
    ordered = sorted(times)
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    figures = f"{1000 * statistics.median(ordered):.2f} / {1000 * p95:.2f} ms"
    show(what, figures, len(ordered))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_suggest")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    options = parser.parse_args()
    main(options.folder, options.corpora, options.documents)
