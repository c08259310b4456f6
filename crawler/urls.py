"""Addresses: one canonical spelling each, and what cannot be fetched at all.

``canonical_url`` is what is fetched, shown and made into a document's id; ``url_key``
is what the frontier compares, so that the order of parameters does not count.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

MAX_LENGTH = 2_000
"""Characters of an address; servers refuse longer ones (RFC 9110 asks for 8,000)."""

_WEB = frozenset({"http", "https"})
_DEFAULT_PORTS = {"http": 80, "https": 443}
# Names that never choose a page: campaigns, shares, sessions.
_TRACKING = re.compile(
    r"utm_\w+|spm|from|isappinstalled|hm(?:sr|pl|cu|kw|ci)|bd_vid|gclid|fbclid|nsukey"
    r"|share_\w+|jsessionid|phpsessid|aspsessionid\w*|asp\.net_sessionid|session_?id"
    r"|cfid|cftoken",
    re.IGNORECASE,
)
# Names that do so only with such a value: a token of letters and digits (a ``sid``
# of digits is a section), a clock or a random number against caches.
_TOKEN_NAME = re.compile(r"sid|sess|session|s_id", re.IGNORECASE)
_TOKEN = re.compile(r"(?=\w*\d)(?=\w*[a-z])\w{6,}", re.IGNORECASE)
_CACHE_NAME = re.compile(
    r"_|t|ts|time|timestamp|r|rnd|rand|random|nocache", re.IGNORECASE
)
_CACHE_VALUE = re.compile(r"1\d{9}|1\d{12}|0?\.\d{6,}")
_SESSION = re.compile(r";\w*sess\w*id\w*=[^/?#;]*", re.IGNORECASE)
_ASP_SESSION = re.compile(r"/\((?:[A-Z]\([^()/]*\))+\)(?=/)", re.IGNORECASE)

_ESCAPE = re.compile("%[0-9a-fA-F]{2}")
_UNRESERVED = re.compile(r"[\w.~-]", re.ASCII)  # RFC 3986, section 2.3
_NOT_IN_PATH = re.compile(r"[^!$%&\'()*+,\-./:;=@\w\[\]~|]+", re.ASCII)
_NOT_IN_QUERY = re.compile(r"[^!$%&\'()*+,\-./:;=@\w\[\]~|?{}]+", re.ASCII)
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_LAYOUT = re.compile("[\t\r\n]")  # which browsers take out of addresses
_HOST = re.compile(r"[\w.-]+|[0-9a-f:.]*:[0-9a-f:.]*", re.ASCII)
_ABSOLUTE = re.compile("https?://", re.IGNORECASE)
_HOSTLESS = re.compile(r"https?:(?!//[^/])", re.IGNORECASE)
_BLANKS = " \t\r\n\f\v\xa0\u3000\ufeff"


def canonical_url(url: str) -> str:
    """Write an address in its canonical form.

    Scheme and host in lower case, the host in ASCII, no default port, no fragment, no
    dot segments, no tracking or session parameters. The other parameters stay as
    they are: percent-encoded bytes may be GBK, so they are not decoded; what was not
    encoded is, as UTF-8.

    Raises:
        ValueError: A bracket of an IPv6 address is missing.
    """
    parts = urlsplit(url.strip())
    path = _SESSION.sub("", parts.path)
    path = _escape(_ASP_SESSION.sub("", path), _NOT_IN_PATH)
    if parts.scheme.lower() in _WEB:
        path = _without_dots(path)
    pairs = (_escape(pair, _NOT_IN_QUERY) for pair in parts.query.split("&"))
    return urlunsplit(
        SplitResult(
            scheme=parts.scheme.lower(),
            netloc=_netloc(parts),
            path=path or "/",
            query="&".join(pair for pair in pairs if pair and not _is_tracking(pair)),
            fragment="",
        )
    )


def resolve(base: str, target: str, *, encoding: str = "utf-8") -> str | None:
    """Resolve a link to the canonical address it leads to.

    Args:
        base: The address the link is relative to.
        target: As the page writes it.
        encoding: The page's own, in which browsers send what a query leaves
            unencoded. Source: WHATWG URL, section 4.4, "query state".

    Returns:
        The address; nothing where it is none that can be fetched: another scheme, no
        host, control characters, or more than ``MAX_LENGTH`` characters.
    """
    if len(target) > MAX_LENGTH:
        return None
    target = _LAYOUT.sub("", target.strip(_BLANKS)).replace("&amp;", "&")
    if _CONTROLS.search(target) or _HOSTLESS.match(target):
        return None
    path, mark, query = target.partition("?")
    query, hash_mark, fragment = query.partition("#")
    query = _escape(query, _NOT_IN_QUERY, encoding)
    target = path.replace("\\", "/") + mark + query + hash_mark + fragment
    try:
        joined = target if _ABSOLUTE.match(target) else urljoin(base, target)
        if urlsplit(joined).port == 0:  # others that cannot be raise ValueError
            return None
        url = canonical_url(joined)
    except ValueError:
        return None
    return url if is_web(url) else None


def resolve_often(base: str, target: str, encoding: str) -> str | None:
    """Resolve a link that may stand on many pages; pages of one folder share it."""
    if target[:1] in {"", "?", "#"}:
        return resolve(base, target, encoding=encoding)
    folder = base[: base.rfind("/", 0, len(base.partition("?")[0])) + 1]
    return _resolved(folder, target, encoding)


@lru_cache(maxsize=20_000)
def _resolved(folder: str, target: str, encoding: str) -> str | None:
    return resolve(folder, target, encoding=encoding)


def is_web(url: str) -> bool:
    """Tell whether an address can be fetched: http or https, a host, not too long."""
    if len(url) > MAX_LENGTH or _CONTROLS.search(url) or " " in url:
        return False
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        return parts.scheme in _WEB and parts.port != 0 and _is_host(host)
    except ValueError:
        return False


def url_key(url: str) -> str:
    """Name what an address leads to, whatever its scheme and order of parameters."""
    parts = urlsplit(canonical_url(url))
    query = "&".join(sorted(parts.query.split("&")))
    return f"{parts.netloc}{parts.path}" + (f"?{query}" if query else "")


def host_of(url: str | None) -> str:
    """Name the host of an address, with a port that is not the default."""
    return _netloc(urlsplit(url)) if url else ""


def parameters(query: str) -> Iterator[tuple[str, str]]:
    """Give the names, in lower case, and values of a query as they are written."""
    for pair in filter(None, query.split("&")):
        name, _, value = pair.partition("=")
        yield name.lower(), value


def _netloc(parts: SplitResult) -> str:
    """Write host and port without user, password and default port."""
    host = _ascii_host(parts.hostname or "")
    try:
        port = parts.port
    except ValueError:
        port = None
    host = f"[{host}]" if ":" in host else host
    if port and port != _DEFAULT_PORTS.get(parts.scheme.lower()):
        return f"{host}:{port}"
    return host


def _ascii_host(host: str) -> str:
    """Write a host in lower case and ASCII (RFC 3490), without its final dot."""
    host = host.lower()
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return host
    return host.removesuffix(".")


def _is_host(host: str) -> bool:
    """Tell whether a host could have a server: a name or an IP address."""
    return bool(_HOST.fullmatch(host)) and any(map(str.isalnum, host))


def _is_tracking(pair: str) -> bool:
    """Tell a parameter that does not choose what the page shows."""
    name, _, value = pair.partition("=")
    return bool(
        _TRACKING.fullmatch(name)
        or (_TOKEN_NAME.fullmatch(name) and _TOKEN.fullmatch(value))
        or (_CACHE_NAME.fullmatch(name) and _CACHE_VALUE.fullmatch(value))
    )


def _escape(text: str, forbidden: re.Pattern[str], encoding: str = "utf-8") -> str:
    """Encode what an address cannot hold, and write what is encoded in one way.

    Source: RFC 3986, section 6.2.2: hexadecimal digits in upper case, no encoded
    letters and digits.
    """
    if "%" in text:
        text = _ESCAPE.sub(_rewrite, text)
    return forbidden.sub(
        lambda found: quote(found[0], safe="", encoding=encoding, errors="replace"),
        text,
    )


def _rewrite(escape: re.Match[str]) -> str:
    """Write one encoded byte in its only canonical way."""
    character = chr(int(escape[0][1:], 16))
    return character if _UNRESERVED.fullmatch(character) else escape[0].upper()


def _without_dots(path: str) -> str:
    """Resolve ``.`` and ``..``. Source: RFC 3986, section 5.2.4."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in islice(segments, 1, None):
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)
