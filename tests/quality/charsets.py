"""Bytes in every charset of Chinese pages, with labels that tell the truth or not.

Cases are derived from the annotated real pages: their bytes as served, with and
without the label in the markup; the same page written in GB18030 and in Big5
(traditional pages) under labels that lie; one hundred characters alone; a bad byte
in the middle; an end in the middle of a character. A case counts as right when the
Han trigrams of the text come back with an F1 of .99.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.decode import decode
from tests.quality.real_pages import RealPage
from tests.quality.scoring import average

_LABEL = re.compile(rb"<meta[^>]*charset[^>]*>", re.IGNORECASE)
_HAN = re.compile("[\u4e00-\u9fff]+")
_WANTED = 0.99
_SHORT = 100
_CODECS = {"hans": ("gb18030",), "hant": ("big5hkscs", "gb18030")}
_LIES = {"gb18030": b"utf-8", "big5hkscs": b"gb2312"}


class Case(NamedTuple):
    """Bytes, and the text they are."""

    kind: str
    payload: bytes
    text: str


def measure(pages: Sequence[RealPage]) -> dict[str, float]:
    """Give the share of cases read right, each kind for itself."""
    outcomes: dict[str, list[bool]] = defaultdict(list)
    for case in cases(pages):
        outcomes[case.kind].append(is_right(case))
    return {kind: round(average(found), 4) for kind, found in outcomes.items()}


def cases(pages: Sequence[RealPage]) -> Iterator[Case]:
    """Derive the cases of all pages."""
    for page in pages:
        yield Case("as served", page.payload, page.html)
        yield Case("no label", _LABEL.sub(b"", page.payload), page.html)
        for codec in _CODECS[page.script]:
            yield from _written_in(codec, page)


def _written_in(codec: str, page: RealPage) -> Iterator[Case]:
    """Write a page anew; characters the codec lacks become references."""
    unlabelled = re.sub(_LABEL.pattern.decode(), "", page.html, flags=re.IGNORECASE)
    payload = unlabelled.encode(codec, "xmlcharrefreplace")
    text = payload.decode(codec)
    lie = b'<meta charset="%s">' % _LIES[codec]
    half = payload.find(b">", len(payload) // 2) + 1
    yield Case(f"{codec}, no label", payload, text)
    yield Case(f"{codec}, lying label", lie + payload, text)
    yield Case(f"{codec}, a bad byte", payload[:half] + b"\xff" + payload[half:], text)
    words = "".join(_HAN.findall(page.gold))[: _SHORT + 1]
    short = words.encode(codec, "ignore")
    if len(words) > _SHORT:
        text = short.decode(codec)
        yield Case(f"{codec}, 100 characters", short, text)
        yield Case(f"{codec}, cut in a character", short[:-1], text[:-1])


def is_right(case: Case) -> bool:
    """Tell whether decoding gives the text back."""
    found, wanted = _grams(decode(case.payload).text), _grams(case.text)
    shared = (found & wanted).total()
    return 2 * shared >= _WANTED * (found.total() + wanted.total())


def _grams(text: str) -> Counter[str]:
    """Count the trigrams of the Han characters of a text."""
    han = "".join(_HAN.findall(text))
    return Counter(han[i : i + 3] for i in range(len(han) - 2))
