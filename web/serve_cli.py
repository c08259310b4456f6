"""The command that serves the archive."""

from dataclasses import replace
from functools import partial

import click

from index.home import Home
from index.settings import read_settings
from web.counters import Counters
from web.server import Server, cores
from web.serving import Opened, load_worker
from web.settings import WebSettings


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
