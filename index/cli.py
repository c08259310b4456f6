"""Commands of this package: index, templates, stats, failed, check."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from index.analysis import make_analyzer
from index.build import Progress, update_index
from index.check import find_problems
from index.coverage import lines_of, reach
from index.home import Home
from index.settings import IndexSettings, read_settings
from index.store import Store
from index.warc_check import warc_files


@contextmanager
def opened_store(home: Home, *, create: bool = False) -> Iterator[Store]:
    """Open the store of a home folder and close it again."""
    store = Store(home.store, create=create)
    try:
        yield store
    finally:
        store.close()


def group_rest(store: Store) -> None:
    """Group the documents of an earlier version's store, behind a progress bar."""
    steps = store.groups.rest()
    left = next(steps)
    if not left:
        return
    with click.progressbar(length=left, label="grouping", file=sys.stderr) as bar:
        for now in steps:
            bar.update(left - now)
            left = now


@click.command("index")
@click.option("--rebuild", is_flag=True, help="Make the index anew, then swap it in.")
@click.pass_obj
def index_command(home: Home, *, rebuild: bool) -> None:
    """Bring the index up to date with the store."""
    settings = read_settings(home.settings, "index", IndexSettings)
    analyzer = make_analyzer(home.dictionaries)
    with opened_store(home) as store:
        learn_templates(store)
        group_rest(store)
        steps = update_index(home, store, analyzer, settings, rebuild=rebuild)
        last = next(steps, Progress(done=0, total=0))
        with click.progressbar(
            length=last.total, label="indexing", file=sys.stderr
        ) as bar:
            for step in steps:
                bar.update(step.done - last.done)
                last = step
    click.echo(f"{last.total} documents indexed" if last.total else "nothing to do")


def learn_templates(store: Store) -> None:
    """Learn what repeats across sites, behind a progress bar where it takes time."""
    steps = store.templates.learn()
    last = next(steps, None)
    if last is None:
        return
    with click.progressbar(
        length=last.total, label="site templates", file=sys.stderr
    ) as bar:
        for step in steps:
            bar.update(step.done - last.done)
            last = step


@click.command("templates")
@click.option(
    "--keep", metavar="SITE", help="Put a site's template back into its texts."
)
@click.option("--remove", metavar="SITE", help="Undo --keep: take it out again.")
@click.pass_obj
def templates_command(home: Home, keep: str | None, remove: str | None) -> None:
    """List the blocks that repeat across a site and are kept out of its texts."""
    with opened_store(home) as store:
        learn_templates(store)
        for site, kept in ((keep, True), (remove, False)):
            if site is not None:
                _change_template(store, site, keep=kept)
        for block in store.templates.learnt():
            click.echo(f"{block.site}\t{block.documents}\t{block.place}\t{block.text}")
        for site in store.templates.kept():
            click.echo(f"{site}: left in the text; --remove takes it out", err=True)


def _change_template(store: Store, site: str, *, keep: bool) -> None:
    """Put a template back or take it out; refuse a site that has none."""
    if site not in {block.site for block in store.templates.learnt()}:
        message = f"no template was learnt of {site!r}: wensu templates lists the sites"
        raise click.UsageError(message)
    store.templates.keep(site, keep=keep)
    learn_templates(store)


@click.command("stats")
@click.pass_obj
def stats_command(home: Home) -> None:
    """Count what the archive holds."""
    with opened_store(home) as store:
        for name, count in store.counts().items():
            click.echo(f"{name:<16}{count:>10,}")
        for name, table in store.tallies().items():
            click.echo(f"\nby {name}")
            for value, count in table.items():
                click.echo(f"  {value or '-'}\t{count:,}")
        click.echo("\ncoverage")
        for line in lines_of(store.crawled.coverage()):
            click.echo(f"  {line}")
        size = home.store.stat().st_size
        click.echo(f"\nstore           {size / 1e6:.1f} MB")


@click.command("failed")
@click.option("--site", metavar="SITE", help="Only of the site of this name or host.")
@click.pass_obj
def failed_command(home: Home, site: str | None) -> None:
    """List the addresses that gave no page, and why; crawl --retry tries again."""
    with opened_store(home) as store:
        hosts = None
        if site is not None:
            reached = reach(store.crawled.coverage(), (site,))
            if not reached.sites:
                message = f"nothing is known of {site!r}: wensu stats lists the sites"
                raise click.UsageError(message)
            hosts = reached.total.hosts
        failed = store.crawled.failed(hosts)
    for each in failed:
        click.echo("\t".join((each.url, each.reason, each.at or "-", each.detail)))
    click.echo(f"{len(failed)} addresses failed", err=True)


@click.command("check")
@click.pass_obj
@click.pass_context
def check_command(context: click.Context, home: Home) -> None:
    """Re-read store, WARC files and index and tell what is amiss."""
    analyzer = make_analyzer(home.dictionaries)
    with opened_store(home) as store:
        problems = list(find_problems(home, store, analyzer))
        documents = store.counts()["documents"]
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        context.exit(1)
    files = len(warc_files(home.warc))
    archive = f", {files} WARC files" if files else ""
    click.echo(f"{documents} documents{archive}: store and index agree")
