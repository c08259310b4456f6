"""The time of following a phrase over the years, against a search for it.

``python -m tests.bench.bench_wording [DOCUMENTS]`` makes an archive of invented
documents (100,000 if nothing is said) from 1990 to 2025, every tenth a copy of another,
follows phrases of one to three characters, and searches for the same phrases with all
facets; both in turn, so that whatever else the machine does meets both.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from index.document import Document
from index.home import Home
from search.results import SearchRequest
from search.service import SearchService, open_service
from search.wording import WordingRequest
from tests.corpus import build, fill, make_document
from tests.index.invented import LETTERS, sentences

DOCUMENTS = 100_000
ROUNDS = 200
SEED = 20261126
_COPIED = 10


def documents(count: int) -> Iterator[Document]:
    """Invent documents."""
    draw = random.Random(SEED)  # noqa: S311 (a reproducible sample, no secret)
    for number in range(count):
        text = "".join(sentences(number - (number % _COPIED == 0), 8))
        year = draw.randint(1990, 2025)
        published = f"{year + 1}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        yield make_document(
            number, f"工作总结{number}", text, year=year, published=published
        )


def main(count: int) -> None:
    """Make the archive, measure, and print one line a way."""
    with tempfile.TemporaryDirectory() as scratch:
        home = Home(Path(scratch))
        fill(home, documents(count))
        build(home, batch=100_000)
        service = open_service(home)
        measure(service, count)
        service.close()


def measure(service: SearchService, count: int) -> None:
    """Follow and search, in turn."""
    draw = random.Random(SEED)  # noqa: S311 (a reproducible sample, no secret)
    followed: list[float] = []
    searched: list[float] = []
    found: list[int] = []
    for number in range(ROUNDS + 1):
        phrase = "".join(draw.choices(LETTERS, k=1 + number % 3))
        asked = WordingRequest(phrases=(phrase,))
        search = SearchRequest(text=f'"{phrase}"')
        ways = [
            (followed, lambda asked=asked: service.wording.track(asked)),
            (searched, lambda search=search: service.search(search)),
        ]
        draw.shuffle(ways)
        for times, way in ways:
            times.append(timed(way))
        found.append(service.search(search).total)
    ours, theirs = (statistics.median(each[1:]) for each in (followed, searched))
    worst = sorted(followed[1:])[int(0.95 * ROUNDS)]
    print(f"{count} documents, {statistics.median(found):.0f} hits in the median")  # noqa: T201
    print(f"follow: p50 {1000 * ours:.2f} ms, p95 {1000 * worst:.2f} ms")  # noqa: T201
    print(f"search: p50 {1000 * theirs:.2f} ms; follow / search {ours / theirs:.2f}")  # noqa: T201


def timed(way: Callable[[], object]) -> float:
    """Measure one call, in seconds."""
    started = time.perf_counter()
    way()
    return time.perf_counter() - started


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS)
