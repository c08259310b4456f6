"""Facts about building the index: what is done, resumed, refused and never lost."""

import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from index.analysis import make_analyzer
from index.build import (
    Progress,
    indexed_places,
    update_index,
    wanted_manifest,
)
from index.errors import IndexBroken, IndexLocked, IndexMissing, IndexStale
from index.generations import live_generation, new_generation, other_generations
from index.groups import Place
from index.home import Home
from index.manifest import NAME, write_manifest
from index.settings import IndexSettings
from index.store import Store
from index.whoosh_index import commit_changes, create_index, open_reader
from tests.corpus import CORPUS, build, fill, make_document

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Make an archive that is not indexed yet."""
    home = Home(tmp_path / "home")
    fill(home)
    return home


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    """Open its store."""
    store = Store(home.store)
    yield store
    store.close()


def steps(
    home: Home, store: Store, *, wait: float = 0, rebuild: bool = False
) -> Generator[Progress]:
    """Build in batches of five, as far as it is asked to."""
    settings = IndexSettings(batch_documents=5, lock_wait_seconds=wait)
    yield from update_index(home, store, make_analyzer(), settings, rebuild=rebuild)


def indexed(home: Home) -> dict[str, Place]:
    """Read what the live index holds."""
    return indexed_places(live_generation(home.index), make_analyzer(home.dictionaries))


def row_of(name: str, revision: int) -> dict[str, object]:
    """Give the least that an index must have of a document."""
    return {"id": name, "row": {"revision": revision, "group": name}}


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Remember every file of a folder: its bytes and when it was written."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_first_build_indexes_everything(home: Home, store: Store) -> None:
    """Progress begins with nothing done and ends with all of it."""
    found = list(steps(home, store))
    assert found[0] == Progress(done=0, total=len(CORPUS))
    assert found[-1] == Progress(done=len(CORPUS), total=len(CORPUS))
    assert indexed(home) == store.groups.places()


def test_second_build_has_nothing_to_do(home: Home) -> None:
    """An index that is up to date is not written to."""
    build(home)
    before = snapshot(home.index)
    assert build(home) == [Progress(done=0, total=0)]
    assert snapshot(home.index) == before


def test_only_what_changed_is_indexed(home: Home, store: Store) -> None:
    """One new and one changed document are two steps of work."""
    build(home)
    changed = replace(CORPUS[4], title="改过的标题")
    fill(home, [changed, make_document(99, "新来的一篇", "正文。")])
    assert build(home)[-1] == Progress(done=2, total=2)
    assert indexed(home) == store.groups.places()
    assert len(indexed(home)) == len(CORPUS) + 1


def test_documents_whose_group_changed_are_indexed(home: Home, store: Store) -> None:
    """A fuller copy stands for three documents that were folded otherwise before."""
    build(home)
    fuller = make_document(99, "走访简报", CORPUS[8].text, "附：走访名单。")
    fill(home, [fuller])
    assert build(home)[-1] == Progress(done=4, total=4)
    assert indexed(home) == store.groups.places()
    assert {indexed(home)[each.id].group for each in CORPUS[8:11]} == {fuller.id}
    assert build(home) == [Progress(done=0, total=0)]


def test_index_of_more_than_the_store_has_is_cleaned(home: Home) -> None:
    """Documents that the store does not have go out of the index."""
    build(home)
    home.store.unlink()
    fill(home, CORPUS[:10])
    build(home)
    assert set(indexed(home)) == {document.id for document in CORPUS[:10]}


def test_store_made_anew_is_indexed_anew(home: Home, store: Store) -> None:
    """An index never takes the revisions of another store for those it has."""
    build(home)
    old = store.revisions()
    home.store.unlink()
    fill(home, [replace(document, title="另一题") for document in CORPUS])
    assert build(home)[-1].done == len(CORPUS)
    assert not {place.revision for place in indexed(home).values()} & {*old.values()}


def test_empty_store_makes_an_empty_index(tmp_path: Path) -> None:
    """An archive without documents can be indexed and read."""
    home = Home(tmp_path)
    fill(home, [])
    assert build(home) == [Progress(done=0, total=0)]
    assert indexed(home) == {}


def test_stopped_first_build_goes_on(home: Home, store: Store) -> None:
    """What was committed is kept, and nothing is live before the end."""
    begun = steps(home, store)
    while next(begun).done < 10:
        pass
    begun.close()
    with pytest.raises(IndexMissing):
        live_generation(home.index)
    assert next(iter(build(home))) == Progress(done=0, total=len(CORPUS) - 10)
    assert live_generation(home.index).name == "g000001"
    assert indexed(home) == store.groups.places()


def test_stopped_rebuild_goes_on_beside_the_live_index(
    home: Home, store: Store
) -> None:
    """The old index answers all the while; the new one takes its place at the end."""
    build(home)
    begun = steps(home, store, rebuild=True)
    while next(begun).done < 10:
        assert live_generation(home.index).name == "g000001"
    begun.close()
    assert indexed(home) == store.groups.places()
    assert build(home, rebuild=True)[0].total == len(CORPUS) - 10
    assert live_generation(home.index).name == "g000002"
    assert other_generations(home.index, keep=live_generation(home.index)) == []


def test_stopped_rebuild_of_another_analyzer_begins_anew(
    home: Home, store: Store
) -> None:
    """Terms of two dictionaries are never mixed in one index."""
    build(home)
    begun = steps(home, store, rebuild=True)
    while next(begun).done < 10:
        pass
    begun.close()
    add_word(home, "归国蜂农")
    assert build(home, rebuild=True)[0].total == len(CORPUS)


def add_word(home: Home, word: str) -> None:
    """Put a word into the user's dictionary."""
    folder = home.folder / "dictionaries"
    folder.mkdir(exist_ok=True)
    (folder / "mine.txt").write_text(word + "\n", "utf-8")


def test_new_dictionary_makes_the_index_stale(home: Home) -> None:
    """The error names the command; with it the new word is in the index."""
    build(home)
    add_word(home, "归国蜂农")
    before = snapshot(home.index)
    with pytest.raises(IndexStale, match="wensu index --rebuild"):
        build(home)
    assert snapshot(home.index) == before
    build(home, rebuild=True)
    live = live_generation(home.index)
    reader = open_reader(live, make_analyzer(home.dictionaries))
    assert ("body", "归国蜂农") in reader
    reader.close()


def test_other_schema_makes_the_index_stale(home: Home) -> None:
    """An index written by an older version is not written to."""
    build(home)
    old = replace(wanted_manifest(make_analyzer()), schema="0")
    write_manifest(live_generation(home.index), old)
    with pytest.raises(IndexStale, match="schema 0"):
        build(home)


def _cut(path: Path) -> None:
    """Keep the first half."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _empty(path: Path) -> None:
    """Keep nothing."""
    path.write_bytes(b"")


def _garble(path: Path) -> None:
    """Write other bytes over all of it."""
    path.write_bytes(bytes(range(256)) * (path.stat().st_size // 256 + 1))


FILES = (NAME, "_MAIN_*.toc", "MAIN_*.arrays", "../current")
DAMAGES = (_cut, _empty, _garble, Path.unlink)


@pytest.mark.parametrize(
    ("name", "damage"),
    # Without its current file an index is not broken but missing: see below.
    [pair for pair in product(FILES, DAMAGES) if pair != ("../current", Path.unlink)],
)
def test_broken_index_is_reported_and_never_wiped(
    tmp_path: Path, name: str, damage: Callable[[Path], None]
) -> None:
    """Whichever file is hurt, a build touches nothing; a rebuild mends all."""
    home = Home(tmp_path)
    fill(home, CORPUS[:5])
    build(home)
    (path,) = live_generation(home.index).glob(name)
    damage(path)
    fill(home, CORPUS[5:7])
    before = snapshot(home.index)
    with pytest.raises(IndexBroken, match="nothing was deleted"):
        build(home)
    assert snapshot(home.index) == before
    build(home, rebuild=True)
    assert len(indexed(home)) == 7


def test_index_whose_current_file_is_lost_is_found_again(home: Home) -> None:
    """The next build takes up the generation that is there."""
    build(home)
    (home.index / "current").unlink()
    assert build(home) == [Progress(done=0, total=0)]
    assert live_generation(home.index).name == "g000001"


def test_broken_generation_is_kept_until_another_is_live(
    home: Home, store: Store
) -> None:
    """With the current file lost too, nothing goes before there is a new index."""
    build(home)
    _empty(live_generation(home.index) / NAME)
    (home.index / "current").unlink()
    begun = steps(home, store)
    assert next(begun).total == len(CORPUS)
    assert (home.index / "g000001").is_dir()
    list(begun)
    assert [path.name for path in other_generations(home.index, keep=None)] == [
        "g000002"
    ]


def test_second_writer_is_refused(home: Home, store: Store) -> None:
    """Two builds at once do not mix; the error says to wait."""
    first = steps(home, store)
    next(first)
    with pytest.raises(IndexLocked, match="another process is writing"):
        build(home)
    first.close()
    assert build(home)[-1].done == len(CORPUS)


def test_second_writer_waits_for_the_first(home: Home, store: Store) -> None:
    """A build that is given time goes on when the other has ended."""
    first = steps(home, store)
    next(first)
    found: list[Progress] = []
    second = threading.Thread(
        target=lambda: found.extend(steps(home, store, wait=60)), daemon=True
    )
    second.start()
    list(first)
    second.join(60)
    assert found == [Progress(done=0, total=0)]


def test_open_reader_keeps_answering(home: Home) -> None:
    """What a reader sees does not change while others commit and rebuild."""
    fill(home, [])
    build(home, batch=10)
    analyzer = make_analyzer()
    reader = open_reader(live_generation(home.index), analyzer)
    before = sorted(fields["id"] for fields in reader.all_stored_fields())
    fill(home, [replace(CORPUS[0], title="改过"), make_document(99, "新", "正文。")])
    build(home)
    build(home, rebuild=True)
    assert sorted(fields["id"] for fields in reader.all_stored_fields()) == before
    assert reader.postings("title", "总结").is_active()
    reader.close()


_WRITE = """
import sys
from pathlib import Path
from index.analysis import make_analyzer
from index.build import update_index
from index.groups import Place
from index.home import Home
from index.settings import IndexSettings
from index.store import Store
home = Home(Path(sys.argv[1]))
settings = IndexSettings(batch_documents=1)
for step in update_index(home, Store(home.store), make_analyzer(), settings):
    print(step.done, flush=True)
"""


def test_killed_writer_leaves_its_last_commit(tmp_path: Path) -> None:
    """After kill -9 the index answers, is not locked, and the next build goes on."""
    home = Home(tmp_path)
    fill(home, CORPUS[:3])
    build(home)
    fill(home)
    command = [sys.executable, "-c", _WRITE, str(tmp_path)]
    with subprocess.Popen(  # noqa: S603 (our own words)
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout
        for line in writer.stdout:
            if int(line) >= 5:
                writer.kill()
                break
    assert writer.returncode == -9
    kept = len(indexed(home))
    assert 8 <= kept < len(CORPUS)
    assert build(home)[-1].done == len(CORPUS) - kept
    assert len(indexed(home)) == len(CORPUS)


def test_rest_of_a_killed_writer_does_no_harm(home: Home) -> None:
    """Files of a commit that never happened are not taken for the index."""
    build(home)
    live = live_generation(home.index)
    (live / "MAIN_0000000000000000.trm").write_bytes(b"half a segment")
    (live / "_MAIN_9.toc.1769000000.0").write_bytes(b"half a table of contents")
    fill(home, [make_document(99, "新来的一篇", "正文。")])
    build(home)
    assert len(indexed(home)) == len(CORPUS) + 1


def test_commit_that_fails_changes_nothing(tmp_path: Path) -> None:
    """When one document of a batch cannot be indexed, none of it is."""
    analyzer = make_analyzer()
    folder = new_generation(tmp_path)
    create_index(folder, analyzer)
    commit_changes(folder, analyzer, add=[row_of("a", 1)])
    error = "stop"

    def batch() -> Iterator[dict[str, object]]:
        yield row_of("b", 2)
        raise RuntimeError(error)

    with pytest.raises(RuntimeError, match=error):
        commit_changes(folder, analyzer, drop=["a"], add=batch())
    assert indexed_places(folder, analyzer) == {"a": Place(1, "a")}
    commit_changes(folder, analyzer, add=[row_of("b", 2)])
    assert indexed_places(folder, analyzer) == {
        "a": Place(1, "a"),
        "b": Place(2, "b"),
    }
