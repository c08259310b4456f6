"""How folded words are written: folding merges 著 and 着, and 着作 is written 著作.

What is shown to people is written as jieba's dictionary has it. That has words of its
own making, too (充满著), all of them rare: they count only where they are made of
others, as 成效显著 is of 显著.
"""

import functools
from collections.abc import Iterable
from typing import Final

from index.fold import fold
from index.tokenizer import known_words

_USUAL: Final = 5
"""A word that jieba has counted so often is no slip."""


def spelled(words: Iterable[str]) -> str:
    """Write folded words, put together, as simplified text has them."""
    known = _spellings()
    return "".join(known.get(word, word) for word in words)


@functools.cache
def _spellings() -> dict[str, str]:
    """Map the folded words that are written otherwise to how they mostly are."""
    counts = dict(known_words())
    folded = fold("\n".join(counts)).split("\n")
    usual: dict[str, str] = {}
    rare: dict[str, str] = {}
    for (word, count), to in zip(counts.items(), folded, strict=True):
        if word != to and len(word) > 1 and _is_simplified(word):
            some = usual if count >= _USUAL else rare
            if count > counts.get(some.get(to, to), 0):
                some[to] = word
    made = {to: word for to, word in rare.items() if _made_of(to, usual) == word}
    return made | usual


def _made_of(folded: str, usual: dict[str, str]) -> str:
    """Write the usual words that stand in a rare one."""
    written = list(folded)
    for start in range(len(folded)):
        for end in range(start + 2, len(folded) + 1):
            if word := usual.get(folded[start:end]):
                written[start:end] = word
    return "".join(written)


def _is_simplified(word: str) -> bool:
    """Tell whether simplified text may have a word."""
    return bool(word.encode("gb2312", "ignore").decode("gb2312") == word)
