"""Revisions of the store into segments, in as many processes as there are cores.

One process says which revisions are next; the others read, parse, cut and invert them
and write whole segments; it alone commits. What passes between them is small enough to
wait in the line, so that nobody ever waits for the other to listen. A process that
loses its parent ends by itself.
"""

import multiprocessing
import os
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Final, NamedTuple, cast

from pydantic import ValidationError

from index.analysis import Analyzer
from index.codec.elias_fano import LIMIT
from index.codec.whoosh_codec import ArraySegment
from index.errors import CorruptStore, IndexNotWritten
from index.inverter import Inverter
from index.revisions import parse_body
from index.settings import IndexSettings
from index.store import Store
from index.whoosh_segments import write_segment

_FEWEST: Final = 1000
"""Below so many documents starting processes costs more than it saves."""

_JOB: Final = 256
_AHEAD: Final = 8
"""Jobs that wait in the line of each process."""

_MOST_CHARACTERS: Final = LIMIT // 4
_LOOK_SECONDS: Final = 1.0


@dataclass(frozen=True, slots=True)
class Step:
    """What has been done since the last step.

    Attributes:
        documents: Documents inverted.
        segment: A segment that is written and waits to be committed.
        revisions: What stands in that segment.
    """

    documents: int
    segment: ArraySegment | None = None
    revisions: tuple[int, ...] = ()


class _UnreadableError(ValueError):
    """A revision that cannot be read; passes from one process to another."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class _Written(NamedTuple):
    """A segment that is written, and how many documents are in it."""

    segment: ArraySegment
    documents: int


class _Collector:
    """Inverts documents and writes a segment whenever there is enough for one."""

    def __init__(
        self, folder: Path, store: Store, analyzer: Analyzer, settings: IndexSettings
    ) -> None:
        self._folder = folder
        self._store = store
        self._inverter = Inverter(analyzer)
        self._settings = settings

    def add(self, seq: int) -> _Written | None:
        """Take a document; give a segment when one is written."""
        try:
            document = parse_body(self._store.body(seq))
        except (zlib.error, ValidationError) as error:
            problem = f"revision {seq} is damaged"
            raise _UnreadableError(problem) from error
        except CorruptStore as error:
            raise _UnreadableError(error.problem) from error
        self._inverter.add(document, seq, self._store.groups.canonical(document.id))
        most = min(self._settings.segment_characters, _MOST_CHARACTERS)
        full = self._inverter.positions >= most
        if full or self._inverter.documents >= self._settings.batch_documents:
            return self.finish()
        return None

    def finish(self) -> _Written | None:
        """Write what there is, if there is something."""
        documents = self._inverter.documents
        if not documents:
            return None
        segment = write_segment(self._folder, self._inverter.finish())
        return _Written(segment, documents)


def write_revisions(
    folder: Path,
    store: Store,
    analyzer: Analyzer,
    settings: IndexSettings,
    revisions: Sequence[int],
) -> Iterator[Step]:
    """Write revisions as segments in a folder; the caller commits each.

    Raises:
        CorruptStore: A revision cannot be read.
        IndexNotWritten: A segment cannot be written.
    """
    try:
        yield from _write(folder, store, analyzer, settings, revisions)
    except _UnreadableError as error:
        raise CorruptStore(store.path, error.problem) from error
    except OSError as error:
        raise IndexNotWritten(folder, str(error)) from error


def _write(
    folder: Path,
    store: Store,
    analyzer: Analyzer,
    settings: IndexSettings,
    revisions: Sequence[int],
) -> Iterator[Step]:
    """Choose between this process alone and several."""
    processes = settings.processes or len(os.sched_getaffinity(0))
    if processes == 1 or len(revisions) < _FEWEST:
        yield from _alone(_Collector(folder, store, analyzer, settings), revisions)
        return

    def make() -> _Collector:
        # A connection that was open when a process was forked must not be used there.
        return _Collector(folder, Store(store.path), analyzer, settings)

    workers = [_Worker(make) for _ in range(processes)]
    try:
        yield from _shared(workers, revisions)
    finally:
        for worker in workers:
            worker.stop()


def _alone(collector: _Collector, revisions: Sequence[int]) -> Iterator[Step]:
    """Do it in this process."""
    pending: list[int] = []
    for seq in revisions:
        written = collector.add(seq)
        pending.append(seq)
        if written:
            yield Step(len(pending), written.segment, tuple(pending))
            pending = []
    written = collector.finish()
    yield Step(len(pending), written.segment if written else None, tuple(pending))


class _Worker:
    """A process that inverts, and the line to it."""

    def __init__(self, make: Callable[[], _Collector]) -> None:
        # A forked process has the dictionaries at once; it must touch nothing that
        # the parent had open.
        self.line, other = multiprocessing.Pipe()
        context = multiprocessing.get_context("fork")
        self._process = context.Process(target=_work, args=(make, other), daemon=True)
        self._process.start()
        other.close()
        self._given: deque[int] = deque()

    def give(self, job: Sequence[int]) -> None:
        """Send a job; an empty one is the last."""
        self._given.extend(job)
        self.line.send(job)

    def steps(self, written: Iterable[_Written]) -> Iterator[Step]:
        """Tell which revisions stand in segments: those that were given first."""
        for segment, documents in written:
            revisions = tuple(self._given.popleft() for _ in range(documents))
            yield Step(0, segment, revisions)

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self._process.terminate()
        self._process.join()
        self.line.close()


def _work(make: Callable[[], _Collector], line: Connection) -> None:
    """Invert what comes, in a process of its own, until nothing comes any more."""
    parent = os.getppid()
    collector = make()
    while True:
        while not line.poll(_LOOK_SECONDS):
            if os.getppid() != parent:
                return
        job = line.recv()
        try:
            found = [collector.add(seq) for seq in job] or [collector.finish()]
        except Exception as error:  # noqa: BLE001 (raised again by the parent)
            line.send(error)
            return
        line.send((len(job), [written for written in found if written]))
        if not job:
            return


def _shared(workers: Sequence[_Worker], revisions: Sequence[int]) -> Iterator[Step]:
    """Have the workers do it, each with one job in hand and some waiting."""
    jobs = (revisions[at : at + _JOB] for at in range(0, len(revisions), _JOB))
    by_line = {worker.line: worker for worker in workers}
    ended: set[_Worker] = set()

    def give(worker: _Worker) -> None:
        if worker not in ended:
            job = next(jobs, ())
            worker.give(job)
            if not job:
                ended.add(worker)

    for worker in [*workers] * (1 + _AHEAD):
        give(worker)
    while by_line:
        for line in wait([*by_line]):
            worker = by_line[cast("Connection", line)]
            done, written = _answer(worker.line)
            yield Step(done)
            yield from worker.steps(written)
            if done:
                give(worker)
            else:
                del by_line[worker.line]


def _answer(line: Connection) -> tuple[int, list[_Written]]:
    """Read how many documents a worker has done, and what it has written.

    Raises:
        ChildProcessError: It is gone.
        Exception: What it failed with.
    """
    try:
        answer = line.recv()
    except EOFError as error:
        msg = "a process that analysed text was ended from outside"
        raise ChildProcessError(msg) from error
    if isinstance(answer, Exception):
        raise answer
    done, written = answer
    return int(done), list(written)
