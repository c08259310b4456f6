"""Shapes: what the addresses that one template of a site makes have in common."""

import re
from urllib.parse import urlsplit

from crawler.urls import parameters

_LONG_TOKEN = re.compile(r"(?=[a-z-]*\d)[0-9a-z-]*[a-z-][0-9a-z-]{15,}", re.IGNORECASE)
_HEXADECIMAL = re.compile("[0-9a-f]{16,}", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


def shape_of(url: str) -> str:
    """Name what addresses made by one template have in common.

    Numbers become ``N`` and long tokens ``X``, values of the query are left out:
    ``a.example/gz/2021/t2021_3.html?id=7`` is ``a.example/gz/N/tN_N.html?id``.
    """
    parts = urlsplit(url)
    path = "/".join(_mask(segment) for segment in parts.path.split("/"))
    names = sorted({name for name, _ in parameters(parts.query)})
    return f"{parts.netloc}{path}" + (f"?{'&'.join(names)}" if names else "")


def _mask(segment: str) -> str:
    """Replace what numbers or names one page in a segment of a path."""
    stem, dot, extension = segment.rpartition(".")
    stem, tail = (stem, dot + extension) if dot else (extension, "")
    if _HEXADECIMAL.fullmatch(stem) or _LONG_TOKEN.fullmatch(stem):
        return "X" + tail
    return _DIGITS.sub("N", stem) + tail
