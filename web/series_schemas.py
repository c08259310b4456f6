"""The JSON of year series; see ``schemas`` for what holds of every answer."""

from pydantic import Field

from index.document import YearFrom
from search.changes import Fate
from search.differences import Change
from search.series_records import Evidence
from search.series_titles import Genre
from web.answer import Answer


class SeriesHead(Answer):
    """The texts of one unit over the years, in short."""

    id: str
    title: str
    """Title of the latest document, the year left out."""
    unit: str
    """The unit as far as it is known; empty where a column of a site stands for it."""
    topic: str
    """What of the unit's work; empty for all of it."""
    genre: Genre
    period: str
    """Part of the year that the texts are about; empty for all of it."""
    site: str
    """The site most of the documents are on."""
    years: list[int]
    """Years of which a text is held."""
    gaps: list[int]
    """Years between them of which none is held, which is not: none was written."""
    documents: int
    """Documents, copies included."""


class SeriesListAnswer(Answer):
    """A page of year series, those of most years first."""

    query: str
    total: int
    page: int
    per_page: int
    next: str | None
    prev: str | None
    series: list[SeriesHead]


class HeldAnswer(Answer):
    """A document of a year."""

    id: str
    title: str
    site: str
    url: str | None
    published: str | None
    characters: int
    complete: bool
    part: str
    """Which part of a text in parts it is; empty for a whole one."""
    copy_of: str | None
    """Document of the same year whose text it has."""
    unit_from: Evidence
    """What told that it is of this unit."""
    year_from: YearFrom | None
    """Where its year was read."""


class HeldYear(Answer):
    """A year of the timeline."""

    year: int
    held: bool
    """Whether any text of it is in the archive."""
    documents: list[HeldAnswer]


class TallyAnswer(Answer):
    """How much has one fate."""

    sentences: int
    characters: int
    """Letters and figures."""
    share: float
    """Share of the later text, 0 to 1; of the earlier one for what was dropped."""


class StepAnswer(Answer):
    """What became of the text of a year in the next one that is held."""

    before: int = Field(serialization_alias="from")
    after: int = Field(serialization_alias="to")
    carried: TallyAnswer
    changed: TallyAnswer
    new: TallyAnswer
    dropped: TallyAnswer


class SeriesAnswer(SeriesHead):
    """The texts of one unit over the years."""

    timeline: list[HeldYear]
    """Every year from the first to the last, those without a text as well."""
    steps: list[StepAnswer]


class ComparedDocument(Answer):
    """A document that is compared."""

    id: str
    title: str


class SidePiece(Answer):
    """Characters that are the same on both sides, or on this one alone."""

    change: Change
    text: str


class SideAnswer(Answer):
    """A passage in one of the two texts."""

    document: str
    anchors: list[str]
    """Blocks it stands in."""
    pieces: list[SidePiece]


class PassageAnswer(Answer):
    """Sentences with one fate."""

    fate: Fate
    moved: bool
    """Whether they stand among others now."""
    figures: bool
    """Whether nothing but figures changed."""
    before: SideAnswer | None
    after: SideAnswer | None


class YearsAnswer(StepAnswer):
    """The texts of two years compared."""

    series: SeriesHead
    earlier: list[ComparedDocument]
    """Documents of the earlier year, the parts of its text in order."""
    later: list[ComparedDocument]
    passages: list[PassageAnswer]
    """In the order of the later text; what was dropped stands where it was."""
