"""What series are found by: records of documents, and keys they are filed under."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from index.document import Kind, RegionFrom, YearFrom
from search.series_titles import Genre, without_years
from search.units import plain_name

_REMEMBERED: Final = 1 << 12
_SEVERAL: Final = 2
_DIGITS = re.compile(r"\d+")
# Sites that offices keep themselves, by their names and their hosts.
_OWN = re.compile(
    r"政府|政务|统战|统一战线|党建|机关|纪检|人大|政协|工会|总工会|妇联|工商联|侨联|残联|"
    r"[省市县区州]情网|史志|方志|地情|档案|大学|学院|中学|小学|医院|集团|[局部委办厅馆院校]网?$"
)
_OWN_HOST = re.compile(r"\.(?:gov|edu|mil)(?:\.[a-z]{2})?(?::\d+)?$")
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
    return _collects(record.site, record.path)


def is_own(record: Record) -> bool:
    """Tell whether a document stands on a site that an office keeps itself."""
    if collects(record):
        return False
    host = (record.url or "").rpartition("://")[2].partition("/")[0]
    return bool(_OWN.search(plain_name(record.site)) or _OWN_HOST.search(host))


def column_of(record: Record) -> str:
    """Name the place of a document on its site; years do not count."""
    _, _, address = (record.url or "").rpartition("://")
    host, _, path = address.partition("/")
    steps = _steps(record.path)
    if steps:
        return f"{host or record.site}|{steps}"
    if not record.url:
        return ""
    return f"{host}|{_DIGITS.sub('', path.rpartition('/')[0])}"


@lru_cache(maxsize=_REMEMBERED)
def _collects(site: str, path: tuple[str, ...]) -> bool:
    """Look for the words that collections of texts go by."""
    return bool(_COLLECTS.search(plain_name(site + "".join(path))))


@lru_cache(maxsize=_REMEMBERED)
def _steps(path: tuple[str, ...]) -> str:
    """Write a breadcrumb of several steps without years."""
    if len(path) < _SEVERAL:
        return ""
    return "|".join(filter(None, map(without_years, path)))
