"""A page as it was captured, served so that nothing of it runs or loads anything."""

import re
from typing import Final

from flask import Response, request

from search.archive import CapturedPage
from web.security import CAPTURED_HEADERS

# Python's names of codecs that the web calls otherwise (WHATWG Encoding Standard).
_LABELS: Final = {
    "big5hkscs": "big5-hkscs",
    "utf-16-le": "utf-16le",
    "utf-16-be": "utf-16be",
}


def raw_response(page: CapturedPage) -> Response:
    """Serve the bytes of a page with the charset they are in, whatever it claims."""
    label = _LABELS.get(page.charset, page.charset.replace("_", "-"))
    kind = "text/html" if page.markup else "text/plain"
    response = Response(page.payload, content_type=f"{kind}; charset={label}")
    response.headers.extend(CAPTURED_HEADERS)
    response.set_etag(re.sub(r"\W", "-", page.capture.digest))
    response.cache_control.no_cache = True
    response.make_conditional(request)
    return response
