"""The corpus of the benchmark: texts cut into documents, written once to disk.

Texts are cut at the ends of paragraphs and sentences into pieces of about a thousand
characters, each under the title of its law; simplified and traditional laws take
turns. A folder without laws gives whatever corpora it has. When more documents are
asked for than there are pieces, the pieces come again with their sentences in another
order and their digits exchanged. What filters and facets need, the texts do not say:
it is drawn with a fixed seed.
"""

import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import count, islice
from pathlib import Path

from index.fold import fold

FILES = ("laws_cn.jsonl.gz", "laws_tw.jsonl.gz")
"""The corpora that are taken where they are; else all of a folder."""

PIECE = 1_000
"""Characters at which a piece ends with the sentence."""

_SHORTEST = 300  # what is left of a law below this goes with the piece before
_SEED = 20261122
_SENTENCE = re.compile(r"[^。；！？\n]*(?:[。；！？]+|\n+|\Z)")
_DIGITS = "0123456789"
_KINDS = ("yearbook", "summary", "report", "briefing", "other")
_SITES, _SOURCES, _REGIONS = 40, 200, 31
_YEARS = range(1990, 2026)
_COMPLETE = 0.95
_LOOKED_AT = 500
_TRADITIONAL = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One document of the corpus.

    Attributes:
        id: 16 hexadecimal digits, its number.
        title: Title of the law.
        text: Its paragraphs, one a line.
        script: ``hans`` or ``hant``.
        site: Drawn, as all that follows.
        source: Publisher.
        region: Region.
        kind: Kind.
        year: Year.
        complete: Whether it is called complete.
    """

    id: str
    title: str
    text: str
    script: str
    site: str
    source: str
    region: str
    kind: str
    year: int
    complete: bool

    @property
    def number(self) -> int:
        """Its place in the corpus, from 0."""
        return int(self.id, 16)


def prepare(folder: Path, corpora: Path, documents: int) -> Path:
    """Write the corpus, unless it is there; give its file.

    Raises:
        FileNotFoundError: The folder of corpora has none.
    """
    path = folder / "documents.jsonl"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8") as file:
        for piece in islice(_pieces(corpora), documents):
            file.write(json.dumps(asdict(piece), ensure_ascii=False) + "\n")
    unfinished.replace(path)
    return path


def read_pieces(folder: Path) -> Iterator[Piece]:
    """Read the corpus from disk, one piece after the other."""
    with (folder / "documents.jsonl").open(encoding="utf-8") as file:
        for line in file:
            yield Piece(**json.loads(line))


def line_starts(folder: Path) -> list[int]:
    """Tell at which byte each piece begins, so that one can be read alone."""
    starts = [0]
    with (folder / "documents.jsonl").open("rb") as file:
        starts.extend(file.tell() for _ in iter(file.readline, b""))
    return starts[:-1]


def read_piece(folder: Path, start: int) -> Piece:
    """Read the piece that begins at a byte."""
    with (folder / "documents.jsonl").open("rb") as file:
        file.seek(start)
        return Piece(**json.loads(file.readline()))


def cut(text: str) -> Iterator[str]:
    """Cut a text into pieces that end with a sentence or a paragraph."""
    held, length = [], 0
    pieces = []
    for match in _SENTENCE.finditer(text):
        for start in range(0, len(match[0]), PIECE):
            held.append(match[0][start : start + PIECE])
            length += len(held[-1])
            if length >= PIECE:
                pieces.append("".join(held))
                held, length = [], 0
    if pieces and length < _SHORTEST:
        pieces[-1] += "".join(held)
    elif length:
        pieces.append("".join(held))
    return (piece.strip("\n") for piece in pieces if piece.strip())


def vary(text: str, draw: random.Random) -> str:
    """Put the sentences of each paragraph in another order, and exchange digits."""
    lines = []
    for line in text.split("\n"):
        sentences = [match[0] for match in _SENTENCE.finditer(line) if match[0]]
        draw.shuffle(sentences)
        lines.append("".join(sentences))
    return "\n".join(lines).translate(_exchange(draw))


def _exchange(draw: random.Random) -> dict[int, int]:
    """Draw a digit for each digit."""
    return str.maketrans(_DIGITS, "".join(draw.sample(_DIGITS, len(_DIGITS))))


def _pieces(corpora: Path) -> Iterator[Piece]:
    """Give pieces without end, as they stand first and varied then."""
    draw = random.Random(_SEED)  # noqa: S311 (a reproducible sample, no secret)
    number = count()
    for turn in count():
        for script, plain_title, plain in _texts(corpora):
            title, text = plain_title, plain
            if turn:
                title, text = title.translate(_exchange(draw)), vary(text, draw)
            yield Piece(
                id=f"{next(number):016x}",
                title=title,
                text=text,
                script=script,
                site=f"站点{_skewed(draw, _SITES)}",
                source=f"机关{_skewed(draw, _SOURCES)}",
                region=f"地区{draw.randrange(_REGIONS)}",
                kind=draw.choice(_KINDS),
                year=draw.choice(_YEARS),
                complete=draw.random() < _COMPLETE,
            )


def _skewed(draw: random.Random, size: int) -> int:
    """Draw a number below ``size``, small ones more often."""
    return int(size * draw.random() ** 2)


def corpora_of(folder: Path) -> list[Path]:
    """List the corpora in a folder: lines of JSON with title and text.

    Raises:
        FileNotFoundError: There is none.
    """
    laws = [folder / name for name in FILES if (folder / name).exists()]
    found = sorted(folder.glob("*.jsonl.gz"))
    others = [path for path in found if not path.name.endswith(".queries.jsonl.gz")]
    if not others:
        msg = f"{folder} has no corpus: *.jsonl.gz with title and text in each line"
        raise FileNotFoundError(msg)
    return laws or others


def script_of(text: str) -> str:
    """Tell the script of a text by how many of its characters folding changes."""
    han = [char for char in text[:_LOOKED_AT] if "\u4e00" <= char <= "\u9fff"]
    changed = sum(fold(char) != char for char in han)
    return "hant" if changed > _TRADITIONAL * len(han) else "hans"


def _texts(corpora: Path) -> Iterator[tuple[str, str, str]]:
    """Give script, title and text of each piece, the two corpora in turns."""
    turns = [_cut_laws(path) for path in corpora_of(corpora)]
    while turns:
        for turn in tuple(turns):
            law = next(turn, None)
            if law is None:
                turns.remove(turn)
            else:
                yield from law


def _cut_laws(path: Path) -> Iterator[list[tuple[str, str, str]]]:
    """Give the pieces of one law after the other."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            law = json.loads(line)
            title, script = law["title"].strip(), script_of(law["text"])
            yield [(script, title, piece) for piece in cut(law["text"])]
