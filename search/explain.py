"""How a query was understood, and what each term adds to the score of each hit."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from index.fold import fold
from index.whoosh_schema import TEXT_FIELDS
from search.bm25 import Floats
from search.executor import Executor
from search.explanations import Role, ScorePart, TermExplanation
from search.found import Docnums
from search.query import (
    And,
    Exact,
    Near,
    Not,
    Or,
    Prefix,
    Query,
    Variants,
    Verbatim,
    Word,
    Words,
)

BM25F: Final = "bm25f"
"""Name of the parts that ``search.bm25`` adds up."""

Leaf: TypeAlias = Word | Exact | Words | Prefix | Near
Find = Callable[[Query], Docnums]
"""Gives the documents of a query, ascending."""


class Sought(NamedTuple):
    """A string of a query.

    Attributes:
        leaf: The clause that seeks it alone.
        synonym_of: What was typed, where this is an equivalent of it.
        excluded: Whether it stands under a minus.
    """

    leaf: Query
    synonym_of: str = ""
    excluded: bool = False


def leaves(query: Query, *, excluded: bool = False) -> Iterator[Sought]:
    """List the strings and filters of a query in order."""
    match query:
        case And(clauses) | Or(clauses):
            for clause in clauses:
                yield from leaves(clause, excluded=excluded)
        case Not(clause):
            yield from leaves(clause, excluded=not excluded)
        case Variants(text, typed, equivalents):
            yield from leaves(typed, excluded=excluded)
            for each in equivalents:
                yield Sought(each, text, excluded)
        case _:
            yield Sought(query, "", excluded)


def explain_terms(
    query: Query, count: Callable[[Query], int]
) -> tuple[TermExplanation, ...]:
    """Tell what is looked for, string by string, and how many documents hold it.

    Args:
        query: The expanded query.
        count: Counts the documents of a query.
    """
    return tuple(
        TermExplanation(
            text=text,
            documents=count(leaf),
            folded=fold(text),
            field=field,
            role=role_of(each),
            synonym_of=each.synonym_of,
            excluded=each.excluded,
        )
        for each in dict.fromkeys(leaves(query))
        for leaf, text, field in _strings(each.leaf)
    )


def role_of(sought: Sought) -> Role:  # noqa: PLR0911 (one a kind)
    """Tell how a string is sought."""
    if sought.synonym_of:
        return Role.SYNONYM
    match sought.leaf:
        case Word() | Words():
            return Role.WORD
        case Exact():
            return Role.EXACT
        case Prefix():
            return Role.PREFIX
        case Near():
            return Role.NEAR
        case Verbatim():
            return Role.VERBATIM
        case _:
            return Role.FILTER


def _strings(leaf: Query) -> Iterator[tuple[Query, str, str]]:
    """List the strings of a leaf, each as a clause of its own; a filter has none."""
    match leaf:
        case Word(text, field) | Exact(text, field) | Words(text, field):
            yield leaf, text, field
        case Prefix(text, field):
            yield leaf, text, field
        case Near(texts=texts, field=field):
            yield from ((Exact(text, field), text, field) for text in texts)
        case Verbatim(Exact(text, field)):
            yield leaf, text, field
        case Verbatim(Near(texts=texts, field=field)):
            yield from ((Verbatim(Exact(each, field)), each, field) for each in texts)
        case _:
            return


class _Share(NamedTuple):
    """What a word in a field adds to each of some documents, shape (n_docs,)."""

    part: ScorePart
    scores: Floats


def score_parts(
    query: Query, docnums: Sequence[int], executor: Executor, find: Find
) -> list[tuple[ScorePart, ...]]:
    """Part the BM25F scores of documents by clause, word and field.

    Args:
        query: The expanded query they were found by.
        docnums: The documents, in any order.
        executor: What scored them.
        find: Finds the documents of a clause.

    Returns:
        For each document its parts, those of the largest first; they add up to the
        score that the executor gives.
    """
    ascending = np.asarray(sorted(docnums), np.int32)
    shares = [*_shares(query, _Documents(ascending, executor, find))]
    parts = {
        docnum: _parts_at(place, shares)
        for place, docnum in enumerate(ascending.tolist())
    }
    return [parts[docnum] for docnum in docnums]


class _Documents(NamedTuple):
    """The documents whose scores are parted, and what is asked for their parts."""

    docnums: Docnums
    executor: Executor
    find: Find


def _parts_at(place: int, shares: Iterable[_Share]) -> tuple[ScorePart, ...]:
    """List what adds something to one document."""
    parts = [
        part._replace(score=float(scores[place]))
        for part, scores in shares
        if scores[place]
    ]
    return largest_first(parts)


def largest_first(parts: Iterable[ScorePart]) -> tuple[ScorePart, ...]:
    """Put parts of a score in order."""
    return tuple(sorted(parts, key=lambda part: -part.score))


def _shares(query: Query, among: _Documents) -> Iterator[_Share]:
    """Part the scores that a tree gives."""
    match query:
        case And(clauses):
            held = np.isin(among.docnums, among.find(query))
            for clause in clauses:
                for part, scores in _shares(clause, among):
                    yield _Share(part, np.where(held, scores, 0.0))
        case Or(clauses):
            for clause in clauses:
                yield from _shares(clause, among)
        case Variants():
            yield from _best_shares(query, among)
        case Verbatim(clause):
            held = np.isin(among.docnums, among.find(query))
            for part, scores in _shares(clause, among):
                yield _Share(part, np.where(held, scores, 0.0))
        case Word() | Exact() | Words() | Prefix() | Near():
            yield from _leaf_shares(query, among)
        case _:
            return


def _best_shares(variants: Variants, among: _Documents) -> Iterator[_Share]:
    """Part the scores of variants: of each document those of its best member."""
    members = [
        [share._replace(scores=share.scores * by) for share in _shares(each, among)]
        for each, by in among.executor.weigh(variants)
    ]
    nothing = np.zeros(among.docnums.size)
    sums = [sum((share.scores for share in each), nothing) for each in members]
    best = np.argmax(sums, axis=0)
    for number, member in enumerate(members):
        for share in member:
            yield share._replace(scores=np.where(best == number, share.scores, 0.0))


def _leaf_shares(leaf: Leaf, among: _Documents) -> Iterator[_Share]:
    """Part the scores of one clause by word and field."""
    held = np.isin(among.docnums, among.find(leaf))
    for word in among.executor.scored_words(leaf):
        for field in [leaf.field] if leaf.field else TEXT_FIELDS:
            scores = among.executor.score(among.docnums, word, field)
            if scores.any():
                part = ScorePart(BM25F, str(leaf), word, field, 0.0)
                yield _Share(part, np.where(held, scores, 0.0))
