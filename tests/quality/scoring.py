"""How much of a wanted text an extractor gave, and how much it gave beside it.

Texts are compared as multisets of character trigrams after NFKC and without white
space. Annotators differ about the lines that repeat the title and about short
lines of credit (来源：…, 责任编辑：…), so both sides lose these first.
"""

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

_SPACE = re.compile("[\\s\u200b\ufeff]+")
_CREDIT = re.compile(
    r"[\s\[(【〔「]*(?:[责責]任?[编編][辑輯]|[责責][编編]|[编編][辑輯]|[审審]核|[监監]制"
    r"|校[对對]|排版|(?:文章|本文|信息)?[来來]源|稿源|作者|[记記]者|撰文|原[标標][题題]"
    r"|[纠糾][错錯]|打印本?[页頁]?|[关關][闭閉]窗口?|分享到?|字[号號]|[浏瀏][览覽]次[数數]"
    "|[阅閱][读讀]次[数數]"
    r"|[发發][布佈](?:[时時][间間]|日期)|[时時][间間])\s*[:\])】〕」 ]"
)
_LONGEST_CREDIT = 40
_GRAM = 3


_Way = TypeVar("_Way")
_WORST = 25


class Score(NamedTuple):
    """Precision, recall and their harmonic mean, each 0 to 1."""

    precision: float
    recall: float
    f1: float


def score_text(found: str, wanted: str, title: str | None = None) -> Score:
    """Compare the text that was found with the one that is wanted.

    Args:
        found: What an extractor gave, lines separated by line feeds.
        wanted: The annotated text, in the same form.
        title: The annotated title, whose lines count on neither side.
    """
    ones, others = (_grams(_bare(text, title)) for text in (found, wanted))
    shared = sum((ones & others).values())
    if not shared:
        return Score(0.0, 0.0, 0.0)
    precision, recall = shared / ones.total(), shared / others.total()
    return Score(precision, recall, 2 * precision * recall / (precision + recall))


def print_scores(
    ways: Mapping[str, _Way],
    scores: Callable[[_Way], Iterator[tuple[float, str]]],
    wanted: Sequence[str],
) -> None:
    """Print the mean F1 of every way to change pages.

    Args:
        ways: By name.
        scores: Gives the F1 and the name of every page changed in a way.
        wanted: Names of ways of which the worst pages are printed too.
    """
    for name, way in ways.items():
        found = sorted(scores(way))
        worst = found[:_WORST] if name in wanted else []
        lines = [f"{name:10} {average(f1 for f1, _ in found):.4f} of {len(found)}"]
        lines += [f"    {f1:.3f} {page}" for f1, page in worst]
        sys.stdout.write("\n".join(lines) + "\n")


def letters(text: str | None) -> str:
    """Reduce a title to its letters and digits, widths made alike."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text or "")).lower()


def average(values: Iterable[float]) -> float:
    """Give the mean, or of outcomes the share that is true; 0 where there are none."""
    found = list(values)
    return sum(found) / len(found) if found else 0.0


def _bare(text: str, title: str | None) -> str:
    """Join the lines that count."""
    return "".join(_counted(text, _squeezed(title or "")))


def _counted(text: str, title: str) -> Iterator[str]:
    """Give the lines without white space, title and credit lines left out."""
    for line in text.split("\n"):
        squeezed = _squeezed(line)
        credit = len(squeezed) <= _LONGEST_CREDIT and _CREDIT.match(
            unicodedata.normalize("NFKC", line)
        )
        if squeezed and squeezed != title and not credit:
            yield squeezed


def _squeezed(text: str) -> str:
    """Make widths alike and take white space out."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


def _grams(text: str) -> Counter[str]:
    """Count the trigrams of a text; a shorter text is one gram."""
    if len(text) < _GRAM:
        return Counter([text] if text else [])
    return Counter(text[i : i + _GRAM] for i in range(len(text) - _GRAM + 1))
