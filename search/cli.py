"""Commands of this package: search."""

import click

from index.home import Home
from search.explain_text import part_lines, term_lines
from search.hooks import JSON_ANSWER, WHY_LINES
from search.limits import MAX_PER_PAGE
from search.options import sort_option, synonyms_option
from search.results import Hit, Results, SearchRequest, Snippet, Sort, Span
from search.service import open_service


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
@sort_option
@click.option("--explain", is_flag=True, help="Show how it was found, and scores.")
@click.option(
    "--why", default="", metavar="ID", help="Say why a document is a hit or not."
)
@synonyms_option
@click.option("--json", "as_json", is_flag=True, help="Print the API's JSON instead.")
@click.pass_context
def search_command(  # noqa: PLR0913, PLR0917 (one for each option)
    context: click.Context,
    query: str,
    limit: int,
    page: int,
    sort: str,
    why: str,
    *,
    explain: bool,
    synonyms: bool,
    as_json: bool,
) -> None:
    """Search the archive; marks are coloured."""
    home = context.find_object(Home)
    assert home is not None  # noqa: S101 (the front door always gives one)
    if as_json:
        asked = {
            "per_page": limit,
            "page": page,
            "sort": sort,
            "explain": explain,
            "synonyms": synonyms,
            "why": why,
        }
        # The links of the answer repeat what was asked: no more than was given.
        plain = SearchRequest()
        given = {name: to for name, to in asked.items() if to != getattr(plain, name)}
        click.echo(context.meta[JSON_ANSWER](home, {"q": query, **given}))
        return
    service = open_service(home)
    try:
        results = service.search(
            SearchRequest(
                text=query,
                per_page=limit,
                page=page,
                sort=Sort(sort),
                explain=explain,
                synonyms=synonyms,
                why=why,
            )
        )
    finally:
        service.close()
    lines = context.meta[WHY_LINES](results.why) if results.why else lines_of(results)
    for line in lines:
        click.echo(line)


def lines_of(results: Results) -> list[str]:
    """Write results as lines for a terminal."""
    lines = [f"{results.total} hits for {results.parsed or 'everything'}"]
    if results.suggestion:
        lines.append(f"did you mean: {results.suggestion}")
    if results.partial:
        lines.append(f"no more have all words; {results.partial.total} have some")
    if results.conflict:
        one, other = results.conflict
        lines.append(f"no document can match both {one} and {other}")
    for each in results.unmatched:
        similar = f"; there is {' '.join(each.similar)}" if each.similar else ""
        lines.append(f"no document has {each.clause}{similar}")
    if results.pending:
        lines.append(f"{results.pending} documents are not indexed yet: wensu index")
    lines += results.notices
    lines += term_lines(results.explanation or ())
    for hit in results.hits:
        lines += ["", *_hit(hit), *part_lines(hit)]
    return lines


def _hit(hit: Hit) -> list[str]:
    """Write one hit."""
    about = [str(hit.year or "?"), hit.site, hit.source or "", hit.id]
    if not hit.complete:
        about.append("incomplete")
    if hit.gone:
        about.append("page gone")
    if hit.missing:
        about.append(f"lacks {' '.join(hit.missing)}")
    if hit.near_duplicates:
        about.append(f"+{hit.near_duplicates} copies")
    title = marked(hit.title or "-", hit.title_marks)
    return [
        f"{hit.rank}. {title}",
        "   " + " · ".join(part for part in about if part),
        *(f"   {_snippet(snippet)}" for snippet in hit.snippets),
    ]


def _snippet(snippet: Snippet) -> str:
    """Write one passage with its section."""
    where = f"[{snippet.section[-1]}] " if snippet.section else ""
    return where + marked(snippet.text, snippet.marks)


def marked(text: str, marks: tuple[Span, ...]) -> str:
    """Colour the marked characters."""
    pieces, last = [], 0
    for start, end in marks:
        pieces += [text[last:start], click.style(text[start:end], fg="red", bold=True)]
        last = end
    return "".join([*pieces, text[last:]])
