"""``GET /metrics``: what is watched from outside, in the text format of Prometheus.

Requests are counted by route, never by address, so there are as many series as there
are routes. The numbers are those of all workers, whichever of them is asked. The
format: prometheus.io/docs/instrumenting/exposition_formats, version 0.0.4.
"""

import resource
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Final

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from flask_openapi3.openapi import OpenAPI

from search.views import Health
from web import access_log
from web.access_log import Answered, Watched
from web.api import problem_answers
from web.counters import BUCKETS, Counters, RouteCounts, Tally
from web.ports import Searcher
from web.settings import WebSettings

TEXT: Final = "text/plain; version=0.0.4; charset=utf-8"
_ADDRESS: Final = "/metrics"
_ROUTE: Final = "wensu.route"
_KINDS: Final = ("resident", "shared")
_EXPOSITION: Final = {"text/plain": {"schema": {"type": "string"}}}
_INFINITE: Final = "+Inf"


def install(
    app: OpenAPI, searcher: Searcher, counters: Counters, settings: WebSettings
) -> None:
    """Count and log each request of the application, and tell what was counted.

    Comes last, when all routes are known.
    """
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    tally = Tally(counters, sorted({*rules, _ADDRESS}))
    app.register_api(_metrics(searcher, tally))

    def tell(answered: Answered) -> None:
        route = answered.environ.get(_ROUTE, "")
        tally.count(route, answered.status, answered.seconds)
        access_log.log(answered, queries=settings.log_queries)

    app.after_request(_name_route)
    app.wsgi_app = Watched(app.wsgi_app, tell)  # type: ignore[method-assign]  # Flask's way


def _name_route(response: Response) -> Response:
    """Leave word of the route for whoever counts the answer."""
    request.environ[_ROUTE] = request.url_rule.rule if request.url_rule else ""
    return response


def _metrics(searcher: Searcher, tally: Tally) -> APIBlueprint:
    """Make the address."""
    api = APIBlueprint("metrics", __name__)

    @api.get(
        _ADDRESS,
        operation_id="metrics",
        tags=[Tag(name="service", description="Watch the service.")],
        responses={
            200: {"description": "Text for Prometheus.", "content": _EXPOSITION},
            **problem_answers(405, 500),
        },
    )
    def metrics() -> Response:
        """Tell what was counted since the server started, by all workers."""
        lines = (*_requests([*tally.counts()]), *_archive(searcher.health()))
        text = "\n".join((*lines, *_memory(tally.processes()), ""))
        response = Response(text, content_type=TEXT)
        response.cache_control.no_store = True
        return response

    return api


def _requests(counted: list[RouteCounts]) -> Iterator[str]:
    """Tell of requests and their times."""
    yield from _head("wensu_requests_total", "counter", "Requests answered.")
    for each in counted:
        for status, count in each.statuses.items():
            labels = f'route="{each.route}",status="{status}"'
            yield f"wensu_requests_total{{{labels}}} {count}"
    name = "wensu_request_seconds"
    yield from _head(name, "histogram", "From the request to the end of its answer.")
    for each in counted:
        route = f'route="{each.route}"'
        limits = (*map(str, BUCKETS), _INFINITE)
        for limit, count in zip(limits, accumulate(each.times), strict=True):
            yield f'{name}_bucket{{{route},le="{limit}"}} {count}'
        yield f"{name}_sum{{{route}}} {each.seconds:.6f}"
        yield f"{name}_count{{{route}}} {sum(each.times)}"


def _archive(health: Health) -> Iterator[str]:
    """Tell of index and store."""
    yield from _head("wensu_index_usable", "gauge", "Whether searches are answered.")
    yield f"wensu_index_usable {int(health.ok)}"
    yield from _head("wensu_index_info", "gauge", "The version of the index.")
    yield f'wensu_index_info{{version="{health.index_version or ""}"}} 1'
    yield from _head("wensu_documents", "gauge", "Documents in the store.")
    yield f"wensu_documents {health.documents}"
    told = "Documents changed since the index was built."
    yield from _head("wensu_documents_pending", "gauge", told)
    yield f"wensu_documents_pending {health.pending}"


def _memory(processes: list[int]) -> Iterator[str]:
    """Tell of the memory of the workers; nothing where the system does not say."""
    told = "Memory of a worker; what is shared stands in memory once."
    yield from _head("wensu_memory_bytes", "gauge", told)
    for worker, process in enumerate(processes, 1):
        try:
            pages = Path(f"/proc/{process}/statm").read_text("ascii").split()
        except OSError:
            continue
        for kind, count in zip(_KINDS, pages[1:], strict=False):
            size = int(count) * resource.getpagesize()
            yield f'wensu_memory_bytes{{worker="{worker}",kind="{kind}"}} {size}'


def _head(name: str, kind: str, told: str) -> tuple[str, str]:
    """Declare a metric."""
    return f"# HELP {name} {told}", f"# TYPE {name} {kind}"
