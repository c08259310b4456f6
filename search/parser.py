"""From what was typed to the tree that an engine answers."""

from collections.abc import Callable
from functools import partial
from typing import Final

from search.errors import QuerySyntaxError
from search.grammar import join, read
from search.mending import mended
from search.notation import reads_as_word
from search.query import And, Exact, Not, Or, Query, Word, Words
from search.scanner import Limits

LIMITS: Final = Limits()


def parse(text: str, limits: Limits = LIMITS) -> Query:
    """Read a query.

    Raises:
        QuerySyntaxError: The text is no query; says where, what to write, and the
            whole query where it can be guessed.
        UnknownField: It names a field that does not exist.
    """
    try:
        return read(text, limits)
    except QuerySyntaxError as error:
        again = partial(read, limits=limits)
        error.suggestion = mended(error, again, limits.characters)
        raise


def expand(query: Query, words: Callable[[str], list[str]]) -> Query:
    """Replace running text by its tokens, all of which must be found.

    Args:
        query: A parsed query.
        words: Tokenizes: gives the original characters of each token in order.
            Text without any token (only punctuation) is sought as it stands; beside
            other clauses it separates them, as it does between words.
    """
    match query:
        case Words(text, field):
            tokens = [_token(token, field) for token in words(text)]
            return join(And, tokens) if tokens else Exact(text, field)
        case Not(clause):
            return Not(expand(clause, words))
        case And(clauses):
            some = [each for each in clauses if not _is_bare_sign(each, words)]
            return join(And, [expand(clause, words) for clause in some or clauses])
        case Or(clauses):
            return join(Or, [expand(clause, words) for clause in clauses])
        case _:
            return query


def _is_bare_sign(query: Query, words: Callable[[str], list[str]]) -> bool:
    """Tell whether a clause is unquoted text without any token."""
    return isinstance(query, Words) and not words(query.text)


def _token(text: str, field: str) -> Word | Exact:
    """Make a clause of a token; one that reads as an operator is a string."""
    return Word(text, field) if field or reads_as_word(text) else Exact(text)
