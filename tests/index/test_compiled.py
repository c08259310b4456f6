"""Facts about compiled functions: where machine code is kept, and what bits say."""

import os
import shutil
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba.core import config
from numpy.typing import NDArray

from index.compiled import compiled, count_bits, lowest_bit

ROOT = Path(__file__).parents[2]
UNCHANGED = "where numba was told to"
words = st.integers(0, 2**64 - 1) | st.integers(0, 63).map(lambda bit: 1 << bit)


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the sources, and have numba and the user's cache elsewhere."""
    for package in ("index", "search"):
        shutil.copytree(
            ROOT / package,
            tmp_path / "code" / package,
            ignore=shutil.ignore_patterns("__pycache__"),
        )
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(config, "CACHE_DIR", UNCHANGED)
    return tmp_path / "code"


def chosen(code: Path) -> str:
    """Import the module of some sources anew; tell the folder it chose."""
    spec = spec_from_file_location("fresh", code / "index" / "compiled.py")
    assert spec
    assert spec.loader
    spec.loader.exec_module(module_from_spec(spec))
    return str(config.CACHE_DIR)  # type: ignore[attr-defined]  # made at import


def block(folder: Path) -> None:
    """Put a file where a folder would be, so that nobody can write into it."""
    folder.write_bytes(b"")


def test_machine_code_is_kept_beside_the_package(copied: Path) -> None:
    """The folder is made, and is the same for the next process."""
    folder = Path(chosen(copied))
    assert folder.is_dir()
    assert folder.parent == copied / "index" / "__pycache__"
    assert chosen(copied) == str(folder)


@pytest.mark.parametrize(
    "name", ["index/codec/elias_fano.py", "index/compiled.py", "search/found.py"]
)
def test_folder_changes_with_any_source_that_is_compiled(
    copied: Path, name: str
) -> None:
    """Old code of a function that another module calls is never gone on with."""
    before, source = chosen(copied), copied / name
    text = source.read_text("utf-8")
    source.write_text(text + "\n# changed\n", "utf-8")
    assert chosen(copied) != before
    source.write_text(text, "utf-8")
    assert chosen(copied) == before


def test_folder_does_not_change_with_other_sources(copied: Path) -> None:
    """What is not compiled does not make anything be compiled again."""
    before, source = chosen(copied), copied / "index" / "home.py"
    source.write_text(source.read_text("utf-8") + "\n# changed\n", "utf-8")
    assert chosen(copied) == before


def test_users_cache_takes_what_the_package_cannot(
    copied: Path, tmp_path: Path
) -> None:
    """A package that is not the user's own is left alone."""
    block(copied / "index" / "__pycache__")
    folder = Path(chosen(copied))
    assert folder.is_dir()
    assert folder.parent == tmp_path / "cache" / "wensu"


def test_cache_in_the_home_is_the_usual_one(
    copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing else is said, it is ``~/.cache``."""
    block(copied / "index" / "__pycache__")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Path(chosen(copied)).parent == tmp_path / ".cache" / "wensu"


def test_folder_of_somebody_else_is_not_taken(
    copied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is there and cannot be written to is as good as none."""

    def writable(path: Path, mode: int) -> bool:
        return mode != os.W_OK or tmp_path / "cache" in path.parents

    monkeypatch.setattr(os, "access", writable)
    assert Path(chosen(copied)).parent == tmp_path / "cache" / "wensu"


def test_without_any_folder_numba_goes_its_own_way(
    copied: Path, tmp_path: Path
) -> None:
    """Nothing is chosen where nothing can be written."""
    block(copied / "index" / "__pycache__")
    block(tmp_path / "cache")
    assert chosen(copied) == UNCHANGED


def test_folder_that_the_user_names_is_kept(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``NUMBA_CACHE_DIR`` is numba's own setting; nothing is made beside it."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", "somewhere")
    assert chosen(copied) == UNCHANGED
    assert not (copied / "index" / "__pycache__").exists()


_RUN = "from index.codec.elias_fano import low_bits; print(low_bits(3, 1000))"


def run(code: Path, **variables: str) -> str:
    """Call a compiled function in a process of its own."""
    environment = {key: os.environ[key] for key in os.environ if "NUMBA" not in key}
    return subprocess.run(  # noqa: S603 (our own words)
        [sys.executable, "-B", "-c", _RUN],
        cwd=code,
        env={**environment, "PYTHONPATH": str(code), **variables},
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def test_process_that_can_write_nowhere_works(copied: Path, tmp_path: Path) -> None:
    """What cannot be kept is compiled anew by each process."""
    for folder in (copied / "index", copied / "index" / "codec"):
        block(folder / "__pycache__")
    block(tmp_path / "file")
    nowhere = {"HOME": str(tmp_path / "file"), "XDG_CACHE_HOME": str(tmp_path / "file")}
    before = sorted(tmp_path.rglob("*"))
    assert run(copied, **nowhere) == "8\n"
    assert sorted(tmp_path.rglob("*")) == before


def test_process_keeps_machine_code_where_the_user_says(
    copied: Path, tmp_path: Path
) -> None:
    """``NUMBA_CACHE_DIR`` is where it is found afterwards, and only there."""
    own = tmp_path / "own"
    own.mkdir()
    assert run(copied, NUMBA_CACHE_DIR=str(own)) == "8\n"
    kept = [path for path in tmp_path.rglob("*.nbi") if "low_bits" in path.name]
    assert kept
    assert all(own in path.parents for path in kept)
    assert not [*copied.rglob("compiled-*")]


@compiled
def _lowest(numbers: NDArray[np.uint64]) -> list[int]:
    return [lowest_bit(number) for number in numbers]


@compiled
def _counted(numbers: NDArray[np.uint64]) -> list[int]:
    return [count_bits(number) for number in numbers]


@settings(deadline=None)
@given(st.lists(words, min_size=1))
def test_bits_are_counted_and_the_lowest_is_found(numbers: list[int]) -> None:
    """All 64 of them; nothing is asked about the lowest bit of 0."""
    some = [number for number in numbers if number] or [1]
    assert _counted(np.asarray(numbers, np.uint64)) == [n.bit_count() for n in numbers]
    lowest = [(number & -number).bit_length() - 1 for number in some]
    assert _lowest(np.asarray(some, np.uint64)) == lowest
