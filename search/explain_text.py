"""Explanations as lines for a terminal."""

from collections.abc import Iterator

from search.explanations import ScorePart, TermExplanation
from search.results import Hit


def term_lines(terms: tuple[TermExplanation, ...]) -> list[str]:
    """Write what is looked for, a line for each string of the query."""
    return [f"  {_term(term)}: {term.documents} documents" for term in terms]


def part_lines(hit: Hit) -> Iterator[str]:
    """Write what the score of a hit is the sum of."""
    if hit.parts:
        yield f"   score {hit.score:.3f} ="
    for part in hit.parts:
        yield f"   {part.score:10.3f}  {_part(part)}"


def _term(term: TermExplanation) -> str:
    """Name a string, what it is looked for as, and how."""
    folded = f" -> {term.folded}" if term.folded != term.text else ""
    about = [f"same as {term.synonym_of}"] if term.synonym_of else [str(term.role)]
    about += ["title only"] if term.field else []
    about += ["left out"] if term.excluded else []
    return f"{term.text}{folded} ({', '.join(about)})"


def _part(part: ScorePart) -> str:
    """Name a part of a score."""
    clause = f" of {part.clause}" if part.clause not in {"", part.term} else ""
    return f"{part.term} in {part.field}{clause}" if part.term else part.name
