"""What a server does before it answers: open the archive once for all its workers.

The first process opens it, asks a few queries, finds the year series, closes all
connections and then starts the workers, which go on with what it has read: the memory
is the same until one of them changes it. So an archive of 100,000 documents takes
seconds to open once, not for each worker. Where processes are not started by fork,
each worker opens it for itself.
"""

import gc
import threading
from collections.abc import Callable

from flask_openapi3.openapi import OpenAPI

from index.errors import WensuError
from index.home import Home
from search.results import SearchRequest
from search.service import SearchService, open_service
from web.app import create_app
from web.counters import Counters
from web.settings import WebSettings

_REHEARSED = ("总结", "工作 总结", '"工作总结"', "工作 OR 总结")
"""Queries that need the compiled loops and the tables of words that most do."""


class Opened:
    """An archive that is open, with no thread that runs and no connection."""

    def __init__(self, home: Home) -> None:
        """Open it.

        Raises:
            WensuError: It cannot be opened. That it has no index is told by answers.
        """
        self._home = home
        self.service = _prepared(home)

    def __reduce__(self) -> tuple[Callable[[Home], "Opened"], tuple[Home]]:
        """Have another process, where it is not a fork of this one, open it again."""
        return Opened, (self._home,)


def load_worker(opened: Opened, settings: WebSettings, counters: Counters) -> OpenAPI:
    """Make the application of a worker."""
    return create_app(opened.service, settings, counters)


def _prepared(home: Home) -> SearchService:
    """Open an archive and read what answers need, so that nobody waits for it."""
    service = open_service(home)
    try:
        for text in _REHEARSED:
            service.search(SearchRequest(text=text))
        service.series.prepare()
    except WensuError:
        pass  # told by every answer, and by /healthz
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join()  # a fork would inherit the locks it holds
    service.close()  # connections do not outlive a fork; each thread makes its own
    gc.collect()
    gc.freeze()  # the collector would write to all that is shared
    gc.collect()  # or it would wait until a quarter as much has come in addition
    return service
