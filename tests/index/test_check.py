"""Facts about holding store and index against each other."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from index.analysis import make_analyzer
from index.check import find_problems
from index.generations import live_generation
from index.home import Home
from index.manifest import NAME
from index.store import Store
from tests.corpus import CORPUS, build, fill, make_document

ONE = CORPUS[0].id


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Make an archive whose index is up to date."""
    home = Home(tmp_path)
    fill(home)
    build(home)
    return home


def problems(home: Home) -> list[str]:
    """Check an archive."""
    store = Store(home.store)
    found = list(find_problems(home, store, make_analyzer(home.dictionaries)))
    store.close()
    return found


def test_fresh_index_agrees_with_the_store(home: Home) -> None:
    """There is nothing to say right after a build."""
    assert problems(home) == []


def test_documents_not_yet_indexed_are_counted(home: Home) -> None:
    """New and changed documents are told apart, each with the command."""
    new = [make_document(number, "新", f"正文{number}。") for number in range(90, 97)]
    fill(home, [*new, replace(CORPUS[0], title="改过")])
    fresh, changed = problems(home)
    assert fresh.startswith("7 documents are not yet indexed")
    assert fresh.endswith(", ...): run wensu index")
    assert changed.startswith("1 documents are changed")
    assert CORPUS[0].id in changed


def test_documents_gone_from_the_store_are_named(home: Home) -> None:
    """An index that knows more than the store does not agree with it."""
    home.store.unlink()
    fill(home, CORPUS[1:])
    assert any(CORPUS[0].id in problem for problem in problems(home))


def test_missing_index_is_a_problem(tmp_path: Path) -> None:
    """A store without an index is told so."""
    home = Home(tmp_path)
    fill(home, CORPUS[:2])
    assert len(problems(home)) == 1
    assert "run wensu index" in problems(home)[0]


def test_broken_index_is_a_problem(home: Home) -> None:
    """An index that cannot be opened is told as such, not raised."""
    (live_generation(home.index) / NAME).unlink()
    assert len(problems(home)) == 1
    assert "cannot be opened" in problems(home)[0]


def test_damaged_store_is_a_problem_and_the_index_is_looked_at_too(home: Home) -> None:
    """One thing amiss does not hide another."""
    connection = sqlite3.connect(home.store)
    connection.execute("UPDATE revisions SET body = x'00' WHERE document = ?", [ONE])
    connection.commit()
    connection.close()
    (live_generation(home.index) / NAME).unlink()
    damage, index = problems(home)
    assert "does not match its digest" in damage
    assert "cannot be opened" in index
