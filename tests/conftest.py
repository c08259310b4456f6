"""What every test may use."""

from pathlib import Path

SHARED = Path(__file__).resolve().parents[2] / "shared"
SEEDS = SHARED / "seeds"

# Seeds, annotated pages and corpora are not part of the project. A newcomer's
# `make test` does without them; .ci/run fails first where they are missing.
_NEEDED = {
    "seeds": SEEDS,
    "quality/test_doubled.py": SHARED / "pages",
    "quality/test_gate.py": SHARED / "pages",
    "quality/test_near_duplicates.py": SHARED / "corpora",
    "quality/test_renderings.py": SHARED / "pages",
}
collect_ignore = [test for test, folder in _NEEDED.items() if not folder.is_dir()]
