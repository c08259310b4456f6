"""Commands that know the index: index, check."""

import sys

import click

from index.analysis import make_analyzer
from index.build import Progress, update_index
from index.check import find_problems
from index.home import Home
from index.settings import IndexSettings, read_settings
from index.steps_cli import group_rest, learn_templates, opened_store
from index.warc_check import warc_files


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
