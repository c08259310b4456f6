"""The one command, ``wensu``: gathers the subcommands of every package.

Each is loaded when it is asked for: what a search needs takes a second to import,
what a crawl needs another, and neither wants to wait for the other.
"""

from collections.abc import Callable
from pathlib import Path
from pkgutil import resolve_name
from typing import Final

import click

from index.errors import WensuError
from index.home import Home
from search import hooks

COMMANDS: Final = {
    "batch": "search.batch_cli:batch_command",
    "check": "index.build_cli:check_command",
    "crawl": "crawler.crawl_cli:crawl_command",
    "export": "search.export_cli:export_command",
    "failed": "index.cli:failed_command",
    "index": "index.build_cli:index_command",
    "ingest": "crawler.cli:ingest_command",
    "precedents": "search.precedents_cli:precedents_command",
    "search": "search.cli:search_command",
    "series": "search.series_cli:series_command",
    "serve": "web.serve_cli:serve_command",
    "skipped": "crawler.cli:skipped_command",
    "stats": "index.cli:stats_command",
    "templates": "index.cli:templates_command",
    "wording": "search.wording_cli:wording_command",
}
"""Where each subcommand is."""

_HOOKS: Final = {
    hooks.ADDRESSES: "web.in_process:addresses",
    hooks.JSON_ANSWER: "web.in_process:json_answer",
    hooks.JSON_PRECEDENTS: "web.in_process:json_precedents",
    hooks.WHY_LINES: "web.in_process:why_in_english",
}


class Commands(click.Group):
    """Turns what a user can act on into one sentence and exit status 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """List the names of the subcommands."""
        return sorted(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002
        cmd_name: str,
    ) -> click.Command | None:
        """Load a subcommand."""
        place = COMMANDS.get(cmd_name)
        return resolve_name(place) if place else None

    def invoke(self, context: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(context)
        except WensuError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="WENSU_HOME",
    default=Path("wensu-home"),
    show_default=True,
    help="Folder of the archive; or set WENSU_HOME.",
)
@click.version_option(package_name="wensu")
@click.pass_context
def main(context: click.Context, home: Path) -> None:
    """Full-text search over archived Chinese work documents."""
    context.obj = Home(home)
    context.meta.update((name, _loaded(place)) for name, place in _HOOKS.items())


def _loaded(place: str) -> Callable[..., object]:
    """Give a function that is loaded when it is called."""

    def call(*given: object) -> object:
        return resolve_name(place)(*given)

    return call
