"""Citations of a document: GB/T 7714, BibTeX and RIS, as pure functions.

Each names the address of the original and our archived copy with the time and the
digest of the capture. What is not known is left out, as the formats say:

- GB/T 7714-2015 (信息与文献 参考文献著录规则): 4.6 orders the parts of an electronic
  resource, ``[EB/OL]``; 8.1 has three names and 等, and 佚名 where none is known; by
  8.4 an electronic resource may go without place, publisher and date. The date of
  citing is that of the capture: then it was read.
- BibTeX as its manual ("BibTeXing", 1988) reads values: braces must balance even where
  they are escaped, so they are written by name.
- RIS (Research Information Systems, 2011): one line a tag, no escapes; so a value has
  no line ends.

The year a text is about is not when it was put up, and no citation takes it for that.
"""

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Final
from urllib.parse import quote

from index.document import Capture, Document, Script

MOST_AUTHORS: Final = 3
"""Names written before 等; GB/T 7714-2015, 8.1."""
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
_MONTHS: Final = "janfebmaraprmayjunjulaugsepoctnovdec"
_LANGUAGES: Final = {
    Script.HANS: "zh-Hans",
    Script.HANT: "zh-Hant",
    Script.MIXED: "zh",
}
_UNTITLED: Final = "[无题名]"
_BIBTEX: Final = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
# What ends or unbalances a value that is taken as it is.
_VERBATIM: Final = {ord(sign): quote(sign) for sign in '\\{} "<>^`|'}


class CitationFormat(StrEnum):
    """A format of citations."""

    GBT7714 = "gbt7714"
    BIBTEX = "bibtex"
    RIS = "ris"


def cite(
    form: CitationFormat,
    document: Document,
    address: str,
    capture: Capture | None = None,
) -> str:
    """Cite a document.

    Args:
        form: How.
        document: What.
        address: Where our archived copy is read, with scheme and host.
        capture: The capture it shows, if known.
    """
    return _WRITERS[form](document, address, capture)


def gbt7714(document: Document, address: str, capture: Capture | None = None) -> str:
    """Cite as GB/T 7714-2015 does; see ``cite``.

    ``程远山. 青石县联谊工作[EB/OL]. 临溪日报, 2021(2021-03-04)[2024-05-01]. https://``
    """
    names = [_line(name) for name in document.authors]
    author = ", ".join(names[:MOST_AUTHORS]) or "佚名"
    if len(names) > MOST_AUTHORS:
        author += ", 等"
    read = f"[{capture.at[:10]}]" if capture else ""
    parts = [author, f"{_line(document.title) or _UNTITLED}[EB/OL]"]
    if issued := f"{_issued(document)}{read}":
        parts.append(issued)
    if document.url:
        parts.append(_line(document.url))
    copied = f"{address}. 存档时间: {capture.at}" if capture else address
    parts.append(f"存档: {copied}")
    return ". ".join(parts) + "."


def bibtex(document: Document, address: str, capture: Capture | None = None) -> str:
    """Cite as an entry of a BibTeX file; see ``cite``. It ends with a line end."""
    known = _date(document)
    names = " and ".join(f"{{{_escaped(name)}}}" for name in document.authors)
    fields = {
        "author": names,
        "title": f"{{{_escaped(document.title) or _UNTITLED}}}",
        "organization": _escaped(document.publisher),
        "year": known[0] if known else "",
        "month": _month(known[1]) if known[1:] else "",
        "day": known[2] if known[2:] else "",
        "url": _line(document.url or address).translate(_VERBATIM),
        "urldate": capture.at[:10] if capture else "",
        "language": _LANGUAGES[document.script],
        "note": _escaped(_note(address, capture)),
    }
    lines = [
        f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n"
        for name, value in fields.items()
        if value
    ]
    return f"@misc{{{citation_key(document)},\n{''.join(lines)}}}\n"


def ris(document: Document, address: str, capture: Capture | None = None) -> str:
    """Cite as a record of a RIS file; see ``cite``. Its lines end with CR LF."""
    return "".join(
        f"{tag}  - {value}\r\n" for tag, value in _tags(document, address, capture)
    )


def citation_key(document: Document) -> str:
    """Name a document in a bibliography: letters, digits and hyphens."""
    return f"wensu-{re.sub('[^0-9A-Za-z]+', '-', document.id)}"


def _tags(
    document: Document, address: str, capture: Capture | None
) -> Iterator[tuple[str, str]]:
    """List the tags of a RIS record and their values."""
    known = _date(document)
    yield "TY", "ELEC"
    yield "ID", citation_key(document)
    for name in document.authors:
        yield "AU", _line(name)
    yield "TI", _line(document.title) or _UNTITLED
    if document.site:
        yield "T2", _line(document.site)
    if document.publisher:
        yield "PB", _line(document.publisher)
    if known:
        yield "PY", known[0]
        yield "DA", "/".join([*known, "", "", ""][:3]) + "/"
    yield "LA", _LANGUAGES[document.script]
    yield "UR", _line(document.url or address)
    if capture:
        yield "Y2", capture.at[:10].replace("-", "/") + "/"
    yield "N1", _note(address, capture)
    yield "ER", ""


def _issued(document: Document) -> str:
    """Write publisher, year, and the date if more than the year is known."""
    known = _date(document)
    publisher = _line(document.publisher)
    year = known[0] if known and (publisher or not known[1:]) else ""
    date = f"({'-'.join(known)})" if known[1:] else ""
    return ", ".join(filter(None, (publisher, year))) + date


def _note(address: str, capture: Capture | None) -> str:
    """Tell of our copy what no field of a citation is for."""
    told = f"存档 {address}"
    return f"{told} ({capture.at}, {capture.digest})" if capture else told


def _date(document: Document) -> tuple[str, ...]:
    """Give year, month and day of publication, as far as known from the year on."""
    found = _DATE.fullmatch(document.published or "")
    return tuple(filter(None, found.groups())) if found else ()


def _month(digits: str) -> str:
    """Name a month, as every BibTeX style defines it."""
    end = 3 * int(digits)
    return _MONTHS[end - 3 : end]


def _line(text: str | None) -> str:
    """Write a text on one line: white space and what is not printed are one space."""
    return " ".join(
        re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text or "").split()
    )


def _escaped(text: str | None) -> str:
    """Write a text so that BibTeX and LaTeX read it as it is."""
    return _line(text).translate(_BIBTEX)


_WRITERS: Final[dict[CitationFormat, Callable[..., str]]] = {
    CitationFormat.GBT7714: gbt7714,
    CitationFormat.BIBTEX: bibtex,
    CitationFormat.RIS: ris,
}
