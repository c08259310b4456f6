"""From a query as parsed to one that an engine answers: running text becomes words."""

from collections.abc import Callable, Iterable, Sequence

from search.notation import reads_as_word
from search.query import And, Exact, Not, Or, Prefix, Query, Variants, Word, Words


def expand(
    query: Query,
    words: Callable[[str], list[str]],
    variants: Callable[[Words], Sequence[Query]] | None = None,
    begins: Callable[[str], bool] | None = None,
) -> Query:
    """Replace running text by its tokens, all of which must be found.

    Args:
        query: A parsed query.
        words: Tokenizes: gives the original characters of each token in order.
            Text without any token (only punctuation) is sought as it stands; beside
            other clauses it separates them, as it does between words.
        variants: Tokenizes too, and adds equivalents. Not under a minus: what is left
            out is what was typed, and nothing else.
        begins: Tells whether words can begin with a text. A beginning with which none
            can, as it goes over the end of a word, is sought as it stands.
    """
    match query:
        case Words(text, field):
            tokens = (
                variants(query)
                if variants
                else [clause_of(token, field) for token in words(text)]
            )
            return join(And, tokens) if tokens else Exact(text, field)
        case Not(clause):
            return Not(expand(clause, words, None, begins))
        case Prefix(text, field) if begins and not begins(text):
            return Exact(text, field)
        case And(clauses):
            some = [each for each in clauses if not _is_bare_sign(each, words)]
            found = [expand(each, words, variants, begins) for each in some or clauses]
            return join(And, found)
        case Or(clauses):
            found = [expand(each, words, variants, begins) for each in clauses]
            return join(Or, _without_said(found))
        case _:
            return query


def clause_of(token: str, field: str) -> Word | Exact:
    """Make a clause of a token; one that reads as an operator is a string."""
    return Word(token, field) if field or reads_as_word(token) else Exact(token)


def _is_bare_sign(query: Query, words: Callable[[str], list[str]]) -> bool:
    """Tell whether a clause is unquoted text without any token."""
    return isinstance(query, Words) and not words(query.text)


def _without_said(clauses: Sequence[Query]) -> list[Query]:
    """Leave out of an OR the equivalents that another of its clauses has anyway."""
    said = {
        equivalent
        for clause in clauses
        if isinstance(clause, Variants)
        for equivalent in clause.equivalents
    }
    return [clause for clause in clauses if clause not in said]


def join(kind: type[And] | type[Or], clauses: Iterable[Query]) -> Query:
    """Join clauses by one operator: flat, no clause twice, none around one."""
    flat: dict[Query, None] = {}
    for clause in clauses:
        flat.update(
            dict.fromkeys(clause.clauses if isinstance(clause, kind) else (clause,))
        )
    return kind(tuple(flat)) if len(flat) > 1 else next(iter(flat))
