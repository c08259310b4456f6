"""What a stranger is told of an archive that cannot answer: what to do, not where.

The messages of the errors name folders of the server. They are for its operator, in
the log and at the command line.
"""

from collections.abc import Mapping
from typing import Final

from flask import current_app

from index.errors import (
    IndexNotUsable,
    StoreError,
    UnknownCapture,
    UnknownDocument,
    WensuError,
)

_TOLD_IN_FULL: Final = "TOLD_IN_FULL"
STORE: Final = "store"
_ELSE: Final = "the server failed: its log says why"
_SENTENCES: Final[Mapping[str, str]] = {
    "missing": "there is no index yet: run wensu index",
    "stale": "the index was built by another version: run wensu index --rebuild",
    "broken": "the index cannot be opened; nothing was deleted: run wensu index "
    "--rebuild to make it anew from the store",
    "unwritten": "the index could not be written: the server's log says why",
    "locked": "another process is writing the index: wait for it to end, then try "
    "again",
    "unusable": "the index cannot be used: the server's log says why",
    STORE: "the store or the archive of pages cannot be read; nothing was changed: "
    "the server's log says why",
}
"""State to sentence; each says what to do next, and no path."""


def tell_in_full(config: dict[str, object]) -> None:
    """Tell all: it is the operator who asks, at the command line."""
    config[_TOLD_IN_FULL] = True


def public_sentence(error: WensuError) -> str:
    """Say of an error what may be told, and log what may not."""
    if isinstance(error, UnknownDocument | UnknownCapture):
        return str(error)
    if isinstance(error, IndexNotUsable):
        return public_detail(error.state, str(error))
    if isinstance(error, StoreError):
        return public_detail(STORE, str(error))
    return str(error)


def public_detail(state: str, detail: str) -> str:
    """Say what may be told of a state, and log what may not."""
    if not detail or current_app.config.get(_TOLD_IN_FULL):
        return detail
    current_app.logger.error("%s", detail)
    return _SENTENCES.get(state, _ELSE)
