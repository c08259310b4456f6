"""Bytes to text: the content decides, never what a page says about itself.

The order of judgement, each step only where the one before did not settle it:

1. A byte order mark (UTF-8, UTF-16).
2. UTF-8, if nearly all of the bytes beyond ASCII are well-formed UTF-8. A stump of
   a character at a cut-off end and a small share of bad bytes do not make the
   payload another charset.
3. Detection by content with resiliparse, as long as it names a Chinese charset.
4. GB18030 or Big5, whichever reads the payload as common characters. Detectors
   fall back to a Latin charset on a page with bad bytes or a few words only.
5. Whatever else the detector named, if the payload is text at all.

Declared labels are recorded and nothing more: on pages with a lying label,
following it costs nearly the whole text. ``gb2312`` and ``gbk`` are read as
GB18030 and ``big5`` as Big5-HKSCS, the supersets that browsers and editors of
Chinese pages really write.
"""

import codecs
import re
from dataclasses import dataclass

from resiliparse.parse.encoding import detect_encoding

MAX_REPLACED_SHARE = 0.01

_REPLACEMENT = "\ufffd"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "big5hkscs": "big5hkscs",
}
# The levels of common characters of GB 2312-80 (rows 16 to 55) and of Big5
# (A440 to C67E): 3,755 and 5,401 characters that make up nearly all running text.
_GB_PAIR = re.compile(rb"([\xb0-\xd7][\xa1-\xfe])|[\x81-\xfe][\x40-\x7e\x80-\xfe]")
_BIG5_PAIR = re.compile(
    rb"([\xa4-\xc6][\x40-\x7e\xa1-\xfe])|[\x81-\xfe][\x40-\x7e\xa1-\xfe]"
)
_META_LABEL = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=
    \s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE | re.VERBOSE)  # fmt: skip
_META_WITHIN = 4096
_MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|meta|title|div|table|p|br|span|font|h\d)\b",
    re.IGNORECASE,
)
_SNIFFED = 20_000
_SCORED_BYTES = 65536
_TRUSTED_LENGTH = 20
_MIN_COMMON_SHARE = 0.5
_MAX_CONTROL_SHARE = 0.01
_GOOD_PER_BAD = 4
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\r\f\v\x1b"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A payload as text.

    Attributes:
        text: The characters, without byte order mark and NULs.
        encoding: Python's name of the codec that was used.
        declared: Label given with the payload, or else the one in its markup, in
            lower case; recorded, never followed.
        replaced: Bytes or byte runs that could not be read (U+FFFD in ``text``
            that is not in the payload) and NULs that were left out.
    """

    text: str
    encoding: str
    declared: str | None
    replaced: int

    @property
    def damaged(self) -> bool:
        """Whether too much could not be read to keep the text."""
        return self.replaced > MAX_REPLACED_SHARE * len(self.text)


def decode(payload: bytes, declared: str | None = None) -> Decoded:
    """Decode a payload by its content.

    Args:
        payload: The body as served or stored, whole or cut off anywhere.
        declared: Label from outside the payload, such as the HTTP header's.
    """
    label = declared or _label_in(payload)
    body, encoding = _encoding_of(payload)
    text = _read(body, encoding)
    replaced = text.count(_REPLACEMENT)
    if replaced:
        replaced -= body.count(_encoded_replacement(encoding))
    nuls = text.count("\0")
    return Decoded(
        text=text.replace("\0", "") if nuls else text,
        encoding=encoding,
        declared=label.strip().lower() if label else None,
        replaced=max(replaced, 0) + nuls,
    )


def is_markup(text: str) -> bool:
    """Tell whether a page is HTML; otherwise it is plain text."""
    return _MARKUP.search(text[:_SNIFFED]) is not None


def _encoding_of(payload: bytes) -> tuple[bytes, str]:
    """Return the payload without byte order mark, and its codec."""
    for bom, encoding in _BOMS:
        if payload.startswith(bom):
            return payload[len(bom) :], encoding
    if _is_utf8(payload):
        return payload, "utf-8"
    detected = (detect_encoding(payload, from_html_meta=False) or "").lower()
    chinese = _SUPERSETS.get(detected)
    if chinese and len(payload) >= _TRUSTED_LENGTH:
        return payload, chinese
    return payload, _by_common_characters(payload) or _other(payload, detected)


def _is_utf8(payload: bytes) -> bool:
    """Tell whether a payload is UTF-8, a few bad bytes forgiven.

    Only characters of three and four bytes count in its favour: pairs of GBK and
    Big5 bytes often pass as UTF-8 characters of two bytes, almost never as longer.
    """
    text = _read(payload, "utf-8")
    bad = text.count(_REPLACEMENT)
    if not bad:
        return True
    bad -= payload.count(_encoded_replacement("utf-8"))
    good = len(re.findall("[\u0800-\ufffc\U00010000-\U0010ffff]", text))
    return bad * _GOOD_PER_BAD <= good


def _by_common_characters(payload: bytes) -> str | None:
    """Return the Chinese codec that yields common characters, if one does."""
    sample = payload[:_SCORED_BYTES]
    gb = _common_share(_GB_PAIR, sample)
    big5 = _common_share(_BIG5_PAIR, sample)
    if max(gb, big5) < _MIN_COMMON_SHARE:
        return None
    return "gb18030" if gb >= big5 else "big5hkscs"


def _common_share(pair: re.Pattern[bytes], sample: bytes) -> float:
    """Return the share of a codec's common characters in the bytes beyond ASCII."""
    beyond_ascii = len(sample) - len(sample.translate(None, bytes(range(0x80, 0x100))))
    common = sum(1 for found in pair.finditer(sample) if found[1])
    return 2 * common / beyond_ascii if beyond_ascii else 0.0


def _other(payload: bytes, detected: str) -> str:
    """Return the detected codec for text of another language, UTF-8 for junk."""
    controls = len(payload) - len(payload.translate(None, _CONTROLS))
    if controls > _MAX_CONTROL_SHARE * len(payload):
        return "utf-8"
    try:
        return codecs.lookup(detected).name
    except LookupError:
        return "utf-8"


def _read(payload: bytes, encoding: str) -> str:
    """Decode and leave out the stump of a character at a cut-off end."""
    errors = "gb-euro" if encoding == "gb18030" else "replace"
    return codecs.getincrementaldecoder(encoding)(errors).decode(payload)


def _euro_or_replacement(error: UnicodeError) -> tuple[str, int]:
    """Read a lone 0x80 in GB text as the euro sign, as Windows code page 936 does."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    lone_euro = error.object[error.start] == 0x80  # noqa: PLR2004  the byte itself
    return ("€", error.start + 1) if lone_euro else (_REPLACEMENT, error.end)


def _encoded_replacement(encoding: str) -> bytes:
    """Return U+FFFD as the codec writes it: a page may quote the character itself."""
    try:
        return _REPLACEMENT.encode(encoding)
    except UnicodeEncodeError:
        return b"\xef\xbf\xbd"


def _label_in(payload: bytes) -> str | None:
    """Return the charset label in a page's markup."""
    found = _META_LABEL.search(payload[:_META_WITHIN])
    return found[1].decode("ascii") if found else None


codecs.register_error("gb-euro", _euro_or_replacement)
