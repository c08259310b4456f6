"""One page from bytes to document: decode, read, recognise the site, clean."""

import re
from dataclasses import replace

from crawler.blocks import Page
from crawler.clean import Skipped, SkipReason, clean
from crawler.html import read_html, read_html_within
from crawler.markup import MAX_CHARACTERS, MAX_PARAGRAPHS
from crawler.plaintext import read_text
from crawler.site import Profiles
from index.decode import MAX_REPLACED_SHARE, Decoded, decode, is_markup
from index.document import Document

# What str.splitlines takes for the end of a line.
_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def read_page(
    payload: bytes,
    profiles: Profiles,
    *,
    url: str | None = None,
    declared: str | None = None,
) -> Document | Skipped:
    """Read and clean one page.

    Args:
        payload: The page as it came.
        profiles: The site profiles.
        url: Where it was fetched from; ``None`` for a file.
        declared: Character set a server named; it is only recorded.
    """
    if not payload.strip():
        return Skipped(SkipReason.NO_TEXT, "the file is empty")
    return read_decoded(decode(payload, declared), profiles, url=url)


def read_decoded(
    decoded: Decoded, profiles: Profiles, *, url: str | None = None
) -> Document | Skipped:
    """Read and clean one page that is decoded already."""
    if decoded.damaged:
        return Skipped(
            SkipReason.DAMAGED,
            f"{decoded.replaced} of {len(decoded.text)} characters cannot be read as "
            f"{decoded.encoding}; at most {MAX_REPLACED_SHARE:.0%} may be lost",
        )
    return clean(to_page(decoded.text, profiles, url=url), profiles)


def to_page(text: str, profiles: Profiles, *, url: str | None = None) -> Page:
    """Read text with the reader it needs, narrowed by its site's selectors."""
    if not is_markup(text):
        return _read_text(text, url)
    page = read_html(text, url=url)
    profile = profiles.recognise(page)
    if profile is None or not (profile.html.content or profile.html.fields):
        return page
    return read_html_within(
        text,
        content=list(profile.html.content),
        drop=list(profile.html.drop),
        fields=profile.html.fields,
        url=url,
    )


def _read_text(text: str, url: str | None) -> Page:
    """Read text without markup, within the limits that hold for markup too."""
    cut = len(text) - MAX_CHARACTERS
    lines = _LINE_END.split(text[:MAX_CHARACTERS], MAX_PARAGRAPHS)
    if len(lines) > MAX_PARAGRAPHS:
        lines[-1] = _LINE_END.sub(" ", lines[-1])
    page = read_text("\n".join(lines), url=url)
    return replace(page, meta={"reader:cut": str(cut)}) if cut > 0 else page
