"""What leads from page to page, and what a browser keeps."""

import pytest
from flask.testing import FlaskClient

from tests.web.documents import YEARBOOK
from tests.web.page import get, links, one, words

SECTIONS = {
    "/": "检索",
    "/precedents": "查先例",
    "/series": "历年总结",
    "/wording": "提法追踪",
    "/coverage": "收录情况",
    "/mine": "我的检索",
    "/help": "帮助",
}


@pytest.mark.parametrize("address", [*SECTIONS, "/search?q=联谊", "/nowhere"])
def test_every_page_leads_to_every_section(client: FlaskClient, address: str) -> None:
    """In the same order, and each of them answers."""
    page = get(client, address)
    assert links(page, ".sections a") == [*SECTIONS]
    assert words(page, ".sections a") == [*SECTIONS.values()]


@pytest.mark.parametrize(("address", "name"), SECTIONS.items())
def test_section_says_that_one_is_there(
    client: FlaskClient, address: str, name: str
) -> None:
    """The page itself is named as such."""
    assert words(get(client, address), ".sections [aria-current=page]") == [name]


def test_page_below_a_section_belongs_to_it(client: FlaskClient) -> None:
    """A document belongs to the search; a page that is not there to none."""
    page = get(client, f"/documents/{YEARBOOK.id}")
    assert words(page, ".sections [aria-current=true]") == ["检索"]
    assert not get(client, "/nowhere").select(".sections [aria-current]")


def test_keys_are_listed_in_the_help_and_on_every_page(client: FlaskClient) -> None:
    """The dialog and the help say the same, and the foot leads there."""
    page = get(client, "/help")
    lists = [words(each, "dt, dd") for each in page.select(".keytable")]
    assert len(lists) == 2
    assert lists[0] == lists[1]
    assert "?" in lists[0]
    assert links(get(client, "/"), "footer [data-keys]") == ["/help#keys"]
    assert one(page, "#keys")


def test_kept_searches_are_said_to_stay_in_the_browser(client: FlaskClient) -> None:
    """Without scripts the page says what it needs, and shows no empty list."""
    page = get(client, "/mine")
    assert "不会发送到服务器" in one(page, ".lead").text
    assert "JavaScript" in one(page, ".mine .plain").text
    assert all("hidden" in each.attrs for each in page.select("[data-kept]"))


def test_search_has_a_name_to_be_kept_by(client: FlaskClient) -> None:
    """The query and the filters, as a reader knows them."""
    page = get(client, "/search?q=联谊&year=2020&not_kind=summary")
    assert one(page, "[data-search]")["data-search"] == "联谊 · 2020 · 不含 总结"
