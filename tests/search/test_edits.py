"""Laws of the comparison of sequences, held against the textbook's table."""

from hypothesis import given
from hypothesis import strategies as st

from search.edits import Budget, Run, common_runs

FEW = st.text(alphabet="甲乙丙", max_size=12)
PLENTY = 1_000_000


def longest_common(one: str, other: str) -> int:
    """Count the characters of a longest common subsequence, by the table."""
    row = [0] * (len(other) + 1)
    for left in one:
        before = row
        row = [0]
        for place, right in enumerate(other):
            best = max(row[-1], before[place + 1])
            row.append(before[place] + 1 if left == right else best)
    return row[-1]


def checked(one: str, other: str, runs: list[Run]) -> int:
    """Hold runs to be common and in order; count their characters."""
    first = second = 0
    for run in runs:
        assert run.length > 0
        assert run.first >= first
        assert run.second >= second
        first, second = run.first + run.length, run.second + run.length
        assert one[run.first : first] == other[run.second : second]
    return sum(run.length for run in runs)


@given(FEW, FEW)
def test_as_much_is_common_as_can_be(one: str, other: str) -> None:
    """No way to make one of the other keeps more."""
    runs = common_runs(one, other, Budget(PLENTY))
    assert checked(one, other, runs) == longest_common(one, other)


@given(FEW, FEW, st.integers(0, 30))
def test_little_budget_finds_less_and_nothing_wrong(
    one: str, other: str, steps: int
) -> None:
    """Beginning and end are found without any."""
    runs = common_runs(f"头{one}尾", f"头{other}尾", Budget(steps))
    assert checked(f"头{one}尾", f"头{other}尾", runs) >= 2


@given(FEW)
def test_sequence_is_one_run_of_itself(text: str) -> None:
    """Nothing differs, and nothing is spent."""
    budget = Budget(0)
    runs = common_runs(text, text, budget)
    assert runs == ([Run(0, 0, len(text))] if text else [])


def test_budget_is_shared_and_hardly_overdrawn() -> None:
    """Work ends within one row of what is allowed, however long the sequences."""
    budget = Budget(10_000)
    one, other = "甲" * 5_000 + "乙" * 5_000, "乙" * 5_000 + "丙" * 5_000
    common_runs(one, other, budget)
    assert -20_000 < budget.steps <= 0
