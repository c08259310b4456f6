"""What an archive tells beside its texts: pages as captured, changes, coverage."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.coverage import Coverage, reach
from index.crawled import FailedAddress
from index.decode import decode, is_markup
from index.document import Document
from index.errors import CorruptStore, UnknownCapture, UnknownDocument
from index.history import KeptCapture
from index.store import Store
from search.differences import Difference, difference
from search.parser import parse
from search.query import And, Attribute, Query
from search.results import SearchRequest

_COMPARED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class CapturedPage:
    """The page of a document as it came.

    Attributes:
        payload: Its bytes.
        charset: Python's name of the codec they are read with.
        markup: Whether it is HTML, or plain text.
        capture: When and from where it came.
    """

    payload: bytes
    charset: str
    markup: bool
    capture: KeptCapture


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two captures of a document, side by side.

    Attributes:
        document: The document as it is now.
        captures: All of its captures, oldest first.
        before: The one of them compared ...
        after: ... with this one.
        difference: What makes the text of the second of that of the first.
    """

    document: Document
    captures: tuple[KeptCapture, ...]
    before: KeptCapture
    after: KeptCapture
    difference: Difference


class Archive:
    """Shows captures and coverage of a store; safe to share between threads."""

    def __init__(self, store: Store) -> None:
        """Read from a store."""
        self._store = store
        # Revisions never change; a long document takes seconds to compare.
        self._difference = lru_cache(maxsize=_COMPARED)(self._compare)

    def coverage(self) -> Coverage:
        """Tell what is covered of each site."""
        return self._store.crawled.coverage()

    def failed(
        self, sites: Sequence[str] = (), *, start: int = 0, most: int = -1
    ) -> list[FailedAddress]:
        """List addresses that gave no page, of some sites or of all.

        Args:
            sites: Names or hosts of sites.
            start: Leave out so many.
            most: Give so many at the most; -1 for all.
        """
        hosts = None
        if sites:
            hosts = reach(self.coverage(), tuple(sites)).total.hosts
        return self._store.crawled.failed(hosts, start=start, most=most)

    def updated(self, document_id: str) -> str:
        """Tell when a capture last changed what is read; empty without captures."""
        changes = [c.at for c in self._store.captures(document_id) if c.changed]
        return changes[-1] if changes else ""

    def page(self, document_id: str, capture: str = "") -> CapturedPage:
        """Give a document's page as it came.

        Args:
            document_id: The document.
            capture: Number or digest of the capture; the newest if empty.

        Raises:
            UnknownDocument: There is none with this id.
            UnknownCapture: It has no such capture.
        """
        wanted = choose_capture(document_id, self._captures(document_id), capture)
        payload = self._store.payload(wanted.digest)
        if payload is None:
            problem = f"payload {wanted.digest} is missing"
            raise CorruptStore(self._store.path, problem)
        decoded = decode(payload)
        return CapturedPage(
            payload=payload,
            charset=decoded.encoding,
            markup=is_markup(decoded.text),
            capture=wanted,
        )

    def compare(
        self, document_id: str, before: str = "", after: str = ""
    ) -> Comparison:
        """Compare two captures of a document.

        Args:
            document_id: The document.
            before: Number or digest of a capture; if empty, the one before the other.
            after: Number or digest of the other; the newest if empty.

        Raises:
            UnknownDocument: There is none with this id.
            UnknownCapture: It has no such capture.
        """
        captures = self._captures(document_id)
        later = choose_capture(document_id, captures, after)
        earlier = choose_capture(
            document_id, captures, before or str(later.number - 1 or 1)
        )
        return Comparison(
            document=self._store.get(document_id),
            captures=captures,
            before=earlier,
            after=later,
            difference=self._difference(earlier.revision, later.revision),
        )

    def _captures(self, document_id: str) -> tuple[KeptCapture, ...]:
        """List the captures of a document that must be there."""
        captures = self._store.captures(document_id)
        if not captures:
            raise UnknownDocument(document_id)
        return captures

    def _compare(self, before: int, after: int) -> Difference:
        """Compare two revisions."""
        return difference(self._store.revision(before), self._store.revision(after))


def sites_asked(request: SearchRequest) -> tuple[str, ...]:
    """Name the sites that a search is confined to; none where it is not."""
    return request.site or _sites(parse(request.text))


def _sites(query: Query) -> tuple[str, ...]:
    """Name the site that every document must be of."""
    clauses = query.clauses if isinstance(query, And) else (query,)
    return tuple(
        clause.value
        for clause in clauses
        if isinstance(clause, Attribute) and clause.field == "site"
    )


def choose_capture(
    document_id: str, captures: Sequence[KeptCapture], name: str
) -> KeptCapture:
    """Find a capture by number or digest; the newest of those with the digest."""
    if not name:
        return captures[-1]
    for capture in reversed(captures):
        if name in (str(capture.number), capture.digest):
            return capture
    raise UnknownCapture(document_id, name)
