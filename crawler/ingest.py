"""The stage that fills the store: pages in, documents or reasons out."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path

from crawler.clean import Skipped, SkipReason, with_id
from crawler.read import read_page
from crawler.site import Profiles
from crawler.sources import Source, read_source
from crawler.worksheet import LONG, key
from index.document import Capture, Document
from index.store import Outcome, SkippedPage, Store, payload_digest

_BATCH = 50
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One page as it came in.

    Attributes:
        origin: Address or file name.
        payload: Its bytes, or why there are none.
        url: Address it was fetched from; ``None`` for a file.
        status: HTTP status; ``None`` for a file.
        declared: Character set the server named.
    """

    origin: str
    payload: bytes | Skipped
    url: str | None = None
    status: int | None = None
    declared: str | None = None


@dataclass(slots=True, kw_only=True)
class Summary:
    """What an ingest or crawl brought, counted as it goes on."""

    read: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    skipped: Counter[SkipReason] = field(default_factory=Counter)
    near_duplicates: int = 0


def cleaner_version(profiles: Profiles) -> str:
    """Name the cleaner's state: its code and the profiles."""
    return f"{_code_digest()}-{profiles.version}"


@cache
def _code_digest() -> str:
    """Digest the modules and data of this package: no version is kept by hand."""
    digest = sha256()
    folder = Path(__file__).parent
    for path in sorted((*folder.glob("*.py"), *folder.glob("*.tsv"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def from_files(sources: Sequence[Source], max_bytes: int) -> Iterator[Received]:
    """Read files one after the other."""
    for source in sources:
        yield Received(origin=source.origin, payload=read_source(source, max_bytes))


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
    version = cleaner_version(profiles)
    summary = Summary()
    pages = iter(pages)
    while batch := list(islice(pages, _BATCH)):
        with store.transaction():
            for page in batch:
                _take_in(page, store, profiles, summary, (version, clock()))
        for _ in batch:
            yield summary


def _take_in(
    page: Received,
    store: Store,
    profiles: Profiles,
    summary: Summary,
    stamp: tuple[str, datetime],
) -> None:
    """Clean and store one page."""
    version, now = stamp
    at = now.isoformat(timespec="seconds").replace("+00:00", "Z")
    summary.read += 1
    if isinstance(page.payload, Skipped):
        reason, digest = page.payload, payload_digest(b"")
    else:
        digest = payload_digest(page.payload)
        if store.is_known(digest, page.origin, version):
            summary.outcomes[Outcome.UNCHANGED] += 1
            return
        result = read_page(page.payload, profiles, url=page.url, declared=page.declared)
        if isinstance(result, Document):
            document = _same_document(result, page.origin, store)
            capture = Capture(
                at=at, status=page.status, digest=digest, origin=page.origin
            )
            outcome = store.put(document, capture, page.payload, version)
            summary.outcomes[outcome] += 1
            alike = outcome is Outcome.NEW and store.groups.size(document.id) > 1
            summary.near_duplicates += alike
            return
        reason = result
    summary.skipped[reason.reason] += 1
    skipped = SkippedPage(
        origin=page.origin,
        digest=digest,
        reason=reason.reason,
        detail=reason.detail,
        at=at,
    )
    store.skip(skipped, version)


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
