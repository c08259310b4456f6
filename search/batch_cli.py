"""The command that answers a file of queries."""

import sys
from pathlib import Path
from typing import BinaryIO

import click

from index.decode import decode
from index.home import Home
from search.batch import QueryLine, answer, read_lines
from search.batch_formats import BatchFile, BatchFormat
from search.batch_resume import Resumed, resume
from search.errors import RequestError
from search.export_cli import refuse_existing, write
from search.limits import MAX_PER_PAGE
from search.options import force_option, output_option, sort_option
from search.results import SearchRequest, Sort
from search.service import SearchService, open_service


@click.command("batch")
@click.argument("file", type=click.File("rb"))
@output_option
@click.option(
    "--format",
    "form",
    type=click.Choice([form.value for form in BatchFormat]),
    default=BatchFormat.NDJSON.value,
    show_default=True,
    help="A line for each query, or a table with a row for each hit.",
)
@click.option(
    "--per-query",
    type=click.IntRange(0, MAX_PER_PAGE),
    default=10,
    show_default=True,
    help="Hits given of each query, the first ones.",
)
@sort_option
@click.option("--resume", "resumes", is_flag=True, help="Go on with the file.")
@force_option
@click.pass_obj
def batch_command(  # noqa: PLR0913, PLR0917 (one for each option)
    home: Home,
    file: BinaryIO,
    output: Path | None,
    form: str,
    per_query: int,
    sort: str,
    *,
    resumes: bool,
    force: bool,
) -> None:
    """Answer the queries of FILE, one a line, or of -; # begins a comment.

    A query that cannot be read is answered with its mistake. A file that was stopped
    is finished with --resume.
    """
    if resumes and (output is None or force):
        message = "--resume goes on with the file of -o, which --force replaces"
        raise click.UsageError(message)
    beside = "--resume goes on with it, --force replaces it"
    refuse_existing(output, force=force or resumes, beside=beside)
    kind, within = BatchFormat(form), SearchRequest(sort=Sort(sort))
    lines = _read(file)
    service = open_service(home)
    try:
        if output is None:
            _write(service, lines, kind, (within, per_query), sys.stdout.buffer)
            return
        done = resume(output, kind, lines) if resumes else None
        if done and done.whole:
            click.echo(f"{output} is whole", err=True)
            return
        with output.open("r+b" if done and done.size else "wb") as target:
            target.truncate(done.size if done else 0)
            target.seek(0, 2)
            _write(service, lines, kind, (within, per_query), target, done)
    finally:
        service.close()


def _read(file: BinaryIO) -> tuple[QueryLine, ...]:
    """Read the queries of a file.

    Raises:
        RequestError: It is no text.
    """
    decoded = decode(file.read())
    if decoded.damaged:
        raise RequestError(parameter="FILE", limit="text, one query a line")
    return read_lines(decoded.text)


def _write(  # noqa: PLR0913, PLR0917 (what a run depends on)
    service: SearchService,
    lines: tuple[QueryLine, ...],
    kind: BatchFormat,
    asked: tuple[SearchRequest, int],
    target: BinaryIO,
    done: Resumed | None = None,
) -> None:
    """Write the answers that are not written."""
    progress = done.progress if done and done.size else None
    rest = lines[progress.answered if progress else 0 :]
    answers = answer(service.exporter, rest, *asked)
    write(BatchFile(answers, len(lines), kind, progress), target, len(rest))
