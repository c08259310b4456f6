"""The SQLite connection that a thread has for itself."""

import sqlite3
from pathlib import Path
from typing import Final

_WRITING_KIB: Final = 65_536
"""Of pages in memory, where rows are written into trees all over the file."""
_READING_KIB: Final = 4_096
"""Where it is read: a server has many, and the system holds the file for all.

Eight threads on 100,000 documents grew by 50 MB in ten seconds of load with the other
size, towards half a gigabyte a process, and answered no faster.
"""


class Connection:
    """A connection, closed when nobody has it any more: when its thread has ended.

    A server starts threads when there is much to do and ends them when there is not.

    Attributes:
        sqlite: The connection itself.
    """

    def __init__(self, path: Path, *, create: bool, busy_seconds: float) -> None:
        """Open the file.

        Args:
            path: The file.
            create: Make it where it is missing. A file that was moved away since must
                not come back as an empty one.
            busy_seconds: How long to wait for another process that writes.

        Raises:
            sqlite3.Error: It cannot be opened.
        """
        self.sqlite = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}",
            uri=True,
            timeout=busy_seconds,
            isolation_level=None,
            check_same_thread=False,
        )
        self.sqlite.execute("PRAGMA synchronous = NORMAL")
        self.sqlite.execute(f"PRAGMA cache_size = -{_WRITING_KIB}")

    def forbid_writing(self) -> None:
        """Let SQLite refuse whatever would change the file; needs little memory."""
        self.sqlite.execute("PRAGMA query_only = ON")
        self.sqlite.execute(f"PRAGMA cache_size = -{_READING_KIB}")

    def __del__(self) -> None:
        """Close it, if it came to be."""
        if hasattr(self, "sqlite"):
            self.sqlite.close()
