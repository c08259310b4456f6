"""The help page shows the language that the parser reads."""

import pytest
from flask.testing import FlaskClient

from search.examples import BRIEF, EXAMPLES, SAMPLES
from search.fields import FIELDS
from search.notation import QUOTES
from search.parser import parse
from search.query import Exact
from tests.web.page import get, links, one, words
from web.help_pages import SIGNS


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_every_example_is_shown_with_what_it_finds(
    client: FlaskClient, language: str
) -> None:
    """Each example has a row: the query as a link, and numbers of sample documents."""
    page = get(client, f"/help?lang={language}")
    for example in EXAMPLES:
        row = one(page, f"#example-{example.name}")
        assert words(row, "td:first-child > a") == [example.query]
        assert words(row, ".finds a") == [str(number) for number in example.finds]
    assert len(page.select(".samples > li")) == len(SAMPLES)


def test_every_field_is_listed_by_all_its_names(client: FlaskClient) -> None:
    """English and Chinese names stand on the page."""
    names = set(words(get(client, "/help"), "code"))
    for field in FIELDS:
        assert {f"{name}:" for name in (field.name, *field.chinese)} <= names


def test_signs_shown_as_alike_are_read_alike() -> None:
    """What the page calls quotation marks quotes."""
    assert len(SIGNS["quotes"]) == len(QUOTES)
    for pair in SIGNS["quotes"]:
        opening, closing = pair.split(" ")
        assert parse(f"{opening}统战{closing}") == Exact("统战")
    for between in SIGNS["years"]:
        assert str(parse(f"year:2019{between}2021")) == "year:2019..2021"
    for opening, closing in (pair.split(" ") for pair in SIGNS["groups"]):
        assert str(parse(f"-{opening}甲 乙{closing}")) == "-(甲 乙)"
    for sign in SIGNS["minus"]:
        assert str(parse(f"甲 {sign}乙")) == "甲 -乙"
    for sign in SIGNS["colon"]:
        assert str(parse(f"标题{sign}乙")) == "title:乙"
    for sign in SIGNS["equals"]:
        assert str(parse(f"{sign}乙")) == '="乙"'
    for sign in SIGNS["tilde"]:
        assert str(parse(f'"甲 乙"{sign}3')) == '"甲 乙"~3'
    for sign in SIGNS["star"]:
        assert str(parse(f"甲{sign}")) == "甲*"
    for word in SIGNS["or"]:
        assert str(parse(f"甲 {word} 乙")) == "甲 OR 乙"


@pytest.mark.parametrize("address", ["/", "/search?q=联谊", '/search?q="', "/coverage"])
def test_help_is_one_link_away(client: FlaskClient, address: str) -> None:
    """Home, results, refusals and every other page lead to it."""
    assert "/help" in links(get(client, address), "a")


def test_home_shows_a_few_examples(client: FlaskClient) -> None:
    """The few examples of the table stand on the home page."""
    shown = words(get(client, "/"), ".syntax dt")
    assert shown == [example.query for example in BRIEF]
