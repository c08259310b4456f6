"""Commands of this package: search."""

import click

from index.home import Home
from search.results import Hit, Results, SearchRequest, Snippet, Sort, Span
from search.service import MAX_PER_PAGE, open_service

JSON_ANSWER = "wensu.json_answer"
"""Where the front door leaves the function that answers as the API does: from a
home and the parameters to JSON. This package knows of no API."""


@click.command("search")
@click.argument("query")
@click.option(
    "--limit",
    type=click.IntRange(1, MAX_PER_PAGE),
    default=10,
    show_default=True,
    help="Hits shown.",
)
@click.option(
    "--page",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Page of hits.",
)
@click.option(
    "--sort",
    type=click.Choice([sort.value for sort in Sort]),
    default=Sort.RELEVANCE.value,
    show_default=True,
    help="Order of the hits.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the API's JSON instead.")
@click.pass_context
def search_command(  # noqa: PLR0913 (one for each option)
    context: click.Context,
    query: str,
    limit: int,
    page: int,
    sort: str,
    *,
    as_json: bool,
) -> None:
    """Search the archive; marks are coloured."""
    home = context.find_object(Home)
    assert home is not None  # noqa: S101 (the front door always gives one)
    if as_json:
        asked = {"q": query, "per_page": limit, "page": page, "sort": sort}
        click.echo(context.meta[JSON_ANSWER](home, asked))
        return
    service = open_service(home)
    try:
        results = service.search(
            SearchRequest(text=query, per_page=limit, page=page, sort=Sort(sort))
        )
    finally:
        service.close()
    for line in lines_of(results):
        click.echo(line)


def lines_of(results: Results) -> list[str]:
    """Write results as lines for a terminal."""
    lines = [f"{results.total} hits for {results.parsed or 'everything'}"]
    if results.suggestion:
        lines.append(f"did you mean: {results.suggestion}")
    if results.pending:
        lines.append(f"{results.pending} documents are not indexed yet: wensu index")
    for hit in results.hits:
        lines += ["", *_hit(hit)]
    return lines


def _hit(hit: Hit) -> list[str]:
    """Write one hit."""
    about = [str(hit.year or "?"), hit.site, hit.source or "", hit.id]
    if not hit.complete:
        about.append("incomplete")
    if hit.gone:
        about.append("page gone")
    if hit.near_duplicates:
        about.append(f"+{hit.near_duplicates} copies")
    title = _marked(hit.title or "-", hit.title_marks)
    return [
        f"{hit.rank}. {title}",
        "   " + " · ".join(part for part in about if part),
        *(f"   {_snippet(snippet)}" for snippet in hit.snippets),
    ]


def _snippet(snippet: Snippet) -> str:
    """Write one passage with its section."""
    where = f"[{snippet.section[-1]}] " if snippet.section else ""
    return where + _marked(snippet.text, snippet.marks)


def _marked(text: str, marks: tuple[Span, ...]) -> str:
    """Colour the marked characters."""
    pieces, last = [], 0
    for start, end in marks:
        pieces += [text[last:start], click.style(text[start:end], fg="red", bold=True)]
        last = end
    return "".join([*pieces, text[last:]])
