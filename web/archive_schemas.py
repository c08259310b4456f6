"""The JSON of coverage and of comparisons; see ``schemas`` for what holds of all."""

from search.differences import Change
from web.answer import Answer
from web.document_schemas import CaptureAnswer
from web.schemas import YearCount


class ReasonCount(Answer):
    """How many addresses have one reason."""

    reason: str
    count: int


class CoverageAnswer(Answer):
    """What is covered of a site, or of all.

    ``found`` is the sum of ``fetched``, ``failed``, ``skipped`` and ``queued``.
    """

    site: str
    """Its name; its host where no document names it; empty for all together."""
    hosts: list[str]
    found: int
    """Addresses that are known."""
    fetched: int
    """Addresses whose server answered."""
    unchanged: int
    """Those of them whose page was as it had been."""
    gone: int
    """Those of them whose page is not there any more."""
    queued: int
    """Addresses still to be fetched."""
    failed: int
    """Addresses that gave no page."""
    skipped: int
    """Addresses not fetched by a rule."""
    kept: int
    """Documents in the store."""
    imported: int
    """Those of them that no crawl brought."""
    duplicate: int
    """Those of them that say what another says."""
    fetched_by_reason: list[ReasonCount]
    """What came of the pages: new, changed, unchanged, or why they are no document."""
    failed_by_reason: list[ReasonCount]
    skipped_by_reason: list[ReasonCount]
    years: list[YearCount]
    """Documents by the year they are about; 0 where it is not known."""
    first_fetched: str | None
    last_fetched: str | None
    last_finished: str | None
    """When the last crawl that is over ended, UTC."""
    complete: bool
    """Whether nothing that is known is queued or failed."""


class ArchiveAnswer(Answer):
    """What the archive covers."""

    total: CoverageAnswer
    sites: list[CoverageAnswer]
    """Those with most documents first."""


class PieceAnswer(Answer):
    """Characters that are the same, added or removed."""

    change: Change
    text: str


class ParagraphAnswer(Answer):
    """A paragraph of either text."""

    change: Change
    before: str | None
    """Block of the earlier text; null where it is not there."""
    after: str | None
    """Block of the later text; null where it is not there."""
    pieces: list[PieceAnswer]


class ComparisonAnswer(Answer):
    """Two captures of a document compared."""

    id: str
    before: CaptureAnswer
    after: CaptureAnswer
    title: list[PieceAnswer]
    paragraphs: list[ParagraphAnswer]
    """In the order of the later text; what was removed stands where it was."""
