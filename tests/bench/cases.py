"""What the benchmark asks, and what the engines in it have in common."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol, TypeVar

T = TypeVar("T")

CLASSES: Final = {
    "rare": "1 word, rare",
    "common": "1 word, common",
    "and2": "2 words AND",
    "or2": "2 words OR",
    "or4": "4 words OR",
    "exact": "exact string",
    "facets": "filter + facets",
    "deep": "page 100",
    "page": "search page",
}
"""The classes of queries, and how a table calls them."""

WORD_CLASSES: Final = frozenset(CLASSES) - {"exact", "page"}
"""The classes for engines that have words only."""

ANY_YEARS: Final = (0, 9999)
PER_PAGE: Final = 10
DEEP_PAGE: Final = 100
DEEP_START: Final = (DEEP_PAGE - 1) * PER_PAGE
FACETS: Final = ("year", "site", "script", "kind", "source", "region", "complete")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One query.

    Attributes:
        kind: Its class.
        words: Folded words; all must be found, unless ``either``.
        either: Whether any of the words does.
        text: The folded string of an exact query.
        years: First and last year of the filter.
    """

    kind: str
    words: tuple[str, ...] = ()
    either: bool = False
    text: str = ""
    years: tuple[int, int] = ANY_YEARS

    @property
    def typed(self) -> str:
        """The query as a user types it."""
        return (" OR " if self.either else " ").join(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How one query went.

    Attributes:
        seconds: What it took.
        total: Documents it found.
    """

    seconds: float
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """How a build went.

    Attributes:
        documents: Documents in the index.
        committed: Seconds from text to committed index.
        settled: Seconds until background merges were done.
        size: Bytes on disk.
    """

    documents: int
    committed: float
    settled: float
    size: int


class Contender(Protocol):
    """An index opened for queries."""

    def answer(self, case: Case) -> Timing:
        """Find the top ten (or what the class asks for) and the exact total."""
        ...


class Stopwatch:
    """Counts seconds from when it is made."""

    def __init__(self) -> None:
        """Start."""
        self._started = time.perf_counter()

    @property
    def seconds(self) -> float:
        """Seconds so far."""
        return time.perf_counter() - self._started


def timed(action: Callable[[], T]) -> tuple[float, T]:
    """Run something once; tell the seconds it took, and what it gave."""
    watch = Stopwatch()
    result = action()
    return watch.seconds, result


def to_case(plain: Mapping[str, object]) -> Case:
    """Read a case back from JSON, where tuples are lists."""
    values = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in plain.items()
    }
    return Case(**values)  # type: ignore[arg-type]  # what asdict wrote


def size_of(folder: Path) -> int:
    """Sum up the bytes of the files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
