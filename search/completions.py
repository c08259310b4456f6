"""The completions of the live index, opened once for each state of their file."""

import logging
import os
import threading
from pathlib import Path
from typing import Final, NamedTuple

from index.analysis import Analyzer
from index.codec.container import DamagedFile
from index.completing import refresh_completions
from index.completions import NAME, Completions
from index.errors import IndexNotUsable
from index.generations import live_generation
from index.whoosh_index import writer_lock
from search.sounds import SoundIndex
from search.spelling import Speller

logger = logging.getLogger(__name__)

_STALE: Final = (IndexNotUsable, DamagedFile, OSError)


class Opened(NamedTuple):
    """A file of completions that is open.

    Attributes:
        completions: The file.
        speller: Finds in it what is spelled as typed.
        sounds: Finds in it what sounds alike.
    """

    completions: Completions
    speller: Speller
    sounds: SoundIndex


class LiveCompletions:
    """Follows the completions of the live generation; safe to share between threads.

    ``wensu index`` writes them. Where they are missing or damaged they are written in
    the background, and there are none until they are.
    """

    def __init__(self, index: Path, analyzer: Analyzer) -> None:
        """Take the folder of generations; nothing is opened yet."""
        self._index, self._analyzer = index, analyzer
        self._state: tuple[Path, int, int] | None = None
        self._opened: Opened | None = None
        self._tried: tuple[Path, int, int] | None = None
        self._lock = threading.Lock()

    def state(self) -> tuple[Path, int, int]:
        """Name the state of what may be offered.

        Raises:
            IndexNotUsable: There is no index.
        """
        return _state_of(live_generation(self._index) / NAME)

    def get(self) -> Opened | None:
        """Give what is open now, none while there is nothing.

        Raises:
            IndexNotUsable: There is no index.
        """
        folder = live_generation(self._index)
        state = _state_of(folder / NAME)
        if state == self._state and self._opened:
            return self._opened
        with self._lock:
            if state != self._state or not self._opened:
                self._open(folder / NAME, state)
            return self._opened

    def _open(self, path: Path, state: tuple[Path, int, int]) -> None:
        """Open a file that is new, or begin to write the one that is missing."""
        try:
            completions = Completions(path)
        except (DamagedFile, OSError) as error:
            if self._tried != state:
                self._tried = state
                logger.info("completions are made anew: reason=%s", error)
                threading.Thread(target=self._make, args=(path,), daemon=True).start()
            return
        speller, sounds = Speller(completions), SoundIndex(completions)
        self._opened, self._state = Opened(completions, speller, sounds), state

    def _make(self, path: Path) -> None:
        """Write the completions of a generation."""
        try:
            with writer_lock(self._index, 0):
                refresh_completions(path.parent, self._analyzer)
        except _STALE as error:
            logger.warning("completions cannot be made: reason=%s", error)


def _state_of(path: Path) -> tuple[Path, int, int]:
    """Tell which file there is by its number and time; zeros if there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116 (in every request)
    except OSError:
        return path, 0, 0
    return path, status.st_ino, status.st_mtime_ns
