"""How often what the traps count was met: in memory for one crawl, kept on disk."""

from collections import Counter
from collections.abc import Iterable

from index.database import Database


class TrapCounts:
    """The counts of one crawl; ``crawler.traps`` says of what.

    Keys are shapes of addresses, of which a site has hundreds, not addresses.
    """

    def __init__(self, database: Database, crawl: int) -> None:
        """Read what an earlier run of the crawl counted."""
        self._database, self._crawl = database, crawl
        rows = database.rows("SELECT key, count FROM traps WHERE crawl = ?", crawl)
        self.counts: Counter[str] = Counter(dict(rows))
        self._changed: set[str] = set()

    def add(self, keys: Iterable[str]) -> None:
        """Count every key once."""
        for key in keys:
            self.counts[key] += 1
            self._changed.add(key)

    def save(self) -> None:
        """Write what changed; to be called in a transaction."""
        self._database.many(
            "INSERT OR REPLACE INTO traps (crawl, key, count) VALUES (?, ?, ?)",
            [(self._crawl, key, self.counts[key]) for key in self._changed],
        )
        self._changed.clear()
