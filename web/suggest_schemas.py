"""The JSON of completions; see ``schemas`` for what holds of all."""

from search.suggest import SuggestionKind
from web.answer import Answer


class SuggestionAnswer(Answer):
    """One way to complete what is typed."""

    kind: SuggestionKind
    """subject: a word of titles and headings; term: a word of texts; or a title, a
    source, a region."""
    text: str
    query: str
    """The whole query, completed."""
    documents: int
    """Documents that have it, found together with the rest of the query."""


class SuggestAnswer(Answer):
    """What may be meant by what is typed so far."""

    q: str
    """What is typed."""
    suggestions: list[SuggestionAnswer]
    """At most ten: terms first, then titles, sources and regions, the commonest
    first."""
