"""What series are found by: records of documents, and keys they are filed under."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urlsplit

from index.document import Kind, RegionFrom, YearFrom
from search.series_titles import Genre, without_years
from search.units import plain_name

BOUND = "@"
"""What the place of a key begins with where the column of a site stands for one."""
# Sites and columns that collect the texts of others: model texts, document stores.
_COLLECTS = re.compile(
    r"范文|文范|文库|文秘|文档|公文|材料|预览|精选|大全|下载|写作|模板|百科|资料|转载|豆丁"
)


class Evidence(StrEnum):
    """What told whose a document is."""

    TITLE = "title"
    PUBLISHER = "publisher"
    PATH = "path"
    SITE = "site"
    VOLUME = "volume"
    COLUMN = "column"
    COPY = "copy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is looked at of a document; the attributes are those of ``Document``.

    Attributes:
        revision: The revision of its text.
        group: Id of the document that stands for it and its near-duplicates.
    """

    id: str
    revision: int
    group: str
    url: str | None = None
    site: str = ""
    title: str = ""
    path: tuple[str, ...] = ()
    publisher: str | None = None
    region: str | None = None
    city: str | None = None
    region_from: RegionFrom | None = None
    kind: Kind = Kind.OTHER
    year: int | None = None
    year_from: YearFrom | None = None


class Key(NamedTuple):
    """What the documents of one series have in common.

    Attributes:
        place: The place of the unit, the name of a yearbook, or ``@`` and a column.
        office: The office there.
        topic: What of its work.
        genre: What the texts do.
        period: Part of the year that they are about.
    """

    place: str
    office: str
    topic: str
    genre: Genre
    period: str

    @property
    def is_bound(self) -> bool:
        """Whether no place is known and a column of a site stands for it."""
        return self.place.startswith(BOUND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A document under its unit.

    Attributes:
        record: The document.
        key: What it has in common with the others of its series.
        evidence: What told the unit.
        part: Which part of a text in parts it is; empty for the whole.
        shown: Its title without the year.
        column: Where on which site it stands.
        finer: What parts the documents of a key where one year has several.
    """

    record: Record
    key: Key
    evidence: Evidence
    part: str
    shown: str
    column: str
    finer: tuple[str, ...] = ()


def collects(record: Record) -> bool:
    """Tell whether a document stands where the texts of others are collected."""
    return bool(_COLLECTS.search(plain_name(record.site + "".join(record.path))))


def column_of(record: Record) -> str:
    """Name the place of a document on its site; years do not count."""
    host = urlsplit(record.url or "").netloc or record.site
    steps = [without_years(step) for step in record.path]
    if len(steps) > 1:
        return "|".join((host, *filter(None, steps)))
    folder = urlsplit(record.url or "").path.rpartition("/")[0]
    return f"{host}|{re.sub(r'[0-9]+', '', folder)}" if record.url or steps else ""
