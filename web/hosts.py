"""By which names the server answers, and by which it calls itself.

A page of a stranger can make its own name lead to this machine (DNS rebinding) and
then read what is served here as its own. So a server that listens on loopback
answers to the names of loopback and to its public name alone, unless told others.
"""

import ipaddress
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final
from urllib.parse import urlsplit

from flask import Flask, current_app, request
from werkzeug.exceptions import BadRequest
from werkzeug.middleware.proxy_fix import ProxyFix

from web.settings import WebSettings

_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_ROOT: Final = "PUBLIC_ROOT"


class UnknownHost(BadRequest):
    """The request is for a name that is not ours."""


def install(app: Flask, settings: WebSettings) -> None:
    """Refuse requests for other names, and believe as many proxies as there are."""
    app.config[_ROOT] = settings.base_url.rstrip("/")
    app.wsgi_app = partial(_without_empty_name, app.wsgi_app)  # type: ignore[method-assign]  # as Flask documents
    if trusted := settings.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # as Flask documents
            app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=trusted
        )
    if names := _names(settings):
        app.before_request(_checker(names))


def public_root() -> str:
    """Give scheme and name of this site, for documents that must have them."""
    return str(current_app.config[_ROOT]) or request.host_url.rstrip("/")


def _names(settings: WebSettings) -> frozenset[str]:
    """Collect the names that are answered; none where any is."""
    public = _name(urlsplit(settings.base_url).netloc)
    named = {name.lower() for name in settings.allowed_hosts}
    if named or public or _is_loopback(settings.host):
        return frozenset({*named, *_LOOPBACK, public} - {""})
    return frozenset()


def _checker(names: frozenset[str]) -> Callable[[], None]:
    """Make what refuses other names.

    A request of HTTP/1.0 may have no name and comes from no browser; one of HTTP/1.1
    must have one (RFC 9112, section 3.2).
    """

    def check() -> None:
        if "HTTP_HOST" not in request.environ:
            if request.environ.get("SERVER_PROTOCOL") == "HTTP/1.1":
                problem = "a request of HTTP/1.1 must have a Host header"
                raise UnknownHost(problem)
        elif _name(request.host) not in names:
            problem = (
                "this server does not answer to that name: its operator can add it "
                "to allowed_hosts, or set base_url"
            )
            raise UnknownHost(problem)

    return check


def _without_empty_name(
    wsgi: Callable[..., Iterable[bytes]], environ: dict[str, Any], start: object
) -> Iterable[bytes]:
    """Take an empty name off: it is what Granian gives where none was sent.

    Without one Werkzeug calls the server by the address that it listens on.
    """
    if not environ.get("HTTP_HOST"):
        environ.pop("HTTP_HOST", None)
    return wsgi(environ, start)


def _name(host: str) -> str:
    """Take the name of a host without its port."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_loopback(host: str) -> bool:
    """Tell whether an address to listen on is reached from this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() in _LOOPBACK
