"""Revisions of the store into segments, in as many processes as there are cores.

The process that reads the store hands its bytes to the others, who parse, cut and
invert them and write whole segments; it alone commits. A process that loses its
parent ends by itself.
"""

import multiprocessing
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from index.analysis import Analyzer
from index.captures import parse_body
from index.codec.elias_fano import LIMIT
from index.codec.whoosh_codec import ArraySegment
from index.errors import CorruptStore, IndexNotWritten
from index.inverter import Inverter
from index.settings import IndexSettings
from index.store import Store
from index.whoosh_segments import write_segment

_FEWEST: Final = 1000
"""Below so many documents starting processes costs more than it saves."""

_JOB: Final = 256
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
    """A revision that cannot be parsed; passes from one process to another."""

    def __init__(self, seq: int) -> None:
        super().__init__(seq)
        self.seq = seq


class _Collector:
    """Inverts documents and writes a segment whenever there is enough for one."""

    def __init__(
        self, folder: Path, analyzer: Analyzer, settings: IndexSettings
    ) -> None:
        self._folder = folder
        self._inverter = Inverter(analyzer)
        self._settings = settings
        self._revisions: list[int] = []

    def add(self, seq: int, body: bytes) -> Step | None:
        """Take a document; give a step when a segment is written."""
        try:
            document = parse_body(body)
        except (zlib.error, ValidationError) as error:
            raise _UnreadableError(seq) from error
        self._inverter.add(document, seq)
        self._revisions.append(seq)
        most = min(self._settings.segment_characters, _MOST_CHARACTERS)
        full = self._inverter.positions >= most
        if full or self._inverter.documents >= self._settings.batch_documents:
            return self.finish()
        return None

    def finish(self) -> Step:
        """Write what there is."""
        revisions, self._revisions = tuple(self._revisions), []
        if not revisions:
            return Step(0)
        segment = write_segment(self._folder, self._inverter.finish())
        return Step(0, segment, revisions)


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
        raise CorruptStore(store.path, f"revision {error.seq} is damaged") from error
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
        yield from _alone(_Collector(folder, analyzer, settings), store, revisions)
        return
    make = _maker(folder, analyzer, settings)
    workers = [_Worker(make) for _ in range(processes)]
    try:
        yield from _shared(workers, store, revisions)
    finally:
        for worker in workers:
            worker.stop()


def _maker(
    folder: Path, analyzer: Analyzer, settings: IndexSettings
) -> Callable[[], _Collector]:
    """Say how each process makes its collector."""
    return lambda: _Collector(folder, analyzer, settings)


def _alone(
    collector: _Collector, store: Store, revisions: Iterable[int]
) -> Iterator[Step]:
    """Do it in this process."""
    done = 0
    for seq in revisions:
        step = collector.add(seq, store.body(seq))
        done += 1
        if step:
            yield Step(done, step.segment, step.revisions)
            done = 0
    step = collector.finish()
    yield Step(done, step.segment, step.revisions)


class _Worker:
    """A process that inverts, and the line to it."""

    def __init__(self, make: Callable[[], _Collector]) -> None:
        # A forked process has the dictionaries at once; it must touch neither the
        # store nor anything else that the parent had open.
        self.line, other = multiprocessing.Pipe()
        context = multiprocessing.get_context("fork")
        self._process = context.Process(target=_work, args=(make, other), daemon=True)
        self._process.start()
        other.close()

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
            steps = [collector.add(seq, body) for seq, body in job]
            written = [step for step in steps if step]
            if not job:
                written.append(collector.finish())
        except Exception as error:  # noqa: BLE001 (raised again by the parent)
            line.send(error)
            return
        line.send((len(job), written))
        if not job:
            return


def _shared(
    workers: Sequence[_Worker], store: Store, revisions: Sequence[int]
) -> Iterator[Step]:
    """Have the workers do it, each with one job in hand and one waiting."""
    jobs = _jobs(store, revisions)
    lines = [worker.line for worker in workers]
    working = set(lines)

    def give(line: Connection) -> None:
        if line in working:
            job = next(jobs, [])
            line.send(job)
            if not job:
                working.remove(line)

    for line in lines * 2:
        give(line)
    while lines:
        ready = set(wait(lines))
        for line in [each for each in lines if each in ready]:
            done, steps = _answer(line)
            yield Step(done)
            yield from steps
            if done:
                give(line)
            else:
                lines.remove(line)


def _answer(line: Connection) -> tuple[int, list[Step]]:
    """Read what a worker has done.

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
    done, steps = answer
    return int(done), list(steps)


def _jobs(store: Store, revisions: Sequence[int]) -> Iterator[list[tuple[int, bytes]]]:
    """Read the store a job at a time."""
    for start in range(0, len(revisions), _JOB):
        yield [(seq, store.body(seq)) for seq in revisions[start : start + _JOB]]
