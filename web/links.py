"""Addresses of our own pages, changed one parameter at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode


@dataclass(frozen=True, slots=True)
class Address:
    """A path with its query parameters, in the order they were given.

    Every change gives a new address. Changes of the search go back to its first
    page, since another search has other pages.

    Attributes:
        path: Path with the prefix the application is mounted at.
        pairs: Names and values; a name may stand more than once.
    """

    path: str
    pairs: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Write the address, percent-encoded."""
        if not self.pairs:
            return self.path
        return f"{self.path}?{urlencode(self.pairs, quote_via=quote)}"

    def values(self, name: str) -> tuple[str, ...]:
        """List the values a parameter has."""
        return tuple(value for key, value in self.pairs if key == name)

    def at(self, path: str) -> "Address":
        """Keep the parameters and go to another path."""
        return Address(path, self.pairs)

    def only(self, names: Iterable[str]) -> "Address":
        """Keep the parameters with these names."""
        kept = frozenset(names)
        return Address(self.path, tuple(p for p in self.pairs if p[0] in kept))

    def drop(self, *names: str) -> "Address":
        """Remove parameters with all their values."""
        gone = {"page", *names}
        return Address(self.path, tuple(p for p in self.pairs if p[0] not in gone))

    def drop_value(self, name: str, *values: str) -> "Address":
        """Remove some values of a parameter."""
        gone = {(name, value) for value in values}
        kept = tuple(p for p in self.pairs if p not in gone)
        return Address(self.path, kept).drop()

    def add(self, name: str, value: str) -> "Address":
        """Give a parameter one more value."""
        return Address(self.path, (*self.drop().pairs, (name, value)))

    def put(self, name: str, value: str) -> "Address":
        """Give a parameter this value and no other."""
        return Address(self.path, (*self.drop(name).pairs, (name, value)))

    def speak(self, language: str) -> "Address":
        """Stay where one is, in another language of the interface."""
        kept = tuple(p for p in self.pairs if p[0] != "lang")
        return Address(self.path, (*kept, ("lang", language)))

    def turn(self, page: int) -> "Address":
        """Go to another page of the same search."""
        pairs = self.drop().pairs
        return Address(self.path, (*pairs, ("page", str(page))) if page > 1 else pairs)
