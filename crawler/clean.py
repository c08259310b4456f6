"""The cleaner: a page as read becomes a document, or is skipped with a reason.

This module is the order of the steps; each step stands in its own module, takes
the page's lines and gives them back, with what it took out marked by a rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256

from crawler import labels, metadata, omissions, outline, repeats, titles
from crawler.authors import find_authors
from crawler.blocks import Page
from crawler.breadcrumbs import split_path, without_title
from crawler.bylines import remove_bylines
from crawler.captions import mark_captions
from crawler.datelines import source_behind, source_beside_date, take_dateline
from crawler.dates import FoundDate
from crawler.document_numbers import find_numbers
from crawler.glued import split_glued
from crawler.mend import mend_lines
from crawler.noise import remove_noise
from crawler.plaintext import find_urls
from crawler.regions import Region, find_region
from crawler.site import Profile, Profiles
from crawler.urls import canonical_url, host_of
from crawler.worksheet import Line, from_page, key
from crawler.years import find_year
from index.document import Block, Completeness, Document, RegionFrom, Removed

MIN_CHARACTERS = 20
MAX_LINKED = 0.5
"""Share of linked characters above which a page is a list of others."""


class SkipReason(StrEnum):
    """Why a page yields no document."""

    NO_TEXT = "no-text"
    LIST_PAGE = "list-page"
    DAMAGED = "damaged"
    NOT_TEXT = "not-text"
    TOO_LARGE = "too-large"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A page that yields no document, and why."""

    reason: SkipReason
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Worked:
    """A page when all steps are done.

    Attributes:
        lines: Its lines, each kept or removed by a rule.
        url: Its own address.
        said: What its label lines said.
        printed: The outline it printed before the text.
        gaps: Where it leaves text out.
        title: The title of the text.
        date: When it was put up.
    """

    lines: tuple[Line, ...]
    url: str | None
    said: labels.Labels
    printed: tuple[outline.Entry, ...]
    gaps: tuple[omissions.Gap, ...]
    title: str
    date: FoundDate | None


def clean(page: Page, profiles: Profiles) -> Document | Skipped:
    """Clean a page.

    Args:
        page: As a reader made it.
        profiles: The site profiles; the page's own is chosen by what it says.

    Returns:
        The document, its id taken from the canonical address or else from the
        text; or why there is none.
    """
    linked = linked_share(page)
    if linked > MAX_LINKED:
        return Skipped(
            SkipReason.LIST_PAGE, f"{linked:.0%} of its text are links to other pages"
        )
    profile = profiles.recognise(page) or Profile()
    document = _describe(page, profile, _work_through(page, profile, profiles.common))
    length = len(document.text)
    if length < MIN_CHARACTERS:
        return Skipped(
            SkipReason.NO_TEXT,
            f"only {length} characters of text were left of the page",
        )
    return document


def _work_through(page: Page, profile: Profile, common: Profile) -> _Worked:
    """Take the page through all steps, in the order that they build on each other."""
    lines = from_page(page)
    url = _own_url(page, profile, lines)
    lines, said = labels.take_labels(lines)
    lines, printed = outline.take_outline(lines)
    lines, gaps = omissions.take_omissions(
        lines, (*profile.omissions, *common.omissions)
    )
    lines = remove_noise(lines, profile, common)
    lines = mark_captions(lines)
    lines, title = _take_title(page, lines, profile)
    date = metadata.published(page, said.values)
    beside = None
    if date is None:
        lines, beside = take_dateline(lines, title)
    behind = source_behind(lines)[1]
    less_sure = metadata.published_elsewhere(page, said.values)
    date = metadata.most_precise([date, beside, behind, *less_sure])
    lines = remove_bylines(lines)
    lines = repeats.remove_repeats(lines)
    lines = mend_lines(lines)
    lines = outline.mark_headings(lines, printed)
    return _Worked(
        lines=tuple(lines),
        url=url,
        said=said,
        printed=printed,
        gaps=gaps,
        title=title,
        date=date,
    )


def _describe(page: Page, profile: Profile, done: _Worked) -> Document:
    """Put together what is known of the document."""
    said, title = done.said.values, done.title
    blocks, removed = _number(done.lines)
    text = "\n".join(block.text for block in blocks)
    path = _path(page, done)
    date = done.date.iso if done.date else None
    year, year_from = find_year(title, path, text, date)
    publisher = metadata.publisher(
        page,
        said.get("publisher"),
        source_beside_date(done.lines),
        source_behind(done.lines)[0],
    )
    site = profile.name or metadata.site_name(page) or host_of(done.url)
    region = find_region(title, publisher or "", path, site, text)
    if profile.region:
        inside = region and region.province == profile.region
        city = region.city if region and inside else None
        region = Region(profile.region, city, RegionFrom.PROFILE)
    authors = find_authors(
        page, said, done.lines, title=title, trailing=profile.trailing_author
    )
    numbers = find_numbers(said.get("number", ""), title, done.lines)
    return Document(
        id=_identifier(done.url, site, title, text),
        url=done.url,
        site=site,
        title=title,
        path=path,
        published=date,
        published_text=done.date.text if done.date else None,
        year=year,
        year_from=year_from,
        publisher=publisher,
        authors=tuple(name for name in authors if key(name) != key(publisher or "")),
        region=region.province if region else None,
        city=region.city if region else None,
        region_from=region.told_by if region else None,
        document_numbers=numbers.own,
        cited_numbers=numbers.cited,
        kind=profile.kind or metadata.kind(title, path, text),
        script=metadata.script(title + text),
        completeness=_completeness(page, profile, done),
        blocks=blocks,
        sections=outline.build_sections(blocks, done.printed),
        removed=removed,
    )


def _completeness(page: Page, profile: Profile, done: _Worked) -> Completeness:
    """Tell whether the whole text is there; an over long page is not read whole."""
    if cut := page.meta.get("reader:cut"):
        reason = f"too long: {cut} characters at the end of the page were not read"
        return Completeness(complete=False, reason=reason)
    return omissions.judge_completeness(
        done.lines, done.gaps, one_line=profile.glued_title
    )


def _path(page: Page, done: _Worked) -> tuple[str, ...]:
    """Give the breadcrumb, without the title where it ends in it."""
    picked = page.fields.get("path")
    path = split_path(picked) if picked else done.said.path
    told = page.meta.get("reader:path") or page.meta.get("columnname", "")
    return without_title(path or split_path(told), done.title)


def linked_share(page: Page) -> float:
    """Tell how much of the main content is links, 0 to 1."""
    kept = [block for block in page.blocks if not block.boilerplate]
    length = sum(len("".join(block.text.split())) for block in kept)
    return sum(block.linked for block in kept) / length if length else 0.0


def _own_url(page: Page, profile: Profile, lines: Sequence[Line]) -> str | None:
    """Find the page's address: given, or written on it and on its own site."""
    if page.url:
        return canonical_url(page.url)
    if profile.domains:
        for line in lines:
            for url in find_urls(line.text):
                if profile.owns_url(url) and canonical_url(url).count("/") > len("///"):
                    return canonical_url(url)
    return None


def _take_title(
    page: Page, lines: list[Line], profile: Profile
) -> tuple[list[Line], str]:
    """Find the title and take its lines out of the text."""
    if profile.glued_title and not page.fields.get("title"):
        split, title = split_glued(lines)
        if title:
            return split, title
    title = titles.find_title(page, lines, site=profile.name)
    return titles.remove_title(lines, title), title


def _number(lines: Sequence[Line]) -> tuple[tuple[Block, ...], tuple[Removed, ...]]:
    """Name the kept lines b1, b2, ...; list the others with where they stood."""
    blocks: list[Block] = []
    removed: list[Removed] = []
    for line in lines:
        if line.kept:
            blocks.append(
                Block(
                    anchor=f"b{len(blocks) + 1}",
                    kind=line.kind,
                    text=line.text,
                    section=line.section,
                    heading_length=line.heading_length,
                )
            )
        elif line.text:
            after = blocks[-1].anchor if blocks else None
            removed.append(Removed(text=line.text, rule=line.rule, after=after))
    return tuple(blocks), tuple(removed)


def _identifier(url: str | None, site: str, title: str, text: str) -> str:
    """Make the stable id: of the address, else of site, title and folded text."""
    if url:
        schemeless = url.split("://", 1)[-1]
        return sha256(f"url:{schemeless}".encode()).hexdigest()[:16]
    named = f"text:{site}\n{key(title)}\n{key(text)}"
    return sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def with_id(document: Document, identifier: str) -> Document:
    """Return the document under the id of an earlier capture of it."""
    return replace(document, id=identifier)
