"""Commands that tell of the store and its sites: templates, stats, failed."""

import click

from index.coverage import lines_of, reach
from index.home import Home
from index.steps_cli import learn_templates, opened_store
from index.store import Store


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
