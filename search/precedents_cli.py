"""The command that finds precedents of a draft."""

from typing import BinaryIO

import click

from index.home import Home
from search.drafts import MAX_DRAFT_BYTES, read_draft
from search.hooks import JSON_PRECEDENTS
from search.precedents import MAX_PASSAGES
from search.precedents_results import Order, Passage, PrecedentRequest, Precedents
from search.results import Span
from search.service import open_service


@click.command("precedents")
@click.argument("file", type=click.File("rb"))
@click.option(
    "--limit",
    type=click.IntRange(1, MAX_PASSAGES),
    default=10,
    show_default=True,
    help="Passages shown.",
)
@click.option("--earliest", is_flag=True, help="Earliest first, not most overlap.")
@click.option("--json", "as_json", is_flag=True, help="Print the API's JSON instead.")
@click.pass_context
def precedents_command(
    context: click.Context,
    file: BinaryIO,
    limit: int,
    *,
    earliest: bool,
    as_json: bool,
) -> None:
    """Find passages that share the wording of FILE (text, HTML, .docx), or of -."""
    home = context.find_object(Home)
    assert home is not None  # noqa: S101 (the front door always gives one)
    text = read_draft(file.read(MAX_DRAFT_BYTES + 1))
    order = Order.EARLIEST if earliest else Order.OVERLAP
    if as_json:
        asked = {"text": text, "limit": limit, "order": order.value}
        click.echo(context.meta[JSON_PRECEDENTS](home, asked))
        return
    service = open_service(home)
    try:
        request = PrecedentRequest(text=text, limit=limit, order=order)
        found = service.precedents.find(request)
    finally:
        service.close()
    for line in lines_of(found):
        click.echo(line)


def lines_of(found: Precedents) -> list[str]:
    """Write precedents as lines for a terminal."""
    lines = [f"{found.total} passages share wording"]
    for number, passage in enumerate(found.passages, 1):
        lines += ["", *_passage(number, passage, found.text)]
    return lines


def _passage(number: int, passage: Passage, text: str) -> list[str]:
    """Write one passage under the part of the text that it shares."""
    about = [
        f"{100 * passage.overlap:.0f} %",
        passage.published or str(passage.year or "?"),
        passage.site,
        f"{passage.id}#{passage.anchor}",
    ]
    if passage.near_duplicates:
        about.append(f"+{passage.near_duplicates} copies")
    first = passage.runs[0].query.start
    last = max(run.query.end for run in passage.runs)
    mine = [Span(a - first, b - first) for a, b in (run.query for run in passage.runs)]
    its = [run.passage for run in passage.runs]
    return [
        f"{number}. {passage.title or '-'}",
        "   " + " · ".join(part for part in about if part),
        "   < " + _marked(text[first:last], mine),
        "   > " + _marked(passage.text, its),
    ]


def _marked(text: str, spans: list[Span]) -> str:
    """Colour the shared runs; lines are joined."""
    pieces, last = [], 0
    for start, end in sorted(spans):
        begin = max(start, last)
        if begin < end:
            marked = click.style(text[begin:end], fg="red", bold=True)
            pieces += [text[last:begin], marked]
            last = end
    return "".join([*pieces, text[last:]]).replace("\n", " ")
