"""What an HTTP record holds: a status line, headers in their order, a body.

Nothing is refused that can be understood: HTTP/2 status lines that tools make up
(``HTTP/2 200``), line ends without a carriage return, headers in UTF-8 or Latin-1.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

Fields = tuple[tuple[str, str], ...]
BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_STATUS_LINE = re.compile(rb"HTTP/\d\S*[ \t]+(\d{3})(?!\d)", re.IGNORECASE)
_LINE = re.compile(r"\r?\n(?![ \t])")  # an indented line continues the one before
_BREAKS = re.compile(rb"[\r\n]+")  # would end a header, so they cannot be in one
_FOLD = re.compile(r"\r?\n[ \t]+")
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:+-]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpResponse:
    """A response as received.

    Attributes:
        status: The status code.
        fields: The headers in their order, repeated ones included.
        body: What follows them, with any transfer and content coding.
    """

    status: int
    fields: Fields
    body: bytes

    def get(self, name: str) -> str:
        """Give the first header of a name; empty where there is none."""
        return field_of(self.fields, name)

    @property
    def media_type(self) -> str:
        """The media type in lower case, without parameters; empty if unstated."""
        return self.get("Content-Type").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The character set that the server named."""
        found = _CHARSET.search(self.get("Content-Type"))
        return found[1] if found else None


def parse_response(block: bytes) -> HttpResponse | None:
    """Read a response; ``None`` for what is none."""
    begin = _STATUS_LINE.match(block)
    if begin is None:
        return None
    head, body = split_head(block)
    return HttpResponse(status=int(begin[1]), fields=parse_fields(head), body=body)


def split_head(block: bytes) -> tuple[bytes, bytes]:
    """Part a message behind the blank line that ends its headers."""
    found = BLANK_LINE.search(block)
    end = found.end() if found else len(block)
    return block[:end], block[end:]


def write_head(first_line: bytes, fields: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Write the head of a message, blank line included, headers as they are."""
    lines = [first_line, *(name + b": " + value for name, value in fields), b""]
    return b"".join(_BREAKS.sub(b" ", line) + b"\r\n" for line in lines)


def parse_fields(head: bytes) -> Fields:
    """Read the lines ``name: value`` below a first line; others are left out."""
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError:
        text = head.decode("latin-1")
    pairs = (line.partition(":") for line in _LINE.split(text)[1:])
    return tuple(
        (name.strip(), _FOLD.sub(" ", value).strip())
        for name, colon, value in pairs
        if colon
    )


def field_of(fields: Fields, name: str) -> str:
    """Give the first value of a name, in whatever case; empty where there is none."""
    wanted = name.lower()
    return next((value for key, value in fields if key.lower() == wanted), "")
