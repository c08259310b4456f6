"""A process that archives without end, to be killed: its argument is the home folder.

Each exchange is told on the standard output as soon as its record is in the file.
"""

import sys
from itertools import count
from pathlib import Path

from index.home import Home
from index.store import Store
from tests.index.exchanges import exchange, new_archive


def main() -> None:
    """Archive 7 exchanges a transaction, in files of 30 kB."""
    home = Home(Path(sys.argv[1]))
    archive = new_archive(home.warc, Store(home.store, create=True), 30_000)
    begin = int(sys.argv[2])
    for number in count(begin):
        archive.put(exchange(number))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        if number % 7 == 6:
            with archive.transaction():
                pass


if __name__ == "__main__":
    main()
