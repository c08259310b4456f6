"""The stage that brings the index up to date with the store."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from index.analysis import Analyzer
from index.bulk import write_revisions
from index.completing import refresh_completions
from index.errors import IndexBroken, IndexMissing, IndexNotWritten
from index.generations import (
    live_generation,
    make_live,
    new_generation,
    other_generations,
    remove_generation,
)
from index.groups import Place
from index.home import Home
from index.manifest import Manifest, read_manifest, write_manifest
from index.settings import IndexSettings
from index.store import Store
from index.whoosh_index import (
    broken_errors,
    create_index,
    open_reader,
    writer_lock,
)
from index.whoosh_schema import SCHEMA_VERSION
from index.whoosh_segments import commit_segments, remove_waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a build has come.

    Attributes:
        done: Documents added, replaced or deleted so far.
        total: All there are to do.
    """

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """What differs between store and index: revisions to put, ids to delete.

    A revision that replaces another, or itself in another group, comes with the id of
    its document.
    """

    add: tuple[int, ...]
    replace: dict[int, str]
    drop: tuple[str, ...]

    @property
    def total(self) -> int:
        """Documents to touch."""
        return len(self.add) + len(self.replace) + len(self.drop)


def wanted_manifest(analyzer: Analyzer) -> Manifest:
    """Tell what an index built now would be built with."""
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return Manifest(schema=SCHEMA_VERSION, analyzer=analyzer.version, built_at=now)


def indexed_places(folder: Path, analyzer: Analyzer) -> dict[str, Place]:
    """Tell from which revision each document was indexed, and in which group.

    Raises:
        IndexBroken: It cannot be read.
    """
    reader = open_reader(folder, analyzer)
    with broken_errors(folder):
        found = {
            fields["id"]: Place(fields["row"]["revision"], fields["row"]["group"])
            for fields in reader.all_stored_fields()
        }
        reader.close()
    return found


def update_index(
    home: Home,
    store: Store,
    analyzer: Analyzer,
    settings: IndexSettings,
    *,
    rebuild: bool = False,
) -> Iterator[Progress]:
    """Index what changed; with ``rebuild`` make the index anew beside the live one.

    Commits a batch at a time. Stopped at any moment, the live index stays as it
    was last committed, and the next call goes on: an update with what is left, a
    rebuild in the generation it had begun.

    Yields:
        The progress, first with nothing done.

    Raises:
        IndexStale: The live index was built otherwise and ``rebuild`` is off.
        IndexBroken: The live index cannot be read and ``rebuild`` is off.
        IndexLocked: Another process is writing.
        IndexNotWritten: The disk is full, or the folder cannot be written.
    """
    try:
        yield from _update(home, store, analyzer, settings, rebuild=rebuild)
    except OSError as error:
        raise IndexNotWritten(home.index, str(error)) from error


def _update(
    home: Home,
    store: Store,
    analyzer: Analyzer,
    settings: IndexSettings,
    *,
    rebuild: bool,
) -> Iterator[Progress]:
    """Index what changed, in the live generation or in one that is then swapped in."""
    with writer_lock(home.index, settings.lock_wait_seconds):
        live = None
        with suppress(IndexMissing, *([IndexBroken] if rebuild else [])):
            live = live_generation(home.index)
        wanted = wanted_manifest(analyzer)
        if live and not rebuild:
            read_manifest(live).check(wanted)
            yield from _fill(live, store, analyzer, settings)
            refresh_completions(live, analyzer)
            return
        folder = None
        if live or not rebuild:
            folder = _unfinished(home.index, live, wanted, analyzer)
        if folder is None:
            folder = new_generation(home.index)
            create_index(folder, analyzer)
            write_manifest(folder, wanted)
        yield from _fill(folder, store, analyzer, settings)
        refresh_completions(folder, analyzer)
        make_live(folder)
        for old in other_generations(home.index, keep=folder):
            remove_generation(old)


def _unfinished(
    index: Path, live: Path | None, wanted: Manifest, analyzer: Analyzer
) -> Path | None:
    """Find a build that was stopped and can go on; remove those that cannot.

    Nothing is removed while no generation is live: one of them may be the index
    of an archive whose ``current`` file was lost.
    """
    usable = None
    for folder in other_generations(index, keep=live):
        try:
            alike = read_manifest(folder).matches(wanted)
            open_reader(folder, analyzer).close()
        except IndexBroken:
            alike = False
        if alike:
            usable = folder
        elif live:
            remove_generation(folder)
    return usable


def _fill(
    folder: Path, store: Store, analyzer: Analyzer, settings: IndexSettings
) -> Iterator[Progress]:
    """Bring one generation up to date with the store."""
    plan = _plan(folder, store, analyzer)
    done = 0
    yield Progress(done=done, total=plan.total)
    if plan.drop:
        with broken_errors(folder):
            commit_segments(folder, drop=plan.drop)
        done += len(plan.drop)
        yield Progress(done=done, total=plan.total)
    remove_waiting(folder)
    revisions = (*plan.replace, *plan.add)
    for step in write_revisions(folder, store, analyzer, settings, revisions):
        done += step.documents
        if step.segment:
            old = [plan.replace[seq] for seq in step.revisions if seq in plan.replace]
            with broken_errors(folder):
                commit_segments(folder, [step.segment], drop=old)
        if step.documents:
            yield Progress(done=done, total=plan.total)


def _plan(folder: Path, store: Store, analyzer: Analyzer) -> _Plan:
    """Compare index and store."""
    indexed = indexed_places(folder, analyzer)
    stored = store.groups.places()
    return _Plan(
        # In the order in which the store has them: it reads them faster.
        add=tuple(
            sorted(
                place.revision for name, place in stored.items() if name not in indexed
            )
        ),
        replace={
            place.revision: name
            for name, place in stored.items()
            if indexed.get(name, place) != place
        },
        drop=tuple(name for name in indexed if name not in stored),
    )
