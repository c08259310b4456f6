"""The terms that every engine in the benchmark gets: those of our own analysis."""

from functools import cache

from index.analysis import Analyzer, make_analyzer
from index.fold import fold
from tests.bench.corpora import Piece


class Tokens:
    """Cuts folded text into the tokens our index has, by the way our index takes."""

    def __init__(self, analyzer: Analyzer | None = None) -> None:
        """Take an analyzer, or the one with the shipped dictionaries."""
        self._analyzer = analyzer or make_analyzer()
        self._joined = cache(self._join)

    def __call__(self, folded: str) -> str:
        """Give the tokens of a text in order, joined by spaces."""
        return " ".join(
            self._joined(token.text) for token in self._analyzer.words(folded)
        )

    def _join(self, word: str) -> str:
        """Join the tokens in one word."""
        return " ".join(self._analyzer.parts(word))


def characters_of(piece: Piece) -> str:
    """Give title and text in folded characters, as the exact terms have them."""
    return fold(f"{piece.title}\n{piece.text}")
