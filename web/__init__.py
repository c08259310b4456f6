"""The web front of Wensu: pages for readers, JSON for scripts.

In comes an HTTP request; out goes a page or JSON. Nothing is searched here: the
parameters are read (``params``), a ``Searcher`` answers (``ports``), and the answer
is presented, as JSON (``present`` with the models of ``schemas``) or as a page
(``listing`` for results, ``reading`` for a document, ``marked`` for text with its
matches; then a template). ``errors`` tells what went wrong, to scripts as RFC 9457
says. ``interface`` is what every page shares, ``messages`` its words in three
languages, ``links`` the addresses of neighbouring pages, ``security`` the headers.

Open ``app`` first: it puts the parts together.
"""

from pkgutil import resolve_name
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from web.app import create_app
    from web.settings import WebSettings

__all__ = ["WebSettings", "create_app"]

_PLACES = {"WebSettings": "web.settings", "create_app": "web.app"}


def __getattr__(name: str) -> object:
    """Import what the package offers when it is wanted: commands want little of it."""
    if name not in _PLACES:
        message = f"module 'web' has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(resolve_name(_PLACES[name]), name)
