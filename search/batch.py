"""Many queries at once: one line each, answered one after the other.

A line that cannot be read is answered with its mistake, and the next one follows.
Lines that are empty or begin with ``#`` ask nothing, but are counted, so that the
number of an answer is that of the line in the file.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import NamedTuple, Protocol

from search.errors import SearchError
from search.export import ExportRequest, Found, Record
from search.results import SearchRequest


class QueryLine(NamedTuple):
    """A query and the number of its line, from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The answer to one query.

    Attributes:
        line: The query.
        found: What matches; ``None`` where the query cannot be carried out.
        records: The first documents of it.
        error: Why it cannot be carried out.
    """

    line: QueryLine
    found: Found | None = None
    records: tuple[Record, ...] = ()
    error: SearchError | None = None


class Finder(Protocol):
    """Finds everything that matches."""

    def find(self, request: ExportRequest) -> Found:
        """Find it, or raise ``SearchError`` or ``IndexNotUsable``."""
        ...


def read_lines(text: str) -> tuple[QueryLine, ...]:
    """Read the queries of a text, one a line."""
    return query_lines(text.split("\n"))


def query_lines(lines: Iterable[str]) -> tuple[QueryLine, ...]:
    """Number lines, and leave out those that ask nothing."""
    numbered = ((number, text.strip()) for number, text in enumerate(lines, 1))
    return tuple(
        QueryLine(number, text)
        for number, text in numbered
        if text and not text.startswith("#")
    )


def answer(
    finder: Finder, lines: Sequence[QueryLine], within: SearchRequest, most: int
) -> Iterator[Answered]:
    """Answer queries in order.

    Args:
        finder: Finds.
        lines: The queries.
        within: What holds for all of them.
        most: Documents given of each.

    Raises:
        IndexNotUsable: The index cannot be used.
        StoreError: A document cannot be read.
    """
    for line in lines:
        request = ExportRequest(search=replace(within, text=line.text))
        try:
            found = finder.find(request)
        except SearchError as error:
            yield Answered(line=line, error=error)
        else:
            yield Answered(line=line, found=found, records=(*found.records(most),))


class Progress(NamedTuple):
    """How far a batch has come.

    Attributes:
        answered: Queries answered.
        failed: Those of them that could not be carried out.
        versions: The index states that answered, in order.
    """

    answered: int = 0
    failed: int = 0
    versions: tuple[str, ...] = ()

    def after(self, *, failed: bool, version: str | None) -> "Progress":
        """Count one more."""
        known = tuple(dict.fromkeys(chain(self.versions, [version] if version else [])))
        return Progress(self.answered + 1, self.failed + failed, known)
