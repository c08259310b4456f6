"""One process of the benchmark: it does one thing with one engine and says how it went.

``tests.bench.bench_engines`` starts ``python -m tests.bench.worker ACTION FOLDER
DOCUMENTS …``. Only what the engine needs is loaded, so that the memory reported is
its own. Answers are lines of JSON.
"""

import json
import resource
import sys
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any, Final

_KILOBYTE: Final = 1024

BUILDERS: Final = {
    "wensu": "engine_wensu:build",
    "tantivy": "engine_tantivy:build",
    "rjieba+tantivy": "engine_tantivy:build_plain",
    "sqlite": "engine_sqlite:build",
    "whoosh": "engine_whoosh:build",
}
"""What builds each engine's index."""

CONTENDERS: Final = {
    "wensu": "engine_wensu:Wensu",
    "tantivy": "engine_tantivy:Tantivy",
    "sqlite": "engine_sqlite:Sqlite",
    "whoosh": "engine_whoosh:Whoosh",
}
"""What answers queries."""


def do_prepare(folder: Path, documents: int, corpora: str, each: str) -> None:
    """Write the corpus, draw the queries, fill our store, and compile our loops."""
    load("corpora:prepare")(folder, Path(corpora), documents)
    drawn = load("draw:draw_cases")(folder, documents, int(each))
    load("engine_wensu:fill")(folder, documents)
    load("engine_wensu:compile_loops")()
    say({name: [asdict(case) for case in cases] for name, cases in drawn.items()})


def do_build(folder: Path, documents: int, engine: str) -> None:
    """Build an engine's index."""
    built = load(BUILDERS[engine])(folder, documents)
    say(asdict(built) | usage())


def do_serve(folder: Path, _: int, engine: str) -> None:
    """Answer each line of standard input until it ends; then tell the memory."""
    contender, to_case = load(CONTENDERS[engine])(folder), load("cases:to_case")
    for line in sys.stdin:
        say(asdict(contender.answer(to_case(json.loads(line)))))
    say(usage())


def do_exact(folder: Path, documents: int, number: str) -> None:
    """Compare our answers with grep's."""
    say(list(load("exactness:disagreements")(folder, documents, int(number))))


def load(name: str) -> Callable[..., Any]:
    """Import something by ``module:name`` when it is needed, not before."""
    module, _, attribute = name.partition(":")
    found: Callable[..., Any] = getattr(
        import_module(f"tests.bench.{module}"), attribute
    )
    return found


def usage() -> dict[str, float]:
    """Tell what this process took, and those it started.

    Returns:
        ``cpu``, seconds of all; ``peak``, bytes of this process at most in memory;
        ``child_peak``, the same of the largest of the others.
    """
    own = resource.getrusage(resource.RUSAGE_SELF)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "cpu": sum(one.ru_utime + one.ru_stime for one in (own, children)),
        "peak": own.ru_maxrss * _KILOBYTE,
        "child_peak": children.ru_maxrss * _KILOBYTE,
    }


def say(what: object) -> None:
    """Write one line of JSON."""
    sys.stdout.write(json.dumps(what, ensure_ascii=False) + "\n")
    sys.stdout.flush()


ACTIONS: Final[dict[str, Callable[..., None]]] = {
    "prepare": do_prepare,
    "build": do_build,
    "serve": do_serve,
    "exact": do_exact,
}

if __name__ == "__main__":
    ACTIONS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
