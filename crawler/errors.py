"""Errors of reading and fetching.

::

    WensuError                       index.errors
    `- CrawlError
       |- FetchError                 one address could not be fetched
       |- CrawlerRunning             another crawl works on the same home folder
       |- UnknownSite                no profile of that name has addresses
       |- NothingFetched             no address gave an answer
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


class NothingToRead(CrawlError):  # noqa: N818 (named as in the tree above)
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

    def __init__(self, reason: str) -> None:
        """Keep what it said, and say that nothing is lost."""
        self.reason = reason
        super().__init__(
            f"pages could not be taken in ({reason or 'the process was ended'}); what "
            "was fetched is in the archive: run the same command again to go on"
        )


class NothingFetched(CrawlError):  # noqa: N818 (as above)
    """None of the addresses gave an answer."""

    def __init__(self, url: str, reason: str) -> None:
        """Keep one of them, and why it gave none."""
        self.url, self.reason = url, reason
        super().__init__(
            f"nothing could be fetched: {url}: {reason}; wensu failed lists every "
            "address"
        )


class UnknownSite(CrawlError):  # noqa: N818 (as above)
    """No profile of a name has addresses."""

    def __init__(self, name: str, known: list[str]) -> None:
        """Keep the name and those that would do."""
        self.name, self.known = name, known
        super().__init__(
            f"no site profile named {name} has domains; there are: {', '.join(known)}"
        )
