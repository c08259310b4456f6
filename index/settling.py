"""Groups of near-duplicates, kept in the store along with the documents.

A group is a star: one *canonical document*, and members each of which was compared with
it (``near_duplicates.compare``); there are no chains. In the order of ``rank``, a
document joins the canonical document before it that it is most like, and where there is
none it is canonical itself. So groups are the same in whatever order documents came.

Which documents are worth comparing is looked up by hashes (``index.wording``): postings
say who has a hash, canonical documents first. What many texts say is a slogan and is
not followed; however many copies one text has, only one of them is canonical, so the
hashes of a text that is reposted everywhere lead to it all the same.

A document is settled within the transaction that makes its text current, and so are
those that have to do with it: the members of a document that is canonical no more, and
those before which a new canonical document comes. Each is looked at once, the first in
rank first, for nobody depends on one that comes later.
"""

import heapq
from collections.abc import Iterable, Iterator

from index.database import Database
from index.document import Document
from index.near_duplicates import Likeness, text_of
from index.postings import (
    add_slogans,
    delete_postings,
    look_around,
    members_like,
    put_postings,
)
from index.texts import (
    Entry,
    Texts,
    entry_of,
    members_of,
    numbered,
    put_entry,
    put_place,
)


def put_text(database: Database, document: Document, revision: int) -> None:
    """Put a document whose text became current where it belongs.

    To be called within a transaction.
    """
    texts = Texts(database)
    text = text_of(document)
    texts.add(revision, text)
    orphans: list[Entry] = []
    old = entry_of(database, document.id)
    if old:
        delete_postings(database, old)
        orphans = members_of(database, old)
    new = put_entry(database, text, revision, old)
    _Settling(database, texts, new).run([new, *orphans])


class _Settling:
    """Finds the place of a document, and of those that it changes something for."""

    def __init__(self, database: Database, texts: Texts, new: Entry) -> None:
        """Take the document; it is not listed under its hashes yet."""
        self._database = database
        self._texts = texts
        self._new = new.number
        self._again: set[int] = set()

    def run(self, entries: Iterable[Entry]) -> None:
        """Settle some documents and all that follows from it.

        What becomes a slogan underway is a reason to look again at who was found by it.
        """
        self._pass(entries)
        while self._again:
            numbers, self._again = self._again, set()
            self._pass(numbered(self._database, numbers))

    def _pass(self, entries: Iterable[Entry]) -> None:
        """Look at documents in order of rank, each once."""
        queue = [(each.rank, each) for each in entries]
        heapq.heapify(queue)
        seen = set()
        while queue:
            _, entry = heapq.heappop(queue)
            if entry.number not in seen:
                seen.add(entry.number)
                for other in self._place(entry):
                    heapq.heappush(queue, (other.rank, other))

    def _place(self, entry: Entry) -> Iterable[Entry]:
        """Put a document where it belongs; list those behind that it concerns."""
        around = look_around(self._database, entry)
        best = self._best(entry, around.alike)
        canonical, likeness = best or (entry, None)
        put_place(self._database, entry, canonical, likeness)
        listed, now = entry.number != self._new, best is None
        if listed and entry.is_canonical == now:
            return ()
        self._new = self._new if listed else 0
        if listed:
            delete_postings(self._database, entry)
        if now and around.crowded:
            self._again |= add_slogans(self._database, around.crowded)
        slogans = around.slogans | around.crowded if now else around.slogans
        put_postings(self._database, entry, slogans, member=not now)
        if now:
            return self._behind(entry, around.alike)
        return members_of(self._database, entry) if listed else ()

    def _best(
        self, entry: Entry, others: Iterable[Entry]
    ) -> tuple[Entry, Likeness] | None:
        """Choose the canonical document before one that it is most like."""
        found = [
            (-likeness.similarity, other.rank, other, likeness)
            for other in others
            if other.rank < entry.rank
            and (likeness := self._texts.compare(entry, other))
        ]
        return min(found)[2:] if found else None

    def _behind(self, entry: Entry, others: Iterable[Entry]) -> Iterator[Entry]:
        """List the documents that may join one that is canonical now."""
        for other in (*others, *members_like(self._database, entry)):
            if entry.rank < other.rank and self._texts.compare(other, entry):
                yield other
