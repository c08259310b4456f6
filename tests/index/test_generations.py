"""Facts about generations: which is live, and what is never deleted."""

import threading
from pathlib import Path

import pytest

from index.errors import IndexBroken, IndexMissing
from index.generations import (
    live_generation,
    make_live,
    new_generation,
    other_generations,
    remove_generation,
)


def test_nothing_is_live_before_the_first_build(tmp_path: Path) -> None:
    """A missing index says which command makes one."""
    with pytest.raises(IndexMissing, match="run wensu index"):
        live_generation(tmp_path / "index")


def test_new_generation_is_not_live_until_made_so(tmp_path: Path) -> None:
    """Readers go on with the old one while the new one is filled."""
    first = new_generation(tmp_path)
    make_live(first)
    second = new_generation(tmp_path)
    assert live_generation(tmp_path) == first
    make_live(second)
    assert live_generation(tmp_path) == second


def test_numbers_are_never_used_twice(tmp_path: Path) -> None:
    """A new generation comes after the highest there is, gaps or not."""
    folders = [new_generation(tmp_path) for _ in range(3)]
    remove_generation(folders[0])
    assert new_generation(tmp_path).name == "g000004"


def test_others_are_listed_oldest_first(tmp_path: Path) -> None:
    """Files and folders that are no generation are not listed."""
    folders = [new_generation(tmp_path) for _ in range(3)]
    (tmp_path / "notes").mkdir()
    (tmp_path / "g000009").touch()
    assert other_generations(tmp_path, keep=folders[1]) == [folders[0], folders[2]]
    assert other_generations(tmp_path / "none", keep=None) == []


@pytest.mark.parametrize(
    "content", [b"", b"g000002\n", b"../g000001", b"/etc", b"\xff\xfe", b"g1"]
)
def test_damaged_name_is_a_broken_index(tmp_path: Path, content: bytes) -> None:
    """A name that is no generation of this index is never followed."""
    make_live(new_generation(tmp_path))
    (tmp_path / "current").write_bytes(content)
    with pytest.raises(IndexBroken):
        live_generation(tmp_path)
    assert (tmp_path / "g000001").is_dir()


def test_stopped_swap_leaves_the_old_one_live(tmp_path: Path) -> None:
    """A half-written name beside the real one does no harm."""
    make_live(new_generation(tmp_path))
    (tmp_path / "current.new").write_text("g0000")
    assert live_generation(tmp_path).name == "g000001"
    make_live(new_generation(tmp_path))
    assert live_generation(tmp_path).name == "g000002"


def test_reader_finds_a_generation_while_others_swap(tmp_path: Path) -> None:
    """Between reading the name and looking for the folder a swap may come."""
    make_live(new_generation(tmp_path))

    def swap() -> None:
        for _ in range(300):
            old = live_generation(tmp_path)
            make_live(new_generation(tmp_path))
            remove_generation(old)

    writer = threading.Thread(target=swap)
    writer.start()
    while writer.is_alive():
        assert live_generation(tmp_path).parent == tmp_path
    writer.join()
