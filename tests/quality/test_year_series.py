"""Gate: the texts of a unit are found, and nothing else is put among them."""

import pytest

from tests.quality.year_series import Labelled, Score, make_archive, measure

PLACES, SEEDS = 150, (1, 2)


@pytest.fixture(scope="module", params=SEEDS)
def archive(request: pytest.FixtureRequest) -> list[Labelled]:
    """Draw an archive."""
    return make_archive(PLACES, request.param)


@pytest.fixture(scope="module")
def found(archive: list[Labelled]) -> Score:
    """Find its series."""
    return measure(archive)


def test_what_is_put_together_belongs_together(found: Score) -> None:
    """Sibling offices, namesakes elsewhere, other genres and half years stay out."""
    assert found.precision >= 0.998, found.wrong


def test_years_of_one_unit_are_put_together(found: Score) -> None:
    """However title, source, breadcrumb and site name it, in either script."""
    assert found.recall >= 0.99, found.missed


def test_archive_has_what_looks_alike(archive: list[Labelled]) -> None:
    """Every sort of it, or the figures above would say little."""
    sorts = {each.sort for each in archive}
    assert {"half", "genre", "topic", "sibling", "below", "model"} <= sorts
    assert {"title", "slogan", "script", "publisher", "site", "path"} <= sorts
