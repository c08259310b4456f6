r"""Read a query as typed into the tree of ``search.query``.

::

    query        = [alternatives]                 nothing matches every document
    alternatives = conjunction {"OR" conjunction}
    conjunction  = clause {clause}                a blank means AND
    clause       = "-" clause | "=" clause | "(" alternatives ")"
                 | field ":" value | text
    value        = ["="] (text | "(" alternatives ")")
                                                  the field holds for each text in it
    text         = word | word "*" | string | string "~" [">"] number
    string       = '"' characters '"'

``=`` keeps the script of the strings behind it. Full-width signs, the Chinese quotation
marks, 或 for OR and the Chinese names of ``search.fields`` do as well. ``\"`` and
``\\`` stand for a quotation mark and a backslash within ``"…"``. A minus, a colon, an
equals sign or OR inside a word is part of it.
"""

from collections.abc import Callable
from typing import Final, NoReturn

from search import mending
from search.errors import Edit, UnknownField
from search.expansion import join
from search.fields import Field, FieldType, find_field, known_fields
from search.mistakes import Mistake
from search.notation import (
    BARE,
    COLON,
    EQUALS,
    MINUS,
    NAME,
    NEAR,
    OPENING,
    PREFIX,
    QUOTES,
    TILDE,
    foreign,
    heads_text,
    quoted,
)
from search.query import (
    And,
    Attribute,
    Everything,
    Exact,
    Near,
    Not,
    Or,
    Prefix,
    Query,
    Verbatim,
    Words,
    YearRange,
)
from search.scanner import Limits, Scanner
from search.years import brackets, broken_range, guess_years, read_years

_MAX_DISTANCE: Final = 1000


def read(text: str, limits: Limits) -> Query:
    """Read a query.

    Raises:
        QuerySyntaxError: It has a mistake; the first one is told.
    """
    return _Parser(text, limits).query()


class _Parser(Scanner):
    """Reads one query from left to right, one method a rule of the grammar."""

    field: Field | None = None
    """The field whose value is being read."""
    verbatim = False
    """Whether the strings being read keep their script."""

    def query(self) -> Query:
        """Read all of it."""
        self.skip_blanks()
        if self.at == len(self.text):
            return Everything()
        query = self.alternatives()
        if self.at < len(self.text):
            edit = mending.without_sign(self.text, self.at)
            self.fail(Mistake.STRAY_CLOSING, edit=edit)
        return query

    def alternatives(self) -> Query:
        """Read what stands between OR and OR."""
        found = [self.conjunction()]
        while operator := self.operator():
            self.at += len(operator)
            found.append(self.conjunction())
        return join(Or, found)

    def conjunction(self) -> Query:
        """Read clauses, at least one; parentheses around nothing are none."""
        found: list[Query] = []
        self.skip_blanks()
        while not self.ends_conjunction():
            if empty := self.empty_group():
                self.at += len(empty)
            else:
                found.append(self.clause())
            self.skip_blanks()
        if not found:
            sign = self.operator() or self.next()
            edit = mending.without_operand(self.text, self.at, sign)
            if sign:
                self.fail(Mistake.NOTHING_BEFORE, edit=edit, sign=sign)
            self.fail(Mistake.ENDS_EARLY, edit=edit)
        return join(And, found)

    def clause(self) -> Query:
        """Read a clause, whose first character is here."""
        char = self.next()
        if char in MINUS:
            with self.deeper():
                self.sign(Mistake.LONE_MINUS)
                return Not(self.clause())
        if char in EQUALS:
            return self.as_written(self.clause)
        if char in COLON:
            edit = mending.colon(self.text, self.at)
            self.fail(Mistake.LONE_COLON, edit=edit)
        return self.bare() if BARE.match(char) else self.enclosed()

    def sign(self, alone: Mistake) -> None:
        """Read a sign, directly behind which a clause must stand."""
        start = self.at
        self.at += 1
        if self.skip_blanks() or self.ends_conjunction():
            edit = mending.closer(self.text, start, start + 1)
            self.fail(alone, start, edit)

    def as_written(self, read: Callable[[], Query]) -> Query:
        """Read an equals sign and what keeps its script."""
        with self.deeper():
            self.sign(Mistake.LONE_EQUALS)
            outer, self.verbatim = self.verbatim, True
            query = read()
            self.verbatim = outer
        return query

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
            end = len(self.text.rstrip())
            self.fail(Mistake.UNCLOSED_GROUP, start, Edit(end, end, ")"))
        self.at += 1
        return query

    def near(self, start: int, text: str) -> Query:
        """Read the distance behind a quoted string; its strings are near then."""
        at, word, field = self.at, self.word(), self.field
        found = NEAR.fullmatch(word)
        texts = tuple(text.split())
        if not found or not found[2] or int(found[2]) > _MAX_DISTANCE:
            edit = mending.distance(self.text, at, self.at, _MAX_DISTANCE)
            self.fail(Mistake.BAD_DISTANCE, at, edit, word=word, limit=_MAX_DISTANCE)
        if not found[1]:
            texts = tuple(dict.fromkeys(texts))
        if len(texts) == 1:
            self.fail(Mistake.ONE_STRING, start, Edit(at, self.at))
        if field and field.type is not FieldType.TEXT:
            values = {"field": field.name, "examples": " or ".join(field.examples)}
            self.fail(Mistake.NOT_NEAR, start, Edit(at, self.at), **values)
        self.count_clause(start)
        name = field.name if field else ""
        near = Near(texts, int(found[2]), name, ordered=bool(found[1]))
        return Verbatim(near) if self.verbatim else near

    def bare(self) -> Query:
        """Read a word, or a field and its value."""
        start, word = self.at, self.word()
        self.not_foreign(start, word)
        name = NAME.match(word)
        if name is None:
            return self.leaf(start, word)
        if field := find_field(name[1]):
            self.at = start + name.end()
            return self.value(start, field)
        if word.startswith("//", name.end()):
            edit = Edit(start, self.at, quoted(word))
            self.fail(Mistake.ADDRESS, start, edit, word=word)
        if heads_text(name[1], name[0][-1]):
            return self.leaf(start, word)
        edit = mending.field_name(start, name[1], word)
        raise UnknownField(self.text, start, name[1], known_fields(), edit)

    def not_foreign(self, start: int, word: str) -> None:
        """Refuse what is an operator elsewhere, or a distance without its string."""
        text, end = self.text, self.at
        if NEAR.fullmatch(word):
            edit = mending.behind_quotes(text, start, end, QUOTES.values())
            self.fail(Mistake.LONE_DISTANCE, start, edit, word=word)
        mistake = foreign(word)
        if mistake is Mistake.FOREIGN_NOT:
            edit = mending.negated(text, start, end)
        else:
            edit = Edit(start, end, "OR" if mistake is Mistake.FOREIGN_OR else "")
        if mistake:
            self.fail(mistake, start, edit, word=word)

    def value(self, start: int, field: Field) -> Query:
        """Read what stands after the colon of a field."""
        if self.field:
            self.fail(Mistake.FIELD_IN_FIELD, start, field=self.field.name)
        self.field = field
        char = self.next()
        if not char or not (BARE.match(char) or char in OPENING or char in QUOTES):
            edit = mending.closer(self.text, start, self.at)
            example = field.examples[0]
            self.fail(Mistake.NO_VALUE, None, edit, field=field.name, example=example)
        query = self.operand()
        self.field = None
        return query

    def operand(self) -> Query:
        """Read a value of a field."""
        start, char = self.at, self.next()
        if char in EQUALS:
            return self.as_written(self.operand)
        if BARE.match(char):
            return self.leaf(start, self.word())
        return self.enclosed()

    def leaf(
        self, start: int, text: str, kind: type[Words] | type[Exact] = Words
    ) -> Query:
        """Make a clause of a text, as the field it stands in wants it."""
        self.count_clause(start)
        field = self.field
        if field is None or field.type is FieldType.TEXT:
            return self.text_leaf(start, text, kind, field.name if field else "")
        query = _filter(field, text)
        broken = field.type is FieldType.YEARS and broken_range(self.text, start)
        if query is None or (broken and broken > start):
            self.bad_value(start, text, field)
        return query

    def text_leaf(
        self, start: int, text: str, kind: type[Words] | type[Exact], name: str
    ) -> Query:
        """Make a clause of a text that is sought in texts."""
        stem = PREFIX.fullmatch(text) if kind is Words else None
        if stem and self.verbatim:
            self.fail(Mistake.VERBATIM_PREFIX, start, Edit(self.at - 1, self.at))
        if stem:
            return Prefix(stem[1], name)
        return Verbatim(Exact(text, name)) if self.verbatim else kind(text, name)

    def bad_value(self, start: int, text: str, field: Field) -> NoReturn:
        """Refuse a value that a field cannot have."""
        values: dict[str, object] = {"field": field.name, "value": text}
        if field.type is FieldType.YEARS:
            ends = brackets(self.text, start), broken_range(self.text, start)
            end = max(*ends, self.at)
            values["value"] = self.text[start:end]
            years = guess_years(self.text[start:end])
            edit = Edit(start, end, str(years)) if years else None
            values["examples"] = " or ".join(field.examples)
            self.fail(Mistake.BAD_YEARS, start, edit, **values)
        edit = mending.choice(field, text, start, self.at)
        self.fail(Mistake.BAD_CHOICE, start, edit, **values, choices=field.listed)


def _filter(field: Field, text: str) -> Query | None:
    """Read a value of a field that filters."""
    if field.type is FieldType.YEARS:
        years = read_years(text)
        return YearRange(*years) if years else None
    value = text if field.type is FieldType.VALUE else field.choose(text)
    return None if value is None else Attribute(field.name, value)
