"""Headers of every answer: nothing is loaded, framed or guessed that is not ours."""

from typing import Final

from flask import Flask, Response, request

from web.settings import WebSettings

# Pages hold no inline style and no inline script, so none is allowed.
_SOURCES: Final = {
    "default-src": "'none'",
    "style-src": "'self'",
    "script-src": "'self'",
    "img-src": "'self' data:",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "connect-src": "'self'",
}
CONTENT_SECURITY_POLICY: Final = "; ".join(
    f"{directive} {sources}" for directive, sources in _SOURCES.items()
)
_UNUSED: Final = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
"""Features of browsers that no page of ours needs."""
HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _UNUSED),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


# For a page that others wrote: it is shown, nothing of it runs, and nothing is loaded
# but what it brings itself. Sandboxed, it has no origin, no scripts, no forms and no
# refresh (HTML Standard, sandboxing flags); by the same standard a sandboxed page
# that asks for an opener policy is an error. No policy forbids a browser to look a
# name up or to open a connection ahead of a request (link rel=preconnect); no request
# is ever sent.
_CAPTURED_SOURCES: Final = {
    "sandbox": "",
    "default-src": "'none'",
    "style-src": "'unsafe-inline'",
    "img-src": "data:",
    "font-src": "data:",
    "form-action": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
CAPTURED_HEADERS: Final = {
    "Content-Security-Policy": "; ".join(
        f"{directive} {sources}".strip()
        for directive, sources in _CAPTURED_SOURCES.items()
    ),
    "Cross-Origin-Opener-Policy": "unsafe-none",
    "Referrer-Policy": "no-referrer",
    "X-DNS-Prefetch-Control": "off",
}


def install(app: Flask, settings: WebSettings) -> None:
    """Send the headers with every answer of the application.

    What came by TLS has one more if a setting says so: come by TLS from now on.
    """
    app.after_request(_add)
    if not settings.hsts_seconds:
        return

    @app.after_request
    def secure(response: Response) -> Response:
        if request.is_secure:
            age = f"max-age={settings.hsts_seconds}"
            response.headers["Strict-Transport-Security"] = age
        return response


def _add(response: Response) -> Response:
    """Add the headers that an answer does not bring itself."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
