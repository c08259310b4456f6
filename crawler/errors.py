"""Errors of reading and fetching.

::

    WensuError                       index.errors
    `- CrawlError
       |- FetchError                 one address could not be fetched
       |- RobotsDenied               its robots.txt forbids it
       `- NothingToRead              the paths given hold no page
"""

from index.errors import WensuError


class CrawlError(WensuError):
    """Pages cannot be brought in as asked."""


class FetchError(CrawlError):
    """One address could not be fetched."""

    def __init__(self, url: str, reason: str) -> None:
        """Keep the address and why."""
        self.url, self.reason = url, reason
        super().__init__(f"{url}: {reason}")


class RobotsDenied(FetchError):  # noqa: N818 (named as in the tree above)
    """The site's robots.txt forbids an address."""

    def __init__(self, url: str) -> None:
        """Keep the address."""
        super().__init__(url, "its robots.txt forbids it")


class NothingToRead(CrawlError):  # noqa: N818 (as above)
    """A path given to ingest does not exist."""

    def __init__(self, path: str) -> None:
        """Keep the path."""
        self.path = path
        super().__init__(
            f"{path} does not exist: give .html, .htm, .txt, .warc, .warc.gz or .zip "
            "files, or folders"
        )
