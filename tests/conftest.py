"""What every test may use."""

from pathlib import Path

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"

# The seed pages are not part of the project. A newcomer's `make test` does without
# them; .ci/run fails first where they are missing.
collect_ignore = [] if SEEDS.is_dir() else ["seeds"]
