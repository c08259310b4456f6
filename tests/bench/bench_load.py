"""Load on the whole server: some servers in one run, on loopback only.

``python -m tests.bench.bench_load --corpora FOLDER`` prepares corpus and index as
``bench_precedents`` does, starts one server after the other with the same two
processes' worth of threads, and asks each for the same mix of searches: one to four
words, exact strings, filters, deep pages, facets counted in all of them. It prints
for one client and for 32 the milliseconds at most, requests a second, errors, what the
server computed for a request, and the memory of all its processes (PSS: what is shared
is divided among those who share it). The last columns are ratios to ``wensu``, in
the same run: milliseconds are those of one machine and what else runs on it.

``wensu-unkept`` keeps no answers, so each request is a search; ``--swap`` exchanges
the index under load, every few seconds, for a copy of itself, and removes the old one.
Servers that are not installed are passed over.
"""

import argparse
import asyncio
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlencode

from index.generations import live_generation, make_live, new_generation
from index.home import Home
from tests.bench.bench_precedents import ROOT, show
from tests.bench.cases import ANY_YEARS, Case
from tests.bench.corpora import prepare
from tests.bench.draw import draw_cases
from tests.bench.engine_wensu import build, compile_loops, fill, home_of
from tests.bench.load_client import LOOPBACK, Sample, load

JSON: Final = "/api/v1/search"
PAGE: Final = "/search"
_ENV: Final = "WENSU_BENCH_HOME"
_WENSU: Final = "from web.cli import main; main()"
_THREADS: Final = 4
_PATIENCE: Final = 120.0
_SWAPPED: Final = 5.0
_LOOK_SECONDS: Final = 0.2
_MEGA: Final = 1 << 20
_APP: Final = "tests.bench.load_app:app"
_SERVERS: Final[dict[str, tuple[str, ...]]] = {
    "waitress": (
        *("waitress", f"--threads={_THREADS}", "--listen={host}:{port}"),
        _APP,
    ),
    "gunicorn": (
        *("gunicorn", "-k", "gthread", "-w", "{workers}", "--threads", str(_THREADS)),
        *("--preload", "-b", "{host}:{port}", _APP),
    ),
    "uvicorn": (
        *("uvicorn", "--interface", "wsgi", "--workers", "{workers}"),
        *("--log-level", "warning", "--host", "{host}", "--port", "{port}", _APP),
    ),
    "cheroot": ("cheroot", "--bind", "{host}:{port}", _APP),
}
_HEAD: Final = (
    *("server", "address", "clients", "p50 ms", "p95 ms", "p99 ms", "rps", "errors"),
    *("cpu ms", "PSS MB", "rps to wensu", "cpu to wensu"),
)


class Measured(NamedTuple):
    """What was measured of a server: a sample, its processor time, its memory."""

    sample: Sample
    processor: float
    memory: int

    @property
    def computed(self) -> float:
        """Milliseconds that the server computed for a request."""
        return 1_000 * self.processor / max(len(self.sample.milliseconds), 1)


def main(arguments: Sequence[str]) -> None:
    """Run the benchmark."""
    options = read_options(arguments)
    folder = options.scratch / str(options.documents)
    prepare(folder, options.corpora, options.documents)
    fill(folder, options.documents)
    compile_loops()
    home = home_of(folder)
    if not home.index.exists():
        build(folder, options.documents)
    cases = draw_cases(folder, options.documents, options.queries)["timed"]
    show(" | ".join(_HEAD))
    first: dict[tuple[str, int], Measured] = {}
    for name in options.servers:
        if name in _SERVERS and not importlib.util.find_spec(name):
            show(f"{name} | not installed")
            continue
        with running(name, home, options.workers) as (process, port):
            for base, clients in ((PAGE, 1), (JSON, 1), (JSON, options.clients)):
                addresses = [address_of(case, base) for case in cases]
                swapped = home if options.swap and clients > 1 else None
                with swapping(swapped):
                    found = measure(process, port, addresses, clients, options.seconds)
                compared = first.setdefault((base, clients), found)
                show(" | ".join((name, base, str(clients), *row(found, compared))))


def read_options(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="tests.bench.bench_load")
    add = parser.add_argument
    add("--documents", type=int, default=100_000, help="size of the corpus")
    add("--corpora", type=Path, default=ROOT.parent / "shared" / "corpora")
    servers = ["wensu", "wensu-unkept", *_SERVERS]
    add("--servers", nargs="+", choices=servers, default=servers)
    add("--queries", type=int, default=200, help="queries of every class")
    add("--clients", type=int, default=32)
    add("--seconds", type=float, default=20, help="length of each load")
    add("--workers", type=int, default=2)
    add("--swap", action="store_true", help="exchange the index under load")
    scratch = Path(tempfile.gettempdir()) / "wensu-bench"
    add("--scratch", type=Path, default=scratch, help="where everything is written")
    return parser.parse_args(arguments)


def address_of(case: Case, base: str) -> str:
    """Write a case as the address of a search."""
    asked = {"q": f'"{case.text}"' if case.text else case.typed}
    if case.years != ANY_YEARS:
        asked |= {"year_from": str(case.years[0]), "year_to": str(case.years[1])}
    return f"{base}?{urlencode(asked)}"


@contextmanager
def running(
    name: str, home: Home, workers: int
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Run a server on a free port, in a session of its own."""
    with socket.create_server((LOOPBACK, 0)) as tried:
        port = tried.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603 (our own commands)
        command_of(name, home, workers, port),
        cwd=ROOT,
        env=os.environ | {_ENV: str(home.folder), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        if not asyncio.run(until_it_answers(port)):
            sys.exit(f"{name} does not answer")
        yield process, port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(_PATIENCE)


def command_of(name: str, home: Home, workers: int, port: int) -> list[str]:
    """Write the command of a server."""
    if name in _SERVERS:
        values = {"host": LOOPBACK, "port": port, "workers": workers}
        module, *rest = (part.format(**values) for part in _SERVERS[name])
        return [sys.executable, "-m", module, *rest]
    kept = "0" if name.endswith("unkept") else "32000000"
    home.settings.write_text(f"[web]\nkept_bytes = {kept}\n", "utf-8")
    command = [sys.executable, "-c", _WENSU, "--home", str(home.folder), "serve"]
    return [*command, "--port", str(port), "--workers", str(workers)]


async def until_it_answers(port: int) -> bool:
    """Wait until a server answers a search, as long as patience lasts."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if (await load(port, [f"{JSON}?q=x"], 1, _LOOK_SECONDS)).milliseconds:
            return True
        await asyncio.sleep(_LOOK_SECONDS)
    return False


def measure(
    process: subprocess.Popen[bytes],
    port: int,
    addresses: Sequence[str],
    clients: int,
    seconds: float,
) -> Measured:
    """Put a load on a server."""
    before = processor_of(process.pid)
    sample = asyncio.run(load(port, addresses, clients, seconds))
    used = processor_of(process.pid) - before
    return Measured(sample, used, memory_of(process.pid))


def row(found: Measured, compared: Measured) -> list[str]:
    """Write what was found, and the ratios to the first server."""
    sample = found.sample
    return [
        *(f"{sample.percentile(share):.1f}" for share in (50, 95, 99)),
        f"{sample.rate:.0f}",
        str(dict(sample.errors) or 0),
        f"{found.computed:.1f}",
        f"{found.memory / _MEGA:.0f}",
        f"{sample.rate / compared.sample.rate:.2f}",
        f"{found.computed / compared.computed:.2f}",
    ]


@contextmanager
def swapping(home: Home | None) -> Iterator[None]:
    """Exchange the index for a copy of itself, again and again."""
    stop = threading.Event()

    def swap() -> None:
        while home and not stop.wait(_SWAPPED):
            old, fresh = live_generation(home.index), new_generation(home.index)
            shutil.copytree(old, fresh, dirs_exist_ok=True)
            make_live(fresh)
            shutil.rmtree(old)

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def family(pid: int) -> list[int]:
    """List a process and those it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return [pid, *(one for child in children for one in family(int(child)))]


def processor_of(pid: int) -> float:
    """Tell the seconds that a process and those it started have computed."""
    ticks = 0
    for each in family(pid):
        fields = Path(f"/proc/{each}/stat").read_text("ascii").rpartition(")")[2]
        ticks += sum(map(int, fields.split()[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_of(pid: int) -> int:
    """Tell the bytes of a process and those it started, shared ones once."""
    size = 0
    for each in family(pid):
        text = Path(f"/proc/{each}/smaps_rollup").read_text("ascii")
        size += int(text.partition("\nPss:")[2].split()[0]) * 1024
    return size


if __name__ == "__main__":
    main(sys.argv[1:])
