"""The command that follows phrases over the years."""

import click

from index.home import Home
from search.cli import marked
from search.hooks import JSON_ANSWER
from search.results import Axis, Hit, SearchRequest
from search.service import open_service
from search.wording import Track, Use, WordingRequest, bare_phrase

_BAR = 30


@click.command("wording")
@click.argument("phrases", metavar="PHRASE...", nargs=-1, required=True)
@click.option(
    "--by",
    type=click.Choice([axis.value for axis in Axis]),
    default=Axis.YEAR.value,
    show_default=True,
    help="Which year counts: what a text is about, or when it was put up.",
)
@click.option("--copies", is_flag=True, help="Count every copy of a text.")
@click.option("--json", "as_json", is_flag=True, help="Print the API's JSON instead.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a table as CSV instead.")
@click.pass_context
def wording_command(  # noqa: PLR0913 (one for each option)
    context: click.Context,
    phrases: tuple[str, ...],
    by: str,
    *,
    copies: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Tell when exact phrases were used first and last, and how often each year.

    Up to five phrases are compared. Years of which no documents are held are left
    blank.
    """
    home = context.find_object(Home)
    assert home is not None  # noqa: S101 (the front door always gives one)
    if as_json and as_csv:
        message = "choose one of --json and --csv"
        raise click.UsageError(message)
    if as_json or as_csv:
        asked = {
            "q": list(phrases),
            "by": by,
            "format": "csv" if as_csv else "json",
            **({"collapse": False} if copies else {}),
        }
        answer = context.meta[JSON_ANSWER](home, asked, "/api/v1/wording")
        click.echo(answer, nl=not as_csv)
        return
    service = open_service(home)
    try:
        request = WordingRequest(
            phrases=tuple(dict.fromkeys(map(bare_phrase, phrases))),
            axis=Axis(by),
            within=SearchRequest(collapse=not copies),
        )
        track = service.wording.track(request)
    finally:
        service.close()
    for line in lines_of(track):
        click.echo(line)


def lines_of(track: Track) -> list[str]:
    """Write phrases over the years as lines for a terminal."""
    lines = [f"{track.held} documents looked at, {track.held_undated} without a year"]
    for use in track.uses:
        lines += ["", *_use(use, track.axis)]
    return lines


def _use(use: Use, axis: Axis) -> list[str]:
    """Write one phrase."""
    head = f"{use.phrase}: {use.total} documents"
    if use.undated:
        head += f", {use.undated} without a year"
    lines = [click.style(head, bold=True)]
    for label, hit in (("first", use.first), ("last", use.last)):
        if hit:
            lines += _attested(label, hit, axis)
    most = max((each.share or 0 for each in use.years), default=0)
    for each in use.years:
        if each.share is None:
            lines.append(f"  {each.period}  no documents held")
            continue
        bar = "█" * round(_BAR * each.share / most) if most else ""
        counts = f"{each.documents:>5} of {each.held:<6} {100 * each.share:5.1f} %"
        lines.append(f"  {each.period}  {counts}  {bar}".rstrip())
    return lines


def _attested(label: str, hit: Hit, axis: Axis) -> list[str]:
    """Write the first or the last document."""
    when = hit.published if axis is Axis.PUBLISHED else hit.year
    about = (str(when), hit.title or "-", hit.site, hit.id)
    quotes = [snippet for snippet in hit.snippets if snippet.marks][:1]
    return [
        f"  {label:<5} {' · '.join(part for part in about if part)}",
        *(f"        {marked(quote.text, quote.marks)}" for quote in quotes),
    ]
