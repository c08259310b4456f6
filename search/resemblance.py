"""The part of a text that is most like some words, and how it differs.

Neighbouring characters of the words are looked up in the text; each occurrence votes
for where the words would begin, and the two neighbouring stretches with most votes are
compared with the words character by character. The work is bounded whatever is given:
pairs that the words themselves repeat often do not vote, and comparing has a budget.
"""

from collections import Counter, defaultdict
from typing import Final, NamedTuple

from search.differences import CHARACTER_STEPS, Piece, pieces_of, telling_runs
from search.edits import Budget
from search.results import Span

LEAST_COMMON: Final = 0.5
"""Share of the words that must be left for a passage to be what they became."""
_LEAST_STRETCH: Final = 8
_MOST_REPEATED: Final = 8


class Alike(NamedTuple):
    """A passage that words became.

    Attributes:
        place: Where it stands.
        pieces: What makes it of the words.
    """

    place: Span
    pieces: tuple[Piece, ...]


def closest(words: str, text: str) -> Alike | None:
    """Find what words became in a text; ``None`` where half of them are not left."""
    start = _begins(words, text)
    if start is None:
        return None
    slack = _stretch(words)
    first = max(0, start - slack)
    window = text[first : start + 2 * slack + len(words)]
    runs = telling_runs(words, window, Budget(CHARACTER_STEPS))
    if sum(run.length for run in runs) < LEAST_COMMON * len(words):
        return None
    begin, end = runs[0].second, runs[-1].second + runs[-1].length
    pieces = pieces_of(words, window[begin:end], Budget(CHARACTER_STEPS))
    return Alike(Span(first + begin, first + end), pieces)


def _stretch(words: str) -> int:
    """Tell how far apart votes may be that mean the same place."""
    return max(_LEAST_STRETCH, len(words) // 2)


def _begins(words: str, text: str) -> int | None:
    """Tell about where in a text some words would begin."""
    places: dict[str, list[int]] = defaultdict(list)
    for number in range(len(words) - 1):
        places[words[number : number + 2]].append(number)
    telling = {
        pair: numbers
        for pair, numbers in places.items()
        if len(numbers) <= _MOST_REPEATED
    }
    width = _stretch(words)
    votes: Counter[int] = Counter()
    for place in range(len(text) - 1):
        for number in telling.get(text[place : place + 2], ()):
            votes[(place - number) // width] += 1
    if not votes:
        return None
    best = max(votes, key=lambda bucket: (votes[bucket] + votes[bucket + 1], -bucket))
    return max(0, best * width)
