"""Tokenising (分词) folded text; the only module that knows jieba.

Dates, document numbers, numbers and Latin words are cut by one regular expression;
what is left are runs of Han characters, and those go to jieba's algorithm.
``rjieba`` does the work; ``jieba``, the reference, takes its place on request and
cuts the same. There are two answers to "which tokens":

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

A year keeps its 年 only where that does not break a word: ``2021年度`` is ``2021`` and
``年度``. Every token is a slice of the text it was found in.
"""

import functools
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import jieba
import rjieba

from index.dictionary import SHIPPED, Entry, read_dictionary
from index.fold import fold

_RULES = 1  # to be raised when the code below changes what is a token
_REMEMBERED_TOKENS = 1 << 16

_HAN = "\u4e00-\u9fd5"  # what jieba cuts
# What stands alone: rarer Han characters, then superscripts and other numbers that
# may stick to a word as the mark of a footnote.
_ALONE = (
    "\u3005-\u3007\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\xb2\xb3\xb9\xbc-\xbe\u2070-\u218f\u2460-\u24ff\u2776-\u2793\u3200-\u32ff"
)
_LETTER = rf"[^\W\d_{_HAN}{_ALONE}]"
_YEAR = "(?:19|20)[0-9]{2}"
_MONTH = "(?:1[0-2]|0?[1-9])"
_DAY = "(?:3[01]|[12][0-9]|0?[1-9])"
# The lookaheads spare 年度, 年底, 年初, 年末, 年终, 年代, 年间, 月份, 月底 and 日元.
_YEARS = f"{_YEAR}年(?![度底初末终代间])"
_MONTHS = f"{_MONTH}月(?![份底初末])"
_DAYS = f"{_DAY}日(?!元)"
_CODE = rf"[\[(]{_YEAR}[\])]第?[0-9]{{1,5}}号"
_RUN = rf"(?P<han>[{_HAN}]+)"
_RULE_BOOK = (
    rf"(?P<code>{_CODE})?"  # right behind a run: a document number and its issuer
    rf"|(?P<bare>{_CODE})"
    rf"|(?P<iso>{_YEAR}(?P<mark>[-/.]){_MONTH}(?P=mark){_DAY}(?![0-9]))"
    rf"|(?P<date>{_YEARS}(?:{_MONTHS}(?:{_DAYS})?)?|{_MONTHS}(?:{_DAYS})?|{_DAYS})"
    rf"|(?P<latin>[0-9]*{_LETTER}(?:{_LETTER}|[0-9])*)"
    r"|(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?[%‰]?)"
    rf"|(?P<other>[{_ALONE}]|\d)"
)
_PLAIN = re.compile(_RUN + _RULE_BOOK)
# What else a token of each kind is found by.
_PARTS: dict[str | None, tuple[str, ...]] = {
    "code": (r"[\[(].+", "[0-9]+", "号"),
    "bare": ("[0-9]+", "号"),
    "iso": ("^[0-9]{4}", "^[0-9]{4}.[0-9]+"),
    "date": (
        *("[0-9]{4}", "[0-9]{4}年", "[0-9]{4}年[0-9]+月"),
        *("[0-9]+月", "[0-9]+月[0-9]+日", "[0-9]+日"),
    ),
    "number": ("^[^%‰]+(?=[%‰])",),
}
# The issuer of a document number is the end of the run before its year. It has none
# of these characters, which stand in running text and not in the names of issuers.
_ISSUER = re.compile(
    rf"(?![发文])(?:(?![根据按照依及和与或的是以将在见由从等该其即到向用有被把于了并已印转送收颁"
    rf"贯彻落实执号件下])[{_HAN}]){{2,12}}\Z"
)


class Token(NamedTuple):
    """A term and the place it was found at, in code points."""

    text: str
    start: int
    end: int


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
        added = _teach(fast, [entry for entry in entries if _is_run(entry.word)])
        self._longest = max(map(len, added))
        self._pattern = _compile({e.word for e in entries if not _is_run(e.word)})
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

    def cut(self, folded: str) -> list[str]:
        """Cut like :meth:`words`, but do not say where; for whole documents at once."""
        found: list[str] = []
        cut_run = self._cut_run
        for match in self._pattern.finditer(folded):
            if match.lastgroup == "han":
                found += cut_run(match[0])
            elif match.lastgroup == "code":
                found += [text for text, _ in self._cut(match[0], self._pattern)]
            else:
                found.append(match[0])
        return found

    def parts(self, word: str) -> list[str]:
        """Give the tokens in one word, as :meth:`tokenize` has them."""
        return [part.text for part in self._parts(word)]

    def _cut(self, text: str, pattern: re.Pattern[str]) -> Iterator[tuple[str, int]]:
        """Yield each word and its offset."""
        for match in pattern.finditer(text):
            if match.lastgroup == "han":
                yield from self._cut_han(match[0], match.start())
            elif match.lastgroup == "code":
                issuer = _ISSUER.search(match["han"])
                border = issuer.start() if issuer else len(match["han"])
                yield from self._cut_han(match[0][:border], match.start())
                yield match[0][border:], match.start() + border
            else:
                yield match[0], match.start()

    def _cut_han(self, run: str, at: int) -> Iterator[tuple[str, int]]:
        for word in self._cut_run(run):
            yield word, at
            at += len(word)

    def _find_parts(self, text: str) -> tuple[Token, ...]:
        """Find the tokens in one word, itself among them, sorted."""
        spans = {(0, len(text)), *self._inner_spans(text)}
        return tuple(Token(text[start:end], start, end) for start, end in sorted(spans))

    def _inner_spans(self, text: str) -> Iterator[tuple[int, int]]:
        match = _PLAIN.fullmatch(text)
        kind = match.lastgroup if match else None
        for pattern in _PARTS.get(kind, ()):
            yield from (found.span() for found in re.finditer(pattern, text))
        if kind == "han":
            yield from self._dictionary_spans(text)
        elif kind == "code" and match:
            yield from self._nested_spans(self._cut_han(match["han"], 0))
        elif kind is None:  # a word of a dictionary that is no run of Han
            yield from self._nested_spans(self._cut(text, _PLAIN))

    def _dictionary_spans(self, word: str) -> Iterator[tuple[int, int]]:
        guessed = not self._has_word(word)
        for start in range(len(word)):
            if guessed:
                yield start, start + 1
            for end in range(start + 2, min(start + self._longest, len(word)) + 1):
                if self._has_word(word[start:end]):
                    yield start, end

    def _nested_spans(
        self, words: Iterable[tuple[str, int]]
    ) -> Iterator[tuple[int, int]]:
        for word, at in words:
            for _, start, end in self._parts(word):
                yield at + start, at + end


def _is_run(word: str) -> bool:
    return re.fullmatch(f"[{_HAN}]+", word) is not None


def _compile(phrases: set[str]) -> re.Pattern[str]:
    """Compile the rule book, words that jieba cannot hold before all else."""
    if not phrases:
        return _PLAIN
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    phrase = "|".join(map(_phrase_pattern, longest_first))
    run = rf"(?P<han>(?:(?!{phrase})[{_HAN}])+)"
    return re.compile(rf"(?P<phrase>{phrase})|{run}{_RULE_BOOK}")


def _phrase_pattern(phrase: str) -> str:
    """Keep a phrase from ending inside a Latin word or a number."""
    after = "(?![0-9a-z])" if re.search(r"[0-9a-z]\Z", phrase) else ""
    return re.escape(phrase) + after


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
    with jieba.Tokenizer().get_dict_file() as file:
        text = file.read().decode("utf-8")
    lines = re.findall(rf"^(\S*[{changed}]\S*) ([0-9]+)", text, re.MULTILINE)
    words = ((fold(word), int(frequency)) for word, frequency in lines)
    return tuple(pair for pair in words if len(pair[0]) > 1 and _is_run(pair[0]))


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
    rules = f"{_RULES} {jieba.__version__} {version('rjieba')} {_PLAIN.pattern}"
    words = "".join(f"\n{word} {frequency}" for word, frequency in entries)
    return hashlib.sha256((rules + words).encode("utf-8")).hexdigest()[:12]
