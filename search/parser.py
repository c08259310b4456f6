"""From what was typed to the tree that an engine answers."""

from functools import partial
from typing import Final

from search.errors import QuerySyntaxError
from search.grammar import read
from search.mending import mended
from search.query import Query
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
