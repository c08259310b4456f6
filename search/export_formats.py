r"""The files that an export may be: what each begins with, a record, and the last line.

The last line says whether the file is whole; a file without one is not::

    ndjson   {"complete": true, "count": 2, "total": 2, "index_version": "...", ...}
    csv      a row whose first cell is  # whole: 2 of 2 hits, index ...
    bibtex   % whole: 2 of 2 hits, index ...
    ris      # whole: 2 of 2 hits, index ...   behind the last ER

Where it is not whole it says ``# not whole: 1 of 2 hits, index ...: why``; in NDJSON
``complete`` is false and ``reason`` says why. BibTeX reads entries only, and readers of
RIS pass over what stands between records.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

from search.citations import CitationFormat, cite
from search.export import ExportRequest, Found, Record
from search.results import Snippet
from search.sheets import BOM, CSV, Cell, csv_rows

NDJSON: Final = "application/x-ndjson; charset=utf-8"
BIBTEX: Final = "application/x-bibtex; charset=utf-8"
RIS: Final = "application/x-research-info-systems; charset=utf-8"


class ExportFormat(StrEnum):
    """What an export may be."""

    NDJSON = "ndjson"
    CSV = "csv"
    BIBTEX = "bibtex"
    RIS = "ris"

    @property
    def suffix(self) -> str:
        """What such a file's name ends with."""
        return "bib" if self is ExportFormat.BIBTEX else self.value

    @property
    def media_type(self) -> str:
        """Its media type."""
        return _MEDIA_TYPES[self]

    @property
    def cites(self) -> bool:
        """Tell whether it is of citations, which name captures."""
        return self in {ExportFormat.BIBTEX, ExportFormat.RIS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What the last line says.

    Attributes:
        found: What was to be exported.
        count: Records written.
        reason: Why it is not whole; ``None`` where it is.
    """

    found: Found
    count: int
    reason: str | None = None

    def sentence(self) -> str:
        """Say it in one line."""
        state = "whole" if self.reason is None else "not whole"
        why = f": {' '.join(self.reason.split())}" if self.reason else ""
        found = self.found
        counted = f"{self.count} of {found.total} hits"
        return f"{state}: {counted}, index {found.index_version}{why}"


class Writer(Protocol):
    """Writes a file of one format."""

    def begin(self) -> str:
        """Write what stands before the records."""
        ...

    def record(self, record: Record) -> str:
        """Write a record."""
        ...

    def end(self, ending: Ending) -> str:
        """Write the last line."""
        ...


_VALUES: Final[Mapping[str, Callable[[Record], object]]] = {
    "id": lambda record: record.document.id,
    "rank": lambda record: record.rank,
    "score": lambda record: record.score,
    "title": lambda record: record.document.title,
    "url": lambda record: record.document.url,
    "site": lambda record: record.document.site,
    "published": lambda record: record.document.published,
    "year": lambda record: record.document.year,
    "source": lambda record: record.document.publisher,
    "region": lambda record: record.document.region,
    "kind": lambda record: record.document.kind.value,
    "script": lambda record: record.document.script.value,
    "complete": lambda record: record.document.completeness.complete,
    "near_duplicates": lambda record: record.near_duplicates,
    "gone": lambda record: record.gone,
    "authors": lambda record: list(record.document.authors),
    "document_numbers": lambda record: list(record.document.document_numbers),
}
HIT_NAMES: Final = tuple(_VALUES)
"""The names of ``hit_values``, in order."""
AddressOf = Callable[[str], str]
"""Gives the address, with scheme and host, where a document is read here."""


def writer(form: ExportFormat, request: ExportRequest, address_of: AddressOf) -> Writer:
    """Give what writes a format."""
    if form is ExportFormat.NDJSON:
        return _Ndjson(request)
    if form is ExportFormat.CSV:
        return _Csv(request)
    return _Citations(form, address_of)


class ExportFile:
    """A file under way."""

    def __init__(self, found: Found, writer: Writer) -> None:
        """Take what is exported and how it is written."""
        self.found = found
        self.count = 0
        self._writer = writer

    def pieces(self) -> Iterator[str]:
        """Write it record by record, the last line at the end; may raise StoreError."""
        yield self._writer.begin()
        for record in self.found.records():
            self.count += 1
            yield self._writer.record(record)
        yield self._writer.end(Ending(found=self.found, count=self.count))

    def broken(self, reason: str) -> str:
        """Write the last line of a file that is not whole."""
        return self._writer.end(
            Ending(found=self.found, count=self.count, reason=reason)
        )


def hit_values(record: Record) -> dict[str, object]:
    """Give what a hit has, by the names of the API."""
    return {name: value_of(record) for name, value_of in _VALUES.items()}


def hit_cells(values: Mapping[str, object]) -> list[Cell]:
    """Make what a hit has cells of a table; lists are joined by ``；``."""
    return [*map(_cell, values.values())]


def json_line(values: Mapping[str, object]) -> str:
    """Write one line of NDJSON."""
    return json.dumps(values, ensure_ascii=False, separators=(", ", ": ")) + "\n"


class _Ndjson:
    """One JSON object a line."""

    def __init__(self, request: ExportRequest) -> None:
        """Take what was asked for."""
        self._request = request

    def begin(self) -> str:
        """Begin with the first record."""
        return ""

    def record(self, record: Record) -> str:
        """Write a record as the API writes a hit."""
        values = hit_values(record)
        if self._request.snippets:
            values["snippets"] = [*map(_snippet, record.snippets)]
        if self._request.text:
            values["text"] = record.text
        return json_line(values)

    def end(self, ending: Ending) -> str:
        """Write the one line that has no id."""
        found = ending.found
        return json_line(
            {
                "complete": ending.reason is None,
                "count": ending.count,
                "total": found.total,
                "total_documents": found.total_documents,
                "query": found.parsed,
                "index_version": found.index_version,
                "reason": ending.reason,
            }
        )


class _Csv:
    """A table."""

    def __init__(self, request: ExportRequest) -> None:
        """Take what was asked for."""
        self._request = request
        self._names = (
            *HIT_NAMES,
            *(["snippets"] if request.snippets else []),
            *(["text"] if request.text else []),
        )

    def begin(self) -> str:
        """Write the row of names."""
        return BOM + csv_rows([self._names])

    def record(self, record: Record) -> str:
        """Write a row."""
        row = hit_cells(hit_values(record))
        if self._request.snippets:
            row.append("\n".join(each.text for each in record.snippets))
        if self._request.text:
            row.append(record.text)
        return csv_rows([row])

    def end(self, ending: Ending) -> str:
        """Write a row with one cell that is not empty."""
        return csv_rows([[f"# {ending.sentence()}", *[None] * (len(self._names) - 1)]])


class _Citations:
    """Citations one behind the other."""

    def __init__(self, form: ExportFormat, address_of: AddressOf) -> None:
        """Take the format, and where documents are read here."""
        self._form = CitationFormat(form.value)
        self._address_of = address_of

    def begin(self) -> str:
        """Begin with the first record."""
        return ""

    def record(self, record: Record) -> str:
        """Write a citation and an empty line."""
        document = record.document
        address = self._address_of(document.id)
        cited = cite(self._form, document, address, record.capture)
        return cited + self._line_end

    def end(self, ending: Ending) -> str:
        """Write what readers pass over; no sign that begins an entry is in it."""
        sign = "%" if self._form is CitationFormat.BIBTEX else "#"
        return f"{sign} {ending.sentence()}".replace("@", " at ") + self._line_end

    @property
    def _line_end(self) -> str:
        return "\n" if self._form is CitationFormat.BIBTEX else "\r\n"


def _snippet(snippet: Snippet) -> dict[str, object]:
    """Write a passage as the API does."""
    return {
        "text": snippet.text,
        "marks": [[*each] for each in snippet.marks],
        "section": list(snippet.section),
        "anchor": snippet.anchor,
    }


def _cell(value: object) -> Cell:
    """Make a value a cell."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "；".join(map(str, value))
    if value is None or isinstance(value, int | float):
        return value
    return str(value)


_MEDIA_TYPES: Final = {
    ExportFormat.NDJSON: NDJSON,
    ExportFormat.CSV: CSV,
    ExportFormat.BIBTEX: BIBTEX,
    ExportFormat.RIS: RIS,
}
