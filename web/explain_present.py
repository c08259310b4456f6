"""From explanations to the API's JSON: names and order, nothing else."""

from dataclasses import asdict

from search.explanations import ScorePart, TermExplanation, Why
from web.explain_schemas import (
    ExplainAnswer,
    FilterAnswer,
    PartAnswer,
    TermAnswer,
    WhyAnswer,
    WhyClauseAnswer,
)

SCORE_DIGITS = 6
"""As many as scores are counted with, so that the parts add up."""


def explain_answer(terms: tuple[TermExplanation, ...]) -> ExplainAnswer:
    """Present how a query was understood."""
    return ExplainAnswer(terms=[TermAnswer(**asdict(term)) for term in terms])


def part_answer(part: ScorePart) -> PartAnswer:
    """Present a part of a score."""
    return PartAnswer(
        name=part.name,
        clause=part.clause,
        term=part.term,
        field=part.field,
        score=round(part.score, SCORE_DIGITS),
    )


def why_answer(why: Why) -> WhyAnswer:
    """Present why a document is or is not among the hits."""
    return WhyAnswer(
        id=why.id,
        verdict=why.verdict,
        title=why.title,
        rank=why.rank,
        page=why.page,
        shown_as=why.shown_as,
        shown_title=why.shown_title,
        filters=[FilterAnswer.model_validate(each._asdict()) for each in why.filters],
        clauses=[
            WhyClauseAnswer.model_validate(asdict(clause)) for clause in why.clauses
        ],
        outdated=why.outdated,
    )
