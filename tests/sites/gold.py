"""What each sample page must become, as written down by its author.

``text`` means the main text: headings, paragraphs, captions and table rows, but
not the title line, dates, 来源, editor lines or breadcrumb. All strings that are
sought in a text (``starts_with``, ``ends_with``, ``contains``, ``absent``,
``removed_contains``) are to be compared with white space taken out on both sides.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal

_SITES_DIR = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """The expectations for one page.

    Attributes:
        path: The page's file.
        file: Its name inside its site's folder.
        title: Title of the text.
        published: ISO 8601 as far as the page tells, or ``--MM-DD``.
        year: The year the text is about; ``None`` where the page names none.
        publisher: The source the page names.
        authors: Writers the page names.
        script: The script of the text.
        complete: Whether the page gives the whole text.
        shown: Characters the page says it shows.
        claimed: Characters the page says the whole text has.
        omissions: Sizes of the gaps, in order.
        sections: Headings in order, each once, those of ``hidden_sections`` too.
        hidden_sections: Headings that only the page's outline gives.
        breadcrumb: ``path`` in the JSON: the breadcrumb without the title.
        url: The address the page names for itself.
        starts_with: First characters of the text.
        ends_with: Last characters of the text.
        contains: Passages from different places of the text.
        absent: Page furniture that must not be in the text.
        removed_contains: Furniture that must be among what was removed.
        encoding: The true encoding of the bytes.
        unique_terms: Words that no other page has.
        duplicate_of: ``site/file`` of the page this one nearly repeats.
        relation: In which way it repeats it.
    """

    path: Path
    file: str
    title: str
    published: str | None
    year: int | None
    publisher: str | None
    authors: tuple[str, ...]
    script: Literal["hans", "hant"]
    complete: bool
    shown: int | None
    claimed: int | None
    omissions: tuple[int, ...]
    sections: tuple[str, ...]
    hidden_sections: tuple[str, ...]
    breadcrumb: tuple[str, ...] | None
    url: str | None
    starts_with: str
    ends_with: str
    contains: tuple[str, ...]
    absent: tuple[str, ...]
    removed_contains: tuple[str, ...]
    encoding: Literal["utf-8", "gb18030", "big5"]
    unique_terms: tuple[str, ...]
    duplicate_of: str | None
    relation: Literal["copy", "other script", "truncated", "edited"] | None

    @property
    def site(self) -> str:
        """The folder the page is in."""
        return self.path.parent.name


@cache
def load_gold() -> tuple[Gold, ...]:
    """Read the expectations of every page and rendering, in a stable order."""
    return tuple(_read_all())


def _read_all() -> Iterator[Gold]:
    """Yield the entries of every ``gold.json``, folder by folder."""
    for listing in sorted(_SITES_DIR.glob("*/gold.json")):
        for entry in json.loads(listing.read_text(encoding="utf-8")):
            yield _gold(listing.parent, entry)


def _gold(folder: Path, entry: dict[str, Any]) -> Gold:
    """Make one entry of a ``gold.json`` into a ``Gold``."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in entry.items()
    }
    values["breadcrumb"] = values.pop("path")
    values["path"] = folder / entry["file"]
    missing = {field.name for field in fields(Gold)} ^ values.keys()
    if missing:
        message = f"{folder.name}/{entry['file']}: wrong or missing keys {missing}"
        raise ValueError(message)
    return Gold(**values)
