r"""Read a query as typed into the tree of ``search.query``.

::

    query        = [alternatives]                 nothing matches every document
    alternatives = conjunction {"OR" conjunction}
    conjunction  = clause {clause}                a blank means AND
    clause       = "-" clause | "(" alternatives ")" | field ":" value | text
    value        = text | "(" alternatives ")"    the field holds for each text in it
    text         = word | '"' characters '"'

Full-width signs, the Chinese quotation marks and the Chinese names of
``search.fields`` do as well. ``\"`` and ``\\`` stand for a quotation mark and a
backslash within ``"…"``. A minus, a colon or OR inside a word is part of it.
"""

import re
from typing import Final

from index.fold import fold
from search.errors import UnknownField
from search.expansion import join
from search.fields import Field, FieldType, find_field, known_fields
from search.query import (
    BARE,
    COLON,
    FOREIGN,
    MINUS,
    NAME,
    NEAR,
    OPENING,
    PREFIX,
    QUOTES,
    TILDE,
    And,
    Attribute,
    Everything,
    Exact,
    Near,
    Not,
    Or,
    Prefix,
    Query,
    Words,
    YearRange,
)
from search.scanner import Limits, Scanner

LIMITS: Final = Limits()

_YEARS = re.compile(r"(?:([1-9][0-9]{3})年?)?(\.\.|-)?(?:([1-9][0-9]{3})年?)?")


_NEAR_ADVICE: Final = 'put it directly behind a quoted string, as in "甲 乙"~10'
_MAX_DISTANCE: Final = 1000


def parse(text: str, limits: Limits = LIMITS) -> Query:
    """Read a query.

    Raises:
        QuerySyntaxError: The text is no query; says where and what to write.
        UnknownField: It names a field that does not exist.
    """
    return _Parser(text, limits).query()


class _Parser(Scanner):
    """Reads one query from left to right, one method a rule of the grammar."""

    field: Field | None = None
    """The field whose value is being read."""

    def query(self) -> Query:
        """Read all of it."""
        self.skip_blanks()
        if self.at == len(self.text):
            return Everything()
        query = self.alternatives()
        if self.at < len(self.text):
            self.fail(
                "this parenthesis closes nothing",
                "take it away, or put ( where its group begins",
            )
        return query

    def alternatives(self) -> Query:
        """Read what stands between OR and OR."""
        found = [self.conjunction()]
        while operator := self.operator():
            self.at += len(operator)
            found.append(self.conjunction())
        return join(Or, found)

    def conjunction(self) -> Query:
        """Read clauses, at least one."""
        found: list[Query] = []
        self.skip_blanks()
        while not self.ends_conjunction():
            found.append(self.clause())
            self.skip_blanks()
        if not found:
            here = self.operator() or self.next()
            self.fail(
                f"nothing stands before {here}" if here else "the query ends too early",
                f"write a word or a quoted string {'before it' if here else 'here'}",
            )
        return join(And, found)

    def clause(self) -> Query:
        """Read a clause, whose first character is here."""
        char = self.next()
        if char in MINUS:
            return self.negation()
        if char in COLON:
            self.fail(
                "this colon stands after no field",
                "write it directly between a field and a value, as in year:2020, "
                "or put it in quotation marks",
            )
        return self.bare() if BARE.match(char) else self.enclosed()

    def negation(self) -> Query:
        """Read a minus and its clause."""
        start = self.at
        with self.deeper():
            self.at += 1
            if self.skip_blanks() or self.ends_conjunction():
                self.fail(
                    "this minus stands alone",
                    "write what to leave out directly after it, as in -word",
                    start,
                )
            return Not(self.clause())

    def enclosed(self) -> Query:
        """Read a group in parentheses or a quoted string."""
        start = self.at
        if self.next() not in OPENING:
            text = self.quoted()
            near = self.next() and self.next() in TILDE
            return self.near(start, text) if near else self.leaf(start, text, Exact)
        with self.deeper():
            self.at += 1
            query = self.alternatives()
        if not self.next():
            self.fail("this parenthesis is never closed", "close it with )", start)
        self.at += 1
        return query

    def near(self, start: int, text: str) -> Query:
        """Read the distance behind a quoted string; its strings are near then."""
        at, written = self.at, self.word()
        digits = written[1:]
        if not digits.isdecimal() or int(digits) > _MAX_DISTANCE:
            self.fail(
                f"{written} is no distance",
                "write how many characters may stand between the strings, as in ~10, "
                f"{_MAX_DISTANCE} at the most",
                at,
            )
        texts = tuple(dict.fromkeys(text.split()))
        if len(texts) == 1:
            self.fail("one string is near no other", "write two or more of them", start)
        if self.field and self.field.type is not FieldType.TEXT:
            self.fail(f"{self.field.name} has one value", self.field.expected, start)
        self.count_clause(start)
        return Near(texts, int(digits), self.field.name if self.field else "")

    def bare(self) -> Query:
        """Read a word, or a field and its value."""
        start, word = self.at, self.word()
        advice = FOREIGN.get(word) or (_NEAR_ADVICE if NEAR.fullmatch(word) else "")
        if advice:
            self.fail(
                f"{word} is not part of the query language",
                f"{advice}; or put it in quotation marks",
                start,
            )
        name = NAME.match(word)
        if name is None:
            return self.leaf(start, word)
        if field := find_field(name[1]):
            self.at = start + name.end()
            return self.value(start, field)
        if word.startswith("//", name.end()):
            self.fail(
                "this looks like an address",
                f'put it in quotation marks: "{word}"',
                start,
            )
        raise UnknownField(self.text, start, name[1], known_fields())

    def value(self, start: int, field: Field) -> Query:
        """Read what stands after the colon of a field."""
        if self.field:
            self.fail(
                "a field cannot stand within another field",
                f"write only values of {self.field.name} in its parentheses",
                start,
            )
        self.field = field
        start, char = self.at, self.next()
        if BARE.match(char):
            query = self.leaf(start, self.word())
        elif char and (char in OPENING or char in QUOTES):
            query = self.enclosed()
        else:
            self.fail(
                f"the field {field.name} has no value",
                f"write a value directly after the colon, as in {field.examples[0]}",
            )
        self.field = None
        return query

    def leaf(
        self, start: int, text: str, kind: type[Words] | type[Exact] = Words
    ) -> Query:
        """Make a clause of a text, as the field it stands in wants it."""
        self.count_clause(start)
        field = self.field
        if field is None or field.type is FieldType.TEXT:
            name = field.name if field else ""
            stem = PREFIX.fullmatch(text) if kind is Words else None
            return Prefix(stem[1], name) if stem else kind(text, name)
        query = _filter(field, text)
        if query is None:
            self.fail(
                f"{text!r} is no value of the field {field.name}", field.expected, start
            )
        return query


def _filter(field: Field, text: str) -> Query | None:
    """Read a value of a field that filters."""
    if field.type is FieldType.YEARS:
        return _years(text)
    value = text if field.type is FieldType.VALUE else field.choose(text)
    return None if value is None else Attribute(field.name, value)


def _years(text: str) -> YearRange | None:
    """Read a year or a range of years."""
    found = _YEARS.fullmatch(fold(text))
    if found is None:
        return None
    first, last = (int(year) if year else None for year in found.group(1, 3))
    if first and last:
        return YearRange(first, last) if found[2] and first <= last else None
    if found[2] == ".." and (first or last):
        return YearRange(first, last)
    return YearRange(first, first) if first and not found[2] else None
