"""Explanations in words: why a document is among the hits or not, a sentence each."""

from dataclasses import dataclass
from enum import StrEnum

from search.explanations import FailedFilter, Role, Verdict, Why, WhyPart
from web.listing import label
from web.messages import Translator


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClause:
    """A clause of the query, and what the document has of it.

    Attributes:
        clause: It, in the query language.
        matched: Whether the document matches it.
        sentences: One for each string or filter in it.
    """

    clause: str
    matched: bool
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyWords:
    """Why a document is or is not among the hits.

    Attributes:
        why: The answer in data.
        sentence: The answer in one sentence.
        filters: One for each filter it does not pass.
        clauses: The clauses of the query.
        outdated: Says that the store has a newer text; empty where it has not.
    """

    why: Why
    sentence: str
    filters: tuple[str, ...]
    clauses: tuple[ShownClause, ...]
    outdated: str


class PartSentence(StrEnum):
    """What may be said of a string or filter; ``why.part.<name>`` is the message."""

    HELD = "held"
    LACKS = "lacks"
    LONGEST = "longest"
    NEAR = "near"
    FAR = "far"
    APART = "apart"
    VALUE = "value"


def why_words(why: Why, say: Translator) -> WhyWords:
    """Put an answer into words."""
    untitled = say("results.untitled")
    missing = sum(not clause.matched for clause in why.clauses)
    lacking = why.verdict is Verdict.LACKS
    return WhyWords(
        why=why,
        sentence=say(
            f"why.{why.verdict}",
            id=why.id,
            title=why.title or untitled,
            rank=why.rank,
            page=why.page,
            shown=why.shown_title or untitled,
            **({"count": missing} if lacking else {}),
        ),
        filters=tuple(_filter(failed, say) for failed in why.filters),
        clauses=tuple(
            ShownClause(
                clause=clause.clause,
                matched=clause.matched,
                sentences=tuple(_part(part, say) for part in clause.parts),
            )
            for clause in why.clauses
        ),
        outdated=say("why.outdated") if why.outdated else "",
    )


def why_lines(why: Why, say: Translator) -> list[str]:
    """Write an answer as lines for a terminal."""
    words = why_words(why, say)
    lines = [words.sentence, *filter(None, [words.outdated])]
    lines += [f"  - {sentence}" for sentence in words.filters]
    for clause in words.clauses:
        sign = "+" if clause.matched else "-"
        lines += [f"  {sign} {sentence}" for sentence in clause.sentences]
    return lines


def _filter(failed: FailedFilter, say: Translator) -> str:
    """Say which filter keeps a document out."""
    no_value = failed.value is None or failed.value == ""
    return say(
        "why.filter",
        name=say(f"field.{failed.name}"),
        value=say("why.no-value")
        if no_value
        else label(failed.name, failed.value, say),
        wanted=say("why.or").join(
            label(failed.name, each, say) for each in failed.wanted
        ),
    )


def _part(part: WhyPart, say: Translator) -> str:
    """Say what a document has of one string or filter."""
    kind = _kind(part)
    sentence = say(
        f"why.part.{kind}",
        text=part.text,
        longest=part.longest,
        distance=part.distance,
        allowed=part.allowed,
        value=part.value or say("why.no-value"),
        **({"count": part.count} if kind is PartSentence.HELD else {}),
    )
    synonym = say("why.part.synonym") if part.role is Role.SYNONYM else ""
    excluded = say("why.part.excluded") if part.excluded else ""
    return synonym + sentence + excluded


def _kind(part: WhyPart) -> PartSentence:
    """Choose the sentence for a part."""
    match part.role:
        case Role.FILTER:
            return PartSentence.VALUE
        case Role.NEAR if part.held:
            return PartSentence.NEAR
        case Role.NEAR:
            return PartSentence.APART if part.distance is None else PartSentence.FAR
        case _ if part.held:
            return PartSentence.HELD
        case _:
            return PartSentence.LONGEST if part.longest else PartSentence.LACKS
