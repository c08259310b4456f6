"""Language, links that keep it, and what every page shares."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.web.documents import TRADITIONAL, YEARBOOK
from tests.web.page import get, links, one, words
from tests.web.years import YEARS

PAGES = [
    "/",
    "/search?q=联谊",
    f"/documents/{YEARBOOK.id}?q=联谊",
    "/nowhere",
    '/search?q="',
    "/problems/parameter",
    "/coverage",
    f"/documents/{YEARBOOK.id}/compare",
    "/series?q=档案馆",
    f"/series/{YEARS[0].id}",
    f"/series/{YEARS[0].id}/diff?from=2014&to=2017",
    f"/documents/{YEARS[0].id}",
]


@pytest.mark.parametrize(
    ("accepted", "language", "button"),
    [
        ("zh-CN,zh;q=0.9", "zh-Hans", "检索"),
        ("zh-TW,en;q=0.5", "zh-Hant", "檢索"),
        ("en-US,en", "en", "Search"),
        ("de", "zh-Hans", "检索"),
    ],
)
def test_page_speaks_the_language_of_the_browser(
    client: FlaskClient, accepted: str, language: str, button: str
) -> None:
    """Accept-Language decides when the address does not."""
    response = client.get("/", headers={"Accept-Language": accepted})
    page = BeautifulSoup(response.text, "lxml")
    assert one(page, "html")["lang"] == language
    assert words(page, "form button") == [button]
    assert response.headers["Content-Language"] == language
    assert "Accept-Language" in response.headers["Vary"]


@pytest.mark.parametrize("address", PAGES)
def test_language_of_the_address_is_kept_in_links(
    client: FlaskClient, address: str
) -> None:
    """Every link to a page of ours stays in the language that was chosen."""
    joint = "&" if "?" in address else "?"
    page = get(client, f"{address}{joint}lang=en", Accept_Language="zh-TW")
    assert one(page, "html")["lang"] == "en"
    for href in links(page, "main a[href^='/']:not([download]), .brand"):
        assert parse_qs(urlsplit(href).query)["lang"] == ["en"], href
    for form in page.select("form"):
        assert one(form, "[name=lang]")["value"] == "en"


@pytest.mark.parametrize("address", PAGES)
def test_language_is_not_forced_on_links_without_choice(
    client: FlaskClient, address: str
) -> None:
    """Addresses stay short for a reader who chose nothing."""
    assert not [h for h in links(get(client, address), "main a") if "lang=" in h]


def test_switching_the_language_keeps_the_search(client: FlaskClient) -> None:
    """The switch leads to the same page of the same search."""
    page = get(client, "/search?q=本周&year=2018&page=2&lang=en")
    target = links(page, ".languages a[hreflang=zh-Hant]")[0]
    assert parse_qs(urlsplit(target).query) == {
        "q": ["本周"],
        "year": ["2018"],
        "page": ["2"],
        "lang": ["zh-Hant"],
    }
    assert words(get(client, target), ".languages [aria-current]") == ["繁體"]


@pytest.mark.parametrize("address", PAGES)
def test_page_can_be_found_one_s_way_in(client: FlaskClient, address: str) -> None:
    """One main landmark and heading, a search form with a label, a skip link."""
    page = get(client, address)
    assert len(page.select("main#content h1")) == 1
    form = one(page, "form[role=search]")
    box = one(form, "input[type=search]")
    assert one(form, f"label[for={box['id']}]").text.strip()
    assert links(page, "a.skip") == ["#content"]
    assert all(nav.get("aria-label") for nav in page.select("nav"))


@pytest.mark.parametrize("address", PAGES)
def test_ids_are_unique_and_links_within_the_page_lead_somewhere(
    client: FlaskClient, address: str
) -> None:
    """Every #link has its target."""
    page = get(client, address)
    ids = [each["id"] for each in page.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {h[1:] for h in links(page, "a") if h.startswith("#")} <= set(ids)


def test_text_of_a_document_has_the_language_of_its_script(
    client: FlaskClient,
) -> None:
    """A traditional text is marked as such within a simplified page."""
    hits = get(client, "/search?q=聯誼").select(".hit")
    assert [hit["lang"] for hit in hits] == ["zh-Hant"]
    page = get(client, f"/documents/{TRADITIONAL.id}")
    assert one(page, ".text")["lang"] == "zh-Hant"
    assert one(page, "h1")["lang"] == "zh-Hant"


def test_browser_can_add_the_search(client: FlaskClient) -> None:
    """An OpenSearch description is linked and describes both searches."""
    href = links(get(client, "/"), "link[rel=search]")[0]
    response = client.get(href)
    description = BeautifulSoup(response.data, "xml")
    assert response.mimetype == "application/opensearchdescription+xml"
    templates = [str(url["template"]) for url in description.select("Url")]
    assert templates[0] == "http://localhost/search?q={searchTerms}&page={startPage?}"
    name = one(description, "ShortName").text
    assert len(name) <= 16
    assert len(one(description, "Description").text) <= 1024
    for template in templates:
        address = template.replace("{searchTerms}", "联谊").replace("{startPage?}", "")
        assert client.get(address).status_code == 200, template


@pytest.mark.parametrize("address", ["/opensearch.xml", "/search.atom?q=联谊"])
def test_archive_below_a_path_is_named_with_it_once(
    client: FlaskClient, address: str
) -> None:
    """A proxy may have put the site below /wensu."""
    below = client.get(address, environ_overrides={"SCRIPT_NAME": "/wensu"}).text
    assert "http://localhost/wensu/search?q=" in below
    assert "/wensu/wensu" not in below


def test_files_are_kept_by_browsers_until_they_change(client: FlaskClient) -> None:
    """Style sheet and script may be kept for a day, pages are asked for again."""
    file = links(get(client, "/"), "link[rel=stylesheet]")[0]
    with client.get(file) as response:
        assert "max-age=86400" in response.headers["Cache-Control"]
    assert client.get("/").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("address", ["/help", f"/documents/{YEARBOOK.id}"])
def test_english_pages_have_no_full_width_punctuation(
    client: FlaskClient, address: str
) -> None:
    """Where the words are English, so is what stands between them."""
    page = get(client, f"{address}?lang=en")
    for foreign in page.select("main [lang]:not([lang=en]), main pre, main .citing"):
        foreign.clear()
    assert re.findall(".*[，：、。].*", one(page, "main").text) == []
