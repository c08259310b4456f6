"""Sample pages damaged: cut off, spliced, flipped, miscoded; each by its chance."""

import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

SITES = Path(__file__).resolve().parents[1] / "sites"

# What means something to a parser wherever it stands.
_PIECES = re.findall(
    r"\S+",
    """< > </ <! <!-- --> " ' = & &amp; &#x4e00; </p> </div> </html> <body> <table>
    </table> <script> <title> <select> <!DOCTYPE <![CDATA[ <?xml <a/href=x> <br> （ 【
    省略1字""",
)


def size(chance: random.Random, largest: int) -> int:
    """Draw a size, mostly small; one in twenty goes up to the largest."""
    top = largest if chance.random() < 0.05 else min(largest, 3000)
    return int(top ** chance.uniform(0.3, 1.0))


@cache
def _samples() -> tuple[bytes, ...]:
    files = sorted([*SITES.glob("*/*.html"), *SITES.glob("*/*.txt")])
    return tuple(file.read_bytes() for file in files)


def _sample(chance: random.Random) -> bytes:
    return chance.choice(_samples())


def _truncated(chance: random.Random) -> bytes:
    page = _sample(chance)
    return page[: chance.randrange(len(page))]


def _beheaded(chance: random.Random) -> bytes:
    page = _sample(chance)
    return page[chance.randrange(len(page)) :]


def _spliced(chance: random.Random) -> bytes:
    one, other = _sample(chance), _sample(chance)
    return one[: chance.randrange(len(one))] + other[chance.randrange(len(other)) :]


def _flipped(chance: random.Random) -> bytes:
    page = bytearray(_sample(chance))
    for _ in range(size(chance, len(page))):
        page[chance.randrange(len(page))] ^= 1 << chance.randrange(8)
    return bytes(page)


def _shuffled(chance: random.Random) -> bytes:
    page = _sample(chance)
    pieces = [page[i : i + 64] for i in range(0, len(page), 64)]
    chance.shuffle(pieces)
    return b"".join(pieces)


def _repeated(chance: random.Random) -> bytes:
    return _sample(chance) * size(chance, 400)


def _holed(chance: random.Random) -> bytes:
    """Leave out pieces of markup, so that tags, quotes and comments stay open."""
    page = _sample(chance).decode("utf-8", "replace")
    for _ in range(chance.randrange(1, 20)):
        cut = chance.choice((">", '"', "-->", "</script>", "</title>", "<", "=", "</"))
        place = page.find(cut, chance.randrange(len(page)))
        if place >= 0:
            page = page[:place] + page[place + len(cut) :]
    return page.encode()


def _sprinkled(chance: random.Random) -> bytes:
    """Put pieces that mean something to a parser anywhere into a page."""
    page = _sample(chance)
    for _ in range(chance.randrange(1, 30)):
        place = chance.randrange(len(page))
        piece = chance.choice(_PIECES).encode() * chance.randrange(1, 9)
        page = page[:place] + piece + page[place:]
    return page


def _miscoded(chance: random.Random) -> bytes:
    text = _sample(chance).decode("utf-8", "replace")
    codecs = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "big5", "utf-7")
    return text.encode(chance.choice(codecs), "replace")


def _controlled(chance: random.Random) -> bytes:
    """Put control characters and halves of surrogate pairs between characters."""
    text = list(_sample(chance).decode("utf-8", "replace"))
    for _ in range(size(chance, len(text))):
        odd = chance.choice((chr(chance.randrange(32)), "\ud800", "\udfff", "\ufffe"))
        text[chance.randrange(len(text))] += odd
    return "".join(text).encode("utf-8", "surrogatepass")


DAMAGES: tuple[Callable[[random.Random], bytes], ...] = (
    _truncated,
    _beheaded,
    _spliced,
    _flipped,
    _shuffled,
    _repeated,
    _holed,
    _sprinkled,
    _miscoded,
    _controlled,
)
