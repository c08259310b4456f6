"""What every page shares: language, links that keep it, style sheet and script."""

import hashlib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Final, NamedTuple

from flask import Flask, Response, request, url_for
from werkzeug.urls import iri_to_uri

from web.links import Address
from web.messages import Language, Translator, choose, translator
from web.reading import LANGUAGE_OF, date_words, safe_link

_NAMES: Final[Mapping[Language, str]] = {
    Language.HANS: "简体",
    Language.HANT: "繁體",
    Language.ENGLISH: "English",
}
_VERSION_DIGITS: Final = 8


class Section(NamedTuple):
    """A part of the site that every page leads to.

    Attributes:
        name: ``nav.<name>`` is what it is called.
        endpoint: Its first page.
        pages: How the endpoints of its pages begin.
    """

    name: str
    endpoint: str
    pages: str


SECTIONS: Final = (
    Section("search", "pages.home", "pages."),
    Section("precedents", "precedents.form", "precedents."),
    Section("series", "series.listing", "series."),
    Section("wording", "wording.page", "wording."),
    Section("coverage", "archive.coverage", "archive.coverage"),
    Section("mine", "mine.show", "mine."),
    Section("help", "help.show", "help."),
)
"""The parts of the site, as every page lists them."""


def install(app: Flask) -> None:
    """Give the templates of the application what every page shares."""
    versions = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()[:_VERSION_DIGITS]
        for file in files("web").joinpath("static").iterdir()
    }

    def asset(name: str) -> str:
        """Address a static file by its content, so that browsers may keep it."""
        return url_for("static", filename=name, v=versions[name])

    def shared() -> dict[str, object]:
        """Name what every template may use."""
        say = speaker()
        return {
            "say": say,
            "language": say.language,
            "language_names": _NAMES,
            "language_of": LANGUAGE_OF,
            "in_language": in_language,
            "link": link,
            "asset": asset,
            "safe_link": safe_link,
            "sections": SECTIONS,
            "section_at": request.endpoint or "",
            "date_words": date_words,
        }

    app.context_processor(shared)
    app.after_request(_declare)


def speaker() -> Translator:
    """Give the translator for whoever asked."""
    wanted = request.args.get("lang")
    return translator(choose(wanted, request.accept_languages.values()))


def link(endpoint: str, **values: str) -> str:
    """Address a page of ours, in the language the address of this one asks for."""
    target: dict[str, Any] = dict(values)
    if wanted := request.args.get("lang"):
        target["lang"] = wanted
    return url_for(endpoint, **target)


def in_language(language: Language) -> str:
    """Address this page in another language."""
    path = iri_to_uri(request.script_root + request.path)
    return str(Address(path, tuple(request.args.items(multi=True))).speak(language))


def _declare(response: Response) -> Response:
    """Tell caches what a page depends on, and readers its language.

    A captured page, which comes with a policy of its own, is not in ours.
    """
    ours = "Content-Security-Policy" not in response.headers
    if response.mimetype == "text/html" and ours:
        response.vary.add("Accept-Language")
        response.content_language.add(speaker().language)
        response.cache_control.no_cache = True
    return response
