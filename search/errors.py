"""Errors of a search; all are the caller's to mend.

::

    WensuError                       index.errors
    |- UnknownSeries                 no such year series, or nothing of a year in it
    `- SearchError
       |- QuerySyntaxError           the query cannot be read; has a position
       |  `- UnknownField            a field that does not exist
       `- RequestError               a parameter outside its limits
"""

from index.errors import WensuError


class SearchError(WensuError):
    """A search that cannot be carried out as asked."""


class QuerySyntaxError(SearchError):
    """The query cannot be read.

    Attributes:
        text: The query as typed.
        position: Code point of the mistake in ``text``, 0 to ``len(text)``.
        expected: What to write instead.
    """

    def __init__(
        self, text: str, position: int, expected: str, problem: str = ""
    ) -> None:
        """Keep the query, the place and the advice."""
        self.text, self.position, self.expected = text, position, expected
        super().__init__(
            f"the query cannot be read at character {position + 1}"
            f"{': ' + problem if problem else ''}: {expected}"
        )


class UnknownField(QuerySyntaxError):  # noqa: N818 (named as in the tree above)
    """The query names a field that does not exist."""

    def __init__(
        self, text: str, position: int, name: str, known: tuple[str, ...]
    ) -> None:
        """Keep the name and the fields there are."""
        self.name, self.known = name, known
        super().__init__(
            text,
            position,
            f'use one of {", ".join(known)}, or put "{name}:" in quotation marks',
            f"there is no field {name!r}",
        )


class RequestError(SearchError):
    """A parameter is outside its limits.

    Attributes:
        parameter: Its name.
        limit: What is allowed.
    """

    def __init__(self, parameter: str, limit: str) -> None:
        """Keep the parameter and its limit."""
        self.parameter, self.limit = parameter, limit
        super().__init__(f"{parameter}: {limit}")


class UnknownSeries(WensuError):  # noqa: N818 (named like the errors it stands among)
    """No year series has this id, or it has nothing of a year.

    Attributes:
        name: The id asked for.
        year: The year of which nothing is held; ``None`` where there is no series.
    """

    def __init__(self, name: str, year: int | None = None) -> None:
        """Keep what was asked for."""
        self.name, self.year = name, year
        what = f"nothing of {year} is held in series" if year else "there is no series"
        super().__init__(f"{what} {name!r}: look for it on /series")
