"""Passages of real texts, changed as people change them, and what is found for them.

A passage is cut out of a document and asked for word for word, with a fifth of its
characters changed, in the other script, with its sentences in another order, and
several of these together. It is found when its document, or a near-duplicate of it, is
among the first ten. A document whose characters are put in another order, three at a
time, has no wording in common with any, and nothing must be found for it.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from index.document import Document
from search.precedents import LEAST_SYMBOLS
from search.precedents_results import PrecedentRequest, Precedents
from search.service import SearchService
from tests.corpus import make_document, make_service
from tests.quality.near_duplicates import choose_bases, read_texts
from tests.quality.variants import Draw, sentences_of, to_other_script

CORPORA: Final = Path(__file__).resolve().parents[3] / "shared" / "corpora"
LENGTHS: Final = (50, 200, 800)
SEED: Final = 20261126
CHANGED: Final = 0.2
FIRST: Final = 10
_HELD, _EACH = 900, 30
_SCRAMBLED: Final = 3
"""Characters that stay together where a text is put in no order."""

Change = Callable[[str, Draw, str], str]
"""Changes a passage; the last argument is characters to put in."""


def keep(text: str, _: Draw, __: str) -> str:
    """Leave a passage as it is."""
    return text


def substitute(text: str, draw: Draw, letters: str) -> str:
    """Put other characters in the place of a fifth."""
    return "".join(
        draw.choice(letters) if draw.random() < CHANGED else char for char in text
    )


def edit(text: str, draw: Draw, letters: str) -> str:
    """Change a fifth: other characters, some more, some fewer, a third each."""
    kept = []
    for char in text:
        way = draw.randrange(3) if draw.random() < CHANGED else -1
        kept.append(
            {
                0: draw.choice(letters),
                1: char + draw.choice(letters),
                2: "",
            }.get(way, char)
        )
    return "".join(kept)


def convert(text: str, draw: Draw, _: str) -> str:
    """Write it in the other script."""
    return to_other_script(text, draw, ())


def reorder(text: str, draw: Draw, _: str) -> str:
    """Put the sentences in another order."""
    sentences = sentences_of(text)
    draw.shuffle(sentences)
    return "".join(sentences)


def scramble(text: str, draw: Draw) -> str:
    """Put a text in no order, some characters at a time."""
    parts = [
        text[start : start + _SCRAMBLED] for start in range(0, len(text), _SCRAMBLED)
    ]
    draw.shuffle(parts)
    return "".join(parts)


CHANGES: Final[Mapping[str, tuple[Change, ...]]] = {
    "word for word": (keep,),
    "substituted": (substitute,),
    "edited": (edit,),
    "other script": (convert,),
    "other script, substituted": (convert, substitute),
    "reordered": (reorder,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A passage that is asked for.

    Attributes:
        text: The passage as changed.
        kind: How it was changed.
        length: Characters before that.
        origin: Id of the document that it is from.
    """

    text: str
    kind: str
    length: int
    origin: str


def make_cases(
    texts: Sequence[tuple[str, str]], lengths: Sequence[int], each: int
) -> Iterator[Case]:
    """Cut passages out of texts, ``each`` for every length and change.

    Args:
        texts: Id and text of each document.
        lengths: Characters of the passages.
        each: See above.
    """
    draw = Draw(SEED)
    letters = "".join(text for _, text in draw.sample(texts, min(5, len(texts))))
    letters = "".join(filter(str.isalnum, letters))
    for length in lengths:
        long = [one for one in texts if len(one[1]) >= length]
        for kind, changes in CHANGES.items():
            for name, text in draw.sample(long, min(each, len(long))):
                start = draw.randrange(len(text) - length + 1)
                passage = text[start : start + length]
                for change in changes:
                    passage = change(passage, draw, letters)
                if sum(map(str.isalnum, passage)) > 2 * LEAST_SYMBOLS:
                    yield Case(text=passage, kind=kind, length=length, origin=name)


def place_of(case: Case, found: Precedents, group: Mapping[str, str]) -> int:
    """Tell where a case's document stands among the passages, from 1, or 0.

    Args:
        case: The case.
        found: What was found.
        group: The document that stands for each; itself if none is named.
    """
    own = group.get(case.origin, case.origin)
    for place, passage in enumerate(found.passages, 1):
        if group.get(passage.id, passage.id) == own:
            return place
    return 0


# -- the gate ----------------------------------------------------------------


def read_set() -> list[Document]:
    """Read the documents of the archive."""
    bases = choose_bases(read_texts(CORPORA), _HELD)
    return [
        make_document(number, title, *filter(str.strip, text.split("\n")))
        for number, (title, text) in enumerate(bases)
    ]


def digest() -> str:
    """Give a digest over the texts."""
    content = "\n".join(one.text for one in read_set())
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def measure() -> dict[str, float]:
    """Tell the share of each kind of case that is found, and of scrambled ones not."""
    documents = read_set()
    with tempfile.TemporaryDirectory() as folder:
        service = make_service(Path(folder), documents)
        try:
            return _measure(service, documents)
        finally:
            service.close()


def _measure(service: SearchService, documents: Sequence[Document]) -> dict[str, float]:
    """Ask all cases."""
    found: dict[str, list[bool]] = {}
    texts = [(one.id, one.text) for one in documents]
    for case in make_cases(texts, LENGTHS, _EACH):
        answer = service.precedents.find(PrecedentRequest(text=case.text, limit=FIRST))
        names = (f"{case.kind}, {case.length}", "all")
        for name in names:
            found.setdefault(name, []).append(place_of(case, answer, {}) > 0)
    draw = Draw(SEED)
    found["none for scrambled texts"] = [
        not service.precedents.find(PrecedentRequest(text=scramble(text, draw))).total
        for _, text in draw.sample(texts, _EACH)
    ]
    return {name: round(sum(all_) / len(all_), 4) for name, all_ in found.items()}
