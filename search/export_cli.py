"""The command that exports everything that matches."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

import click

from index.errors import WensuError
from index.home import Home
from search.export import ExportRequest
from search.export_formats import ExportFile, ExportFormat, writer
from search.hooks import ADDRESSES
from search.options import force_option, output_option, sort_option, synonyms_option
from search.results import SearchRequest, Sort
from search.service import open_service

INTERRUPTED = "interrupted"


class File(Protocol):
    """A file under way."""

    def pieces(self) -> Iterator[str]:
        """Give it piece by piece."""
        ...

    def broken(self, reason: str) -> str:
        """Give the last line of one that is not whole."""
        ...


@click.command("export")
@click.argument("query")
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in ExportFormat]),
    default=ExportFormat.NDJSON.value,
    show_default=True,
    help="What the file is.",
)
@output_option
@force_option
@sort_option
@synonyms_option
@click.option("--copies", is_flag=True, help="Give every copy of a text.")
@click.option("--text", is_flag=True, help="Give the texts too (ndjson, csv).")
@click.option("--snippets", is_flag=True, help="Give passages too (ndjson, csv).")
@click.pass_context
def export_command(  # noqa: PLR0913 (one for each option)
    context: click.Context,
    query: str,
    form: str,
    output: Path | None,
    sort: str,
    *,
    force: bool,
    synonyms: bool,
    copies: bool,
    text: bool,
    snippets: bool,
) -> None:
    """Write everything that matches; the last line says whether it is whole."""
    home = context.find_object(Home)
    assert home is not None  # noqa: S101 (the front door always gives one)
    kind = ExportFormat(form)
    if kind.cites and (text or snippets):
        message = "a citation has no place for texts and passages"
        raise click.UsageError(message)
    refuse_existing(output, force=force, beside="--force replaces it")
    request = ExportRequest(
        search=SearchRequest(
            text=query, sort=Sort(sort), synonyms=synonyms, collapse=not copies
        ),
        text=text,
        snippets=snippets,
        captures=kind.cites,
    )
    service = open_service(home)
    try:
        address_of = context.meta[ADDRESSES](home)
        found = service.exporter.find(request)
        file = ExportFile(found, writer(kind, request, address_of))
        if output is None:
            write(file, sys.stdout.buffer, found.total)
        else:
            _write_whole(file, output, found.total)
    finally:
        service.close()


def refuse_existing(output: Path | None, *, force: bool, beside: str) -> None:
    """Refuse to write over a file that nobody said to replace."""
    if output is not None and output.exists() and not force:
        message = f"{output} exists; {beside}"
        raise click.ClickException(message)


def write(file: File, output: BinaryIO, total: int) -> None:
    """Write a file; where it cannot be finished its last line says so.

    Raises:
        Abort: It was interrupted.
        WensuError: A document cannot be read.
    """
    try:
        with click.progressbar(length=total, file=sys.stderr) as bar:
            for piece in file.pieces():
                output.write(piece.encode())
                bar.update(1)
        output.flush()
    except BrokenPipeError:
        raise  # nobody reads on, so nobody is told
    except (KeyboardInterrupt, WensuError) as error:
        reason = str(error) or INTERRUPTED
        output.write(file.broken(reason).encode())
        output.flush()
        if isinstance(error, KeyboardInterrupt):
            raise click.Abort from error
        raise


def _write_whole(file: File, output: Path, total: int) -> None:
    """Write a file beside its place and move it there when it is whole."""
    unfinished = output.with_name(f"{output.name}.part")
    try:
        with unfinished.open("wb") as part:
            write(file, part, total)
        unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)
    click.echo(f"{output}: {total} hits", err=True)
