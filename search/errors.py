"""Errors of a search; all are the caller's to mend.

::

    WensuError                       index.errors
    |- UnknownSeries                 no such year series, or nothing of a year in it
    `- SearchError
       |- QuerySyntaxError           the query cannot be read; has a position
       |  `- UnknownField            a field that does not exist
       `- RequestError               a parameter outside its limits
"""

from typing import NamedTuple

from index.errors import WensuError
from search.mistakes import SENTENCES, Mistake


class Edit(NamedTuple):
    """A change of a text: ``text[start:stop]`` becomes ``written``."""

    start: int
    stop: int
    written: str = ""

    def apply(self, text: str) -> str:
        """Change a text."""
        return text[: self.start] + self.written + text[self.stop :]


class SearchError(WensuError):
    """A search that cannot be carried out as asked."""


class QuerySyntaxError(SearchError):
    """The query cannot be read.

    Attributes:
        text: The query as typed.
        position: Code point of the mistake in ``text``, 0 to ``len(text)``.
        mistake: What is wrong, by name.
        values: What fills in the sentence about it.
        problem: What is wrong, as a sentence.
        expected: What to write instead, as a sentence.
        edit: A change that mends this mistake; there may be others in the text.
        suggestion: The query without mistakes, where one can be guessed.
    """

    def __init__(
        self,
        text: str,
        position: int,
        mistake: Mistake,
        edit: Edit | None = None,
        **values: object,
    ) -> None:
        """Keep the query, the place, what is wrong and how to mend it."""
        self.text, self.position, self.mistake = text, position, mistake
        self.edit, self.values = edit, values
        self.suggestion: str | None = None
        sentence = SENTENCES[mistake]
        self.problem = sentence.problem.format(**values)
        self.expected = sentence.advice.format(**values)
        super().__init__(
            f"the query cannot be read at character {position + 1}: "
            f"{self.problem}: {self.expected}"
        )

    def __str__(self) -> str:
        """Say what is wrong, what to write, and the whole query if it is known."""
        said = super().__str__()
        return f"{said}. Perhaps: {self.suggestion}" if self.suggestion else said


class UnknownField(QuerySyntaxError):  # noqa: N818 (named as in the tree above)
    """The query names a field that does not exist."""

    def __init__(
        self,
        text: str,
        position: int,
        name: str,
        known: tuple[str, ...],
        edit: Edit | None = None,
    ) -> None:
        """Keep the name and the fields there are."""
        self.name, self.known = name, known
        super().__init__(
            text,
            position,
            Mistake.UNKNOWN_FIELD,
            edit,
            name=name,
            known=", ".join(known),
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
