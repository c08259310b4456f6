"""One page from bytes to document: decode, read, recognise the site, clean."""

from crawler.blocks import Page
from crawler.clean import Skipped, SkipReason, clean
from crawler.html import read_html, read_html_within
from crawler.plaintext import read_text
from crawler.site import Profiles
from index.decode import MAX_REPLACED_SHARE, decode, is_markup
from index.document import Document


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
    decoded = decode(payload, declared)
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
        return read_text(text, url=url)
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
