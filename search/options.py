"""Options that several commands have."""

from pathlib import Path
from typing import Final

import click

from search.results import Sort

output_option: Final = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write; standard output without it.",
)
force_option: Final = click.option(
    "--force", is_flag=True, help="Replace the file if it exists."
)
sort_option: Final = click.option(
    "--sort",
    type=click.Choice([sort.value for sort in Sort]),
    default=Sort.RELEVANCE.value,
    show_default=True,
    help="Order of the hits.",
)
synonyms_option: Final = click.option(
    "--synonyms/--no-synonyms",
    default=True,
    show_default=True,
    help="Find equivalents of unquoted words too.",
)
