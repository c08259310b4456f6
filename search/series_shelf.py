"""The year series of an archive, found once for each state of its store."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from index.document import Document
from index.errors import StoreError
from index.heads import read_heads
from index.store import Store
from search.series import Series, find_series
from search.series_records import Record

# An archive whose series are found in so many seconds is looked through before the
# answer, a larger one beside it: then the answer is that of the state before.
_SOON: Final = 0.5
# Of the time at most one part in so many goes to finding series anew.
_SPARING: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All series of one state of the store.

    Attributes:
        series: Those of most years first.
        by_name: Them by their ids and by those of their documents.
    """

    series: tuple[Series, ...] = ()
    by_name: Mapping[str, Series] = field(default_factory=dict)


class SeriesShelf:
    """Keeps the series of a store; safe to share between threads."""

    def __init__(self, store: Store) -> None:
        """Take the store; nothing is read before it is asked for."""
        self._store = store
        self._state = ""
        self._catalogue = Catalogue()
        self._records: dict[int, Record] = {}
        self._took = self._finished = 0.0
        self._lock = threading.Lock()
        self._beside: threading.Thread | None = None

    def catalogue(self) -> Catalogue:
        """Give all series, as of now or, of a large archive, of a moment ago."""
        state, before = self._store.state(), self._catalogue
        if state == self._state:
            return before
        if not self._state or self._took < _SOON:
            self._find(state)
            return self._catalogue
        if self._is_due():
            self.prepare()
        return before

    def prepare(self) -> None:
        """Begin to find the series beside whatever else is done."""
        state = self._store.state()
        self._beside = threading.Thread(target=self._find_beside, args=(state,))
        self._beside.start()

    def close(self) -> None:
        """Wait for what reads the store."""
        if self._beside is not None:
            self._beside.join()

    def _is_due(self) -> bool:
        """Tell whether series may be found anew beside the answers."""
        if self._beside is not None and self._beside.is_alive():
            return False
        return time.monotonic() - self._finished > _SPARING * self._took

    def _find_beside(self, state: str) -> None:
        """Find series where nobody waits for it; the next one asks again."""
        try:
            self._find(state)
        except StoreError:
            self._finished = time.monotonic()

    def _find(self, state: str) -> None:
        """Find the series of a state of the store, unless somebody just did."""
        with self._lock:
            if state == self._state:
                return
            began = time.monotonic()
            self._catalogue = self._read()
            self._state = state
            self._finished = time.monotonic()
            self._took = self._finished - began

    def _read(self) -> Catalogue:
        """Read the heads that are not known yet, and find the series."""
        places = self._store.groups.places()
        unknown = [one.revision for one in places.values()]
        unknown = [one for one in unknown if one not in self._records]
        fresh = {
            revision: _record(head, revision)
            for revision, head in read_heads(self._store.database, unknown)
        }
        known = self._records | fresh
        self._records = {
            place.revision: _in_group(known[place.revision], place.group)
            for place in places.values()
            if place.revision in known
        }
        series = find_series(tuple(self._records.values()))
        return Catalogue(
            series=tuple(series),
            by_name={
                name: one
                for one in series
                for name in (one.id, *(member.id for member in one.members))
            },
        )


def _record(head: Document, revision: int) -> Record:
    """Take of a document what series are found by."""
    return Record(
        id=head.id,
        revision=revision,
        group=head.id,
        url=head.url,
        site=head.site,
        title=head.title,
        path=head.path,
        publisher=head.publisher,
        region=head.region,
        city=head.city,
        region_from=head.region_from,
        kind=head.kind,
        year=head.year,
        year_from=head.year_from,
    )


def _in_group(record: Record, group: str) -> Record:
    """Give a record the group that its document is in now."""
    return record if record.group == group else replace(record, group=group)
