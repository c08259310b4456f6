"""Rates of ingest and index, and the time of a search against plain scanning.

``python -m tests.bench.bench_search [FOLDER]`` takes the sample sites, or any
folder of pages, and prints one line a figure. The queries are strings cut from the
documents with a fixed seed; every one is answered both by the search service and by
looking through all folded texts, and the answers must agree.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from crawler.files import from_files
from crawler.ingest import ingest
from crawler.settings import CrawlSettings
from crawler.site import load_profiles
from crawler.sources import find_sources
from index.analysis import make_analyzer
from index.build import update_index
from index.home import Home
from index.settings import IndexSettings
from index.store import Store
from search.results import SearchRequest
from search.service import SearchService, open_service
from search.texts import FoldedText, fold_document

SITES = Path(__file__).resolve().parents[1] / "sites"
QUERIES = 200
SEED = 20261122


def main(folder: Path) -> None:
    """Measure everything once and print it."""
    with tempfile.TemporaryDirectory() as scratch:
        home = Home(Path(scratch))
        sources = find_sources([folder])
        store = Store(home.store, create=True)
        pages = from_files(sources, CrawlSettings().max_bytes)
        seconds = timed(lambda: list(ingest(pages, store, load_profiles())))
        documents = store.counts()["documents"]
        show("ingest", f"{len(sources) / seconds:.0f} pages/s", len(sources), seconds)
        analyzer = make_analyzer()
        steps = update_index(home, store, analyzer, IndexSettings())
        seconds = timed(lambda: list(steps))
        show("index", f"{documents / seconds:.0f} documents/s", documents, seconds)
        service = open_service(home)
        texts = [
            fold_document(store.revision(seq)) for seq in store.revisions().values()
        ]
        compare(service, texts)
        service.close()
        store.close()


def compare(service: SearchService, texts: Sequence[FoldedText]) -> None:
    """Time exact searches against scanning, query by query."""
    ours, scans = [], []
    for query in queries(texts):
        request = SearchRequest(text=f'"{query}"', collapse=False)
        started = time.perf_counter()
        total = service.search(request).total
        ours.append(time.perf_counter() - started)
        started = time.perf_counter()
        found = sum(text.holds(query, "") for text in texts)
        scans.append(time.perf_counter() - started)
        if total != found:
            sys.exit(f"{query!r}: {total} hits, but {found} documents contain it")
    ratio = statistics.median(ours) / statistics.median(scans)
    show("exact search, p50", f"{1000 * statistics.median(ours):.2f} ms", len(ours))
    show("plain scan, p50", f"{1000 * statistics.median(scans):.2f} ms", len(scans))
    show("search / scan", f"{ratio:.2f}", len(ours))


def queries(texts: Sequence[FoldedText]) -> list[str]:
    """Cut strings of 2 to 6 characters out of the texts."""
    draw = random.Random(SEED)  # noqa: S311 (a reproducible sample, no secret)
    found: list[str] = []
    while len(found) < QUERIES:
        block = draw.choice(draw.choice(texts).blocks).folded
        start = draw.randrange(len(block))
        piece = block[start : start + draw.randint(2, 6)].strip()
        if len(piece) > 1 and not set(piece) & set('"\\'):
            found.append(piece)
    return found


def timed(action: Callable[[], object]) -> float:
    """Run something once; seconds it took."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def show(what: str, figure: str, count: int, seconds: float | None = None) -> None:
    """Print one figure."""
    took = "" if seconds is None else f" in {seconds:.2f} s"
    sys.stdout.write(f"{what:<20}{figure:>18}   ({count}{took})\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SITES)
