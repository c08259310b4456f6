"""A mistake in a query is told in the language of the page."""

import pytest

from search.errors import QuerySyntaxError
from search.fields import FIELDS, find_field
from search.mistakes import Mistake
from search.parser import parse
from web.messages import Language, translator
from web.mistakes import mistake_words

QUERIES = (
    *("甲)", ")", "甲 OR", "甲 : 乙", "-", "=", "甲 ~3", "(甲", "甲”", "“甲", '""'),
    *('"甲 乙"~', '"甲"~3', 'year:"2019 2020"~3', "AND 甲", "NOT 甲", "||", "*"),
    *("http://a.cn", "地点:甲", "title:(year:2020)", "title:", "year:x", "kind:x"),
    *("=甲*", "甲" * 1001, "甲 " * 70, "(" * 21),
)


def mistake_in(text: str) -> QuerySyntaxError:
    """Read a query that has a mistake."""
    with pytest.raises(QuerySyntaxError) as error:
        parse(text)
    return error.value


@pytest.mark.parametrize("language", list(Language))
def test_every_mistake_can_be_told(language: Language) -> None:
    """Each mistake is said in each language with everything filled in."""
    errors = [mistake_in(text) for text in QUERIES]
    assert {error.mistake for error in errors} == set(Mistake)
    for error in errors:
        said = mistake_words(error, translator(language))
        assert said
        if language is Language.ENGLISH:
            assert said == f"{error.problem}: {error.expected}"


def test_fields_have_the_names_of_the_language() -> None:
    """A Chinese sentence names a field in Chinese, in its script."""
    error = mistake_in("title:")
    assert "“标题”" in mistake_words(error, translator(Language.HANS))
    assert "「標題」" in mistake_words(error, translator(Language.HANT))


@pytest.mark.parametrize("language", [Language.HANS, Language.HANT])
def test_fields_can_be_asked_by_the_names_that_pages_call_them(
    language: Language,
) -> None:
    """What a mistake lists as known, and what stands over a facet, is understood."""
    say = translator(language)
    for field in FIELDS:
        known = say(f"help.field.{field.name}")
        for name in (known, say.known(f"field.{field.name}", known)):
            assert find_field(name) == field, name
