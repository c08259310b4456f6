"""How words are spelled in pinyin, without tones; the one module that knows pypinyin.

A word that pypinyin's list of phrases has is read as it says (重庆 is chongqing); in
another the longest phrases in it are, and what is left by each character's most usual
reading. ``ü`` is written ``v``, as keyboards have it. Loading takes 0.15 s and 30 MB,
so words are spelled when the index is written, not when somebody types.
"""

import unicodedata
from functools import cache, lru_cache
from itertools import chain
from typing import Final

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from index.fold import fold

_LONGEST: Final = 4  # characters of a phrase sought within a word
_SHORTEST: Final = 2
_MOST_READINGS: Final = 4
_REMEMBERED: Final = 1 << 16
_DIAERESIS: Final = "\u0308"
_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyz")

Spelling = tuple[str, ...]
"""A syllable for each character, empty for one that has none."""


@lru_cache(_REMEMBERED)
def spell(word: str) -> Spelling:
    """Spell a word as it is written; the most usual reading of each character in it.

    Folding merges 乾 with 干 and 著 with 着, which are read otherwise.
    """
    phrases, folded = _phrases(), fold(word)
    if (whole := phrases.get(folded)) is not None:
        return whole
    spelled: list[str] = []
    while len(spelled) < len(folded):
        at = len(spelled)
        for size in range(min(_LONGEST, len(folded) - at), _SHORTEST - 1, -1):
            if found := phrases.get(folded[at : at + size]):
                spelled += found
                break
        else:
            read = readings(word[at]) or readings(folded[at])
            spelled.append(next(iter(read), ""))
    return tuple(spelled)


@cache
def readings(char: str) -> Spelling:
    """List the syllables a character is read as, the most usual first."""
    listed = PINYIN_DICT.get(ord(char), "")
    plain = dict.fromkeys(map(_plain, listed.split(",")))
    return tuple(each for each in plain if each)[:_MOST_READINGS]


@cache
def _phrases() -> dict[str, Spelling]:
    """Give the phrases, folded, that have a syllable for each character."""
    phrases: dict[str, Spelling] = {}
    for phrase, listed in PHRASES_DICT.items():
        spelled = tuple(_plain(each) for each in chain.from_iterable(listed))
        if len(spelled) == len(phrase) and all(spelled):
            phrases.setdefault(fold(phrase), spelled)
    return phrases


@cache
def _plain(syllable: str) -> str:
    """Take tones off a syllable; nothing is left of one that no letters spell."""
    parts = unicodedata.normalize("NFD", syllable).replace(f"u{_DIAERESIS}", "v")
    letters = "".join(char for char in parts if unicodedata.category(char) != "Mn")
    return letters if letters and _LETTERS.issuperset(letters) else ""
