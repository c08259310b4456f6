"""Quotes on the page of a document and in JSON."""

from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask.testing import FlaskClient

from search.quotes import block_quote
from tests.fake_quotes import OLD_WORDS
from tests.web.documents import CAPTURES, YEARBOOK
from tests.web.page import get, links, one, words

PAGE = f"/documents/{YEARBOOK.id}"
NEWEST, OLDER = CAPTURES[1].digest, CAPTURES[0].digest
SECOND = YEARBOOK.blocks[1].text


def at(text: object) -> str:
    """Address a quote on the page."""
    return f"{PAGE}?quote={quote(str(text))}"


def test_each_paragraph_has_a_link_where_that_is_asked_for(
    client: FlaskClient,
) -> None:
    """Without JavaScript a paragraph is quoted by its link; the text stays the text."""
    page = get(client, PAGE)
    assert not page.select(".quote-this")
    (target,) = [h for h in links(page, ".citing .actions a") if "quoting" in h]
    quoting = get(client, target)
    assert len(links(quoting, ".text .quote-this")) == len(YEARBOOK.blocks)
    assert [each.text for each in quoting.select(".text [id]")] == [
        block.text for block in YEARBOOK.blocks
    ]
    shown = get(client, links(quoting, "#b2 .quote-this")[0])
    assert words(shown, ".notice.quote h2") == ["引文仍在原处"]
    assert words(shown, ".notice.quote blockquote") == [SECOND]
    assert "".join(words(shown, "#b2 .quoted")).replace(" ", "") == SECOND.replace(
        " ", ""
    )
    assert not shown.select("#b1 .quoted")


def test_link_of_a_quote_leads_back_to_it(client: FlaskClient) -> None:
    """What is to be copied is a whole address that shows the same quote."""
    page = get(client, at(f"{NEWEST}:b2:0-6"))
    link = str(one(page, "#quote-link")["value"])
    assert link.startswith(f"http://localhost{PAGE}?quote=")
    (asked,) = parse_qs(urlsplit(link).query)["quote"]
    assert asked.startswith(f"{NEWEST}:b2:0-6:")
    again = get(client, link)
    assert words(again, ".notice.quote blockquote") == ["【助力振兴】"]


def test_words_that_are_gone_are_shown_with_the_captures_to_compare(
    client: FlaskClient,
) -> None:
    """The quote is read from its capture, which can be compared with the newest."""
    page = get(client, at(block_quote(OLDER, "b1", OLD_WORDS)))
    assert words(page, ".notice.quote.warn h2") == ["现在的文字里已没有这段引文"]
    assert words(page, ".notice.quote blockquote") == [OLD_WORDS]
    compare = [h for h in links(page, ".notice.quote a") if "compare" in h]
    assert parse_qs(urlsplit(compare[0]).query) == {"from": ["1"], "to": ["2"]}
    assert not page.select(".text .quoted")


def test_unknown_capture_is_said_to_be_unknown(client: FlaskClient) -> None:
    """The words may stand there all the same."""
    unknown = block_quote("sha256:" + "0" * 64, "b2", SECOND)
    page = get(client, at(unknown))
    assert "没有链接所指的那次存档" in one(page, ".notice.quote").text
    assert words(page, ".notice.quote h2") == ["引文仍在原处"]


def test_words_that_no_text_has_are_not_shown(client: FlaskClient) -> None:
    """A forged quote shows no words and offers no link."""
    page = get(client, at(f"{NEWEST}:b2:0-6:{'0' * 16}"))
    assert words(page, ".notice.quote.warn h2") == ["核对不出这段引文"]
    assert not page.select(".notice.quote blockquote, #quote-link, .text .quoted")


def test_marks_and_quote_stand_in_one_text(client: FlaskClient) -> None:
    """A query marks its words within what is quoted, too."""
    page = get(client, f"{at(f'{NEWEST}:b2:6-12')}&q=联谊")
    assert words(page, "#b2 mark")[0] == "联谊"
    assert page.select("#b2 mark .quoted")


def test_json_tells_standing_place_and_words(client: FlaskClient) -> None:
    """Scripts check a quote without reading a page."""
    asked = quote(f"{NEWEST}:b1-b2:30-6")
    answer = client.get(f"/api/v1/quotes?document={YEARBOOK.id}&quote={asked}").json
    assert answer is not None
    assert answer["standing"] == "same"
    assert answer["text"] == f"{YEARBOOK.blocks[0].text[30:]}\n【助力振兴】"
    assert answer["now"] == [
        {"anchor": "b1", "start": 30, "end": len(YEARBOOK.blocks[0].text)},
        {"anchor": "b2", "start": 0, "end": 6},
    ]
    assert answer["capture"]["digest"] == NEWEST
    assert answer["difference"] == []
    again = client.get(
        f"/api/v1/quotes?document={YEARBOOK.id}&quote={quote(answer['quote'])}"
    )
    assert again.json == answer


@pytest.mark.parametrize(
    ("query", "status"),
    [
        (f"document={YEARBOOK.id}&quote=b1:0-2", 400),
        (f"document={YEARBOOK.id}", 400),
        (f"quote={NEWEST}:b1:0-2", 400),
        (f"document=none&quote={NEWEST}:b1:0-2", 404),
    ],
)
def test_what_is_no_quote_is_a_problem(
    client: FlaskClient, query: str, status: int
) -> None:
    """The API says what is wrong, and so does the page."""
    response = client.get(f"/api/v1/quotes?{query}")
    assert response.status_code == status
    assert response.content_type == "application/problem+json"


def test_page_refuses_what_is_no_quote(client: FlaskClient) -> None:
    """The refusal tells the form a quote has."""
    response = client.get(at("b1:0-2"))
    assert response.status_code == 400
    assert "sha256:摘要值:段:起-止" in response.text
