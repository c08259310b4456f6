"""The time and the memory of exporting everything, against turning pages.

``python -m tests.bench.bench_export [DOCUMENTS]`` makes an archive of invented
documents (100,000 if nothing is said), exports all of it in each format through the
API, and turns pages of a hundred hits as far as they go (10,000 hits). Memory is what
Python allocates at the most while a part, and all, is exported with texts.
"""

import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterable
from pathlib import Path

import click
from flask.testing import FlaskClient

from index.home import Home
from search.export_formats import ExportFormat
from search.service import open_service
from tests.bench.bench_wording import DOCUMENTS, documents
from tests.corpus import build, fill
from web import create_app

_DEEPEST = 10_000
_EXPORT = "/api/v1/export"


def main(count: int) -> None:
    """Make the archive, measure, and print one line a way."""
    with tempfile.TemporaryDirectory() as scratch:
        home = Home(Path(scratch))
        fill(home, documents(count))
        build(home, batch=100_000)
        service = open_service(home)
        measure(create_app(service).test_client())
        service.close()


def measure(client: FlaskClient) -> None:
    """Export in each format, and turn pages."""
    started = time.perf_counter()
    turned = 0
    for page in range(1, _DEEPEST // 100 + 1):
        asked = {"page": page, "per_page": 100, "sort": "newest"}
        turned += len(client.get("/api/v1/search", query_string=asked).json["hits"])  # type: ignore[index]  # it is JSON
    by_page = (time.perf_counter() - started) / turned
    click.echo(f"pages: {turned} hits, {1e6 * by_page:.0f} us each")
    for form in ExportFormat:
        asked = {"format": form.value, "sort": "newest"}
        started = time.perf_counter()
        pieces, size = drain(client.get(_EXPORT, query_string=asked).response)
        spent = time.perf_counter() - started
        click.echo(
            f"{form.value}: {spent:.1f} s, {size / 1e6:.1f} MB in {pieces} pieces,"
            f" {size / spent / 1e6:.1f} MB/s"
        )
    for years in ({"year_to": 1992}, {}):
        asked = {"format": "ndjson", "sort": "newest", "text": "true", **years}
        tracemalloc.start()
        pieces, size = drain(client.get(_EXPORT, query_string=asked).response)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        click.echo(f"with texts, {size / 1e6:.1f} MB: {peak / 1e6:.1f} MB of memory")


def drain(response: Iterable[bytes | str]) -> tuple[int, int]:
    """Read an answer piece by piece; give the pieces and bytes there are."""
    sizes = [len(piece) for piece in response]
    return len(sizes), sum(sizes)


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else DOCUMENTS)
