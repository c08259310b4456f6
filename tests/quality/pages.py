"""Real pages with gold text, which stand beside the project and not in it."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from crawler.clean import Skipped, clean
from crawler.read import to_page
from crawler.site import Profiles, load_profiles
from index.document import Document
from index.fold import fold

PAGES = Path(__file__).resolve().parents[3] / "shared" / "pages"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPage:
    """A page and the text it holds.

    Attributes:
        id: Its name in the collection.
        html: The page, decoded.
        gold: Its text, a paragraph a line.
        title: Its title, where it was annotated.
        script: ``hans`` or ``hant``.
    """

    id: str
    html: str
    gold: str
    title: str | None
    script: str

    @property
    def lines(self) -> list[str]:
        """The paragraphs of the text."""
        return [line.strip() for line in self.gold.splitlines() if line.strip()]


@cache
def load_pages() -> tuple[GoldPage, ...]:
    """Read all pages."""
    listed = json.loads((PAGES / "manifest.json").read_text("utf-8"))
    return tuple(
        GoldPage(
            id=one["id"],
            html=(PAGES / one["file"]).read_bytes().decode(one["encoding"], "replace"),
            gold=(PAGES / one["gold"]).read_text("utf-8"),
            title=one["title"],
            script=one["script"],
        )
        for one in listed
    )


@cache
def _profiles() -> Profiles:
    return load_profiles()


def read(text: str) -> Document | Skipped:
    """Read and clean a page as ingest does."""
    return clean(to_page(text, _profiles()), _profiles())


def extract(text: str) -> str:
    """Give the text that is found on a page."""
    document = read(text)
    return "" if isinstance(document, Skipped) else document.text


@cache
def _scorer() -> Any:
    """Load the scorer that stands beside the pages."""
    spec = spec_from_file_location("score", PAGES / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def f1(found: str, page: GoldPage) -> float:
    """Score a text against a page's gold: F1 of character trigrams, either script."""
    scorer = _scorer()
    title = fold(page.title or "")
    ones, others = (scorer.canon(fold(text), title) for text in (found, page.gold))
    return float(scorer.prf(ones, others)[2])
