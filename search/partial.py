"""The best partial matches, where nothing or next to nothing has all words of a query.

Only running words are given up, one or several; what is quoted, excluded or filtered
holds for partial matches too. They are always listed by relevance, each with the words
it lacks, and never counted among the documents that match.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from index.fold import fold
from search.query import And, Or, Query, Variants, Word

SENTENCE: Final = 6
"""So many words are a sentence: no document is expected to have every one of them."""

FEW: Final = 10
"""A sentence that fewer documents match is answered with partial matches, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial:
    """What is said of partial matches.

    Attributes:
        total: Documents listed, near-duplicates folded; those that have all words
            among them.
        words: The words of which any was enough.
    """

    total: int
    words: tuple[str, ...]


Given = Word | Variants
"""What may be given up: a word, or words with their equivalents."""


def words_of(query: Query) -> tuple[Given, ...]:
    """List the words of which a query wants every one."""
    return tuple(each for each in _clauses(query) if isinstance(each, Given))


def relax(query: Query, matches: int) -> Query | None:
    """Make a query for which one of the words is enough, where that is called for.

    Words that stand almost everywhere are not left out: without those that a quarter
    of the documents have, MRR@10 of questions to laws was .484 instead of .516.

    Args:
        query: The query, cut into words.
        matches: How many documents match it.

    Returns:
        Nothing where the matches will do, or where there is nothing to give up.
    """
    words = words_of(query)
    most = FEW if len(words) >= SENTENCE else 1
    if matches >= most or len(words) < 2:  # noqa: PLR2004 (some must be left)
        return None
    any_word = Or(words)
    kept = tuple(each for each in _clauses(query) if each not in words)
    return And((any_word, *kept)) if kept else any_word


def _clauses(query: Query) -> tuple[Query, ...]:
    """List what a query wants all of."""
    return query.clauses if isinstance(query, And) else ()


def missing_words(
    words: Sequence[Given], holds: Callable[[str, str], bool]
) -> tuple[str, ...]:
    """List the words that a document lacks.

    Args:
        words: The words of the query.
        holds: Tells whether the document holds a folded string in a field.
    """
    return tuple(each.text for each in words if not _held(each, holds))


def _held(given: Given, holds: Callable[[str, str], bool]) -> bool:
    """Tell whether a document holds a word, or all that was typed, or an equivalent."""
    if isinstance(given, Word):
        return holds(fold(given.text), given.field)
    return all(_held(each, holds) for each in _typed([given])) or any(
        holds(fold(each.text), each.field) for each in given.equivalents
    )


def _typed(words: Sequence[Given]) -> Iterator[Word]:
    """List the words as they were typed."""
    for each in words:
        clauses = (
            _clauses(each.typed) or (each.typed,)
            if isinstance(each, Variants)
            else (each,)
        )
        yield from (clause for clause in clauses if isinstance(clause, Word))
