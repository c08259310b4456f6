"""Characters of like shape, and how their table is made."""

import pytest

from index.derive_lookalikes import common, derive
from index.lookalikes import lookalikes


@pytest.mark.parametrize("pair", ["未末", "己已", "侯候", "折拆", "微徽", "晴睛"])
def test_known_pairs_are_lookalikes(pair: str) -> None:
    """What people mistake is in the table, both ways."""
    assert pair[1] in lookalikes(pair[0])
    assert pair[0] in lookalikes(pair[1])


def test_nothing_is_its_own_lookalike() -> None:
    """No character stands for itself, and rare ones have none."""
    assert all(char not in lookalikes(char) for char in common())
    assert lookalikes("龘") == frozenset()


def test_groups_are_made_by_parts_and_corners() -> None:
    """What has one part more or another one, or the same code, is a group."""
    parts = {"候": [["侯", "丨"]], "晴": [["日", "青"]], "睛": [["目", "青"]]}
    corners = {"未": "50900", "末": "50900", "本": "50230"}
    lines = derive(parts, corners)
    groups = {frozenset(line) for line in lines}
    assert groups >= {frozenset(pair) for pair in ("候侯", "青晴睛", "未末")}
    assert not any("本" in line for line in lines)
