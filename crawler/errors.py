"""Errors of reading and fetching.

::

    WensuError                       index.errors
    `- CrawlError
       |- FetchError                 one address could not be fetched
       |- RobotsDenied               its robots.txt forbids it
       |- CrawlerRunning             another crawl works on the same home folder
       |- UnknownSite                no profile of that name has addresses
       |- WorkerFailed               the process that takes pages in has ended
       `- NothingToRead              the paths given hold no page
"""

from pathlib import Path

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


class CrawlerRunning(CrawlError):  # noqa: N818 (as above)
    """Another crawl works on the same home folder."""

    def __init__(self, path: Path) -> None:
        """Keep the file that tells."""
        self.path = path
        super().__init__(
            f"another crawl works on {path.parent}: wait for it, or stop it first"
        )


class WorkerFailed(CrawlError):  # noqa: N818 (as above)
    """The process that takes pages in has ended before its time."""

    def __init__(self) -> None:
        """Say that nothing is lost."""
        super().__init__(
            "the process that takes pages in has ended; what was fetched is in the "
            "archive: run the same command again to go on"
        )


class UnknownSite(CrawlError):  # noqa: N818 (as above)
    """No profile of a name has addresses."""

    def __init__(self, name: str, known: list[str]) -> None:
        """Keep the name and those that would do."""
        self.name, self.known = name, known
        super().__init__(
            f"no site profile named {name} has domains; there are: {', '.join(known)}"
        )
