"""Tokenising (分词) folded text; the only module that knows jieba.

Dates, document numbers, numbers and Latin words are cut by the rules of
:mod:`index.rules`; what is left are runs of Han characters, and those go to jieba's
algorithm. ``rjieba`` does the work; ``jieba``, the reference, takes its place on
request and cuts the same. There are two answers to "which tokens":

- :meth:`Tokenizer.words`, one cut without overlaps, for queries and for reading;
- :meth:`Tokenizer.tokenize`, search mode, for the index: each word and the shorter
  tokens in it. A word has the dictionary words of two and more characters in it
  (jieba's own search mode stops at three, and would lose 中华民族 in a longer term);
  a word that jieba guesses, such as a name, has its single characters too, for next
  to other characters the guess may come out otherwise;
  ``2021年3月4日`` has ``2021``, ``2021年``, ``2021年3月``, ``3月``, ``3月4日`` and
  ``4日``; ``2021-03-04`` has ``2021-03`` and ``2021``; ``35.5%`` has ``35.5``;
  ``国办发[2023]12号`` has ``[2023]12号``, ``2023``, ``12``, ``号`` and the words of
  its issuer.

Every token is a slice of the text it was found in. A word can be cut out of thousands
of texts at once, :meth:`Tokenizer.cut`, which gives the same and takes half the time.
"""

import functools
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import jieba
import numpy as np
import rjieba
from numpy.typing import NDArray

from index.codec.lists import spread
from index.codepoints import to_codes, to_text
from index.dictionary import SHIPPED, Entry, read_dictionary
from index.fold import fold
from index.rules import (
    HAN_KIND,
    PARTS,
    PLAIN,
    compile_rules,
    find_signs,
    is_run,
    issuer_start,
    kinds_of,
)

_RULES = 1  # to be raised when this or index.rules changes what is a token
_REMEMBERED_TOKENS = 1 << 16
_BREAK = "\n"
_PORTION = 1 << 12  # characters; 0.06 ms a document, and 0.08 with 1 << 16


class Token(NamedTuple):
    """A term and the place it was found at, in code points."""

    text: str
    start: int
    end: int


class Cut(NamedTuple):
    """The words of texts, as numbers.

    Attributes:
        numbers: Of each word, shape (n_words,).
        counts: How many words each run of Han characters has, and 1 for each other
            word, shape (n_runs,).
        places: Where each of these begins, shape (n_runs,).
    """

    numbers: NDArray[np.int64]
    counts: NDArray[np.int64]
    places: NDArray[np.int64]


class Tokenizer:
    """Cuts folded text into tokens; safe to share between threads.

    Attributes:
        digest: Of all that decides how text is cut, 12 hexadecimal digits.
    """

    def __init__(
        self, dictionaries: tuple[Path, ...] = (), *, reference: bool = False
    ) -> None:
        """Load jieba's dictionary, the domain dictionary and the user's own.

        Args:
            dictionaries: Files as :mod:`index.dictionary` reads them. A word with
                letters, digits or marks in it is found wherever it stands.
            reference: Cut with ``jieba`` itself, which is slow.

        Raises:
            SettingsError: A file cannot be read, or a line of it is wrong.
        """
        files = (SHIPPED, *dictionaries)
        entries = [entry for path in files for entry in read_dictionary(path)]
        fast = rjieba.Jieba()
        added = _teach(fast, [entry for entry in entries if is_run(entry.word)])
        self._longest = max(map(len, added))
        self._pattern = compile_rules({e.word for e in entries if not is_run(e.word)})
        # Both guess unknown words with the same hidden Markov model, their default.
        self._cut_run: Callable[[str], list[str]] = fast.cut
        self._has_word: Callable[[str], bool] = fast.has_word
        if reference:
            slow = _reference(added)
            self._cut_run = slow.lcut
            self._has_word = lambda word: bool(slow.FREQ.get(word))
        self._parts = functools.lru_cache(_REMEMBERED_TOKENS)(self._find_parts)
        self.digest = _digest(entries)

    def words(self, folded: str) -> list[Token]:
        """Cut without overlaps, in order; no Han character is left out."""
        cut = self._cut(folded, self._pattern)
        return [Token(text, at, at + len(text)) for text, at in cut]

    def tokenize(self, folded: str) -> list[Token]:
        """Cut in search mode, sorted by start and end."""
        return [
            Token(part, at + start, at + end)
            for text, at in self._cut(folded, self._pattern)
            for part, start, end in self._parts(text)
        ]

    def cut(self, folded: str, number: Callable[[str], int]) -> Cut:
        """Cut like :meth:`words`, in another order; for thousands of texts at once.

        Args:
            folded: The texts, with line ends between them.
            number: Gives words numbers, and a line end one that no word has.
        """
        text = folded + _BREAK
        codes = to_codes(text)
        kinds = kinds_of(codes)
        starts, ends = find_signs(text, kinds, self._pattern).T
        han = kinds == HAN_KIND
        han[spread(starts, ends - starts)] = False
        # Runs with a line end behind each go to jieba, which cuts each as if alone.
        behind = np.concatenate(([False], han[:-1]))
        runs = np.where(han, codes, ord(_BREAK))[han | behind]
        numbers = self._number_runs(to_text(runs.astype(np.uint32)), number)
        breaks = np.flatnonzero(numbers == number(_BREAK))
        words = map(text.__getitem__, map(slice, starts.tolist(), ends.tolist()))
        numbers_of_signs = np.fromiter(map(number, words), np.int64, starts.size)
        return Cut(
            np.concatenate((np.delete(numbers, breaks), numbers_of_signs)),
            np.concatenate((np.diff(breaks, prepend=-1) - 1, np.ones_like(starts))),
            np.concatenate((np.flatnonzero(han & ~behind), starts)),
        )

    def _number_runs(
        self, runs: str, number: Callable[[str], int]
    ) -> NDArray[np.int64]:
        """Number the words of runs of Han, and the line end behind each."""
        parts = map(self._cut_run, _portions(runs))
        return np.fromiter(map(number, chain.from_iterable(parts)), np.int64)

    def knows(self, word: str) -> bool:
        """Tell whether a word is in a dictionary, and not guessed."""
        return self._has_word(word)

    def parts(self, word: str) -> list[str]:
        """Give the tokens in one word, as :meth:`tokenize` has them."""
        return [word[start:end] for start, end in self._spans(word)]

    def _cut(self, text: str, pattern: re.Pattern[str]) -> Iterator[tuple[str, int]]:
        """Yield each word and its offset."""
        for match in pattern.finditer(text):
            if match.lastgroup == "han":
                yield from self._cut_han(match[0], match.start())
            elif match.lastgroup == "code":
                border = issuer_start(text, match.start(), match.start("code"))
                yield from self._cut_han(text[match.start() : border], match.start())
                yield text[border : match.end()], border
            else:
                yield match[0], match.start()

    def _cut_han(self, run: str, at: int) -> Iterator[tuple[str, int]]:
        for word in self._cut_run(run):
            yield word, at
            at += len(word)

    def _find_parts(self, text: str) -> tuple[Token, ...]:
        """Find the tokens in one word, itself among them, sorted."""
        return tuple(Token(text[a:b], a, b) for a, b in self._spans(text))

    def _spans(self, text: str) -> list[tuple[int, int]]:
        inner = self._dictionary_spans if is_run(text) else self._spans_in_sign
        return sorted({(0, len(text)), *inner(text)})

    def _spans_in_sign(self, text: str) -> Iterator[tuple[int, int]]:
        match = PLAIN.fullmatch(text)
        kind = match.lastgroup if match else None
        for pattern in PARTS.get(kind, ()):
            yield from (found.span() for found in re.finditer(pattern, text))
        if kind == "code" and match:
            yield from self._nested_spans(self._cut_han(match["han"], 0))
        elif kind is None:  # a word of a dictionary that is no run of Han
            yield from self._nested_spans(self._cut(text, PLAIN))

    def _dictionary_spans(self, word: str) -> Iterator[tuple[int, int]]:
        size, has_word = len(word), self._has_word
        if not has_word(word):  # jieba guessed it
            yield from ((start, start + 1) for start in range(size))
        for start in range(size - 1):
            for end in range(start + 2, min(start + self._longest, size) + 1):
                if has_word(word[start:end]):
                    yield start, end

    def _nested_spans(
        self, words: Iterable[tuple[str, int]]
    ) -> Iterator[tuple[int, int]]:
        for word, at in words:
            for _, start, end in self._parts(word):
                yield at + start, at + end


def _portions(runs: str) -> Iterator[str]:
    """Cut a text at line ends into portions that the processor's cache can hold."""
    start = 0
    while start < len(runs):
        end = runs.find(_BREAK, start + _PORTION) + 1 or len(runs)
        yield runs[start:end]
        start = end


def _teach(fast: rjieba.Jieba, entries: Iterable[Entry]) -> dict[str, int]:
    """Add words, and say with which frequency; without one, what makes it a word."""
    added = {}
    for word, frequency in _folded_words():
        known = fast.suggest_freq(word) if fast.has_word(word) else 0
        added[word] = fast.add_word(word, max(frequency, known), None)
    for word, wanted in entries:
        added[word] = fast.add_word(word, wanted, None)
    return added


@functools.cache
def _folded_words() -> tuple[tuple[str, int], ...]:
    """List the words of jieba's dictionary that folding changes, folded.

    Text is folded before it is cut, so 显著 and 乾隆 come as 显着 and 干隆, and jieba
    would not know them.
    """
    han = "".join(map(chr, range(0x4E00, 0x9FD6)))
    changed = "".join(a for a, b in zip(han, fold(han), strict=True) if a != b)
    words = ((fold(word), count) for word, count in known_words(rf"\S*[{changed}]\S*"))
    return tuple(pair for pair in words if len(pair[0]) > 1 and is_run(pair[0]))


def known_words(pattern: str = r"\S+") -> list[tuple[str, int]]:
    """List the words of jieba's dictionary, and how often it has counted each.

    Args:
        pattern: A regular expression of those that are wanted.
    """
    with jieba.Tokenizer().get_dict_file() as file:
        text = file.read().decode("utf-8")
    lines = re.findall(rf"^({pattern}) ([0-9]+)", text, re.MULTILINE)
    return [(word, int(count)) for word, count in lines]


def _reference(added: dict[str, int]) -> jieba.Tokenizer:
    """Load jieba with the same words and frequencies as the fast one.

    Not by its ``initialize``, which logs to stderr and keeps a cache in the common
    temporary folder, where it may belong to somebody else.
    """
    slow = jieba.Tokenizer()
    frequencies, _ = slow.gen_pfdict(slow.get_dict_file())
    frequencies.update(added)
    for word in added:
        for end in range(1, len(word)):
            frequencies.setdefault(word[:end], 0)
    slow.FREQ, slow.total = frequencies, sum(frequencies.values())
    slow.initialized = True
    return slow


def _digest(entries: Iterable[Entry]) -> str:
    rules = f"{_RULES} {jieba.__version__} {version('rjieba')} {PLAIN.pattern}"
    words = "".join(f"\n{word} {frequency}" for word, frequency in entries)
    return hashlib.sha256((rules + words).encode("utf-8")).hexdigest()[:12]
