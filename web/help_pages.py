"""The help page: the query language by example, its fields, its signs."""

from typing import Final

from flask import Blueprint, Flask, render_template

from search.examples import BRIEF, EXAMPLES, SAMPLES, Topic
from search.fields import FIELDS
from search.notation import (
    CLOSING,
    COLON,
    EQUALS,
    MINUS,
    OPENING,
    OR_WORDS,
    QUOTES,
    STARS,
    TILDE,
)
from search.parser import LIMITS

_YEARS: Final = ("..", "...", "‥", "…", "-", "–", "—", "~", "至", "到")


def _pairs(opening: str, closing: str) -> tuple[str, ...]:
    """Write opening and closing signs as they stand around something."""
    return tuple(f"{one} {other}" for one, other in zip(opening, closing, strict=True))


SIGNS: Final = {
    "quotes": _pairs("".join(QUOTES), "".join(QUOTES.values())),
    "groups": _pairs(OPENING, CLOSING),
    "minus": tuple(MINUS),
    "colon": tuple(COLON),
    "equals": tuple(EQUALS),
    "tilde": tuple(TILDE),
    "star": tuple(STARS),
    "or": tuple(sorted(OR_WORDS)),
    "years": _YEARS,
}
"""Signs that do the same, by the name of the message that says what they are."""


def install(app: Flask) -> None:
    """Give the application its help page, and the few examples of other pages."""
    pages = Blueprint("help", __name__)

    @pages.get("/help")
    def show() -> str:
        return render_template(
            "help.html",
            topics=list(Topic),
            examples=EXAMPLES,
            samples=SAMPLES,
            fields=FIELDS,
            signs=SIGNS,
            limits=LIMITS,
        )

    app.jinja_env.globals["brief_examples"] = BRIEF
    app.register_blueprint(pages)
