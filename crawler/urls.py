"""Addresses: one canonical spelling each."""

import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"^(?:utm_\w+|spm|from|share_token|jsessionid|phpsessid)$", re.IGNORECASE
)
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical_url(url: str) -> str:
    """Write an address in its canonical form.

    Scheme and host in lower case, no default port, no fragment, no tracking or
    session parameters, the other parameters as they are: percent-encoded bytes
    may be GBK, so they are not decoded.
    """
    parts = urlsplit(url.strip())
    query = "&".join(
        pair
        for pair in parts.query.split("&")
        if pair and not _TRACKING.fullmatch(pair.partition("=")[0])
    )
    return urlunsplit(
        SplitResult(
            scheme=parts.scheme.lower(),
            netloc=_netloc(parts),
            path=_SESSION.sub("", parts.path) or "/",
            query=query,
            fragment="",
        )
    )


def host_of(url: str | None) -> str:
    """Name the host of an address, with a port that is not the default."""
    return _netloc(urlsplit(url)) if url else ""


def _netloc(parts: SplitResult) -> str:
    """Write host and port without user, password and default port."""
    host = (parts.hostname or "").lower()
    try:
        port = parts.port
    except ValueError:
        port = None
    if port and port != _DEFAULT_PORTS.get(parts.scheme.lower()):
        return f"{host}:{port}"
    return host
