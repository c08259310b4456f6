"""The figures of the benchmark's report."""

from tests.bench.bench_engines import turns
from tests.bench.cases import CLASSES
from tests.bench.report import (
    Answers,
    agreement,
    all_new,
    build_table,
    percentiles,
    query_table,
)

BUILT = {
    "committed": 2.0,
    "settled": 2.0,
    "cpu": 2.0,
    "size": 1,
    "peak": 1,
    "child_peak": 1,
}


def test_percentiles_are_values_that_were_measured() -> None:
    """Half of the values are at most the median, one in a hundred is above p99."""
    assert percentiles(range(1, 102)) == [51, 96, 100]


def test_a_share_of_the_corpus_is_scaled_up_and_marked() -> None:
    """An engine that got half of the documents is shown with twice its time."""
    table = build_table(
        {"wensu": BUILT | {"documents": 8}, "whoosh": BUILT | {"documents": 4}},
        {"wensu": 1.0, "whoosh": 2.0},
    )
    assert "~4" in table
    assert "whoosh indexed 4 documents" in table


def test_engines_are_compared_query_by_query() -> None:
    """Ratios are to ours, and only what was asked counts."""
    cases = [{"kind": kind} for kind in CLASSES] * 2
    answers: Answers = {
        "wensu": [{"seconds": 0.002, "total": 7}] * len(cases),
        "tantivy": [{"seconds": 0.001, "total": 6}, None] * len(CLASSES),
    }
    table = query_table(cases, answers, {"wensu": 1.0, "tantivy": 1.0})
    row = next(line for line in table.split("\n") if "tantivy" in line)
    figures = [cell.strip() for cell in row.split("|")][3:-1]
    assert figures == ["1", "6", *["1.00"] * 3, *["0.50"] * 3]
    assert "| 1 word, rare    | 0     | 1           | 0 " in agreement(cases, answers)


def test_queries_of_new_words_are_told_from_others() -> None:
    """A word counts as new once, and not after the warm-up."""
    cases = [{"words": words} for words in (["甲"], ["乙", "丙"], ["丙"], [], ["丁"])]
    assert all_new([{"words": ["甲"]}], cases) == [1, 4]


def test_every_engine_is_asked_in_turn() -> None:
    """Fast engines get every query; slow ones some, and of words only."""
    cases = [{"kind": kind} for kind in CLASSES] * 6
    asked = list(turns(["wensu", "tantivy", "sqlite"], cases))
    assert sorted(place for name, place in asked if name == "wensu") == list(range(54))
    assert {cases[place]["kind"] for name, place in asked if name == "sqlite"} == (
        set(CLASSES) - {"exact", "page"}
    )
    assert len(set(asked)) == len(asked)
    assert {asked[0][0], asked[27][0]} == {"wensu", "tantivy"}
