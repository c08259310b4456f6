"""A document in the other script, for reading: places and marks hold."""

import pytest
from flask.testing import FlaskClient
from hypothesis import given

from index.document import Script
from index.fold import fold
from index.script import in_script
from tests.strategies import any_text
from tests.web.documents import TRADITIONAL, YEARBOOK
from tests.web.page import get, links, one, words


@given(any_text)
@pytest.mark.parametrize("script", [Script.HANS, Script.HANT])
def test_every_character_keeps_its_place(script: Script, text: str) -> None:
    """What is written in a script is as long, and folds to the same."""
    written = in_script(text, script)
    assert len(written) == len(text)
    assert fold(written) == fold(text)


def test_words_decide_how_a_character_is_written() -> None:
    """后 is one character in 皇后 and another in 以后; mixed text stays as it is."""
    assert in_script("皇后以后发展头发", Script.HANT) == "皇后以後發展頭髮"
    assert in_script("聯誼之後", Script.HANS) == "联谊之后"
    assert in_script("联誼", Script.MIXED) == "联誼"


def test_document_is_shown_in_the_script_asked_for(client: FlaskClient) -> None:
    """Title, outline, text and language are those of the script, and it is said so."""
    address = f"/documents/{TRADITIONAL.id}"
    page = get(client, f"{address}?show=hans&q=走訪")
    assert words(page, "h1") == ["2021年联谊工作年终总结"]
    assert words(page, ".outline.beside a")[0] == "一、加强学习"
    assert one(page, ".text")["lang"] == "zh-Hans"
    assert set(words(page, ".text mark")) == {"走访"}
    assert "仅供阅读" in one(page, ".tools .converted").text
    original = get(client, address)
    assert not original.select(".converted")
    assert one(original, ".shows [aria-current]").text == "原文"


def test_switch_keeps_what_else_is_shown(client: FlaskClient) -> None:
    """Marks stay when the script changes; the original has no parameter."""
    page = get(client, f"/documents/{YEARBOOK.id}?q=联谊&show=hant")
    assert links(page, ".shows a") == [
        f"/documents/{YEARBOOK.id}?q=%E8%81%94%E8%B0%8A",
        f"/documents/{YEARBOOK.id}?q=%E8%81%94%E8%B0%8A&show=hans",
        f"/documents/{YEARBOOK.id}?q=%E8%81%94%E8%B0%8A&show=hant",
    ]
    assert len(page.select("mark[id]")) == 5


def test_citation_and_copies_stay_in_the_original(client: FlaskClient) -> None:
    """Only what is read is converted."""
    page = get(client, f"/documents/{TRADITIONAL.id}?show=hans")
    assert TRADITIONAL.title in one(page, "#cite-gbt7714").text


def test_unknown_script_is_refused(client: FlaskClient) -> None:
    """A script that cannot be shown is a bad request."""
    assert client.get(f"/documents/{YEARBOOK.id}?show=mixed").status_code == 400
