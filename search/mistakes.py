"""What can be wrong with a query, each mistake with what to do, in English.

Pages say the same in the reader's language by the name of the mistake.
"""

from enum import StrEnum
from typing import Final, NamedTuple


class Mistake(StrEnum):
    """Why a query cannot be read."""

    STRAY_CLOSING = "stray-closing"
    NOTHING_BEFORE = "nothing-before"
    ENDS_EARLY = "ends-early"
    LONE_COLON = "lone-colon"
    LONE_MINUS = "lone-minus"
    LONE_EQUALS = "lone-equals"
    LONE_DISTANCE = "lone-distance"
    UNCLOSED_GROUP = "unclosed-group"
    UNOPENED_QUOTE = "unopened-quote"
    UNCLOSED_QUOTE = "unclosed-quote"
    EMPTY_QUOTES = "empty-quotes"
    BAD_DISTANCE = "bad-distance"
    ONE_STRING = "one-string"
    NOT_NEAR = "not-near"
    FOREIGN_AND = "foreign-and"
    FOREIGN_NOT = "foreign-not"
    FOREIGN_OR = "foreign-or"
    FOREIGN_ALL = "foreign-all"
    ADDRESS = "address"
    UNKNOWN_FIELD = "unknown-field"
    FIELD_IN_FIELD = "field-in-field"
    NO_VALUE = "no-value"
    BAD_YEARS = "bad-years"
    BAD_CHOICE = "bad-choice"
    VERBATIM_PREFIX = "verbatim-prefix"
    TOO_LONG = "too-long"
    TOO_MANY = "too-many"
    TOO_DEEP = "too-deep"


class Sentence(NamedTuple):
    """What is wrong, and what to write instead; ``{names}`` are filled in."""

    problem: str
    advice: str


_NO_OPERATOR: Final = "{word} is not part of the query language"
_OR_QUOTE: Final = "; or put it in quotation marks"

SENTENCES: Final = {
    Mistake.STRAY_CLOSING: Sentence(
        "this parenthesis closes nothing",
        "take it away, or put ( where its group begins",
    ),
    Mistake.NOTHING_BEFORE: Sentence(
        "nothing stands before {sign}", "write a word or a quoted string before it"
    ),
    Mistake.ENDS_EARLY: Sentence(
        "the query ends too early", "write a word or a quoted string here"
    ),
    Mistake.LONE_COLON: Sentence(
        "this colon stands after no field",
        "write it directly between a field and a value, as in year:2020, or put it "
        "in quotation marks",
    ),
    Mistake.LONE_MINUS: Sentence(
        "this minus stands alone",
        "write what to leave out directly after it, as in -word",
    ),
    Mistake.LONE_EQUALS: Sentence(
        "this = stands alone",
        'write what to find as it stands directly after it, as in ="統戰"',
    ),
    Mistake.LONE_DISTANCE: Sentence(
        _NO_OPERATOR,
        'put it directly behind a quoted string, as in "甲 乙"~10' + _OR_QUOTE,
    ),
    Mistake.UNCLOSED_GROUP: Sentence(
        "this parenthesis is never closed", "close it with )"
    ),
    Mistake.UNOPENED_QUOTE: Sentence(
        "nothing is opened before {sign}", "take it away, or open the quoted string"
    ),
    Mistake.UNCLOSED_QUOTE: Sentence(
        "this quotation mark is never closed", "close it with {sign}"
    ),
    Mistake.EMPTY_QUOTES: Sentence(
        "there is nothing in the quotation marks",
        "write the string to be found between them",
    ),
    Mistake.BAD_DISTANCE: Sentence(
        "{word} is no distance",
        "write how many characters may stand between the strings, as in ~10, or ~>10 "
        "if they come in this order; {limit} at the most",
    ),
    Mistake.ONE_STRING: Sentence(
        "one string is near no other", "write two or more of them"
    ),
    Mistake.NOT_NEAR: Sentence(
        "{field} has one value", "write {examples}, or take the distance away"
    ),
    Mistake.FOREIGN_AND: Sentence(
        _NO_OPERATOR,
        "leave it out: words beside each other must all be found" + _OR_QUOTE,
    ),
    Mistake.FOREIGN_NOT: Sentence(
        _NO_OPERATOR,
        "put a minus directly before the word instead, as in -word" + _OR_QUOTE,
    ),
    Mistake.FOREIGN_OR: Sentence(_NO_OPERATOR, "write OR instead" + _OR_QUOTE),
    Mistake.FOREIGN_ALL: Sentence(
        "{word} alone is the beginning of no word",
        "leave it out: an empty query finds every document" + _OR_QUOTE,
    ),
    Mistake.ADDRESS: Sentence(
        "this looks like an address", 'put it in quotation marks: "{word}"'
    ),
    Mistake.UNKNOWN_FIELD: Sentence(
        "there is no field '{name}'",
        'use one of {known}, or put "{name}:" in quotation marks',
    ),
    Mistake.FIELD_IN_FIELD: Sentence(
        "a field cannot stand within another field",
        "write only values of {field} in its parentheses",
    ),
    Mistake.NO_VALUE: Sentence(
        "the field {field} has no value",
        "write a value directly after the colon, as in {example}",
    ),
    Mistake.BAD_YEARS: Sentence(
        "'{value}' is no value of the field {field}", "write {examples}"
    ),
    Mistake.BAD_CHOICE: Sentence(
        "'{value}' is no value of the field {field}", "use one of {choices}"
    ),
    Mistake.VERBATIM_PREFIX: Sentence(
        "beginnings are found in any script", "take away the star, or the ="
    ),
    Mistake.TOO_LONG: Sentence(
        "the query has {count} characters", "shorten it to at most {limit}"
    ),
    Mistake.TOO_MANY: Sentence(
        "the query has too many words",
        "use at most {limit}, or quote what belongs together",
    ),
    Mistake.TOO_DEEP: Sentence(
        "the query is nested too deeply",
        "use at most {limit} parentheses or minuses in each other",
    ),
}
