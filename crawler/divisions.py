"""The administrative divisions of China, those that are no more included.

``divisions.tsv`` has one line for each city, league or prefecture of today: province,
city, counties, former names; ``derive_divisions`` made it and says of what. A line
without city holds what belongs to its province alone.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).parent / "divisions.tsv"


class Place(NamedTuple):
    """A province of today and a city of it, empty for none."""

    province: str
    city: str


class Division(NamedTuple):
    """A city of today, or what belongs to a province alone.

    Attributes:
        place: The province and the city.
        counties: Its counties of today.
        former: Names of what is now a part of it.
    """

    place: Place
    counties: tuple[str, ...]
    former: tuple[str, ...]


@cache
def divisions() -> tuple[Division, ...]:
    """Read the divisions."""
    return tuple(_read(FILE.read_text("utf-8")))


def _read(text: str) -> Iterator[Division]:
    """Read the lines of the file."""
    for line in text.splitlines():
        province, city, counties, former = (*line.split("\t"), "", "", "")[:4]
        place = Place(province, city)
        yield Division(place, tuple(counties.split()), tuple(former.split()))
