"""Generations: each rebuild makes a new folder, then becomes the live one.

::

    index/
    |- current           one line: the live generation, replaced atomically
    |- g000001/          a Whoosh index with its manifest.json
    `- g000002/          another being built beside it

Nothing here deletes a generation that is live.
"""

import os
import re
import shutil
from pathlib import Path

from index.errors import IndexBroken, IndexMissing

_CURRENT = "current"
_NAME = re.compile(r"^g(\d{6})$")


def live_generation(index: Path) -> Path:
    """Return the folder of the live generation.

    Raises:
        IndexMissing: Nothing has been indexed yet.
        IndexBroken: The name is damaged or its folder is gone.
    """
    name = _read_current(index)
    while not _NAME.match(name) or not (index / name).is_dir():
        # A rebuild may have been swapped in and the old one removed meanwhile.
        again = _read_current(index)
        if again == name:
            raise IndexBroken(index, f"generation {name!r} is not there")
        name = again
    return index / name


def current_file(index: Path) -> Path:
    """Tell which file names the live generation."""
    return index / _CURRENT


def _read_current(index: Path) -> str:
    """Read the name of the live generation."""
    try:
        return current_file(index).read_text("ascii").strip()
    except FileNotFoundError:
        raise IndexMissing(index) from None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexBroken(index, str(error)) from error


def new_generation(index: Path) -> Path:
    """Make an empty folder with the next free number."""
    number = 1 + max((int(match.group(1)) for match in _numbers(index)), default=0)
    folder = index / f"g{number:06d}"
    folder.mkdir(parents=True)
    return folder


def make_live(folder: Path) -> None:
    """Make a generation the live one; readers find the old or the new, never none."""
    fresh = folder.parent / f"{_CURRENT}.new"
    with fresh.open("w", encoding="ascii") as file:
        file.write(folder.name + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(current_file(folder.parent))


def other_generations(index: Path, keep: Path | None) -> list[Path]:
    """List the generations other than one, oldest first."""
    folders = [index / match.group() for match in _numbers(index)]
    return sorted(folder for folder in folders if folder != keep)


def remove_generation(folder: Path) -> None:
    """Delete a generation that is not live."""
    shutil.rmtree(folder)


def _numbers(index: Path) -> list[re.Match[str]]:
    """List the generation folders there are."""
    if not index.is_dir():
        return []
    matches = (_NAME.match(path.name) for path in index.iterdir() if path.is_dir())
    return [match for match in matches if match]
