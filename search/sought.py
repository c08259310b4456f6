"""What to highlight in the documents that a query finds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.query import And, Exact, Near, Or, Prefix, Query, Verbatim, Word, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PositiveStrings:
    """What to highlight in the documents found, longest first, as typed.

    Attributes:
        everywhere: Strings sought in the whole document.
        title: Strings sought in the title only.
        verbatim: Strings sought in their own script, each with its field.
    """

    everywhere: tuple[str, ...]
    title: tuple[str, ...]
    verbatim: tuple[tuple[str, str], ...] = ()


def positive_strings(query: Query) -> PositiveStrings:
    """Collect the strings of an expanded query that a document may be found by."""
    found = list(_positive_strings(query))
    return PositiveStrings(
        everywhere=_longest_first(text for text, field in found if not field),
        title=_longest_first(text for text, field in found if field),
        verbatim=tuple(dict.fromkeys(_verbatim_strings(query))),
    )


def _verbatim_strings(query: Query) -> Iterator[tuple[str, str]]:
    """Walk over the strings that keep their script, each with its field."""
    match query:
        case Verbatim(strings):
            yield from _positive_strings(strings)
        case And(clauses) | Or(clauses):
            for clause in clauses:
                yield from _verbatim_strings(clause)
        case _:
            return


def _positive_strings(query: Query) -> Iterator[tuple[str, str]]:
    """Walk over the strings that are not under a minus, each with its field."""
    match query:
        case Word(text, field) | Exact(text, field) | Prefix(text, field):
            yield text, field
        case Near(texts, _, field):
            yield from ((text, field) for text in texts)
        case And(clauses) | Or(clauses):
            for clause in clauses:
                yield from _positive_strings(clause)
        case _:
            return


def _longest_first(texts: Iterable[str]) -> tuple[str, ...]:
    """List texts, each once."""
    return tuple(sorted(dict.fromkeys(texts), key=len, reverse=True))


def running_texts(query: Query) -> tuple[str, ...]:
    """List the texts of a query as parsed, before they are cut into words.

    Those under a minus are not among them.
    """
    match query:
        case Words(text, _) | Exact(text, _) | Prefix(text, _) | Word(text, _):
            return (text,)
        case Near(texts=texts):
            return texts
        case Verbatim(clause):
            return running_texts(clause)
        case And(clauses) | Or(clauses):
            return tuple(text for each in clauses for text in running_texts(each))
        case _:
            return ()
