"""Every message exists in every language, and only those that are said."""

import re
from pathlib import Path
from string import Formatter

import pytest

import web
from crawler.clean import Skipped
from crawler.read import read_page
from crawler.site import load_profiles
from index.document import Document, Kind, RegionFrom, Removed, Script, YearFrom
from index.near_duplicates import Relation
from index.whoosh_schema import TEXT_FIELDS
from search.changes import Fate
from search.differences import Change
from search.examples import EXAMPLES, Topic
from search.explanations import Role, Verdict
from search.export_formats import ExportFormat
from search.fields import known_fields
from search.mistakes import SENTENCES, Mistake
from search.precedents_results import Order
from search.quotes import Standing
from search.results import Axis, Sort
from search.series_records import Evidence
from search.series_titles import Genre
from search.suggest import SuggestionKind
from tests.sites.gold import load_gold
from web.document_params import Show
from web.errors import ProblemName
from web.explaining import PartSentence
from web.help_pages import SIGNS
from web.interface import SECTIONS
from web.listing import FACETS
from web.messages import Language, catalogue, choose, translator
from web.refusals import Reason

SOURCES = [
    path.read_text("utf-8")
    for path in Path(web.__path__[0]).rglob("*")
    if path.suffix in (".py", ".html")
]
# Keys made of a prefix and a value of a closed set.
MADE = {
    f"{prefix}.{value}{suffix}"
    for prefix, values, suffix in (
        ("kind", Kind, ""),
        ("script", Script, ""),
        ("relation", Relation, ""),
        ("year-from", YearFrom, ""),
        ("region-from", RegionFrom, ""),
        ("sort", Sort, ""),
        ("suggest.kind", SuggestionKind, ""),
        ("parameter", Reason, ""),
        ("problem", ProblemName, ".title"),
        ("problem", ProblemName, ".text"),
        ("field", FACETS, ""),
        ("explain.role", Role, ""),
        ("explain.place", TEXT_FIELDS, ""),
        ("why", Verdict, ""),
        ("why.part", PartSentence, ""),
        ("filter", ("year_from", "year_to", "published"), ""),
        ("nav", (section.name for section in SECTIONS), ""),
        ("nav", ("precedents", "series", "wording", "coverage"), "-does"),
        ("keys", ("search", "next-hit", "previous-hit", "open", "next-match"), ""),
        ("keys", ("previous-match", "list", "escape"), ""),
        ("mine", ("saved", "history", "clear-saved", "clear-history"), ""),
        ("wording", [f"by-{axis}" for axis in Axis], ""),
        ("wording", [f"by-{axis}" for axis in Axis], "-note"),
        ("wording", [f"chart-{axis}" for axis in Axis], ""),
        ("wording", ("copies-true", "copies-false", "first", "last"), ""),
        ("wording", ("precision-month", "precision-year", "precision-month-day"), ""),
        ("wording", ("folded", "unfolded", "more", "example"), ""),
        ("collapse", ("false",), ""),
        ("complete", ("true", "false"), ""),
        ("precedents.order", Order, ""),
        ("quote.standing", Standing, ""),
        ("show", Show, ""),
        ("precedents.refused", ("file", "text"), ""),
        ("export", ExportFormat, ""),
        ("export", ExportFormat, "-for"),
        ("batch.refused", ("empty", "file", "queries"), ""),
        ("compare", set(Change) - {Change.SAME}, ""),
        ("help.topic", Topic, ""),
        ("help.example", (example.name for example in EXAMPLES), ""),
        ("help.field", known_fields(), ""),
        ("help.sign", SIGNS, ""),
        ("mistake", Mistake, ""),
        ("series.fate", Fate, ""),
        ("series.means", Fate, ""),
        ("series.genre", Genre, ""),
        ("series.unit-from", Evidence, ""),
        ("date", ("year", "year-month", "year-month-day", "month-day", "month"), ""),
    )
    for value in values
}
# Keys looked up by a name that others choose, with the name itself as a fallback.
OPEN = ("rule.", "reason.", "explain.part.")


def said() -> set[str]:
    """Collect the keys that templates and code name in full."""
    literal = re.compile(r"""(?:say|note=say)\(\s*['"]([a-z_.-]+)['"]\s*[,)]""")
    facts = re.compile(r"""fact\('([a-z]+)'""")
    keys = {key for text in SOURCES for key in literal.findall(text)}
    keys |= {f"field.{key}" for text in SOURCES for key in facts.findall(text)}
    return keys


def test_every_message_is_in_every_language() -> None:
    """No message lacks one of the three languages, none has a fourth."""
    for key, texts in catalogue().items():
        assert set(texts) == set(Language), key


def test_every_key_that_is_said_exists() -> None:
    """Templates and code name no message that is missing."""
    assert (said() | MADE) - set(catalogue()) == set()


def test_every_message_is_said_somewhere() -> None:
    """No message is left that nothing says."""
    plain = {key.removesuffix(".one") for key in catalogue()}
    rest = {key for key in plain - said() - MADE if not key.startswith(OPEN)}
    assert rest == set()


def test_languages_fill_in_the_same_values() -> None:
    """A message takes the same values in every language."""
    for key, texts in catalogue().items():
        names = [
            {name for _, name, _, _ in Formatter().parse(text) if name}
            for text in texts.values()
        ]
        assert names[0] == names[1] == names[2], key


def test_mistakes_are_told_to_readers_as_to_scripts() -> None:
    """In English a page says of a mistake what the API says."""
    for mistake, sentence in SENTENCES.items():
        english = catalogue()[f"mistake.{mistake}"][Language.ENGLISH]
        assert english == f"{sentence.problem}: {sentence.advice}"


def test_scripts_are_not_mixed_up() -> None:
    """The traditional text is not the simplified one, character for character."""
    simplified = set("档检简览总汇说页条网览词")
    for key, texts in catalogue().items():
        assert not simplified & set(texts[Language.HANT]), key


def test_one_is_said_in_the_singular() -> None:
    """English says "1 result" and "2 results"."""
    say = translator(Language.ENGLISH)
    assert say("results.total", count=1) == "1 result"
    assert say("results.total", count=1234) == "1,234 results"


def test_unknown_name_is_said_as_it_is() -> None:
    """A rule that has no message yet is shown by its name."""
    assert translator(Language.HANS).known("rule.new", "new") == "new"


@pytest.mark.parametrize(
    ("wanted", "accepted", "language"),
    [
        (None, [], Language.HANS),
        ("en", ["zh-CN"], Language.ENGLISH),
        (None, ["zh-TW", "en"], Language.HANT),
        (None, ["zh-Hant-HK"], Language.HANT),
        (None, ["zh-Hans-HK"], Language.HANS),
        (None, ["zh_HK"], Language.HANT),
        (None, ["zh"], Language.HANS),
        (None, ["zh-SG"], Language.HANS),
        (None, ["zh-MO"], Language.HANT),
        (None, ["fr", "en-GB", "zh"], Language.ENGLISH),
        ("klingon", ["en"], Language.ENGLISH),
    ],
)
def test_language_is_chosen(
    wanted: str | None, accepted: list[str], language: Language
) -> None:
    """The address decides, then the browser, then simplified Chinese."""
    assert choose(wanted, accepted) is language


def test_every_rule_of_the_cleaner_has_its_words() -> None:
    """What was removed from a sample page is named in the reader's language."""
    profiles = load_profiles()
    found = {
        removed.rule.partition(":")[0]
        for gold in load_gold()
        for removed in _removed(read_page(gold.path.read_bytes(), profiles))
    }
    assert len(found) > 8
    assert not {f"rule.{family}" for family in found} - set(catalogue())


def _removed(read: Document | Skipped) -> tuple[Removed, ...]:
    return read.removed if isinstance(read, Document) else ()
