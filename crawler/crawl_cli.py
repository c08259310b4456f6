"""The command ``wensu crawl``."""

import sys
from collections.abc import Sequence
from dataclasses import replace

import click

from crawler.crawl import Asked, check_seeds, crawl
from crawler.errors import NothingFetched, UnknownSite
from crawler.progress import answered, reporter, summary
from crawler.settings import CrawlSettings
from crawler.site import Profiles, load_profiles
from index.home import Home
from index.settings import read_settings
from index.steps_cli import group_rest, learn_templates
from index.store import Store


@click.command("crawl")
@click.argument("urls", nargs=-1, metavar="URL...")
@click.option("--site", help="Begin at the addresses of a site's profile.")
@click.option("--max-pages", type=click.IntRange(min=1), help="Fetch no more pages.")
@click.option("--max-depth", type=click.IntRange(min=0), help="Follow no more links.")
@click.option("--delay", type=click.FloatRange(min=0), help="Seconds between pages.")
@click.option("--include", multiple=True, help="Only addresses like this: /news/*.")
@click.option("--exclude", multiple=True, help="No addresses like this: re:print=.")
@click.option("--retry", is_flag=True, help="Fetch what failed once more, no more.")
@click.pass_obj
def crawl_command(
    home: Home,
    /,
    urls: Sequence[str],
    site: str | None,
    *,
    retry: bool,
    **options: object,
) -> None:
    """Fetch sites into the archive, or bring them up to date; Ctrl-C stops it.

    Started again with the same addresses it goes on where it stopped. When nothing
    was left, everything is asked for again, and only what changed is stored.
    """
    settings = read_settings(home.settings, "crawl", CrawlSettings)
    given = {
        name.replace("delay", "delay_seconds"): value
        for name, value in options.items()
        if value is not None and value != ()
    }
    profiles = load_profiles(home.sites)
    seeds = [*urls, *_seeds_of(profiles, site)]
    if not seeds:
        message = "give an address to begin at, such as http://host/, or --site NAME"
        raise click.UsageError(message)
    asked = Asked(
        home=home,
        settings=replace(settings, **given),  # type: ignore[arg-type]  # click checks
        profiles=profiles,
        seeds=check_seeds(seeds),
        retry=retry,
    )
    progress = crawl(asked, reporter(live=sys.stderr.isatty()))
    if sys.stderr.isatty():
        click.echo(err=True)
    if progress.resumed:
        click.echo("went on with the crawl that was stopped", err=True)
    store = Store(home.store)
    try:
        group_rest(store)
        learn_templates(store)
        failed = store.crawled.failed(most=1)
    finally:
        store.close()
    click.echo(summary(progress))
    if progress.queued:
        left = f"{progress.queued} left to fetch: run the same command to go on"
        click.echo(left, err=True)
    if failed and progress.outcomes and not answered(progress.outcomes):
        raise NothingFetched(failed[0].url, failed[0].detail or failed[0].reason)


def _seeds_of(profiles: Profiles, site: str | None) -> list[str]:
    """List the home pages of a site by its profile.

    Raises:
        UnknownSite: There is none of that name, or it names no domain.
    """
    if site is None:
        return []
    for profile in profiles.sites:
        if profile.name == site and profile.domains:
            return [f"http://{domain}/" for domain in profile.domains]
    raise UnknownSite(site, [one.name for one in profiles.sites if one.domains])
