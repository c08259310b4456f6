"""Wrong characters put into terms, and whether the search says what was meant.

The archive is made of pieces of laws in both scripts. Of its terms some hundreds are
drawn; in each one character becomes another of the same sound, of nearly the same, or
of a like shape, or the whole becomes pinyin. Half are written in traditional
characters, and half of those with a wrong character stand in the words around them.
What is held against it are right queries: the terms themselves, frequent and rare,
strings cut from the texts, two words of them, and questions that people asked.

    python -m tests.quality.corrections          the share of each kind that is right
    python -m tests.quality.corrections sound    and what was offered instead
"""

import gzip
import json
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from index.analysis import make_analyzer
from index.derive_lookalikes import common
from index.fold import fold
from index.lookalikes import lookalikes
from index.pinyin import readings, spell
from index.script import to_traditional
from search.results import SearchRequest
from search.service import SearchService, open_service
from search.sounds import blurred
from tests.bench.corpora import prepare, read_pieces
from tests.bench.engine_wensu import build, fill, home_of
from tests.quality.scoring import average

CORPORA: Final = Path(__file__).resolve().parents[3] / "shared" / "corpora"
DOCUMENTS: Final = 2_000
EACH: Final = 300
ANALYZER: Final = make_analyzer()
_SEED = 20261126
_TRIES = 40
_OFTEN, _RARELY = 20, 3  # documents of terms that are made wrong; of rare ones
_AROUND = 3
_HAN = range(0x4E00, 0xA000)


class Case(NamedTuple):
    """A query, and what should be offered: nothing if it is right."""

    kind: str
    typed: str
    wanted: str | None


def make_archive(folder: Path) -> SearchService:
    """Make the archive and open it."""
    prepare(folder, CORPORA, DOCUMENTS)
    fill(folder, DOCUMENTS)
    build(folder, DOCUMENTS)
    return open_service(home_of(folder))


def measure(service: SearchService, cases: Sequence[Case]) -> dict[str, float]:
    """Give the share of each kind of which the right thing, or nothing, is offered."""
    outcomes: dict[str, list[bool]] = defaultdict(list)
    for case in cases:
        outcomes[case.kind].append(is_right(case, offered(service, case)))
    return {kind: round(average(found), 4) for kind, found in outcomes.items()}


def offered(service: SearchService, case: Case) -> str | None:
    """Search, and give what is offered instead."""
    return service.search(SearchRequest(text=case.typed)).suggestion


def is_right(case: Case, answer: str | None) -> bool:
    """Tell whether an answer is what was wanted, in the script that was typed."""
    if answer is None or case.wanted is None:
        return answer is case.wanted
    kept = zip(answer, case.typed, case.wanted, fold(case.typed), strict=False)
    same = all(a == t for a, t, w, folded in kept if w == folded)
    return fold(answer) == case.wanted and (same or case.kind == "pinyin")


def wrong_cases(service: SearchService, folder: Path) -> Iterator[Case]:
    """Make terms wrong in every way."""
    draw = random.Random(_SEED)  # noqa: S311 (a reproducible sample, no secret)
    terms, text = _terms(service, _OFTEN), _text(folder)
    for kind in ("sound", "near sound", "shape", "pinyin"):
        for place, term in enumerate(draw.sample(terms, EACH)):
            if kind == "pinyin":
                yield Case(kind, "".join(spell(term)), term)
            elif wrong := _spoil(service, term, kind, draw):
                at = text.find(term, draw.randrange(len(text))) if place % 2 else -1
                yield _case(kind, text, at, term, wrong, traditional=place % 4 > 1)


def _case(  # noqa: PLR0913 (one for each thing that differs)
    kind: str, text: str, at: int, term: str, wrong: str, *, traditional: bool
) -> Case:
    """Write a wrong term alone, or among the words around it."""
    before = after = ""
    if at >= 0:
        end = at + len(term)
        before, after = _han_end(text[at - _AROUND : at]), text[end : end + _AROUND]
        after = _han_end(after[::-1])[::-1]
    typed = before + wrong + after
    return Case(
        kind, to_traditional(typed) if traditional else typed, before + term + after
    )


def _han_end(text: str) -> str:
    """Give the Han characters that a text ends with."""
    size = next((n for n, c in enumerate(reversed(text)) if ord(c) not in _HAN), None)
    return text if size is None else text[len(text) - size :]


def right_cases(service: SearchService, folder: Path) -> Iterator[Case]:
    """List queries in which nothing is wrong."""
    draw = random.Random(_SEED)  # noqa: S311 (as above)
    often, rarely = _terms(service, _OFTEN), _terms(service, 1, _RARELY)
    text = _text(folder)
    for term in draw.sample(often, EACH):
        yield Case("right term", term, None)
        yield Case("right term", to_traditional(term), None)
        yield Case("right words", f"{term} {draw.choice(rarely)}", None)
        yield Case("right running words", term + draw.choice(often), None)
    for term in draw.sample(rarely, EACH):
        yield Case("right rare term", term, None)
    cut = (text[at : at + 12] for at in iter(lambda: draw.randrange(len(text)), None))
    han = (_han_end(piece) for piece in cut)
    for piece in islice((piece for piece in han if len(piece) > _RARELY), EACH):
        yield Case("right string", piece, None)
    for name in ("statute_doc", "cmrc_simp"):
        with gzip.open(CORPORA / f"{name}.queries.jsonl.gz", "rt") as file:
            queries = [json.loads(line)["query"] for line in file]
        for query in draw.sample(queries, EACH):
            yield Case("question", f'"{query}"'.replace('""', '"'), None)


def _terms(service: SearchService, least: int, most: int = sys.maxsize) -> list[str]:
    """List dictionary words of two to four characters in so many documents."""
    opened = service.suggester.opened()
    assert opened is not None
    table = opened.completions.tables["terms"]
    words = (
        table.folded(n)
        for n, count in enumerate(table.tokens)
        if least <= count <= most
    )
    return [
        w for w in words if len(w) in (2, 3, 4) and _is_han(w) and ANALYZER.knows(w)
    ]


def _is_han(text: str) -> bool:
    return all(ord(char) in _HAN for char in text)


def _text(folder: Path) -> str:
    """Give the texts of the archive, folded, one behind the other."""
    return fold("\n".join(piece.text for piece in read_pieces(folder)))


def _spoil(
    service: SearchService, term: str, kind: str, draw: random.Random
) -> str | None:
    """Exchange one character; what the archive has otherwise is no mistake."""
    for _ in range(_TRIES):
        place = draw.randrange(len(term))
        others = sorted(_others(term, place, kind))
        if others:
            wrong = term[:place] + draw.choice(others) + term[place + 1 :]
            if not service.search(SearchRequest(text=f'"{wrong}"')).total:
                return wrong
    return None


def _others(term: str, place: int, kind: str) -> set[str]:
    """List what a character may be mistaken for."""
    char, sound = term[place], spell(term)[place]
    if kind == "shape":
        return {*lookalikes(char)}
    alike = by_sound()
    if kind == "sound":
        return {*alike.get(sound, ())} - {char}
    near = {
        other
        for syllable, chars in alike.items()
        if syllable != sound and blurred(syllable) == blurred(sound)
        for other in chars
    }
    return near - {char}


@cache
def by_sound() -> Mapping[str, frozenset[str]]:
    """List common characters by their syllable."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for char in common():
        for syllable in readings(char)[:1]:
            found[syllable].add(fold(char))
    return {syllable: frozenset(chars) for syllable, chars in found.items()}


def main(shown: str) -> None:
    """Measure, print every figure, and what was wrong with one kind."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        service = make_archive(folder)
        cases = [*wrong_cases(service, folder), *right_cases(service, folder)]
        for kind, share in measure(service, cases).items():
            number = sum(case.kind == kind for case in cases)
            sys.stdout.write(f"{kind:<22}{share:>8.3f}   ({number})\n")
        for case in cases:
            answer = offered(service, case) if case.kind == shown else None
            if case.kind == shown and not is_right(case, answer):
                sys.stdout.write(f"{case.typed}\t{case.wanted}\t{answer}\n")
        service.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
