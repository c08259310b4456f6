"""The page of precedents as the template needs it: both texts with the runs marked.

Runs that follow on one another in both texts, with a changed word or two between them,
are one *stretch* and have one number, which stands before it in both texts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from markupsafe import Markup

from index.errors import IndexNotUsable, UnknownDocument
from search.precedents_results import Part, Passage, Precedents, SharedRun
from search.results import Span
from search.similar import Similar
from web.ports import Searcher
from web.reading import LANGUAGE_OF

_BETWEEN: Final = 6
"""Characters that may be changed within a stretch."""
_AROUND: Final = 40
"""Characters of the text asked for that are shown around the runs."""
_SIMILAR: Final = 5
"""Similar documents on the page of a document; more are in the JSON."""
_QUOTED: Final = 8
_LONGEST_QUOTED: Final = 80
"""Runs that are marked in the document itself, and characters of each."""
_QUOTES: Final = re.compile('[\\n\\\\"“”„‟＂「」『』«»]+')
"""What a quoted string of the query language cannot have, or may not."""


class Mark(NamedTuple):
    """Marked characters, and the number that stands before them, 0 for none."""

    span: Span
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPassage:
    """A passage beside what it shares.

    Attributes:
        passage: The passage.
        percent: Its overlap in whole percent, rounded down.
        query: The part of the text asked for, marked.
        html: The passage, marked.
        stretches: How many numbered stretches there are.
        marking: A query that marks what is shared in its document.
        language: BCP 47 tag of the passage.
    """

    passage: Passage
    percent: int
    query: Markup
    html: Markup
    stretches: int
    marking: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    """A part of the draft.

    Attributes:
        part: The part.
        text: Its characters.
        percent: How much of it stands in the archive, in whole percent.
    """

    part: Part
    text: str
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The answer to read."""

    found: Precedents
    passages: tuple[ShownPassage, ...]
    parts: tuple[ShownPart, ...]


def shown(found: Precedents) -> Shown:
    """Make the page of an answer."""
    return Shown(
        found=found,
        passages=tuple(_passage(found.text, each) for each in found.passages),
        parts=tuple(
            ShownPart(
                part=part,
                text=found.text[slice(*part.span)],
                percent=int(100 * part.covered),
            )
            for part in found.parts
        ),
    )


def similar_to(searcher: Searcher, document_id: str) -> Similar | None:
    """List a few documents like one; none where the index cannot tell now."""
    try:
        return searcher.similar.find(document_id, _SIMILAR)
    except (IndexNotUsable, UnknownDocument):
        return None


def _passage(text: str, passage: Passage) -> ShownPassage:
    """Mark a passage, and the part of the text that it shares."""
    numbers = list(_numbered(passage.runs))
    mine = [
        Mark(run.query, number)
        for run, number in zip(passage.runs, numbers, strict=True)
    ]
    its = [
        Mark(run.passage, number)
        for run, number in zip(passage.runs, numbers, strict=True)
    ]
    start = max(0, passage.runs[0].query.start - _AROUND)
    stop = min(len(text), max(run.query.end for run in passage.runs) + _AROUND)
    before, after = "…" if start else "", "…" if stop < len(text) else ""
    return ShownPassage(
        passage=passage,
        percent=int(100 * passage.overlap),
        query=Markup("{}{}{}").format(before, marked(text, mine, start, stop), after),
        html=marked(passage.text, its, 0, len(passage.text)),
        stretches=max(numbers),
        marking=_query(passage),
        language=LANGUAGE_OF[passage.script],
    )


def _numbered(runs: Sequence[SharedRun]) -> Iterator[int]:
    """Give each run the number of its stretch if it begins one, else 0."""
    number, last = 0, None
    for run in runs:
        follows = last is not None and (
            run.query.start - last.query.end <= _BETWEEN
            and 0 <= run.passage.start - last.passage.end <= _BETWEEN
        )
        number += not follows
        last = run
        yield 0 if follows else number


def marked(text: str, marks: Sequence[Mark], start: int, stop: int) -> Markup:
    """Mark part of a text; what is marked twice belongs to the earlier mark."""
    pieces, at = [], start
    for (first, last), number in sorted(marks):
        begin, end = max(first, at), min(last, stop)
        if begin >= end:
            continue
        name = Markup("<sup>{}</sup>").format(number) if number else ""
        pieces += [
            text[at:begin],
            Markup("<mark>{}{}</mark>").format(name, text[begin:end]),
        ]
        at = end
    return Markup("").join([*pieces, text[at:stop]])


def _query(passage: Passage) -> str:
    """Write a query that marks the longest runs of a passage in its document."""
    pieces = [
        piece.strip()
        for run in passage.runs
        for piece in _QUOTES.split(passage.text[slice(*run.passage)])
    ]
    best = sorted(dict.fromkeys(pieces), key=len, reverse=True)[:_QUOTED]
    return " OR ".join(f'"{piece[:_LONGEST_QUOTED]}"' for piece in best if piece)
