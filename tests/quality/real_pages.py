"""The annotated real pages beside the project, and how well the cleaner reads them.

The pages belong to their publishers and are no part of the project; ``PAGES`` is
where they lie for checks. ``measure`` gives every figure the gate holds:

======================  ==========================================================
``text mean``           character F1 of the main content, mean over the pages
``text median``         the same, median
``text above .5``       share of pages with an F1 of one half at least
``text hans``, …        mean F1 of the pages in one script, one group, or with a
                        gold of 1,500 characters or more (``text long``)
``title``               share of annotated titles met letter by letter
``day``                 share of annotated days met
``author``              share of pages with an annotated writer where one is named
``author precision``    share of the pages so answered where a writer is right
======================  ==========================================================
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from statistics import median
from typing import Any

from crawler.clean import Skipped, clean
from crawler.read import to_page
from crawler.site import Profiles, load_profiles
from index.document import Document
from tests.quality.scoring import average, letters, score_text

PAGES = Path(__file__).resolve().parents[3] / "shared" / "pages"
LONG_GOLD = 1500
_DATE = re.compile(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class RealPage:
    """One annotated page.

    Attributes:
        name: Its id in the collection.
        group: The collection it comes from.
        script: ``hans`` or ``hant``.
        payload: Its bytes as served.
        encoding: What decodes them.
        html: The page as text.
        gold: Its main text, a paragraph a line.
        title: Its title, where annotated.
        author: Its writers, where annotated.
        day: When it was put up, ISO 8601, where a whole date is annotated.
    """

    name: str
    group: str
    script: str
    payload: bytes
    encoding: str
    html: str
    gold: str
    title: str | None
    author: str | None
    day: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A page and what the cleaner made of it; ``None`` where it was skipped."""

    page: RealPage
    document: Document | None
    f1: float


def result_of(text: str) -> Document | Skipped:
    """Read and clean a page as one of an unknown address."""
    return clean(to_page(text, _profiles()), _profiles())


def text_of(text: str) -> str:
    """Give the text that is found on a page."""
    result = result_of(text)
    return "" if isinstance(result, Skipped) else result.text


@cache
def _profiles() -> Profiles:
    return load_profiles()


def load_pages(folder: Path = PAGES) -> list[RealPage]:
    """Read the collection in the order of its list."""
    entries = json.loads((folder / "manifest.json").read_text("utf-8"))
    return [_page(folder, entry) for entry in entries]


def digest(folder: Path = PAGES) -> str:
    """Name the state of pages and annotations."""
    found = sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".html", ".txt", ".json"}:
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


def read_pages(pages: Iterable[RealPage]) -> list[Read]:
    """Read and clean every page as one of an unknown address."""
    found = []
    for page in pages:
        result = result_of(page.html)
        document = None if isinstance(result, Skipped) else result
        text = document.text if document else ""
        f1 = score_text(text, page.gold, page.title).f1
        found.append(Read(page=page, document=document, f1=f1))
    return found


def measure(read: Sequence[Read]) -> dict[str, float]:
    """Give the figures of the table above."""
    return {
        name: round(value, 4)
        for name, value in (_text_figures(read) | _field_figures(read)).items()
    }


def _text_figures(read: Sequence[Read]) -> dict[str, float]:
    """Score the main content, over all pages and over parts of them."""
    parts: dict[str, Callable[[RealPage], bool]] = {
        "hans": lambda page: page.script == "hans",
        "hant": lambda page: page.script == "hant",
        "long": lambda page: len(page.gold) >= LONG_GOLD,
    }
    for group in sorted({each.page.group for each in read}):
        parts[group] = lambda page, group=group: page.group == group  # type: ignore[misc]
    scores = [each.f1 for each in read]
    figures = {
        "text mean": average(scores),
        "text median": median(scores),
        "text above .5": average(f1 >= 0.5 for f1 in scores),
    }
    for name, belongs in parts.items():
        figures[f"text {name}"] = average(
            each.f1 for each in read if belongs(each.page)
        )
    return figures


def _field_figures(read: Sequence[Read]) -> dict[str, float]:
    """Score title, day and writers where they are annotated."""
    titles = [each for each in read if each.page.title]
    days = [each for each in read if each.page.day]
    authors = [each for each in read if each.page.author]
    answered = [each for each in authors if each.document and each.document.authors]
    return {
        "title": average(has_title(each) for each in titles),
        "day": average(has_day(each) for each in days),
        "author": average(names_author(each) for each in authors),
        "author precision": average(names_author(each) for each in answered),
    }


def has_title(read: Read) -> bool:
    """Tell whether the title is the annotated one, punctuation aside."""
    document = read.document
    return document is not None and letters(document.title) == letters(read.page.title)


def has_day(read: Read) -> bool:
    """Tell whether the date is the annotated day."""
    return read.document is not None and read.document.published == read.page.day


def names_author(read: Read) -> bool:
    """Tell whether one of the writers found is among the annotated ones."""
    wanted = read.page.author or ""
    return any(name in wanted for name in (read.document or _NOBODY).authors)


def _page(folder: Path, entry: dict[str, Any]) -> RealPage:
    """Read one page of the list."""
    payload = (folder / entry["file"]).read_bytes()
    date = _DATE.match(entry["date"] or "")
    return RealPage(
        name=entry["id"],
        group=entry["group"],
        script=entry["script"],
        payload=payload,
        encoding=entry["encoding"],
        html=payload.decode(entry["encoding"], "replace"),
        gold=(folder / entry["gold"]).read_text("utf-8"),
        title=entry["title"],
        author=entry["author"],
        day="{}-{:0>2}-{:0>2}".format(*date.groups()) if date else None,
    )


_NOBODY = Document(id="")
