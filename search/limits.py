"""What a search may ask for."""

import unicodedata

from search.errors import RequestError
from search.results import SearchRequest

MAX_QUERY = 1000
MAX_PER_PAGE = 100
MAX_RESULTS = 10_000


def check_limits(request: SearchRequest) -> None:
    """Refuse a request outside the stated limits.

    Raises:
        RequestError: Names the parameter and its limit.
    """
    if len(request.text) > MAX_QUERY:
        raise RequestError(parameter="q", limit=f"at most {MAX_QUERY} characters")
    if any(unicodedata.category(char) == "Cs" for char in request.text):
        raise RequestError(parameter="q", limit="text in UTF-8, no half characters")
    if not 1 <= request.per_page <= MAX_PER_PAGE:
        raise RequestError(parameter="per_page", limit=f"1 to {MAX_PER_PAGE}")
    if request.page < 1 or request.page * request.per_page > MAX_RESULTS:
        limit = f"1 or more, and page x per_page at most {MAX_RESULTS:,}"
        raise RequestError(parameter="page", limit=limit)
