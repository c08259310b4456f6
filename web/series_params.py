"""The parameters of the pages and the API of year series."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from search.changes import Fate
from web.params import (
    MAX_DEPTH,
    MAX_PER_PAGE,
    MAX_QUERY_CHARACTERS,
    Parameters,
    Year,
)

MAX_LISTED = MAX_DEPTH * MAX_PER_PAGE
"""Series that paging reaches."""


class Shown(StrEnum):
    """Which passages of a comparison a page shows: all, or those with one fate."""

    ALL = "all"
    CARRIED = Fate.CARRIED.value
    CHANGED = Fate.CHANGED.value
    NEW = Fate.NEW.value
    DROPPED = Fate.DROPPED.value


class SeriesListParameters(Parameters):
    """Parameters of the list of year series."""

    q: Annotated[str, Field(max_length=MAX_QUERY_CHARACTERS)] = ""
    """Words that title, unit, topic or site of a series must have; all without it."""
    page: Annotated[int, Field(ge=1, le=MAX_DEPTH)] = 1
    """Page of series."""
    per_page: Annotated[int, Field(ge=1, le=MAX_PER_PAGE)] = 20
    """Series on a page."""


class YearsParameters(Parameters):
    """Parameters of a comparison of two years."""

    before: Annotated[Year | None, Field(alias="from")] = None
    """The earlier year; without it the one held before the other."""
    after: Annotated[Year | None, Field(alias="to")] = None
    """The later year; without it the one held behind the other, or the latest."""


class YearsPageParameters(YearsParameters):
    """Parameters of the page of a comparison of two years."""

    show: Shown = Shown.ALL
    """Which passages are shown: all, or those with one fate."""
