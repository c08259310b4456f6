"""The answers of the hostile server, by name; each gives bytes piece by piece."""

import gzip
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import formatdate
from functools import cache
from itertools import count, repeat
from typing import Final
from urllib.parse import unquote

DRIP_SECONDS: Final = 0.05
LARGE_PAGE: Final = 100_000_000
BOMB_SIZE: Final = 1_000_000_000
_REASONS = {
    200: "OK",
    204: "No Content",
    206: "Partial Content",
    301: "Moved Permanently",
    302: "Found",
    304: "Not Modified",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    410: "Gone",
    429: "Too Many Requests",
    500: "Internal Server Error",
    503: "Service Unavailable",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as an answer sees it.

    Attributes:
        root: The server's address without a path.
        port: Its port.
        method: Of the request.
        path: Without its query.
        query: Of the request.
        headers: By name in lower case.
        before: How often the same path was asked before.
        wait: Waits so many seconds, or until the server closes.
    """

    root: str
    port: int
    method: str
    path: str
    query: str
    headers: dict[str, str]
    before: int
    wait: Callable[[float], bool]


Answer = Callable[[Asked], Iterator[bytes]]


def page(title: str, body: str = "", *, head: str = "") -> str:
    """Write a small page."""
    return (
        f"<html><head><meta charset=utf-8><title>{title}</title>{head}</head>"
        f"<body><h1>{title}</h1>{body}</body></html>"
    )


DOCUMENT: Final = page(
    "云岭市2030年工作总结",
    "<p>2030年，云岭市认真落实各项部署，全年办理群众来信1,204件，办结率98.5%。</p>"
    "<p>青溪县开展走访慰问，帮助解决实际困难，群众满意度不断提高。</p>",
)


def head(status: int, length: int | None = None, **headers: str) -> bytes:
    """Write a status line and headers; underscores in names stand for hyphens."""
    fields = {"Content-Type": "text/html; charset=utf-8", "Connection": "close"}
    if length is not None:
        fields["Content-Length"] = str(length)
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"HTTP/1.1 {status} {_REASONS.get(status, '')}"]
    lines += [f"{name}: {value}" for name, value in fields.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


def answer(body: str | bytes = DOCUMENT, status: int = 200, **headers: str) -> Answer:
    """Make an answer that is always the same."""
    payload = body.encode() if isinstance(body, str) else body

    def same(asked: Asked) -> Iterator[bytes]:
        yield head(status, len(payload), **headers)
        if asked.method != "HEAD":
            yield payload

    return same


def raw(*pieces: bytes) -> Answer:
    """Make an answer of bytes that need not be HTTP."""
    return lambda _asked: iter(pieces)


def redirect(target: str, status: int = 302) -> Answer:
    """Make a redirect; ``{root}`` and ``{port}`` are filled in."""

    def redirected(asked: Asked) -> Iterator[bytes]:
        where = target.format(root=asked.root, port=asked.port)
        yield head(status, 0, Location=where)

    return redirected


def _never_ending(_asked: Asked) -> Iterator[bytes]:
    """Send paragraphs without end."""
    yield head(200)
    yield from repeat("<p>云岭市工作总结</p>\n".encode() * 1_000)


def _slow_drip(asked: Asked) -> Iterator[bytes]:
    """Send one byte after another, each within any time-out between bytes."""
    yield head(200, 1_000_000)
    while not asked.wait(DRIP_SECONDS):
        yield b"x"


def _slow_head(asked: Asked) -> Iterator[bytes]:
    """Send headers without end, slowly."""
    yield b"HTTP/1.1 200 OK\r\n"
    for number in count():
        if asked.wait(DRIP_SECONDS):
            return
        yield f"X-Slow-{number}: x\r\n".encode()


def _silent(asked: Asked) -> Iterator[bytes]:
    """Send nothing at all."""
    while not asked.wait(DRIP_SECONDS):
        yield b""


def _gzip_bomb(_asked: Asked) -> Iterator[bytes]:
    """Send a megabyte that becomes a gigabyte."""
    yield head(200, Content_Encoding="gzip")
    yield _bomb()


@cache
def _bomb() -> bytes:
    """Pack a gigabyte: one packed block a thousand times. Source: RFC 1951, 1952."""
    block = b"<p>" + b"x" * (BOMB_SIZE // 1_000 - 3)
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(1_000):
        checksum = zlib.crc32(block, checksum)
    begin = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
    end = b"\x03\0" + struct.pack("<II", checksum, BOMB_SIZE)
    return begin + packed * 1_000 + end


def _large_page(_asked: Asked) -> Iterator[bytes]:
    """Send a page of 100 MB that says how long it is."""
    yield head(200, LARGE_PAGE)
    yield from repeat(b"x" * 100_000, LARGE_PAGE // 100_000)


def _chain(asked: Asked) -> Iterator[bytes]:
    """Redirect thirty times, then give a document."""
    number = int(asked.query or 0)
    if number < 30:
        yield head(302, 0, Location=f"/redirect-chain?{number + 1}")
    else:
        yield from answer()(asked)


def _redirect_to(asked: Asked) -> Iterator[bytes]:
    """Redirect to the address that stands, escaped, in the query."""
    yield head(302, 0, Location=unquote(asked.query))


def _many_headers(_asked: Asked) -> Iterator[bytes]:
    """Send a hundred thousand headers."""
    yield b"HTTP/1.1 200 OK\r\n"
    for start in range(0, 100_000, 1_000):
        lines = (f"X-{start + n}: x\r\n".encode() for n in range(1_000))
        yield b"".join(lines)
    yield b"Content-Length: 0\r\n\r\n"


def _chunked(*chunks: bytes) -> Answer:
    """Make an answer of chunks as given."""
    coded = head(200, Transfer_Encoding="chunked")
    return raw(coded, *chunks)


def _cookie_needed(asked: Asked) -> Iterator[bytes]:
    """Redirect to itself until the cookie comes back."""
    if "pass=1" in asked.headers.get("cookie", ""):
        yield from answer()(asked)
    else:
        yield head(302, 0, Location=asked.path, Set_Cookie="pass=1; Path=/")


def _session(asked: Asked) -> Iterator[bytes]:
    """Set another session each time and put it into every link."""
    token = f"a{asked.before:07x}f"
    links = (
        f"<a href='/session?sid={token}'>首页</a>"
        f"<a href='/session;jsessionid={token}?id=2'>总结</a>"
        f"<a href='/(S({token}))/session'>简报</a>"
    )
    body = page("云岭市", links).encode()
    yield head(200, len(body), Set_Cookie=f"JSESSIONID={token}; Path=/")
    yield body


def _busy(asked: Asked) -> Iterator[bytes]:
    """Refuse twice, then give a document."""
    refused = answer("busy", 503, Retry_After="1")
    yield from (refused if asked.before < 2 else answer())(asked)


def _head_differs(asked: Asked) -> Iterator[bytes]:
    """Say to HEAD that nothing is there, to GET that it is."""
    yield from (answer("", 404) if asked.method == "HEAD" else answer())(asked)


def _endless_links(asked: Asked) -> Iterator[bytes]:
    """Link from every page to pages that are made up."""
    path = asked.path.rstrip("/")
    links = "".join(f"<a href='{path}/{name}/'>{name}</a>" for name in "ab")
    query = "".join(f"<a href='{path}/?sort={n}&order=asc'>{n}</a>" for n in range(9))
    body = page("云岭市", links + query).encode()
    yield head(200, len(body))
    yield body


def _calendar(asked: Asked) -> Iterator[bytes]:
    """Link to the months before and after, without end."""
    month = int(asked.query.partition("=")[2] or 24_300)
    links = (
        f"<a href='?month={month - 1}'>上月</a><a href='?month={month + 1}'>下月</a>"
    )
    body = page("日历", links).encode()
    yield head(200, len(body))
    yield body


def _slow_robots(asked: Asked) -> Iterator[bytes]:
    """Send robots.txt line by line, slowly."""
    yield head(200, Content_Type="text/plain")
    for _ in range(10_000):
        if asked.wait(DRIP_SECONDS):
            return
        yield b"Disallow: /x\n"


_TEXT = "text/plain"
_ROBOTS = "User-agent: *\nDisallow: /private\n"
_LOGIN = page(
    "用户登录",
    "<form>账号<input name=u>密码<input type=password name=p></form>",
)
_MISSING = page(
    "提示信息", "<p>您访问的页面不存在或已被删除！</p><a href='/'>返回首页</a>"
)
_REFRESH = "<meta http-equiv=refresh content='0; url={}'>"

ANSWERS: Final[dict[str, Answer]] = {
    "document": answer(),
    # Bodies without end, or too large.
    "never-ending": _never_ending,
    "slow-drip": _slow_drip,
    "slow-head": _slow_head,
    "silent": _silent,
    "gzip-bomb": _gzip_bomb,
    "large-page": _large_page,
    # Redirects.
    "redirect-loop": redirect("/redirect-loop"),
    "redirect-pair": redirect("/redirect-pair-2"),
    "redirect-pair-2": redirect("/redirect-pair"),
    "redirect-chain": _chain,
    "redirect-to": _redirect_to,
    "redirect-loopback": redirect("http://127.0.0.1:1/"),
    "redirect-localhost": redirect("http://localhost:{port}/document"),
    "redirect-spelled": redirect("http://2130706433:{port}/document"),
    "redirect-metadata": redirect("http://169.254.169.254/latest/meta-data/"),
    "redirect-file": redirect("file:///etc/hostname"),
    "redirect-nowhere": raw(head(302, 0)),
    "redirect-nonsense": redirect("http://[bad/"),
    "redirect-home": redirect("/", 301),
    "redirect-login": redirect("/login-page?back=x"),
    "refresh-loop": answer(page("云岭市", head=_REFRESH.format("/refresh-loop-2"))),
    "refresh-loop-2": answer(page("云岭市", head=_REFRESH.format("/refresh-loop"))),
    # Broken heads.
    "bad-status": raw(b"HTTP/1.1 abc OK\r\n\r\n", DOCUMENT.encode()),
    "no-http": raw(DOCUMENT.encode()),
    "no-answer": raw(),
    "bad-header": raw(
        b"HTTP/1.1 200 OK\r\nno colon here\r\n: no name\r\nContent-Length: 2\r\n\r\nok"
    ),
    "many-headers": _many_headers,
    "large-header": raw(
        b"HTTP/1.1 200 OK\r\nX-Large: ", b"x" * 1_000_000, b"\r\n\r\n", b"ok"
    ),
    "header-injection": raw(
        b"HTTP/1.1 302 Found\r\nLocation: /a\rSet-Cookie: x=1\r\n\r\n"
    ),
    # Wrong lengths.
    "length-too-large": raw(head(200, 1_000_000), DOCUMENT.encode()),
    "length-too-small": raw(head(200, 40), DOCUMENT.encode()),
    "length-negative": raw(head(200, -5), DOCUMENT.encode()),
    "length-nonsense": raw(head(200, Content_Length="many"), DOCUMENT.encode()),
    "two-lengths": raw(
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\n",
        b"123456789",
    ),
    "chunk-size-nonsense": _chunked(b"zz\r\nabc\r\n0\r\n\r\n"),
    "chunk-size-huge": _chunked(b"ffffffffffffffff\r\nabc\r\n"),
    "chunk-cut": _chunked(b"5\r\nab"),
    "cut-midway": raw(head(200, len(DOCUMENT.encode())), DOCUMENT.encode()[:100]),
    "gzip-cut": raw(
        head(200, Content_Encoding="gzip"), gzip.compress(DOCUMENT.encode())[:-20]
    ),
    "gzip-label-only": answer(Content_Encoding="gzip"),
    # Wrong labels and odd bodies.
    "wrong-charset": answer(
        DOCUMENT.encode("gb18030"), Content_Type="text/html; charset=utf-8"
    ),
    "unknown-charset": answer(Content_Type="text/html; charset=x-unknown"),
    "no-type": answer(Content_Type=""),
    "empty": answer(""),
    "binary": answer(bytes(range(256)) * 64),
    "nuls": answer("\0".join(DOCUMENT)),
    # Statuses.
    "no-content": raw(head(204)),
    "partial": answer(DOCUMENT[:50], 206, Content_Range="bytes 0-49/1000"),
    "not-modified": raw(head(304)),
    "unauthorized": answer("401", 401, WWW_Authenticate='Basic realm="x"'),
    "forbidden": answer("403", 403),
    "not-found": answer(_MISSING, 404),
    "gone": answer("410", 410),
    "error": answer("500", 500),
    "odd-status": answer("999", 999),
    "too-many": answer("429", 429, Retry_After="2"),
    "too-many-date": answer(
        "429", 429, Retry_After=formatdate(2_000_000_000, usegmt=True)
    ),
    "too-many-nonsense": answer("429", 429, Retry_After="soon"),
    "busy": _busy,
    "head-differs": _head_differs,
    # Cookies and pages that are not what was asked for.
    "cookie-needed": _cookie_needed,
    "session": _session,
    "login-page": answer(_LOGIN),
    "soft-404": answer(_MISSING),
    "challenge": answer(
        "<script>document.cookie='__x=1';setTimeout(\"location.reload()\",9)</script>"
    ),
    # Sites without end.
    "endless-links": _endless_links,
    "calendar": _calendar,
    # Answers for /robots.txt.
    "robots": answer(_ROBOTS, Content_Type=_TEXT),
    "robots-bom": answer("\ufeff" + _ROBOTS, Content_Type=_TEXT),
    "robots-large": answer(_ROBOTS + "Disallow: /x\n" * 150_000, Content_Type=_TEXT),
    "robots-redirect": redirect("/robots"),
    "robots-delay": answer(f"{_ROBOTS}Crawl-delay: 2.5\n", Content_Type=_TEXT),
    "robots-binary": answer(bytes(range(256)) * 64, Content_Type=_TEXT),
    "robots-slow": _slow_robots,
}
"""Every answer by its name; those for robots.txt are chosen by ``HostileServer``."""
