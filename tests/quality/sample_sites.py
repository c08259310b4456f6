"""How well the sample sites' own pages are read, by what their author wrote down.

Every field and passage is held one by one in ``tests/crawler/test_gold.py``; here
are the shares, beside those of the real pages::

    passages     passages of the gold that stand once in the text
    furniture    page furniture that does not stand in it
    title, published, year, publisher, authors, script
                 shares of pages whose field is the gold's
"""

import re
from collections.abc import Sequence
from functools import cache
from hashlib import sha256

from crawler.clean import Skipped
from crawler.read import read_page
from crawler.site import load_profiles
from index.document import Document
from tests.quality.scoring import average
from tests.sites.gold import Gold, load_gold

_FIELDS = ("title", "published", "year", "publisher", "authors", "script")


@cache
def read_all() -> tuple[tuple[Gold, Document], ...]:
    """Read every sample page; one that is skipped has an empty document."""
    profiles = load_profiles()
    found = []
    for gold in load_gold():
        result = read_page(gold.path.read_bytes(), profiles)
        document = Document(id="") if isinstance(result, Skipped) else result
        found.append((gold, document))
    return tuple(found)


def digest() -> str:
    """Name the state of the pages and of what their author wrote down."""
    found = sha256()
    for gold in load_gold():
        found.update(gold.path.read_bytes())
        found.update(repr(gold).replace(str(gold.path), "").encode())
    return found.hexdigest()[:16]


def measure(read: Sequence[tuple[Gold, Document]]) -> dict[str, float]:
    """Give the figures above."""
    texts = [(gold, _bare(document.text)) for gold, document in read]
    figures = {
        "passages": average(
            text.count(_bare(passage)) == 1
            for gold, text in texts
            for passage in (gold.starts_with, *gold.contains, gold.ends_with)
        ),
        "furniture": average(
            _bare(words) not in text for gold, text in texts for words in gold.absent
        ),
    }
    for name in _FIELDS:
        figures[name] = average(
            _bare(str(getattr(document, name))) == _bare(str(getattr(gold, name)))
            for gold, document in read
        )
    return {name: round(value, 4) for name, value in figures.items()}


def _bare(text: str) -> str:
    """Take the white space out of a string."""
    return re.sub(r"\s+", "", text)
