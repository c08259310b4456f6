"""The command of year series."""

from collections.abc import Iterator

import click

from index.home import Home
from search.changes import Fate
from search.series import Series
from search.series_views import HeldText, SeriesView, YearStep
from search.service import open_service


@click.command("series")
@click.argument("unit", default="")
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    help="Series listed.",
)
@click.pass_context
def series_command(context: click.Context, unit: str, limit: int) -> None:
    """List what units write every year; of a single one the years.

    UNIT is a part of the name of a unit, a title or a site; or the id of a series or
    of a document. Without it all series are listed.
    """
    home = context.find_object(Home)
    assert home is not None  # noqa: S101 (the front door always gives one)
    service = open_service(home)
    try:
        by_id = service.series.of(unit)
        found = [by_id] if by_id else service.series.search(unit)
        if len(found) == 1:
            lines = list(timeline_lines(service.series.view(found[0].id)))
        else:
            lines = list(list_lines(found, limit))
    finally:
        service.close()
    for line in lines:
        click.echo(line)


def list_lines(found: list[Series], limit: int) -> Iterator[str]:
    """Write a list of series."""
    yield f"{len(found)} series"
    for series in found[:limit]:
        years = [*series.years]
        missing = f", {len(series.gaps)} not held" if series.gaps else ""
        yield ""
        yield f"{series.title}  {series.id}"
        about = (series.unit, series.site, str(series.key.genre), series.key.period)
        yield "   " + " · ".join(filter(None, about))
        yield f"   {years[0]}-{years[-1]}: {len(years)} years held{missing}"


def timeline_lines(view: SeriesView) -> Iterator[str]:
    """Write the years of a series; those of which nothing is held as well."""
    series = view.series
    yield f"{series.title}  {series.id}"
    steps = {step.after: step for step in view.steps}
    for year in sorted((*view.texts, *series.gaps)):
        if year not in view.texts:
            yield f"{year}  not held"
            continue
        for place, text in enumerate(view.texts[year]):
            yield f"{'    ' if place else year}  {_text(text)}"
        if year in steps:
            yield f"      {_step(steps[year])}"


def _text(text: HeldText) -> str:
    """Write a document of a year."""
    document, member = text.document, text.member
    about = [document.title, f"{text.characters:,} characters", document.site]
    about += [f"part {member.part}"] if member.part else []
    about += ["same text"] if member.copy_of else []
    about += [] if document.completeness.complete else ["incomplete"]
    about += [document.id, f"unit told by {member.evidence}"]
    return " · ".join(filter(None, about))


def _step(step: YearStep) -> str:
    """Write what became of the year before."""
    shares = (f"{fate} {step.changes.share(fate):.0%}" for fate in Fate)
    return f"from {step.before}: {', '.join(shares)}"
