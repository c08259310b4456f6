"""The page of a document: its text, what is around it, how to cite and quote it."""

from flask import Blueprint, Flask, Response, render_template, url_for

from index.document import Document
from search.errors import QuerySyntaxError
from search.quotes import read_quote
from search.views import DocumentMarks, DocumentView
from web.archive_pages import read_asked
from web.beside import beside
from web.citing import ENDINGS, MEDIA_TYPES, Citing, citing, metadata
from web.document_params import CiteParameters, DocumentParameters, Show
from web.interface import speaker
from web.links import Address
from web.ports import Searcher
from web.precedents_present import similar_to
from web.quoting import ShownQuote, block_links, shown_quote
from web.reading import Wish, reading


def install(app: Flask, searcher: Searcher) -> None:
    """Give the application the citations of a document; its page is of ``pages``."""
    pages = Blueprint("citations", __name__)

    @pages.get("/documents/<document_id>/cite")
    def cite(document_id: str) -> Response:
        asked = read_asked(CiteParameters)
        view = searcher.document(document_id)
        cited = citing(view.document, view.captures, asked.capture)
        form = asked.format
        text = cited.texts[form].rstrip("\r\n") + "\n"
        response = Response(text, content_type=f"{MEDIA_TYPES[form]}; charset=utf-8")
        name = f"wensu-{document_id}.{ENDINGS[form]}"
        response.headers.set("Content-Disposition", "inline", filename=name)
        response.cache_control.no_cache = True
        return response

    app.register_blueprint(pages)


def document_page(
    searcher: Searcher, view: DocumentView, asked: DocumentParameters, here: Address
) -> str:
    """Write the page of a document."""
    document = view.document
    marks, problem = _marks(searcher, asked, document)
    quoted = _quoted(searcher, asked, view)
    wish = Wish(
        marks=marks,
        quoted=quoted.checked.marks if quoted else {},
        script=asked.show.script,
    )
    cited = citing(document, view.captures)
    return render_template(
        "document.html",
        reading=reading(view, wish, speaker()),
        similar=similar_to(searcher, document.id),
        text=asked.sought,
        asked=asked,
        here=here,
        kept=here.drop("find", "quote").pairs,
        shows=[(show, str(_put(here, "show", show))) for show in Show],
        beside=beside(searcher, asked, here, document.id),
        quoted=quoted,
        quote_links=_quote_links(document, asked, cited, here),
        cited=cited,
        metadata=list(metadata(document, cited)),
        problem=problem,
        twin=url_for("api.document", id=document.id),
    )


def _put(here: Address, name: str, value: str) -> Address:
    """Change a parameter of the page; the default is left out."""
    return here.drop(name) if value == Show.ORIGINAL else here.put(name, value)


def _marks(
    searcher: Searcher, asked: DocumentParameters, document: Document
) -> tuple[DocumentMarks, QuerySyntaxError | None]:
    """Mark a document; a query that cannot be read leaves it readable."""
    unmarked = DocumentMarks(title=(), blocks={})
    if not asked.sought:
        return unmarked, None
    try:
        return searcher.marks(asked.sought, document, synonyms=asked.synonyms), None
    except QuerySyntaxError as problem:
        return unmarked, problem


def _quoted(
    searcher: Searcher, asked: DocumentParameters, view: DocumentView
) -> ShownQuote | None:
    """Check the quote that is asked for."""
    if not asked.quote:
        return None
    checked = searcher.quotes.check(view.document.id, read_quote(asked.quote))
    return shown_quote(checked, view.captures)


def _quote_links(
    document: Document, asked: DocumentParameters, cited: Citing, here: Address
) -> dict[str, str]:
    """Address each block as a quote, where that is asked for."""
    if not (asked.quoting and cited.capture):
        return {}
    return block_links(document, cited.capture.digest, here)
