"""The analyzer: how text becomes terms, on the index side and the query side alike.

There are two kinds of terms. *Words* rank: folded, cut by the tokenizer. *Grams* are
for exactness: every character of the folded text and every two that stand side by
side, white space included, because a quoted string may hold a space. A text that
contains a string has all grams of that string; that the grams stand in the right
order is left to a look at the text itself.

Folding changes no length, so every offset counts code points of the original.
"""

import functools
import operator
from collections.abc import Callable
from pathlib import Path

from index.errors import SettingsError
from index.fold import fold, fold_version
from index.rules import is_run
from index.tokenizer import Cut, Token, Tokenizer

_SCHEMA = 1  # to be raised when the terms made below change
_KEPT_ANALYZERS = 4  # each holds a dictionary of about 30 MB


class Analyzer:
    """Turns text into terms; immutable, and safe to share between threads.

    Attributes:
        version: Of all that decides which terms a text has. An index built with
            another version is stale.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        """Take the tokenizer; folding is the same for every analyzer."""
        self._tokenizer = tokenizer
        self.version = f"{_SCHEMA}-{fold_version()}-{tokenizer.digest}"

    def tokens(self, text: str) -> list[Token]:
        """Give the words of a text and those inside them, sorted by place."""
        return self._tokenizer.tokenize(fold(text))

    def words(self, text: str) -> list[Token]:
        """Give the words of a text without overlaps, in order."""
        return self._tokenizer.words(fold(text))

    def cut(self, folded: str, number: Callable[[str], int]) -> Cut:
        """Number the words of folded texts, as :meth:`words` has them, in any order.

        Args:
            folded: The texts, with line ends between them.
            number: Gives words numbers, and a line end one that no word has.
        """
        return self._tokenizer.cut(folded, number)

    def knows(self, word: str) -> bool:
        """Tell whether a folded word is in a dictionary."""
        return self._tokenizer.knows(word)

    def begins_words(self, text: str) -> bool:
        """Tell whether words can begin with a text: a word itself, or one character.

        What goes over the end of a word, or was guessed to be one, begins none.
        """
        folded = fold(text)
        if [word.text for word in self._tokenizer.words(folded)] != [folded]:
            return False
        return len(folded) == 1 or not is_run(folded) or self.knows(folded)

    def parts(self, word: str) -> list[str]:
        """Give the tokens in a folded word, as :meth:`tokens` has them."""
        return self._tokenizer.parts(word)

    @staticmethod
    def grams(text: str) -> set[str]:
        """Give every character and every pair of neighbours of the folded text."""
        folded = fold(text)
        return {*folded, *map(operator.add, folded, folded[1:])}

    @staticmethod
    def gram_query(text: str) -> tuple[str, ...]:
        """Give the fewest grams that every text containing this one has.

        Returns:
            The pairs of the folded text in order, each once; a text of one
            character is its own gram, and an empty one has none.
        """
        folded = fold(text)
        pairs = map(operator.add, folded, folded[1:])
        return tuple(dict.fromkeys(pairs)) or tuple(folded)


def make_analyzer(dictionaries: tuple[Path, ...] = ()) -> Analyzer:
    """Give the analyzer with these user dictionaries, made once for each state.

    Raises:
        SettingsError: A file cannot be read, or a line of it is wrong.
    """
    return _analyzer(tuple((path, *_stamp(path)) for path in dictionaries))


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError as error:
        problem = f"cannot be read ({error.strerror}): name a file that can"
        raise SettingsError(path, "dictionary", "file", problem) from error
    return status.st_mtime_ns, status.st_size


@functools.lru_cache(_KEPT_ANALYZERS)
def _analyzer(dictionaries: tuple[tuple[Path, int, int], ...]) -> Analyzer:
    return Analyzer(Tokenizer(tuple(path for path, _, _ in dictionaries)))
