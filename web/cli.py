"""The one command, ``wensu``: gathers the subcommands of every package."""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from pathlib import Path

import click
from flask.testing import FlaskClient

from crawler.cli import ingest_command, skipped_command
from crawler.crawl_cli import crawl_command
from index.cli import (
    check_command,
    failed_command,
    index_command,
    stats_command,
    templates_command,
)
from index.errors import WensuError
from index.home import Home
from index.settings import read_settings
from search.batch_cli import batch_command
from search.cli import JSON_ANSWER, WHY_LINES, search_command
from search.export_cli import ADDRESSES, export_command
from search.export_formats import AddressOf
from search.precedents_cli import JSON_PRECEDENTS, precedents_command
from search.series_cli import series_command
from search.service import SearchService, open_service
from search.wording_cli import wording_command
from web.app import create_app
from web.counters import Counters
from web.explaining import why_lines
from web.faults import tell_in_full
from web.messages import Language, translator
from web.server import Server, cores
from web.serving import Opened, load_worker
from web.settings import WebSettings


class Commands(click.Group):
    """Turns what a user can act on into one sentence and exit status 1."""

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
    context.meta[JSON_ANSWER] = json_answer
    context.meta[WHY_LINES] = partial(why_lines, say=translator(Language.ENGLISH))
    context.meta[JSON_PRECEDENTS] = json_precedents
    context.meta[ADDRESSES] = addresses


def json_answer(
    home: Home,
    parameters: Mapping[str, str | int | list[str]],
    address: str = "/api/v1/search",
) -> str:
    """Answer with what the API would send, by asking the API itself."""
    service = open_service(home)
    try:
        client = _client(service)
        response = client.get(address, query_string=dict(parameters))
    finally:
        service.close()
    if response.status_code != HTTPStatus.OK:
        raise click.ClickException(json.loads(response.text)["detail"])
    return response.text


def json_precedents(home: Home, asked: Mapping[str, str | int]) -> str:
    """Answer a search for precedents with what the API would send."""
    service = open_service(home)
    try:
        client = _client(service)
        response = client.post("/api/v1/precedents", json=dict(asked))
    finally:
        service.close()
    if response.status_code != HTTPStatus.OK:
        raise click.ClickException(json.loads(response.text)["detail"])
    return response.text


def addresses(home: Home) -> AddressOf:
    """Give what gives the address a document has where the archive is served."""
    settings = read_settings(home.settings, "web", WebSettings)
    base = settings.base_url.rstrip("/") or f"http://{settings.host}:{settings.port}"
    return lambda document_id: f"{base}/documents/{document_id}"


def _client(service: SearchService) -> FlaskClient:
    """Make a client of the API that is told where things are."""
    app = create_app(service)
    tell_in_full(app.config)
    return app.test_client()


@click.command("serve")
@click.option("--host", help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="TCP port to listen on.")
@click.option("--workers", type=click.IntRange(1), help="Processes that answer.")
@click.pass_obj
def serve_command(
    home: Home, host: str | None, port: int | None, workers: int | None
) -> None:
    """Serve the web page and the JSON API."""
    settings = read_settings(home.settings, "web", WebSettings)
    workers = workers or settings.workers or cores()
    address = (host or settings.host, settings.port if port is None else port)
    settings = replace(settings, host=address[0])
    try:
        server = Server(
            host=address[0], port=address[1], workers=workers, threads=settings.threads
        )
    except OSError as error:
        message = (
            f"cannot listen on {address[0]} port {address[1]} ({error.strerror}): "
            "choose others with --host and --port"
        )
        raise click.ClickException(message) from error
    load = partial(load_worker, Opened(home), settings, Counters(workers))
    server.run(
        load, lambda: click.echo(f"serving {server.address}"), settings.shutdown_seconds
    )


for command in (
    crawl_command,
    ingest_command,
    index_command,
    search_command,
    wording_command,
    series_command,
    precedents_command,
    export_command,
    batch_command,
    serve_command,
    stats_command,
    skipped_command,
    failed_command,
    templates_command,
    check_command,
):
    main.add_command(command)
