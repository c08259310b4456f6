"""Real pages that other tools saved as text are read nearly as well as pages."""

import pytest

from tests.quality.renderings import WAYS, sampled_scores

FLOORS = {"copied": 0.925, "wrapped": 0.93, "markdown": 0.905, "dumped": 0.965}
"""Just below what one page in six gives; all of them give .943, .943, .931, .945."""


@pytest.mark.parametrize("way", WAYS)
def test_a_page_saved_as_text_gives_its_text(way: str) -> None:
    """Without tags, most of what is found is still the text and nothing else."""
    found = sampled_scores(WAYS[way])
    assert len(found) > 30
    assert sum(found) / len(found) >= FLOORS[way]
