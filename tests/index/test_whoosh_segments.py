"""Facts about commits of segments: all or nothing, few segments, plain Whoosh reads."""

import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from whoosh import query
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex, open_dir
from whoosh.reading import IndexReader
from whoosh.util.numeric import byte_to_length, length_to_byte

from index.analysis import make_analyzer
from index.document import Document
from index.fold import fold
from index.inverter import Inverter
from index.whoosh_index import commit_changes, create_index, open_reader
from index.whoosh_schema import to_fields
from index.whoosh_segments import (
    FAN,
    commit_segments,
    remove_waiting,
    write_segment,
)
from tests.corpus import CORPUS, make_document

ROOT = Path(__file__).parents[2]
FIELDS = ("title", "headings", "body")
Posting = tuple[str, bytes, int, float, list[int]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make an empty index."""
    create_index(tmp_path, make_analyzer())
    return tmp_path


def add(folder: Path, documents: Sequence[Document], *, first: int = 1) -> None:
    """Commit documents as one segment."""
    inverter = Inverter(make_analyzer())
    for revision, document in enumerate(documents, first):
        inverter.add(document, revision)
    commit_segments(folder, [write_segment(folder, inverter.finish())])


def ids(folder: Path) -> list[str]:
    """List what is in an index, in order."""
    reader = open_reader(folder, make_analyzer())
    found = [fields["id"] for fields in reader.all_stored_fields()]
    reader.close()
    return found


def postings(reader: IndexReader) -> Iterator[Posting]:
    """List everything a reader knows of terms; Whoosh keeps an empty one, we do not."""
    for name, term in reader.all_terms():
        if not term:
            continue
        matcher = reader.postings(name, term)
        while matcher.is_active():
            places = (
                matcher.value_as("positions") if matcher.supports("positions") else []
            )
            yield name, term, matcher.id(), matcher.weight(), places
            matcher.next()


def assert_alike(one: IndexReader, other: IndexReader) -> None:
    """Compare postings, lengths and stored fields of two readers."""
    assert list(postings(one)) == list(postings(other))
    assert one.doc_count_all() == other.doc_count_all()
    for docnum in range(one.doc_count_all()):
        assert one.stored_fields(docnum) == other.stored_fields(docnum)
        for name in FIELDS:
            ours, theirs = (
                each.doc_field_length(docnum, name) for each in (one, other)
            )
            # Whoosh keeps a length in one byte, which some share; ours are exact.
            rounded = byte_to_length(length_to_byte(ours))
            assert (theirs or 0) in {ours, rounded}
    for name in FIELDS:
        assert one.field_length(name) == other.field_length(name)


SHORT = [each for each in CORPUS if len(each.text) < 1000]


def test_segment_holds_what_whoosh_would_write(tmp_path: Path) -> None:
    """Terms, documents, weights, positions and lengths are those of Whoosh's codec."""
    analyzer = make_analyzer()
    readers = []
    for name in ("ours", "theirs"):
        (tmp_path / name).mkdir()
        create_index(tmp_path / name, analyzer)
    add(tmp_path / "ours", SHORT)
    fields = [to_fields(each, revision) for revision, each in enumerate(SHORT, 1)]
    commit_changes(tmp_path / "theirs", analyzer, add=fields)
    readers = [open_reader(tmp_path / name, analyzer) for name in ("ours", "theirs")]
    assert_alike(*readers)
    for reader in readers:
        reader.close()


def test_plain_whoosh_opens_the_index(folder: Path) -> None:
    """Its own searcher finds a string by the pairs one behind the other."""
    add(folder, CORPUS)
    with open_dir(str(folder)).searcher() as searcher:
        for text in ("归国蜂农", "。", "工作"):
            folded = fold(text)
            pairs = [folded[i : i + 2] for i in range(len(folded) - 1)]
            char = query.Term("chars", folded)
            docnums = (query.Phrase("grams", pairs) if pairs else char).docs(searcher)
            found = {searcher.stored_fields(docnum)["id"] for docnum in docnums}
            expected = {
                each.id
                for each in CORPUS
                if folded in fold(each.title)
                or any(folded in fold(block.text) for block in each.blocks)
            }
            assert found == expected


def test_merged_segment_is_the_one_of_all(tmp_path: Path) -> None:
    """Merging, with deletions, gives what indexing the rest at once would."""
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    for each in (whole, parts):
        each.mkdir()
        create_index(each, make_analyzer())
    for start, document in enumerate(CORPUS[: FAN - 1], 1):
        add(parts, [document], first=start)
    add(parts, [make_document(90, "删去"), *CORPUS[FAN - 1 :]], first=FAN - 1)
    reader = open_reader(parts, make_analyzer())
    assert len(list(reader.leaf_readers())) == 1
    reader.close()
    left = CORPUS[3:12]
    others = [make_document(90, ""), *(each for each in CORPUS if each not in left)]
    commit_segments(parts, drop=[each.id for each in others])
    add(whole, left, first=4)
    merged, expected = (open_reader(each, make_analyzer()) for each in (parts, whole))
    assert_alike(merged, expected)
    for reader in (merged, expected):
        reader.close()


def test_segments_stay_few(folder: Path) -> None:
    """Their number grows with the logarithm of the documents, and none is lost."""
    for number in range(3 * FAN):
        add(folder, [make_document(number, f"第{number}篇")])
    reader = open_reader(folder, make_analyzer())
    assert len(list(reader.leaf_readers())) < FAN
    reader.close()
    assert sorted(ids(folder)) == [f"{number:016x}" for number in range(3 * FAN)]


def test_deleted_document_is_gone_and_then_forgotten(folder: Path) -> None:
    """It is not found; when it is one of many it goes with the next merge."""
    add(folder, CORPUS[:3])
    commit_segments(folder, drop=[CORPUS[0].id, "nobody"])
    assert ids(folder) == [each.id for each in CORPUS[1:3]]
    commit_segments(folder, drop=[CORPUS[1].id])
    reader = open_reader(folder, make_analyzer())
    assert reader.doc_count_all() == 1
    reader.close()
    commit_segments(folder, drop=[CORPUS[2].id])
    assert ids(folder) == []


def test_segments_of_whoosh_stay_beside_ours(folder: Path) -> None:
    """An index with both kinds answers, and either can lose documents."""
    commit_changes(folder, make_analyzer(), add=[to_fields(CORPUS[0], 1)])
    add(folder, CORPUS[1:3])
    assert ids(folder) == [each.id for each in CORPUS[:3]]
    commit_segments(folder, drop=[CORPUS[0].id])
    assert ids(folder) == [each.id for each in CORPUS[1:3]]


def test_files_do_not_pile_up(folder: Path) -> None:
    """After a commit there is one table of contents and the files it names."""
    add(folder, CORPUS[:2])
    add(folder, CORPUS[2:4])
    commit_segments(folder, drop=[each.id for each in CORPUS[:2]])
    names = sorted(path.suffix for path in folder.iterdir())
    assert names == ["", ".arrays", ".toc"]


def test_unfinished_files_are_removed_on_request_only(folder: Path) -> None:
    """Another process may be writing a segment while this one commits."""
    (folder / "waiting-MAIN_0.arrays").write_bytes(b"half")
    add(folder, CORPUS[:1])
    assert (folder / "waiting-MAIN_0.arrays").exists()
    remove_waiting(folder)
    assert not (folder / "waiting-MAIN_0.arrays").exists()


def test_reader_is_not_disturbed_by_commits(folder: Path) -> None:
    """What was opened before goes on answering from the files it had."""
    add(folder, CORPUS[:2])
    reader = open_reader(folder, make_analyzer())
    before = list(postings(reader))
    commit_segments(folder, drop=[CORPUS[0].id])
    for number in range(FAN):
        add(folder, [make_document(number, "新")])
    assert list(postings(reader)) == before
    reader.close()


def test_second_writer_waits(folder: Path) -> None:
    """A commit while somebody holds Whoosh's lock happens when it is free."""
    lock = FileIndex(FileStorage(str(folder))).lock("WRITELOCK")
    assert lock.acquire()
    writer = threading.Thread(target=add, args=(folder, CORPUS[:1]))
    writer.start()
    writer.join(timeout=0.3)
    assert writer.is_alive()
    lock.release()
    writer.join()
    assert ids(folder) == [CORPUS[0].id]


_WRITE = """
import sys
from pathlib import Path
from index.analysis import make_analyzer
from index.inverter import Inverter
from index.whoosh_segments import commit_segments, write_segment
from tests.corpus import make_document
inverter, folder = Inverter(make_analyzer()), Path(sys.argv[1])
for number in range(10_000):
    inverter.add(make_document(number, f"第{number}篇", "正文。"), number)
    commit_segments(folder, [write_segment(folder, inverter.finish())])
    print(number + 1, flush=True)
"""


@pytest.mark.parametrize("moment", [1, FAN - 1, FAN, 2 * FAN + 3])
def test_killed_writer_loses_nothing_committed(folder: Path, moment: int) -> None:
    """Whenever it is killed, the index opens at a commit, and the next one works."""
    command = [sys.executable, "-c", _WRITE, str(folder)]
    with subprocess.Popen(  # noqa: S603 (our own words)
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout
        for line in writer.stdout:
            if int(line) == moment:
                writer.kill()
    found = ids(folder)
    assert len(found) >= moment
    assert sorted(found) == [f"{number:016x}" for number in range(len(found))]
    add(folder, [make_document(90_000, "之后")])
    assert len(ids(folder)) == len(found) + 1
