"""Documents as Whoosh sees them: the schema, and the analyzers Whoosh calls.

Each text field has two kinds of terms. Words rank: ``title``, ``headings`` and
``body`` hold jieba's tokens and how often each stands there. Exact terms find:
``grams`` and ``title_grams`` hold every pair of neighbours of the folded text and
where it begins, so that a document holds a string where it has the string's pairs
one behind the other; ``chars`` and ``title_chars`` hold the single characters.
"""

import operator
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from whoosh import formats
from whoosh.analysis import Analyzer as WhooshAnalyzer
from whoosh.analysis import Token as WhooshToken
from whoosh.fields import ID, KEYWORD, STORED, TEXT, FieldType, Schema

from index.analysis import Analyzer, make_analyzer
from index.document import Document
from index.fold import fold
from index.place_names import short_name

SCHEMA_VERSION = "6"
TEXT_FIELDS = ("title", "headings", "body")
BREAK = "\n"
_SEVERAL = frozenset({"site", "region"})  # fields that have several terms
_REMEMBERED = 1 << 12


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


class PairAnalyzer(WhooshAnalyzer):  # type: ignore[misc]  # Whoosh is untyped
    """Yields the pairs of neighbours of a text, folded; none has a line break."""

    def __call__(self, value: str, **options: Any) -> Iterator[WhooshToken]:  # noqa: ANN401 (Whoosh's contract)
        """Yield the pairs in order."""
        token = WhooshToken(**options)
        folded = fold(value)
        for place, pair in enumerate(map(operator.add, folded, folded[1:])):
            if BREAK not in pair:
                token.text = token.original = pair
                token.pos, token.boost, token.stopped = place, 1.0, False
                yield token


class CharAnalyzer(WhooshAnalyzer):  # type: ignore[misc]  # Whoosh is untyped
    """Yields the different characters of a text, folded."""

    def __call__(self, value: str, **options: Any) -> Iterator[WhooshToken]:  # noqa: ANN401 (Whoosh's contract)
        """Yield the characters in a stable order."""
        token = WhooshToken(**options)
        for place, char in enumerate(sorted({*fold(value)} - {BREAK})):
            token.text = token.original = char
            token.pos, token.boost, token.stopped = place, 1.0, False
            yield token


class _Unscored(FieldType):  # type: ignore[misc]  # Whoosh is untyped
    """A field that finds and does not rank."""

    def __init__(self, analyzer: WhooshAnalyzer, format_: formats.Format) -> None:
        """Set the attributes that Whoosh reads."""
        self.analyzer = analyzer
        self.format = format_
        self.scorable = False
        self.stored = False
        self.unique = False
        self.vector = None


def make_schema(analyzer: Analyzer | None = None) -> Schema:
    """Make the schema of an index."""
    words, pairs, chars = WordAnalyzer(analyzer), PairAnalyzer(), CharAnalyzer()
    return Schema(
        id=ID(unique=True, stored=True),
        title=TEXT(analyzer=words, phrase=False),
        headings=TEXT(analyzer=words, phrase=False),
        body=TEXT(analyzer=words, phrase=False),
        grams=_Unscored(pairs, formats.Positions()),
        title_grams=_Unscored(pairs, formats.Positions()),
        chars=_Unscored(chars, formats.Existence()),
        title_chars=_Unscored(chars, formats.Existence()),
        site=KEYWORD(commas=True),
        source=ID(),
        region=KEYWORD(commas=True),
        kind=ID(),
        script=ID(),
        complete=ID(),
        year=ID(),
        row=STORED(),
    )


def to_fields(document: Document, revision: int) -> dict[str, object]:
    """Write a document as the fields of the schema."""
    runs = [(block.text, block.heading_length) for block in document.blocks]
    exact = BREAK.join((document.title, *(text for text, _ in runs)))
    return {
        "title": document.title,
        "headings": BREAK.join(_only(text, 0, n) for text, n in runs),
        "body": BREAK.join(_only(text, n, len(text)) for text, n in runs),
        "grams": exact,
        "title_grams": document.title,
        "chars": exact,
        "title_chars": document.title,
        **{name: ",".join(terms) for name, terms in attribute_terms(document).items()},
        "row": to_row(document, revision),
    }


def attribute_terms(document: Document) -> dict[str, tuple[str, ...]]:
    """List the terms of the fields that are not text, each once."""
    return {
        "id": (document.id,),
        "site": site_terms(document),
        "source": _folded_term(document.publisher),
        "region": region_terms(document.region),
        "kind": (str(document.kind),),
        "script": (str(document.script),),
        "complete": (_truth(value=document.completeness.complete),),
        "year": (str(document.year),) if document.year else (),
    }


def site_terms(document: Document) -> tuple[str, ...]:
    """List what finds a document's site: its name, its host and parent domains."""
    host = (document.url or "").split("://")[-1].split("/")[0].split(":")[0]
    return _site_terms(document.site, host)


@lru_cache(_REMEMBERED)
def _site_terms(site: str, host: str) -> tuple[str, ...]:
    """List what finds a site by its name and its host."""
    labels = host.split(".")
    parents = [".".join(labels[i:]) for i in range(len(labels) - 1)]
    names = map(_listed_term, (site, host, *parents))
    return tuple(name for name in dict.fromkeys(names) if name)


@lru_cache(_REMEMBERED)
def _folded_term(name: str | None) -> tuple[str, ...]:
    """Write a name as the term of a field that has one at the most."""
    folded = fold(name or "")
    return (folded,) if folded else ()


@lru_cache(_REMEMBERED)
def region_terms(name: str | None) -> tuple[str, ...]:
    """List what finds a region: its name in full, then the short one, if it has one."""
    full = _listed_term(name or "")
    return tuple(dict.fromkeys((full, short_name(full)))) if full else ()


def term_of(field: str, value: str) -> str:
    """Write a value as the term that it is in a field that is not text."""
    return _listed_term(value) if field in _SEVERAL else fold(value)


def _listed_term(name: str) -> str:
    """Write a name as one of several terms; commas stand between them."""
    return fold(name).replace(",", " ").strip()


def to_row(
    document: Document, revision: int, group: str | None = None
) -> dict[str, str | int | bool | None]:
    """List what facets, order, folding of copies and completion need of a document.

    Args:
        document: The document.
        revision: The revision of it that is indexed.
        group: Id of the document that stands for it and its near-duplicates; its own
            if none is given.
    """
    return {
        "revision": revision,
        "title": document.title,
        "site": document.site,
        "source": document.publisher,
        "region": document.region,
        "kind": str(document.kind),
        "script": str(document.script),
        "complete": document.completeness.complete,
        "year": document.year,
        "published": published_year(document),
        "date": sort_date(document),
        "group": group or document.id,
    }


def published_year(document: Document) -> int | None:
    """Tell in which year a document was put up, ``None`` where that is not known."""
    first = (document.published or "")[:4]
    return int(first) if first.isdigit() else None


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
