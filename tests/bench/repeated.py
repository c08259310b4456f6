"""Pages that repeat themselves, and texts full of the marks that tools leave.

The repeats are hard on the search for copies: equal lines, lines printed again in
the same or another order, each copy a little longer than the one before. The marks
are what the patterns of the text reader begin with.
"""

import random
import re
from collections.abc import Callable, Sequence

from tests.bench.damaged import size

_SIGNS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
_MARKS = [
    *(
        "1. ",
        "| ",
        "- ",
        "# ",
        "> ",
        "\\*",
        "* \n",
        "|\n",
        " \n",
        "字 ",
        "|字|\n",
        "= ",
    ),
    *re.findall(
        r"\S+",
        """** __ **字 [ ]( []( [字]( ![]( [](( (((( )))) [1] [1]字 <http:// &# &amp; ━
        ┃字 │ ... 。。 111 ## > \\ data: [](data: 1.http:// References - 3 - 第1页 1/2
        """,
    ),
]


def _clause(chance: random.Random, letters: int) -> str:
    return "".join(chance.choices(_SIGNS, k=letters))


def _lines(chance: random.Random, count: int) -> list[str]:
    """Make lines of a few clauses, none twice."""
    letters, clauses = chance.randrange(2, 20), chance.randrange(1, 8)
    return [
        "，".join(_clause(chance, letters) for _ in range(clauses)) + f"{i}。"
        for i in range(count)
    ]


def _page(chance: random.Random, lines: Sequence[str]) -> bytes:
    """Write lines as a page or as a text."""
    opening, between = chance.choice(
        (("", "\n"), ("<p>", "</p><p>"), ("<p>", "<br>"), ("<p>", ""), ("", ""))
    )
    return (opening + between.join(lines)).encode()


def _equal_lines(chance: random.Random) -> bytes:
    """One line over and over, or a few in turns."""
    few = _lines(chance, chance.choice((1, 1, 2, 3, 30)))
    return _page(chance, few * (size(chance, 100_000) // len(few) + 1))


def _printed_again(chance: random.Random) -> bytes:
    """A whole page printed twice to a thousand times."""
    times = chance.choice((2, 3, 20, 21, 100, 1000))
    return _page(chance, _lines(chance, size(chance, 60_000) // times + 1) * times)


def _parts_again(chance: random.Random) -> bytes:
    """Parts of a page printed again in another order each time, some of it new."""
    parts = [_lines(chance, size(chance, 400)) for _ in range(chance.randrange(2, 30))]
    printed: list[str] = []
    for number in range(chance.choice((2, 3, 20, 40))):
        chance.shuffle(parts)
        printed += [line for part in parts for line in part]
        printed += _lines(chance, chance.choice((0, number)))
    return _page(chance, printed)


def _equal_clauses(chance: random.Random) -> bytes:
    """Clauses of so few signs that most of them stand several times by chance."""
    letters = chance.randrange(1, 6)
    count = size(chance, 400_000)
    clauses = [_clause(chance, letters) for _ in range(count)]
    return _page(chance, [*map("".join, zip(clauses, "，。" * count, strict=False))])


def _marked_text(chance: random.Random) -> bytes:
    """Marks of tools, one or three kinds, in runs and in lines."""
    few = chance.sample(_MARKS, chance.choice((1, 1, 3)))
    run = "".join(chance.choices(few, k=size(chance, 600_000)))
    before = chance.choice(("", "[字](x) [字](x)\n", "## 字\n", "1. http://a\n" * 4))
    return f"{before}{run}\n{_clause(chance, 60)}。".encode()


REPEATS: tuple[Callable[[random.Random], bytes], ...] = (
    _equal_lines,
    _printed_again,
    _parts_again,
    _equal_clauses,
    _marked_text,
    _marked_text,
)
