"""Why a parameter is refused, in words of ours instead of pydantic's."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from search.errors import RequestError
from web.messages import Language, translator


class Reason(StrEnum):
    """Why a parameter is refused; ``parameter.<reason>`` is the message."""

    UNKNOWN = "unknown"
    NONE = "none"
    REPEATED = "repeated"
    ENCODING = "encoding"
    LENGTH = "length"
    VALUES = "values"
    NUMBER = "number"
    AT_LEAST = "at-least"
    AT_MOST = "at-most"
    CHOICE = "choice"
    BOOLEAN = "boolean"
    DEPTH = "depth"
    YEARS = "years"
    QUOTE = "quote"
    BODY = "body"
    MISSING = "missing"
    OTHER = "other"


class BadParameter(RequestError):  # noqa: N818 (named like the errors it stands among)
    """A parameter is outside its limits.

    Attributes:
        reason: Which limit.
        values: What the limit is, to fill into the message.
    """

    def __init__(self, parameter: str, reason: Reason, **values: object) -> None:
        """Keep the reason, so that a page can say it in its own language."""
        self.reason, self.values = reason, values
        say = translator(Language.ENGLISH)
        super().__init__(parameter, say(f"parameter.{reason}", **values))


# Pydantic's type of error -> our reason, and where pydantic keeps the limit.
_REASONS: Final[Mapping[str, tuple[Reason, str]]] = {
    "string_too_long": (Reason.LENGTH, "max_length"),
    "too_long": (Reason.VALUES, "max_length"),
    "int_parsing": (Reason.NUMBER, ""),
    "int_parsing_size": (Reason.NUMBER, ""),
    "greater_than_equal": (Reason.AT_LEAST, "ge"),
    "less_than_equal": (Reason.AT_MOST, "le"),
    "enum": (Reason.CHOICE, "expected"),
    "bool_parsing": (Reason.BOOLEAN, ""),
    Reason.DEPTH: (Reason.DEPTH, "limit"),
    Reason.YEARS: (Reason.YEARS, ""),
    Reason.QUOTE: (Reason.QUOTE, ""),
    Reason.BODY: (Reason.BODY, ""),
    "missing": (Reason.MISSING, ""),
}


def bad_parameter(problem: ValidationError, known: tuple[str, ...]) -> BadParameter:
    """Say in our words what pydantic found first.

    A check over several parameters raises an error whose type is the reason and
    whose message is the name of the parameter.
    """
    error = problem.errors(include_url=False)[0]
    name = str(error["loc"][0]) if error["loc"] else error["msg"]
    if error["type"] == "json_invalid":
        return BadParameter("body", Reason.BODY)
    if error["type"] == "extra_forbidden":
        reason = Reason.UNKNOWN if known else Reason.NONE
        return BadParameter(name, reason, known=", ".join(known))
    reason, limit = _REASONS.get(error["type"], (Reason.OTHER, ""))
    return BadParameter(name, reason, limit=_limit(error, limit))


def _limit(error: ErrorDetails, key: str) -> float | str:
    """Give the limit an error was raised for; choices as a plain list."""
    limit = error.get("ctx", {}).get(key, "")
    if isinstance(limit, int | float):
        return limit
    return str(limit).replace("'", "").replace(" or ", ", ")
