"""Files to read, page by page: saved pages, and the records of WARC files."""

from collections.abc import Iterator, Sequence

from crawler.ingest import Received
from crawler.sources import Source, read_source
from crawler.warc_pages import pages_of_warc


def from_files(sources: Sequence[Source], max_bytes: int) -> Iterator[Received]:
    """Read files one after the other.

    Args:
        sources: The files.
        max_bytes: Largest page that is kept.
    """
    for source in sources:
        if source.is_warc:
            yield from pages_of_warc(source, max_bytes)
        else:
            payload = read_source(source, max_bytes)
            yield Received(
                origin=source.origin, payload=payload, size_bytes=source.size_bytes
            )
