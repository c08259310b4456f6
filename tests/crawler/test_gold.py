"""Every sample page becomes what its author wrote down beside it."""

import re
from collections.abc import Iterable
from functools import cache

import pytest

from crawler.clean import Skipped
from crawler.read import read_page
from crawler.site import load_profiles
from index.document import Document
from tests.sites.gold import Gold, load_gold

each_page = pytest.mark.parametrize(
    "gold", load_gold(), ids=lambda gold: f"{gold.site}/{gold.file}"
)


@cache
def _document(gold: Gold) -> Document:
    """Read and clean a sample page as a file."""
    document = read_page(gold.path.read_bytes(), load_profiles())
    assert not isinstance(document, Skipped), document
    return document


def _bare(text: str) -> str:
    """Take the white space out of a string."""
    return re.sub(r"\s+", "", text)


def _all_bare(texts: Iterable[str]) -> list[str]:
    return [_bare(text) for text in texts]


@each_page
def test_page_tells_what_it_is(gold: Gold) -> None:
    """Title, dates, source, writers and script are those the gold names."""
    document = _document(gold)
    assert _bare(document.title) == _bare(gold.title)
    assert document.published == gold.published
    assert document.year == gold.year
    assert document.publisher == gold.publisher
    assert document.authors == gold.authors
    assert document.script == gold.script


@each_page
def test_page_tells_where_it_stands(gold: Gold) -> None:
    """Breadcrumb and address are those the gold names."""
    document = _document(gold)
    if gold.breadcrumb is not None:
        assert document.path == gold.breadcrumb
    if gold.url is not None:
        assert document.url == gold.url


@each_page
def test_page_tells_what_it_leaves_out(gold: Gold) -> None:
    """Completeness has the numbers the page gives."""
    found = _document(gold).completeness
    assert found.complete is gold.complete
    assert (found.shown, found.claimed) == (gold.shown, gold.claimed)
    assert found.omissions == gold.omissions
    assert bool(found.reason) is not gold.complete


@each_page
def test_outline_has_every_heading_once(gold: Gold) -> None:
    """Sections are the headings in order; those left out have no anchor."""
    sections = _document(gold).sections
    assert _all_bare(section.heading for section in sections) == _all_bare(
        gold.sections
    )
    hidden = [section.heading for section in sections if section.anchor is None]
    assert set(_all_bare(gold.hidden_sections)) <= set(_all_bare(hidden))


@each_page
def test_text_is_whole_and_alone(gold: Gold) -> None:
    """The text has its passages once, from first to last, and no page furniture."""
    document = _document(gold)
    text = _bare(document.text)
    assert text.startswith(_bare(gold.starts_with))
    assert text.endswith(_bare(gold.ends_with))
    assert [
        passage for passage in gold.contains if text.count(_bare(passage)) != 1
    ] == []
    assert [words for words in gold.absent if _bare(words) in text] == []
    removed = _bare("".join(part.text for part in document.removed))
    assert [part for part in gold.removed_contains if _bare(part) not in removed] == []
