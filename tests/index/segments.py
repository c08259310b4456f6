"""Segments for tests of what is written and read."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from index.analysis import make_analyzer
from index.codec.merging import merge_segments, write_content
from index.codec.segment_file import SegmentFile
from index.document import Document
from index.inverter import Inverter


def write(path: Path, documents: Sequence[Document], *, first: int = 1) -> SegmentFile:
    """Write documents as one segment, with revisions from ``first`` on."""
    inverter = Inverter(make_analyzer())
    for revision, document in enumerate(documents, first):
        inverter.add(document, revision)
    write_content(path, inverter.finish())
    return SegmentFile(path)


@contextmanager
def segment_of(documents: Sequence[Document]) -> Iterator[SegmentFile]:
    """Write a segment that lives as long as the test looks at it."""
    with TemporaryDirectory() as folder:
        yield write(Path(folder) / "segment.arrays", documents)


@contextmanager
def merged(
    parts: Sequence[Sequence[Document]], gone: Sequence[Document] = ()
) -> Iterator[SegmentFile]:
    """Write segments, and one that they are merged to without some documents."""
    with TemporaryDirectory() as folder:
        files = [
            (
                write(Path(folder) / f"{number}.arrays", part),
                {place for place, each in enumerate(part) if each in gone},
            )
            for number, part in enumerate(parts)
        ]
        path = Path(folder) / "merged.arrays"
        merge_segments(path, files)
        yield SegmentFile(path)
