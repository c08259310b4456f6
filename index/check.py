"""Do store, WARC files and index agree, and can everything in them be read?"""

from collections.abc import Iterator

from index.analysis import Analyzer
from index.build import indexed_places, wanted_manifest
from index.completions import commit_of
from index.errors import IndexNotUsable
from index.generations import live_generation
from index.groups import Place
from index.home import Home
from index.manifest import read_manifest
from index.store import Store
from index.warc_check import warc_problems
from index.whoosh_index import newest_commit
from index.whoosh_segments import verify_index

_SHOWN = 5


def find_problems(home: Home, store: Store, analyzer: Analyzer) -> Iterator[str]:
    """Re-read the store and the WARC files, and hold the index against the store.

    Yields:
        One sentence for each thing amiss; nothing when all is well.
    """
    yield from store.damage()
    yield from warc_problems(home.warc, store.records)
    try:
        live = live_generation(home.index)
        read_manifest(live).check(wanted_manifest(analyzer))
        verify_index(live, analyzer)
        indexed = indexed_places(live, analyzer)
        completed = commit_of(live) == newest_commit(live)
    except IndexNotUsable as error:
        yield str(error)
        return
    if not completed:
        yield "completions are missing, damaged or of an earlier state: run wensu index"
    yield from _compare(indexed, store.groups.places())


def _compare(indexed: dict[str, Place], stored: dict[str, Place]) -> Iterator[str]:
    """Tell how index and store differ."""
    groups = {
        "not yet indexed": [name for name in stored if name not in indexed],
        "changed since they were indexed": [
            name for name, place in stored.items() if indexed.get(name, place) != place
        ],
        "in the index but not in the store": [
            name for name in indexed if name not in stored
        ],
    }
    for what, names in groups.items():
        if names:
            shown = ", ".join(sorted(names)[:_SHOWN])
            more = ", ..." if len(names) > _SHOWN else ""
            yield f"{len(names)} documents are {what} ({shown}{more}): run wensu index"
