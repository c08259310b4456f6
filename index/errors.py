"""Every error of Wensu, and those of this package.

::

    WensuError
    |- SettingsError                 a settings file that cannot be used
    |- StoreError
    |  |- StoreMissing               nothing has been ingested yet
    |  |- UnknownDocument            no document has this id
    |  |- UnknownCapture             a document has no such capture
    |  |- CorruptStore               the store cannot be read
    |  |- StoreLocked                another process is writing
    |  |- StoreNotWritten            a full disk, a folder that cannot be written
    |  |- BadRecord                  a record of a WARC file cannot be read
    |  `- WarcNotWritten             a full disk, a folder that cannot be written
    |- IndexNotUsable
    |  |- IndexMissing               nothing has been indexed yet
    |  |- IndexStale                 built by another schema, analyzer or dictionary
    |  |- IndexBroken                files that Whoosh cannot open
    |  |- IndexNotWritten            a full disk, a process that was ended
    |  `- IndexLocked                another process is writing
    |- CrawlError                    crawler.errors
    `- SearchError                   search.errors

Each message is one sentence that says what to do next.
"""

from pathlib import Path


class WensuError(Exception):
    """Anything a user can act on; commands print it and exit with status 1."""


class SettingsError(WensuError):
    """A settings file names something unknown or unusable."""

    def __init__(self, path: Path, table: str, key: str, problem: str) -> None:
        """Keep where the mistake is: file, table and key."""
        self.path, self.table, self.key = path, table, key
        super().__init__(f"{path}: [{table}] {key}: {problem}")


class StoreError(WensuError):
    """The store of documents cannot do what was asked."""


class StoreMissing(StoreError):  # noqa: N818 (named as in the tree above)
    """Nothing has been ingested into this home folder yet."""

    def __init__(self, path: Path) -> None:
        """Keep where the store was looked for."""
        self.path = path
        super().__init__(
            f"there is no archive in {path.parent}: fill one with wensu ingest PATH, "
            "or name another folder with --home"
        )


class UnknownDocument(StoreError):  # noqa: N818 (named as in the tree above)
    """No document has this id."""

    def __init__(self, document_id: str) -> None:
        """Keep the id that was asked for."""
        self.document_id = document_id
        super().__init__(
            f"no document has the id {document_id!r}: ids are listed by a search"
        )


class UnknownCapture(StoreError):  # noqa: N818 (as above)
    """A document has no capture of this number or digest."""

    def __init__(self, document_id: str, capture: str) -> None:
        """Keep the document and what was asked for."""
        self.document_id, self.capture = document_id, capture
        super().__init__(
            f"the document {document_id} has no capture {capture!r}: its captures "
            "are listed by the document"
        )


class CorruptStore(StoreError):  # noqa: N818 (as above)
    """The store's file cannot be read as a store."""

    def __init__(self, path: Path, problem: str) -> None:
        """Keep the file, and what is wrong with it."""
        self.path, self.problem = path, problem
        super().__init__(
            f"the store {path} cannot be read ({problem}): nothing was changed; "
            "restore it from a copy, or move it away and ingest again"
        )


class StoreLocked(StoreError):  # noqa: N818 (as above)
    """Another process is writing the store."""

    def __init__(self, path: Path, waited_seconds: float) -> None:
        """Keep the file and how long was waited."""
        self.path = path
        super().__init__(
            f"another process is writing the store {path} (waited "
            f"{waited_seconds:.0f} s): wait for it to end, then try again"
        )


class StoreNotWritten(StoreError):  # noqa: N818 (as above)
    """The store, or a file beside it, could not be written; it is as it was before."""

    def __init__(self, path: Path, problem: str) -> None:
        """Keep the file and what went wrong."""
        self.path, self.problem = path, problem
        super().__init__(
            f"{path} could not be written ({problem}); what was written before "
            "stays: mend that, then run the same command again"
        )


class BadRecord(StoreError):  # noqa: N818 (as above)
    """A record of a WARC file cannot be read."""

    def __init__(self, path: Path, offset: int, reason: str) -> None:
        """Keep the file, where in it the record should begin, and why not."""
        self.path, self.offset, self.reason = path, offset, reason
        super().__init__(
            f"the record at offset {offset:,} of {path} cannot be read ({reason}): "
            "wensu check tells what else is damaged; restore the file from a copy"
        )


class WarcNotWritten(StoreError):  # noqa: N818 (as above)
    """A record could not be written; those before it are whole."""

    def __init__(self, path: Path, problem: str) -> None:
        """Keep the file and what went wrong."""
        self.path = path
        super().__init__(
            f"{path} could not be written ({problem}); what was written before "
            "stays: mend that, then run the same command again"
        )


class IndexNotUsable(WensuError):  # noqa: N818 (as above)
    """The index cannot answer; ``state`` says why in one word."""

    state = "unusable"


class IndexMissing(IndexNotUsable):
    """Nothing has been indexed yet."""

    state = "missing"

    def __init__(self, path: Path) -> None:
        """Keep where the index was looked for."""
        self.path = path
        super().__init__(f"there is no index in {path}: run wensu index")


class IndexStale(IndexNotUsable):
    """The index was built by another schema, analyzer or dictionary."""

    state = "stale"

    def __init__(self, what: str, built: str, wanted: str) -> None:
        """Keep what differs and both values."""
        self.what, self.built, self.wanted = what, built, wanted
        super().__init__(
            f"the index was built with {what} {built}, now {wanted}: "
            "run wensu index --rebuild"
        )


class IndexBroken(IndexNotUsable):
    """The index's files cannot be opened; they are left as they are."""

    state = "broken"

    def __init__(self, path: Path, problem: str) -> None:
        """Keep the folder and what went wrong."""
        self.path = path
        super().__init__(
            f"the index in {path} cannot be opened ({problem}); nothing was "
            "deleted: run wensu index --rebuild to make it anew from the store"
        )


class IndexNotWritten(IndexNotUsable):
    """Writing the index failed; what was committed before stays."""

    state = "unwritten"

    def __init__(self, path: Path, problem: str) -> None:
        """Keep the folder and what went wrong."""
        self.path = path
        super().__init__(
            f"the index in {path} could not be written ({problem}); what was "
            "committed stays: mend that, then run the same command again"
        )


class IndexLocked(IndexNotUsable):
    """Another process is writing the index."""

    state = "locked"

    def __init__(self, path: Path, waited_seconds: float) -> None:
        """Keep the folder and how long was waited."""
        self.path = path
        super().__init__(
            f"another process is writing the index in {path} (waited "
            f"{waited_seconds:.0f} s): wait for it to end, then try again"
        )
