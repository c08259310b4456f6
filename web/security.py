"""Headers of every answer: nothing is loaded, framed or guessed that is not ours."""

from typing import Final

from flask import Flask, Response

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
HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def install(app: Flask) -> None:
    """Send the headers with every answer of the application."""
    app.after_request(_add)


def _add(response: Response) -> Response:
    """Add the headers."""
    response.headers.extend(HEADERS)
    return response
