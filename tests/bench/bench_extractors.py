"""Quality and time of extractors on the same annotated pages in the same run.

``python -m tests.bench.bench_extractors [--pages FOLDER] [--repeats N]`` reads every
page with every extractor, one after the other page by page, so that a busy machine
slows all of them alike. Times are CPU time of one process from decoded text to text
and fields, the best of the repeats; ratios are to trafilatura's standard settings.
"""

import argparse
import re
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.peers import Extracted, Extractor, installed_peers
from tests.quality.real_pages import LONG_GOLD, PAGES, RealPage, load_pages
from tests.quality.scoring import average, letters, score_text

_BASE = "trafilatura"
_SLOW = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One extractor on one page: what it gave, and how many seconds it took."""

    page: RealPage
    extracted: Extracted
    seconds: float

    @property
    def f1(self) -> float:
        """Character F1 of the text."""
        return score_text(self.extracted.text, self.page.gold, self.page.title).f1


def main() -> None:
    """Measure and print one line for each extractor."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_extractors")
    parser.add_argument("--pages", type=Path, default=PAGES, help="folder of pages")
    parser.add_argument("--repeats", type=int, default=3, help="runs for each time")
    options = parser.parse_args()
    extractors, missing = installed_peers()
    for name in missing:
        sys.stderr.write(f"{name} is not installed: pip install '.[bench]'\n")
    runs = run_all(load_pages(options.pages), extractors, options.repeats)
    sys.stdout.write("\n".join(table(runs)) + "\n")


def run_all(
    pages: Sequence[RealPage], extractors: dict[str, Extractor], repeats: int
) -> dict[str, list[Run]]:
    """Read every page with every extractor."""
    runs: dict[str, list[Run]] = defaultdict(list)
    for page in pages:
        for name, extractor in extractors.items():
            runs[name].append(_run(extractor, page, repeats))
    return runs


def table(runs: dict[str, list[Run]]) -> list[str]:
    """Write the figures as a table, a line for each extractor."""
    base = median(run.seconds for run in runs.get(_BASE) or next(iter(runs.values())))
    head = (
        f"{'':<22} {'F1':>5} {'median':>6} {'<.5':>5} {'long':>5} {'hans':>5} "
        f"{'hant':>5} {'title':>5} {'day':>5} {'author':>6} {'prec.':>5} "
        f"{'ms p50':>7} {'p95':>6} {'ratio':>5}"
    )
    return [head, *(_line(name, found, base) for name, found in runs.items())]


def _run(extractor: Extractor, page: RealPage, repeats: int) -> Run:
    """Time one extractor on one page; one that raises gave nothing."""
    extracted, seconds = Extracted(text=""), []
    for _ in range(repeats):
        started = time.process_time()
        try:
            extracted = extractor(page.html)
        except Exception as error:  # noqa: BLE001  peers raise what they like
            sys.stderr.write(f"{page.name}: {error!r:.100}\n")
        seconds.append(time.process_time() - started)
    return Run(page=page, extracted=extracted, seconds=min(seconds))


def _line(name: str, runs: Sequence[Run], base: float) -> str:
    """Write the figures of one extractor."""
    scores = [run.f1 for run in runs]
    milliseconds = sorted(1000 * run.seconds for run in runs)
    parts = [
        average(f1 for run, f1 in zip(runs, scores, strict=True) if chosen(run.page))
        for chosen in (
            lambda page: len(page.gold) >= LONG_GOLD,
            lambda page: page.script == "hans",
            lambda page: page.script == "hant",
        )
    ]
    below = average(f1 < 0.5 for f1 in scores)
    shares = [*parts, *_fields(runs)]
    return (
        f"{name:<22} {average(scores):5.3f} {median(scores):6.3f} {below:5.3f} "
        + " ".join(f"{value:5.3f}" for value in shares)
        + f" {median(milliseconds):7.2f} "
        f"{milliseconds[int(_SLOW * len(milliseconds))]:6.1f} "
        f"{median(milliseconds) / 1000 / base:5.2f}"
    )


def _fields(runs: Sequence[Run]) -> list[float]:
    """Give the shares of titles, days and writers met, and of writers right."""
    titles = [run for run in runs if run.page.title]
    days = [run for run in runs if run.page.day]
    writers = [run for run in runs if run.page.author]
    answered = [run for run in writers if run.extracted.authors]
    return [
        average(
            letters(run.extracted.title) == letters(run.page.title) for run in titles
        ),
        average(run.extracted.day.startswith(run.page.day or "") for run in days),
        average(_names_writer(run) for run in writers),
        average(_names_writer(run) for run in answered),
    ]


def _names_writer(run: Run) -> bool:
    """Tell whether one of the names given is among the annotated ones."""
    names = re.split(r"[\s,;，；、]+", run.extracted.authors)
    return any(name and name in (run.page.author or "") for name in names)


if __name__ == "__main__":
    main()
