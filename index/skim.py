"""Revisions read only as far as a search page shows them.

A search page needs of a document its title and the like, its text to choose passages
from, and anchor and headings of the three blocks they are from. So one compiled loop
reads the text of all blocks from the stored JSON and folds it, and pydantic reads the
rest: what stands before the blocks, and a block when it is asked for. The loop reads
what ``revisions`` writes, to the letter; anything else is left to ``parse_body``.
"""

import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from index.compiled import compiled
from index.document import Block, Document
from index.errors import CorruptStore
from index.fold import Codes, codes_of, fold_codes, fold_table
from index.revisions import parse_body

Bytes = NDArray[np.uint8]
Numbers = NDArray[np.int64]

Text = tuple[Codes, Codes, Numbers]
"""The blocks of a document, one behind the other.

Code points, with one between blocks that belongs to none, shape (n,); the same folded;
and where each block begins. The last of these is where one more block would begin, so
that each ends one before the next begins; shape (n_blocks + 1,).
"""

BlocksOf = Callable[[Iterable[int]], Sequence[Block]]

_DOCUMENT: Final = TypeAdapter(Document)
_SOME_BLOCKS: Final = TypeAdapter(tuple[Block, ...])
_BLOCKS: Final = b'"blocks":['


def _bytes(text: bytes) -> Bytes:
    """Give bytes as an array."""
    return np.frombuffer(text, np.uint8)


# What stands around the values of a block, and the fewest bytes a block can have.
_ANCHOR: Final = _bytes(b'{"anchor":"')
_KIND: Final = _bytes(b'","kind":"')
_TEXT: Final = _bytes(b'","text":"')
_SECTION: Final = _bytes(b'","section":[')
_LENGTH: Final = _bytes(b'],"heading_length":')
_END: Final = _bytes(b"}")
_FEWEST: Final = 64
_QUOTE, _BACKSLASH, _COMMA, _CLOSE, _NEWLINE, _BLANK = b'"\\,]\n '
_ZERO, _NINE = b"09"
# UTF-8 (RFC 3629, section 3): first bytes of more than one; how those of two, of three,
# of four and the further ones begin; halves of pairs; how many code points there are.
_MANY, _TWO, _THREE, _FOUR, _FURTHER = 0x80, 0b110, 0b1110, 0b1111, 0b10
_HALVES, _NO_HALVES, _CODES = 0xD800, 0xE000, 0x110000


@dataclass(frozen=True, slots=True, kw_only=True)
class Skimmed:
    """A document as far as a search page shows it.

    Attributes:
        head: The document; blocks, outline and what was removed may be left out.
        text: The text of its blocks.
        blocks: Gives blocks by their numbers.
    """

    head: Document
    text: Text
    blocks: BlocksOf


def skim(body: bytes, path: Path) -> Skimmed:
    """Read a revision as it is stored in a file.

    Raises:
        zlib.error: It is damaged.
        ValidationError: It is no document.
    """
    plain = zlib.decompress(body)
    found = plain.find(_BLOCKS)
    start = len(plain) if found < 0 else found + len(_BLOCKS)
    codes, folded, starts, places = _read_blocks(_bytes(plain), start, fold_table())
    if not places.size:
        return skim_document(parse_body(body))
    return Skimmed(
        head=_DOCUMENT.validate_json(plain[:start] + b"]}"),
        text=(codes, folded, starts),
        blocks=partial(_some_blocks, path, plain, places),
    )


def skim_document(document: Document) -> Skimmed:
    """Give a document the form of a skimmed one."""
    texts = [block.text for block in document.blocks]
    starts = np.cumsum([0, *(len(text) + 1 for text in texts)])
    codes = codes_of("".join(f"{text}\n" for text in texts)).copy()
    return Skimmed(
        head=document,
        text=(codes, fold_codes(codes), starts),
        blocks=lambda numbers: tuple(document.blocks[number] for number in numbers),
    )


def _some_blocks(
    path: Path, plain: bytes, places: Numbers, numbers: Iterable[int]
) -> tuple[Block, ...]:
    """Read blocks from the JSON of a document.

    Raises:
        CorruptStore: One is none.
    """
    some = [plain[places[number] : places[number + 1] - 1] for number in numbers]
    try:
        return _SOME_BLOCKS.validate_json(b"[" + b",".join(some) + b"]")
    except ValidationError as error:
        raise CorruptStore(path, type(error).__name__) from error


@compiled
def _read_blocks(
    body: Bytes, at: int, table: Codes
) -> tuple[Codes, Codes, Numbers, Numbers]:
    """Read the text of the blocks from the JSON of a document.

    Args:
        body: The JSON.
        at: Where the first block begins.
        table: What each code point folds to.

    Returns:
        ``Text``, with a line end behind each block; and where each block begins in the
        JSON, and would if there were one more, shape (n_blocks + 1,), or (0,) if it
        cannot be read.
    """
    codes, folded = np.empty(len(body), np.uint32), np.empty(len(body), np.uint32)
    most = len(body) // _FEWEST + 2
    starts, places = np.empty(most, np.int64), np.empty(most, np.int64)
    length, blocks = 0, 0
    starts[0], places[0] = 0, at
    going = at < len(body) and body[at] != _CLOSE
    while going:
        at = _skip_string(body, _skip(body, at, _ANCHOR))
        at = _skip_string(body, _skip(body, at, _KIND))
        at = _skip(body, at, _TEXT)
        at, length = _read_text(body, at, codes, folded, length, table)
        at = _skip_strings(body, _skip(body, at, _SECTION))
        at = _skip_number(body, _skip(body, at, _LENGTH))
        at = _skip(body, at, _END)
        if at >= len(body):
            break
        codes[length] = folded[length] = _NEWLINE
        length, blocks = length + 1, blocks + 1
        going = body[at] == _COMMA
        at += going
        starts[blocks], places[blocks] = length, at + (not going)
    read = blocks + 1 if at < len(body) and body[at] == _CLOSE else 0
    return (
        codes[:length].copy(),
        folded[:length].copy(),
        starts[:read].copy(),
        places[:read].copy(),
    )


@compiled
def _skip(body: Bytes, at: int, expected: Bytes) -> int:
    """Go past what is expected, or to the end where something else stands."""
    if at + len(expected) > len(body):
        return len(body)
    for number in range(len(expected)):
        if body[at + number] != expected[number]:
            return len(body)
    return at + len(expected)


@compiled
def _skip_string(body: Bytes, at: int) -> int:
    """Go to the end of a string."""
    while at < len(body) and body[at] != _QUOTE:
        at += 1 + (body[at] == _BACKSLASH)
    return at


@compiled
def _skip_strings(body: Bytes, at: int) -> int:
    """Go to the end of a list of strings."""
    while at < len(body) and (body[at] == _QUOTE or body[at] == _COMMA):
        at = _skip_string(body, at + 1) + 1 if body[at] == _QUOTE else at + 1
    return at


@compiled
def _skip_number(body: Bytes, at: int) -> int:
    """Go to the end of a number."""
    while at < len(body) and _ZERO <= body[at] <= _NINE:
        at += 1
    return at


@compiled
def _read_text(  # noqa: PLR0913, PLR0917 (one loop)
    body: Bytes, at: int, codes: Codes, folded: Codes, length: int, table: Codes
) -> tuple[int, int]:
    """Read a string; give its end, and how many letters there are now."""
    size = len(body)
    while at < size and body[at] != _QUOTE:
        code = int(body[at])
        if code >> 4 == _THREE and at + 2 < size:
            code = (code & 15) << 12 | _six(body, at + 1) << 6 | _six(body, at + 2)
            at += 3
        elif _BLANK <= code < _MANY and code != _BACKSLASH:
            at += 1
        else:
            code, at = _read_rarer(body, at)
        if code < 0 or _HALVES <= code < _NO_HALVES or code >= _CODES:
            return size, length
        codes[length], folded[length] = code, table[code]
        length += 1
    return at, length


@compiled
def _read_rarer(body: Bytes, at: int) -> tuple[int, int]:
    """Read a code point of two or four bytes or escaped, and where the next is.

    Of escapes only quotes and backslashes are read; -1 is for all else.
    """
    lead = int(body[at])
    if lead == _BACKSLASH:
        escaped = int(body[at + 1]) if at + 1 < len(body) else 0
        return escaped if escaped in (_QUOTE, _BACKSLASH) else -1, at + 2
    low = _six(body, at + 1)
    if lead >> 5 == _TWO:
        return (lead & 31) << 6 | low, at + 2
    low = (low << 6 | _six(body, at + 2)) << 6 | _six(body, at + 3)
    return (lead & 15) << 18 | low if lead >> 4 == _FOUR else -1, at + 4


@compiled
def _six(body: Bytes, at: int) -> int:
    """Give the six bits of a further byte of a code point, -1 where there is none."""
    return int(body[at] & 63) if at < len(body) and body[at] >> 6 == _FURTHER else -1
