"""Gate: near-duplicates among real texts are found, and nothing else is."""

from pathlib import Path

import pytest

from tests.quality.near_duplicates import (
    Score,
    choose_bases,
    make_set,
    measure,
    read_texts,
)

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
BASES, EACH = 900, 40


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Score:
    """Store the labelled set, and score the groups."""
    labelled = make_set(choose_bases(read_texts(CORPORA), BASES), EACH)
    return measure(labelled, tmp_path_factory.mktemp("quality") / "store.sqlite3").score


def test_variants_are_with_their_text(found: Score) -> None:
    """Of all variants 98 in 100, of those cut or converted as many as is stated."""
    assert found.recall["all"] >= 0.98
    assert found.recall["truncated"] >= 0.93
    assert found.recall["script"] >= 0.99
    assert min(found.recall.values()) >= 0.9


def test_what_is_put_together_belongs_together(found: Score) -> None:
    """Of the documents that another stands for, 995 in 1000 are variants of it."""
    assert found.precision >= 0.995


@pytest.mark.parametrize("kind", ["borrowed", "sibling", "slogans"])
def test_what_only_looks_alike_is_left_alone(found: Score, kind: str) -> None:
    """A third of the sentences, another year, the same slogans: at most 5 in 100."""
    assert found.flagged[kind] <= 0.05
