"""Gate: wrong characters are mended, and right queries are left alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.quality.corrections import make_archive, measure, right_cases, wrong_cases


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, float]]:
    """Make the archive, ask it everything, and count what came out right."""
    folder = Path(tmp_path_factory.mktemp("corrections"))
    service = make_archive(folder)
    cases = [*wrong_cases(service, folder), *right_cases(service, folder)]
    yield measure(service, cases)
    service.close()


@pytest.mark.parametrize("kind", ["sound", "near sound", "shape", "pinyin"])
def test_wrong_characters_are_mended(found: dict[str, float], kind: str) -> None:
    """Of terms with one wrong character, 9 in 10 come back as they were."""
    assert found[kind] >= 0.9


@pytest.mark.parametrize(
    "kind",
    [
        *("right term", "right rare term", "right words", "right running words"),
        *("right string", "question"),
    ],
)
def test_right_queries_are_left_alone(found: dict[str, float], kind: str) -> None:
    """Of right queries at most 5 in 1000 get an offer."""
    assert found[kind] >= 0.995
