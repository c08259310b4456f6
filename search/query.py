"""The query tree we own; an engine translates it.

``str(tree)`` is a query that parses to the same tree; the signs it is written with
stand in ``search.notation``.
"""

from dataclasses import dataclass
from typing import TypeAlias

from search.notation import quoted, written


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
        return written(self.text, self.field)


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
        return written(self.text, self.field)


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
        return prefix + quoted(self.text)


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
    """Documents in which strings stand near each other.

    Attributes:
        texts: The strings as typed, two or more, no white space in them.
        distance: Characters of their passage that belong to none, at the most.
        field: ``title`` or ``""``.
        ordered: Whether they come in this order and none overlaps another.
    """

    texts: tuple[str, ...]
    distance: int
    field: str = ""
    ordered: bool = False

    def __str__(self) -> str:
        """Write them in quotation marks with the distance behind."""
        sign = "~>" if self.ordered else "~"
        near = f"{quoted(' '.join(self.texts))}{sign}{self.distance}"
        return f"{self.field}:{near}" if self.field else near


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A string, or strings near each other, in the script they are typed in.

    Width and case are folded; traditional and simplified characters, and variants,
    are told apart.

    Attributes:
        clause: What is sought.
    """

    clause: Exact | Near

    def __str__(self) -> str:
        """Write an equals sign before the clause."""
        return f"={self.clause}"


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
        return written(self.value, self.field)


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
    typed: Word | Exact | And
    equivalents: tuple[Exact, ...]

    def __str__(self) -> str:
        """Join what was typed and the equivalents by OR, in parentheses."""
        field = self.equivalents[0].field
        members = (written(self.text, field), *map(str, self.equivalents))
        return f"({' OR '.join(members)})"


Query: TypeAlias = (
    Everything
    | Words
    | Word
    | Exact
    | Prefix
    | Near
    | Verbatim
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
