"""Real pages printed twice in many ways are read once, and others lose nothing."""

import pytest

from crawler.clean import Skipped
from crawler.repeats import RULE
from tests.quality.doubled import WAYS, sampled_scores
from tests.quality.real_pages import load_pages, result_of

FLOOR = 0.93
"""Measured on all pages: .945 to .967; one in six is looked at here."""


@pytest.mark.parametrize("way", WAYS)
def test_a_page_printed_again_is_read_once(way: str) -> None:
    """Whatever way a text is printed again, most of what is found is one copy."""
    found = sampled_scores(WAYS[way])
    assert len(found) > 30
    assert sum(found) / len(found) >= FLOOR


def test_no_line_of_a_normal_page_is_taken_for_a_copy() -> None:
    """None of the pages repeats its text, so none loses a line."""
    for page in load_pages():
        document = result_of(page.html)
        if isinstance(document, Skipped):
            continue
        lost = [part.text for part in document.removed if part.rule == RULE]
        assert lost == [], page.name
