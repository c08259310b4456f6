"""Answers that a browser saves as a file."""

import logging
import re
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import quote

from flask import Response, stream_with_context

from index.errors import WensuError
from search.sheets import CSV
from web.faults import public_sentence

FAULT: Final = "a fault of the server, written to its log"
_LONGEST_NAME: Final = 60
_BLOCK: Final = 1 << 15
_LOG = logging.getLogger(__name__)


def csv_response(text: str, name: str) -> Response:
    """Answer with a table that a browser saves under a name, in ASCII."""
    response = Response(text, content_type=CSV)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def download(pieces: Iterator[str], media_type: str, name: str) -> Response:
    """Answer with a file in pieces, sent as they are made; nobody keeps it.

    Args:
        pieces: The file.
        media_type: What it is.
        name: The name it is saved under (RFC 6266), which may be any text.
    """
    stem, _, suffix = name.rpartition(".")
    tame = re.sub(r"[^\w.-]+", "-", stem).strip("-.")[:_LONGEST_NAME]
    plain = f"{tame if tame.isascii() and tame else 'wensu'}.{suffix}"
    response = Response(_blocks(pieces), content_type=media_type)
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(tame)}.{suffix}"
    )
    response.cache_control.no_store = True
    return response


def _blocks(pieces: Iterator[str]) -> Iterator[bytes]:
    """Join pieces that are too small to be sent one by one."""
    block = bytearray()
    for piece in pieces:
        block += piece.encode()
        if len(block) >= _BLOCK:
            yield bytes(block)
            block.clear()
    yield bytes(block)


def to_the_end(pieces: Iterator[str], broken: Callable[[str], str]) -> Iterator[str]:
    """Give a file in pieces; where one fails, the last says that it is not whole.

    By then the status of the answer is sent, and a file that merely stops may be taken
    for a whole one. What may be told is asked of the application of this request.
    """
    return stream_with_context(_to_the_end(pieces, broken))


def _to_the_end(pieces: Iterator[str], broken: Callable[[str], str]) -> Iterator[str]:
    """Give the pieces, and a last one where they fail."""
    try:
        yield from pieces
    except WensuError as error:
        yield broken(public_sentence(error))
    except Exception:  # noqa: BLE001 (nothing above can still answer; it is logged)
        _LOG.exception("a file was cut short")
        yield broken(FAULT)
