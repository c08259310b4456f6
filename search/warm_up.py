"""Compiling all loops once, so that nobody waits for them later.

``python -m search.warm_up`` builds a tiny archive in a temporary folder, changes it,
and asks it one query of every kind. What that compiles is kept (``index.compiled``);
where it is kept already, it takes a second.
"""

import logging
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from index.analysis import make_analyzer
from index.build import update_index
from index.codec.merging import merge_segments
from index.codec.segment_file import EXTENSION, SegmentFile
from index.document import Block, BlockKind, Capture, Document
from index.home import Home
from index.settings import IndexSettings
from index.store import Store, payload_digest
from search.precedents_results import Order, PrecedentRequest
from search.results import SearchRequest, Sort
from search.service import open_service
from search.wording import WordingRequest

logger = logging.getLogger(__name__)

_HEADING: Final = "一、渡口。"
_TEXT: Final = "云溪县渡口管理工作总结，渡口3处，渡口整修。"
_QUERIES: Final = (
    *("渡口", "渡口 工作", "渡口 OR 工作 OR 整修", '"渡口管理工作"', '"渡口 工作"~9'),
    *("渡*", "渡口 -清单", "渡口 year:2020", "标题:渡口", "溪", "渡口 不在这里的"),
    *("统战部", "渡口 OR 渡*"),
)


def warm_up() -> None:
    """Compile what is not compiled yet."""
    logger.info("compiling, once after an installation or a change: half a minute")
    with TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        analyzer, settings = make_analyzer(), IndexSettings(processes=1)
        with_copy = [*range(12), 11]
        for start in (0, 6):
            store = Store(home.store, create=True)
            with store.transaction():
                for place, number in enumerate(with_copy[start : start + 7], start):
                    _put(store, place, number)
            for _ in update_index(home, store, analyzer, settings):
                pass
            store.close()
        files = sorted(home.index.rglob(f"*{EXTENSION}"))
        merged = Path(folder) / f"merged{EXTENSION}"
        merge_segments(merged, [(SegmentFile(path), {0}) for path in files])
        _ask(home)


def _put(store: Store, place: int, number: int) -> None:
    """Store a document; those of one number have the same text."""
    body = f"{_TEXT}第{number}号。" + "渡口" * 20 * number
    blocks = (
        Block(
            anchor="b1",
            kind=BlockKind.PARAGRAPH,
            text=_HEADING + body,
            heading_length=len(_HEADING),
        ),
        Block(anchor="b2", kind=BlockKind.PARAGRAPH, text=_TEXT),
    )
    name = f"{place:016x}"
    document = Document(id=name, title="渡口工作", site="渡口站", blocks=blocks)
    if number % 2:
        document = replace(document, year=2020, published="2020-05-01")
    capture = Capture(
        at="2020-01-01T00:00:00Z",
        status=None,
        digest=payload_digest(name.encode("ascii")),
        origin=name,
    )
    store.put(document, capture, b"", "warm-up")


def _ask(home: Home) -> None:
    """Ask every kind of query, in every order, with and without filters."""
    service = open_service(home)
    for text in _QUERIES:
        service.search(SearchRequest(text=text))
    plain = SearchRequest(text="渡口")
    for request in (
        replace(plain, year_from=2020, collapse=False),
        replace(plain, page=101, per_page=1),
        replace(plain, sort=Sort.NEWEST),
        replace(plain, complete=True),
    ):
        service.search(request)
    service.wording.track(WordingRequest(phrases=("渡口",)))
    for typed in ("渡", "duk", "渡k", '标题:"渡'):
        service.suggester.suggest(typed)
    for order in Order:
        service.precedents.find(PrecedentRequest(text=2 * _TEXT, order=order))
    service.similar.find(f"{0:016x}")
    service.close()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    warm_up()
