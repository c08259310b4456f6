"""What to highlight in the documents that a query finds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.query import And, Exact, Near, Or, Prefix, Query, Variants, Word
from search.results import Equivalents


@dataclass(frozen=True, slots=True, kw_only=True)
class PositiveStrings:
    """What to highlight in the documents found, longest first, as typed.

    Attributes:
        everywhere: Strings sought in the whole document.
        title: Strings sought in the title only.
    """

    everywhere: tuple[str, ...]
    title: tuple[str, ...]


def positive_strings(query: Query) -> PositiveStrings:
    """Collect the strings of an expanded query that a document may be found by."""
    found = list(_positive_strings(query))
    return PositiveStrings(
        everywhere=_longest_first(text for text, field in found if not field),
        title=_longest_first(text for text, field in found if field),
    )


def _positive_strings(query: Query) -> Iterator[tuple[str, str]]:
    """Walk over the strings that are not under a minus, each with its field."""
    match query:
        case Word(text, field) | Exact(text, field) | Prefix(text, field):
            yield text, field
        case Near(texts, _, field):
            yield from ((text, field) for text in texts)
        case Variants(_, typed, equivalents):
            yield from _positive_strings(typed)
            yield from ((each.text, each.field) for each in equivalents)
        case And(clauses) | Or(clauses):
            for clause in clauses:
                yield from _positive_strings(clause)
        case _:
            return


def _longest_first(texts: Iterable[str]) -> tuple[str, ...]:
    """List texts, each once."""
    return tuple(sorted(dict.fromkeys(texts), key=len, reverse=True))


def equivalents_in(query: Query) -> Iterator[Equivalents]:
    """List what an expanded query finds beside what was typed."""
    match query:
        case Variants(text, _, equivalents):
            yield Equivalents(text, tuple(each.text for each in equivalents))
        case And(clauses) | Or(clauses):
            for clause in clauses:
                yield from equivalents_in(clause)
        case _:
            return
