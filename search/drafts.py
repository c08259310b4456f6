"""A draft as it lies on somebody's disk, read as text: plain, HTML or Word (.docx)."""

import io
import re
import zipfile
from typing import Final

from lxml import etree
from resiliparse.extract.html2text import extract_plain_text

from index.decode import decode, is_markup
from search.errors import RequestError

MAX_DRAFT_BYTES: Final = 2_000_000

_MOST_XML: Final = 20_000_000
"""Bytes that the text of a Word file may unpack to."""
_ZIP: Final = b"PK\x03\x04"
# Source: ECMA-376, part 1, section 17.2 and 17.3: body, paragraph, text, tab, break.
_BODY: Final = "word/document.xml"
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_READ_AS: Final = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n"}
_LINES: Final = re.compile(r"[ \t\r\f\v]*\n\s*")
_MEANT: Final = "plain text, HTML or a Word file (.docx)"


def read_draft(payload: bytes) -> str:
    """Read the text of a file, whatever its name.

    Raises:
        RequestError: It is too large, or nothing that can be read.
    """
    if len(payload) > MAX_DRAFT_BYTES:
        limit = f"at most {MAX_DRAFT_BYTES:,} bytes"
        raise RequestError(parameter="file", limit=limit)
    if payload.startswith(_ZIP):
        return _tidy(_read_word(payload))
    decoded = decode(payload)
    if decoded.damaged:
        raise RequestError(parameter="file", limit=_MEANT)
    if is_markup(decoded.text):
        return _tidy(extract_plain_text(decoded.text, alt_texts=False))
    return _tidy(decoded.text)


def _read_word(payload: bytes) -> str:
    """Read the paragraphs of a Word file; nothing outside of it is looked at."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            with archive.open(_BODY) as file:
                body = file.read(_MOST_XML + 1)
            if len(body) > _MOST_XML:
                raise RequestError(parameter="file", limit=_MEANT)
            tree = etree.fromstring(body, parser)
    except (KeyError, ValueError, OSError, zipfile.BadZipFile, etree.Error) as error:
        raise RequestError(parameter="file", limit=_MEANT) from error
    except (NotImplementedError, RuntimeError) as error:  # packed or locked otherwise
        raise RequestError(parameter="file", limit=_MEANT) from error
    return "\n".join(
        "".join(
            each.text or "" if each.tag == f"{_WORD}t" else _READ_AS.get(each.tag, "")
            for each in paragraph.iter()
        )
        for paragraph in tree.iter(f"{_WORD}p")
    )


def _tidy(text: str) -> str:
    """Drop empty lines and what stands at the ends of lines."""
    return _LINES.sub("\n", text).strip()
