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

from web.app import create_app
from web.settings import WebSettings

__all__ = ["WebSettings", "create_app"]
