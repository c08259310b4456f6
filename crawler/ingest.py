"""The stage that fills the store: pages in, documents or reasons out."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import index.decode
from crawler.clean import Skipped, SkipReason, with_id
from crawler.read import read_decoded
from crawler.site import Profiles
from crawler.worksheet import LONG, key
from index.decode import Decoded, decode
from index.document import Capture, Completeness, Document
from index.store import Outcome, SkippedPage, Store, payload_digest

_BATCH = 50
_EMPTY = Skipped(SkipReason.NO_TEXT, "the file is empty")
_NOT_THERE = Skipped(
    SkipReason.UNREADABLE, "it repeats a record whose page is not in the store"
)
Clock = Callable[[], datetime]


class Repeated(NamedTuple):
    """The payload of an earlier record, which a revisit record refers to.

    Attributes:
        name: What WARC files call the payload.
        url: Address of the earlier record.
        at: When that was captured, as in ``Received``.
    """

    name: str
    url: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One page as it came in.

    Attributes:
        origin: Address or file name.
        payload: Its bytes, what they repeat, or why there are none.
        url: Address it was fetched from; ``None`` for a file.
        status: HTTP status; ``None`` for a file.
        declared: Character set the server named.
        at: When it was captured, ISO 8601 in UTC to the second; ``None`` for now.
        cut_off: Why the payload is not whole; empty where it is.
        name: What a WARC file calls the payload; empty where nothing does.
        archived: Whether the archive's own WARC files have the payload.
        size_bytes: How much of the input was read to get here from the last one.
    """

    origin: str
    payload: bytes | Repeated | Skipped
    url: str | None = None
    status: int | None = None
    declared: str | None = None
    at: str | None = None
    cut_off: str = ""
    name: str = ""
    archived: bool = False
    size_bytes: int = 0


class Result(NamedTuple):
    """What became of a page.

    Attributes:
        outcome: What storing it changed, or why it gave no document.
        document: Id of the document, if it was stored.
        near_duplicate: Whether it is new and nearly the same as another.
    """

    outcome: Outcome | SkipReason
    document: str | None = None
    near_duplicate: bool = False


@dataclass(slots=True, kw_only=True)
class Summary:
    """What an ingest or crawl brought, counted as it goes on."""

    read: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    skipped: Counter[SkipReason] = field(default_factory=Counter)
    near_duplicates: int = 0
    size_bytes: int = 0


def cleaner_version(profiles: Profiles) -> str:
    """Name the cleaner's state: its code and the profiles."""
    return f"{_code_digest()}-{profiles.version}"


@cache
def _code_digest() -> str:
    """Digest the modules and data that read a page: no version is kept by hand."""
    digest = sha256()
    folder = Path(__file__).parent
    files = sorted((*folder.glob("*.py"), *folder.glob("*.tsv")))
    for path in (*files, Path(index.decode.__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def ingest(
    pages: Iterable[Received],
    store: Store,
    profiles: Profiles,
    *,
    clock: Clock = lambda: datetime.now(UTC),
) -> Iterator[Summary]:
    """Clean pages and store them, a batch a transaction.

    Stopped at any moment, what was committed stays, and running again goes on:
    bytes that this cleaner has seen are not cleaned again.

    Args:
        pages: Pages as they come in.
        store: Where documents go.
        profiles: The site profiles.
        clock: Tells the time of a capture, aware UTC.

    Yields:
        The running summary, once for each page.
    """
    stage = Stage(store, profiles)
    pages = iter(pages)
    while batch := list(islice(pages, _BATCH)):
        with store.transaction():
            for page in batch:
                stage.take_in(
                    replace(page, at=page.at or iso_seconds(clock())), page.at
                )
        for _ in batch:
            yield stage.summary


def iso_seconds(at: datetime) -> str:
    """Write an aware time in ISO 8601, UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Stage:
    """Takes in page after page and counts."""

    def __init__(self, store: Store, profiles: Profiles) -> None:
        """Begin to count."""
        self._store, self._profiles = store, profiles
        self._version = cleaner_version(profiles)
        self.summary = Summary()

    def take_in(self, page: Received, captured_at: str | None) -> Result:
        """Clean and store one page.

        Args:
            page: With the time of its capture.
            captured_at: That time, if it is not that of taking in.
        """
        self.summary.read += 1
        self.summary.size_bytes += page.size_bytes
        payload = self._payload(page)
        if isinstance(payload, Skipped):
            return self._skip(page, payload, payload_digest(b""))
        digest = payload_digest(payload)
        if page.name:
            self._store.records.name_payload(page.name, digest)
        if self._store.is_known(digest, page.origin, self._version, captured_at):
            self.summary.outcomes[Outcome.UNCHANGED] += 1
            return Result(Outcome.UNCHANGED)
        if not payload.strip():
            return self._skip(page, _EMPTY, digest)
        decoded = decode(payload, page.declared)
        result = self._clean(page, decoded, digest)
        if isinstance(result, Skipped):
            return self._skip(page, result, digest)
        capture = Capture(
            at=page.at or "",
            status=page.status,
            digest=digest,
            origin=page.origin,
            encoding=decoded.encoding,
            declared=decoded.declared,
            replaced=decoded.replaced,
        )
        return self._put(page, result, payload, capture)

    def _payload(self, page: Received) -> bytes | Skipped:
        """Give a page's bytes, or those that it repeats."""
        if not isinstance(page.payload, Repeated):
            return page.payload
        digest = self._store.records.repeated_payload(*page.payload)
        payload = self._store.payload(digest) if digest else None
        return payload or _NOT_THERE

    def _clean(
        self, page: Received, decoded: Decoded, digest: str
    ) -> Document | Skipped:
        """Clean a page, unless this cleaner has had the same bytes from there."""
        if page.status:
            known = self._store.cleaned(digest, page.origin, self._version)
            if known:
                return known
        result = read_decoded(decoded, self._profiles, url=page.url)
        if isinstance(result, Skipped):
            return result
        if page.cut_off and result.completeness.complete:
            cut_off = Completeness(complete=False, reason=f"cut-off: {page.cut_off}")
            result = replace(result, completeness=cut_off)
        return _same_document(result, page.origin, self._store)

    def _put(
        self, page: Received, document: Document, payload: bytes, capture: Capture
    ) -> Result:
        """Store a document and its capture."""
        kept = None if page.archived else payload
        outcome = self._store.put(document, capture, kept, self._version)
        self.summary.outcomes[outcome] += 1
        alike = outcome is Outcome.NEW and self._store.groups.size(document.id) > 1
        self.summary.near_duplicates += alike
        return Result(outcome, document.id, alike)

    def _skip(self, page: Received, skipped: Skipped, digest: str) -> Result:
        """Note why a page yields no document."""
        self.summary.skipped[skipped.reason] += 1
        noted = SkippedPage(
            origin=page.origin,
            digest=digest,
            reason=skipped.reason,
            detail=skipped.detail,
            at=page.at or "",
        )
        self._store.skip(noted, self._version)
        return Result(skipped.reason)


def _same_document(document: Document, origin: str, store: Store) -> Document:
    """Give a page without an address the id of an earlier state of itself.

    A file of the same name is the same document when site and title agree, or
    half of its long lines are known; otherwise the name was used again.
    """
    if document.url:
        return document
    for earlier in store.from_origin(origin):
        if earlier.site == document.site and _is_state_of(earlier, document):
            return with_id(document, earlier.id)
    return document


def _is_state_of(earlier: Document, document: Document) -> bool:
    """Tell whether two texts are states of one document."""
    if key(earlier.title) and key(earlier.title) == key(document.title):
        return True
    one, other = (
        {key(block.text) for block in each.blocks if len(block.text) >= LONG}
        for each in (earlier, document)
    )
    return 2 * len(one & other) >= max(1, min(len(one), len(other)))
