"""What to highlight in the documents that a query finds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby

from search.query import (
    And,
    Exact,
    Near,
    Or,
    Prefix,
    Query,
    Variants,
    Verbatim,
    Word,
    Words,
)
from search.results import Equivalents


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


def running_texts(query: Query) -> tuple[str, ...]:  # noqa: PLR0911 (one a kind)
    """List the texts of an expanded query that may stand in one piece in a document.

    Words beside each other are one text, typed with blanks or without. What is under
    a minus is not among them.
    """
    match query:
        case Word(text, _) | Exact(text, _) | Prefix(text, _) | Words(text, _):
            return (text,)
        case Variants(text):
            return (text,)
        case Near(texts=texts):
            return texts
        case Verbatim(clause):
            return running_texts(clause)
        case Or(clauses):
            return tuple(text for each in clauses for text in running_texts(each))
        case And(clauses):
            return tuple(
                text
                for running, some in groupby(clauses, _runs)
                for text in (
                    _run(some) if running else chain(*map(running_texts, some))
                )
            )
        case _:
            return ()


def _runs(clause: Query) -> bool:
    """Tell whether a clause is of running text."""
    return isinstance(clause, Word | Variants)


def _run(words: Iterable[Query]) -> tuple[str]:
    """Put words together; a blank keeps those apart that are written with one."""
    joined = ""
    for text in chain(*map(running_texts, words)):
        apart = joined[-1:].isascii() and text[:1].isascii()
        joined += f" {text}" if joined and apart else text
    return (joined,)


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
