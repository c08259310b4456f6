"""Ten thousand hostile pages through the reader, on a clock.

``python -m tests.bench.bench_hostile [PAGES] [SEED]`` reads and cleans that many
pages in one process and prints the slowest, the peak memory, and every page that
raised, took more than two seconds of the processor or lost text without a record.
With a third argument, a number, it reads that page only.
"""

import resource
import sys
import time
from heapq import nlargest

from crawler.clean import clean
from crawler.read import read_page, to_page
from crawler.site import Profiles, load_profiles
from index.decode import decode
from index.document import Document
from tests.bench.hostile import hostile_page, kind_of
from tests.bench.visible import lost_by_cleaner, lost_by_reader

PAGES = 10_000
SEED = 20261126
MAX_SECONDS = 2.0
_SHOWN = 12


def main(pages: int, seed: int, only: int | None) -> int:
    """Read all pages; print what is slow or wrong; return how many are."""
    profiles = load_profiles()
    seconds: list[tuple[float, int]] = []
    failures = 0
    for number in range(pages) if only is None else [only]:
        page = hostile_page(seed, number)
        started = time.process_time()
        problem = _problem(page, profiles)
        taken = time.process_time() - started
        seconds.append((taken, number))
        if not problem and taken <= MAX_SECONDS:
            problem = _loss(page, profiles)
        if problem or taken > MAX_SECONDS:
            failures += 1
            _show(f"FAILED {problem}", number, taken, len(page))
    for taken, number in nlargest(_SHOWN, seconds):
        _show("slowest", number, taken, len(hostile_page(seed, number)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"{len(seconds)} pages, {failures} failures, peak memory {peak:.0f} MB\n"
    )
    return failures


def _problem(payload: bytes, profiles: Profiles) -> str:
    """Read one page; return what it raised, if it did."""
    try:
        read_page(payload, profiles)
    except Exception as error:  # noqa: BLE001  any exception is the finding
        return f"{type(error).__name__}: {error}"[:100]
    return ""


def _loss(payload: bytes, profiles: Profiles) -> str:
    """Return which characters of a page are in no record."""
    decoded = decode(payload)
    if decoded.damaged:
        return ""
    text = decoded.text
    page = to_page(text, profiles)
    lost = lost_by_reader(text, page)
    if lost:
        return f"reader lost {lost.total()}: {''.join(lost)[:20]}"
    document = clean(page, profiles)
    if isinstance(document, Document):
        lost = lost_by_cleaner(page, document)
    return f"cleaner lost {lost.total()}: {''.join(lost)[:20]}" if lost else ""


def _show(what: str, number: int, seconds: float, size: int) -> None:
    kind = kind_of(number)
    line = f"{seconds:7.2f} s {size / 1e6:7.2f} MB {number:6} {kind:12} {what}\n"
    sys.stdout.write(line)
    sys.stdout.flush()


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    defaults = [PAGES, SEED, None]
    chosen = [*arguments, *defaults[len(arguments) :]]
    sys.exit(1 if main(chosen[0] or 0, chosen[1] or 0, chosen[2]) else 0)
