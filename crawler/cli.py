"""Commands of this package but ``crawl``: ingest, skipped."""

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click

from crawler.files import from_files
from crawler.ingest import Received, Summary, ingest
from crawler.settings import CrawlSettings
from crawler.site import load_profiles
from crawler.sources import find_sources
from index.home import Home
from index.settings import read_settings
from index.steps_cli import group_rest, learn_templates
from index.store import Outcome, Store


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.pass_obj
def ingest_command(home: Home, paths: Sequence[Path]) -> None:
    """Read pages (.html, .htm, .txt, .warc, .warc.gz, .zip or folders) in."""
    settings = read_settings(home.settings, "crawl", CrawlSettings)
    sources = find_sources(paths)
    total = sum(source.size_bytes for source in sources)
    pages = from_files(sources, settings.max_bytes)
    _take_in(home, pages, "reading", total, lambda summary: summary.size_bytes)


def _take_in(
    home: Home,
    pages: Iterable[Received],
    label: str,
    length: int,
    measure: Callable[[Summary], int],
) -> None:
    """Clean and store pages behind a progress bar, then sum up.

    Args:
        home: Where the store is.
        pages: Pages as they come in.
        label: What is being done.
        length: What the measure comes to when all is done.
        measure: Tells how much is done.
    """
    profiles = load_profiles(home.sites)
    store = Store(home.store, create=True)
    group_rest(store)
    summary = Summary()
    try:
        with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
            for summary in ingest(pages, store, profiles):
                bar.update(measure(summary) - bar.pos)
        learn_templates(store)
    finally:
        store.close()
    click.echo(describe(summary))


def describe(summary: Summary) -> str:
    """Sum up what came in, one line."""
    counts = [f"{summary.read} read"]
    counts += [f"{summary.outcomes[outcome]} {outcome}" for outcome in Outcome]
    counts.append(f"{summary.near_duplicates} near-duplicate")
    skipped = [f"{n} {reason}" for reason, n in sorted(summary.skipped.items())]
    total = sum(summary.skipped.values())
    counts.append(f"{total} skipped" + (f" ({', '.join(skipped)})" if skipped else ""))
    return ", ".join(counts)


@click.command("skipped")
@click.pass_obj
def skipped_command(home: Home) -> None:
    """List the pages that yielded no document, and why."""
    store = Store(home.store)
    try:
        pages = store.skipped()
    finally:
        store.close()
    for page in pages:
        click.echo(f"{page.origin}\t{page.reason}\t{page.detail}")
    click.echo(f"{len(pages)} pages skipped", err=True)
