"""Kill a crawl many times and see that it loses nothing and does nothing twice.

``python -m tests.bench.bench_kills`` kills 50 times on 1,000 pages; some minutes.
"""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from tests.crawler.kills import AT_A_TIME, kill_often


@click.command()
@click.option("--pages", default=1_000, help="Documents of the site.")
@click.option("--kills", default=50, help="How often to kill.")
@click.option("--seed", default=1, help="Another one, other moments.")
def main(pages: int, kills: int, seed: int) -> None:
    """Report; status 1 where anything was lost or done twice without need."""
    began = time.monotonic()
    with TemporaryDirectory() as folder:
        killed = kill_often(Path(folder), pages=pages, kills=kills, seed=seed)
    click.echo(
        f"{killed.kills} kills on {pages:,} pages, {time.monotonic() - began:.0f} s: "
        f"{killed.twice} requests twice (at most {killed.kills * AT_A_TIME}), "
        f"differs in: {', '.join(killed.differences) or 'nothing'}"
    )
    excess = killed.twice > killed.kills * AT_A_TIME
    sys.exit(bool(killed.differences) or excess)


if __name__ == "__main__":
    main()
