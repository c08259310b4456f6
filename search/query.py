"""The query tree we own; an engine translates it.

``str(tree)`` is a query that parses to the same tree. So the marks of the
language stand here, where they are written; ``search.parser`` reads them.
"""

import re
from dataclasses import dataclass
from typing import Final, TypeAlias

# Opening quotation marks and what closes each.
QUOTES: Final = {'"': '"', "“": "”", "「": "」", "『": "』", "＂": "＂"}
OPENING: Final = "(（"
CLOSING: Final = ")）"
MINUS: Final = "-－"
COLON: Final = ":："
OR_WORDS: Final = ("OR", "ＯＲ")

# What other engines' users type; read as words these would silently find nothing.
FOREIGN: Final = {
    "AND": "leave it out: words beside each other must all be found",
    "&&": "leave it out: words beside each other must all be found",
    "NOT": "put a minus directly before the word instead, as in -word",
    "||": "write OR instead",
}
# What may follow a quoted string; what may end a word.
TILDE: Final = "~～"
NEAR: Final = re.compile(rf"[{TILDE}][0-9]*")
PREFIX: Final = re.compile(r"([^*＊]+)[*＊]")

# Zero-width spaces and byte-order marks come along with pasted text.
BLANK: Final = r"\s\u200b\ufeff"

# Characters that stand together without quotation marks.
_MARKS = "".join([OPENING, CLOSING, *QUOTES, *QUOTES.values()])
BARE: Final = re.compile(f"[^{BLANK}{re.escape(_MARKS)}]+")

# What reads as the name of a field: 1 to 12 letters or Han characters.
NAME: Final = re.compile(rf"([^\W\d_]{{1,12}})[{COLON}]")


@dataclass(frozen=True, slots=True)
class Everything:
    """Matches every document."""

    def __str__(self) -> str:
        """Write the empty query."""
        return ""


@dataclass(frozen=True, slots=True)
class Words:
    """Running text as typed; it becomes one ``Word`` a token by analysis.

    Attributes:
        text: The text, no white space in it.
        field: ``title`` to look there only, ``""`` for everywhere.
    """

    text: str
    field: str = ""

    def __str__(self) -> str:
        """Write it as typed."""
        return _written(self.text, self.field)


@dataclass(frozen=True, slots=True)
class Word:
    """One token: documents that literally contain it, ranked by it.

    Attributes:
        text: The token as typed (an engine folds it).
        field: ``title`` or ``""``.
    """

    text: str
    field: str = ""

    def __str__(self) -> str:
        """Write it as typed, or quoted where it would read as something else."""
        return _written(self.text, self.field)


@dataclass(frozen=True, slots=True)
class Exact:
    """A string: documents that contain it within one block, after folding.

    Attributes:
        text: The string as typed, no quotation marks around it.
        field: ``title`` or ``""``.
    """

    text: str
    field: str = ""

    def __str__(self) -> str:
        """Write it in quotation marks."""
        prefix = f"{self.field}:" if self.field else ""
        return prefix + _quoted(self.text)


@dataclass(frozen=True, slots=True)
class Prefix:
    """Documents with a token that begins with a string, ranked by those tokens.

    Attributes:
        text: The beginning as typed.
        field: ``title`` or ``""``.
    """

    text: str
    field: str = ""

    def __str__(self) -> str:
        """Write a star behind it."""
        return f"{self.field}:{self.text}*" if self.field else f"{self.text}*"


@dataclass(frozen=True, slots=True)
class Near:
    """Documents in which strings stand near each other, in any order.

    Attributes:
        texts: The strings as typed, two or more, no white space in them.
        distance: Characters of their passage that belong to none, at the most.
        field: ``title`` or ``""``.
    """

    texts: tuple[str, ...]
    distance: int
    field: str = ""

    def __str__(self) -> str:
        """Write them in quotation marks with the distance behind."""
        written = f"{_quoted(' '.join(self.texts))}~{self.distance}"
        return f"{self.field}:{written}" if self.field else written


@dataclass(frozen=True, slots=True)
class Attribute:
    """A filter on a field of the document: it matches, it never scores.

    Attributes:
        field: ``site``, ``source``, ``region``, ``kind``, ``script`` or
            ``complete``.
        value: The value, compared after folding.
    """

    field: str
    value: str

    def __str__(self) -> str:
        """Write field and value, quoted where it must be."""
        return _written(self.value, self.field)


@dataclass(frozen=True, slots=True)
class YearRange:
    """A filter on the year a document is about, both ends included.

    Attributes:
        first: Earliest year, ``None`` for no lower end.
        last: Latest year, ``None`` for no upper end.
    """

    first: int | None
    last: int | None

    def __str__(self) -> str:
        """Write one year or a range."""
        if self.first == self.last:
            return f"year:{self.first}"
        first = "" if self.first is None else self.first
        last = "" if self.last is None else self.last
        return f"year:{first}..{last}"


@dataclass(frozen=True, slots=True)
class Not:
    """Documents that do not match the clause."""

    clause: "Query"

    def __str__(self) -> str:
        """Write a minus before the clause."""
        return f"-{_inner(self.clause)}"


@dataclass(frozen=True, slots=True)
class And:
    """Documents that match every clause; two or more clauses."""

    clauses: tuple["Query", ...]

    def __str__(self) -> str:
        """Join the clauses by spaces."""
        return " ".join(_inner(clause) for clause in self.clauses)


@dataclass(frozen=True, slots=True)
class Or:
    """Documents that match any clause; two or more clauses."""

    clauses: tuple["Query", ...]

    def __str__(self) -> str:
        """Join the clauses by OR."""
        return " OR ".join(_inner(clause) for clause in self.clauses)


@dataclass(frozen=True, slots=True)
class Variants:
    """Documents that match what was typed, or hold an equivalent of it.

    A document scores by the best of them, not by their sum: who writes both names of
    an office says no more than who writes one. Written down it is an OR, and reads
    back as the same node where the equivalents are still known.

    Attributes:
        text: The running text as typed, one word or several.
        typed: What it is sought by: a word, or all words of it.
        equivalents: What says the same, as exact strings.
    """

    text: str
    typed: Word | And
    equivalents: tuple[Exact, ...]

    def __str__(self) -> str:
        """Join what was typed and the equivalents by OR, in parentheses."""
        field = self.equivalents[0].field
        members = (_written(self.text, field), *map(str, self.equivalents))
        return f"({' OR '.join(members)})"


Query: TypeAlias = (
    Everything
    | Words
    | Word
    | Exact
    | Prefix
    | Near
    | Attribute
    | YearRange
    | Not
    | And
    | Or
    | Variants
)


def _inner(clause: Query) -> str:
    """Write a clause so that it stays one clause."""
    return f"({clause})" if isinstance(clause, And | Or) else str(clause)


def reads_as_word(text: str) -> bool:
    """Tell whether the text, standing alone in a query, is one bare word."""
    return (
        BARE.fullmatch(text) is not None
        and text[0] not in MINUS + COLON
        and text not in OR_WORDS
        and text not in FOREIGN
        and NEAR.fullmatch(text) is None
        and PREFIX.fullmatch(text) is None
        and NAME.match(text) is None
    )


def _written(text: str, field: str) -> str:
    """Write text bare if it can be read back so, else in quotation marks."""
    if field:
        bare = BARE.fullmatch(text) and not PREFIX.fullmatch(text)
        return f"{field}:{text if bare else _quoted(text)}"
    return text if reads_as_word(text) else _quoted(text)


def _quoted(text: str) -> str:
    """Put text in quotation marks."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
