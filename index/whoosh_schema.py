"""Documents as Whoosh sees them: the schema, and the two analyzers Whoosh calls.

Each text field has two kinds of terms. Words rank: ``title``, ``headings`` and
``body`` hold jieba's tokens with their positions, which are code points into
``Document.text`` (or the title). Exact terms find: ``grams`` and ``title_grams``
hold every character and every pair of neighbours of the folded text, so that the
documents holding a string are among those holding all its pairs; two characters
or one need no further look.
"""

from collections.abc import Iterator
from typing import Any

from whoosh import formats
from whoosh.analysis import Analyzer as WhooshAnalyzer
from whoosh.analysis import Token as WhooshToken
from whoosh.fields import ID, KEYWORD, STORED, TEXT, FieldType, Schema

from index.analysis import Analyzer, make_analyzer
from index.captures import text_fingerprint
from index.document import Document
from index.fold import fold

SCHEMA_VERSION = "1"
TEXT_FIELDS = ("title", "headings", "body")
BREAK = "\n"


class WordAnalyzer(WhooshAnalyzer):  # type: ignore[misc]  # Whoosh is untyped
    """Lets Whoosh call our analyzer; positions are code points.

    The pickled schema holds no dictionary: plain Whoosh gets the shipped one.
    """

    def __init__(self, analyzer: Analyzer | None = None) -> None:
        """Take the analyzer, or the one with the shipped dictionary alone."""
        self._analyzer = analyzer

    def __reduce__(self) -> tuple[type["WordAnalyzer"], tuple[()]]:
        """Pickle without the dictionaries."""
        return (WordAnalyzer, ())

    def __call__(self, value: str, **options: Any) -> Iterator[WhooshToken]:  # noqa: ANN401 (Whoosh's contract)
        """Yield the tokens of a text; Whoosh wants one object, yielded again."""
        if self._analyzer is None:
            self._analyzer = make_analyzer()
        token = WhooshToken(**options)
        offset = 0
        for line in value.split(BREAK):
            for found in self._analyzer.tokens(line) if line else ():
                token.text = token.original = found.text
                token.pos = token.startchar = offset + found.start
                token.endchar = offset + found.end
                token.boost, token.stopped = 1.0, False
                yield token
            offset += len(line) + len(BREAK)


class GramAnalyzer(WhooshAnalyzer):  # type: ignore[misc]  # Whoosh is untyped
    """Yields the exact terms of a text, each once, none across a line break."""

    def __init__(self, analyzer: Analyzer | None = None) -> None:
        """Take the analyzer, or the one with the shipped dictionary alone."""
        self._analyzer = analyzer

    def __reduce__(self) -> tuple[type["GramAnalyzer"], tuple[()]]:
        """Pickle without the dictionaries."""
        return (GramAnalyzer, ())

    def __call__(self, value: str, **options: Any) -> Iterator[WhooshToken]:  # noqa: ANN401 (Whoosh's contract)
        """Yield the terms in a stable order."""
        if self._analyzer is None:
            self._analyzer = make_analyzer()
        token = WhooshToken(**options)
        terms: set[str] = set()
        for line in value.split(BREAK):
            terms |= self._analyzer.grams(line)
        for position, term in enumerate(sorted(terms)):
            token.text = token.original = term
            token.pos, token.boost, token.stopped = position, 1.0, False
            yield token


class Grams(FieldType):  # type: ignore[misc]  # Whoosh is untyped
    """A field of exact terms: which documents hold them, nothing more."""

    def __init__(self, analyzer: GramAnalyzer) -> None:
        """Set the attributes that Whoosh reads."""
        self.analyzer = analyzer
        self.format = formats.Existence()
        self.scorable = False
        self.stored = False
        self.unique = False
        self.vector = None


def make_schema(analyzer: Analyzer | None = None) -> Schema:
    """Make the schema of an index."""
    words, grams = WordAnalyzer(analyzer), GramAnalyzer(analyzer)
    return Schema(
        id=ID(unique=True, stored=True),
        title=TEXT(analyzer=words),
        headings=TEXT(analyzer=words),
        body=TEXT(analyzer=words),
        grams=Grams(grams),
        title_grams=Grams(grams),
        site=KEYWORD(commas=True),
        source=ID(),
        region=ID(),
        kind=ID(),
        script=ID(),
        complete=ID(),
        year=ID(),
        row=STORED(),
    )


def to_fields(document: Document, revision: int) -> dict[str, object]:
    """Write a document as the fields of the schema."""
    runs = [(block.text, block.heading_length) for block in document.blocks]
    return {
        "id": document.id,
        "title": document.title,
        "headings": BREAK.join(_only(text, 0, n) for text, n in runs),
        "body": BREAK.join(_only(text, n, len(text)) for text, n in runs),
        "grams": BREAK.join((document.title, *(text for text, _ in runs))),
        "title_grams": document.title,
        "site": ",".join(site_terms(document)),
        "source": fold(document.publisher or ""),
        "region": fold(document.region or ""),
        "kind": str(document.kind),
        "script": str(document.script),
        "complete": _truth(value=document.completeness.complete),
        "year": str(document.year or ""),
        "row": to_row(document, revision),
    }


def site_terms(document: Document) -> list[str]:
    """List what finds a document's site: its name, its host and parent domains."""
    host = (document.url or "").split("://")[-1].split("/")[0].split(":")[0]
    labels = host.split(".")
    parents = [".".join(labels[i:]) for i in range(len(labels) - 1)]
    names = map(site_term, (document.site, host, *parents))
    return [name for name in dict.fromkeys(names) if name]


def site_term(name: str) -> str:
    """Write the name of a site as a term; commas stand between terms."""
    return fold(name).replace(",", " ").strip()


def to_row(document: Document, revision: int) -> dict[str, object]:
    """List what facets, order and folding of copies need to know of a document."""
    return {
        "revision": revision,
        "site": document.site,
        "source": document.publisher,
        "region": document.region,
        "kind": str(document.kind),
        "script": str(document.script),
        "complete": document.completeness.complete,
        "year": document.year,
        "date": sort_date(document),
        "fingerprint": text_fingerprint(document),
    }


def sort_date(document: Document) -> int:
    """Write the day a document sorts by as YYYYMMDD, 0 where none is known.

    Unknown parts are 00. A date without its year counts as the year the document
    is about.
    """
    digits = (document.published or "").replace("-", "")
    if document.published and not document.published.startswith("--"):
        return int(digits.ljust(8, "0"))
    return (document.year or 0) * 10_000


def _only(text: str, start: int, end: int) -> str:
    """Blank out all but some characters, so that positions stay what they are."""
    return BREAK * start + text[start:end] + BREAK * (len(text) - end)


def _truth(*, value: bool) -> str:
    """Write a truth value as a term."""
    return "true" if value else "false"
