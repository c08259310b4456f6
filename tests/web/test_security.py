"""Nothing foreign is loaded, framed or run."""

import re

import pytest
from flask.testing import FlaskClient

from tests.web.documents import HOSTILE
from tests.web.page import get
from web.security import CONTENT_SECURITY_POLICY

EVERYWHERE = [
    "/",
    "/search?q=联谊",
    f"/documents/{HOSTILE.id}?q=联谊",
    "/nowhere",
    '/search?q="',
    "/coverage",
    f"/documents/{HOSTILE.id}/compare",
    "/api/v1/search",
    "/api/v1/nowhere",
    "/healthz",
    "/openapi.json",
    "/opensearch.xml",
    "/static/style.css",
]
PAGES = EVERYWHERE[:7]


@pytest.mark.parametrize("address", EVERYWHERE)
def test_every_answer_has_the_headers(client: FlaskClient, address: str) -> None:
    """Pages, JSON, files and errors are all served with the same policy."""
    with client.get(address) as response:
        headers = response.headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "unsafe" not in CONTENT_SECURITY_POLICY


@pytest.mark.parametrize("address", PAGES)
def test_pages_hold_nothing_inline(client: FlaskClient, address: str) -> None:
    """No style, no script and no handler stands in a page."""
    page = get(client, address)
    assert not page.select("style, [style], script:not([src])")
    handlers = [
        name for each in page.select("*") for name in each.attrs if name[:2] == "on"
    ]
    assert not handlers


@pytest.mark.parametrize("address", PAGES)
def test_pages_load_only_our_files(client: FlaskClient, address: str) -> None:
    """Style sheet, script and icon come from this server and exist."""
    page = get(client, address)
    loaded = [str(each["src"]) for each in page.select("[src]")]
    loaded += [
        str(each["href"])
        for each in page.select("link[rel~=stylesheet], link[rel~=icon]")
    ]
    assert len(loaded) == (5 if page.select(".document") else 4)
    for file in loaded:
        assert re.fullmatch(r"/static/[a-z]+\.(css|js|svg)\?v=[0-9a-f]{8}", file)
        with client.get(file) as response:
            assert response.status_code == 200


@pytest.mark.parametrize(
    "address", ["/search?q=联谊", f"/documents/{HOSTILE.id}?q=联谊"]
)
def test_markup_in_a_document_stays_text(client: FlaskClient, address: str) -> None:
    """Titles, sites, publishers, text and removed blocks are shown, not run."""
    page = get(client, address)
    assert not page.select("main script, main img, main i, main u, main b")
    assert '<script>alert("题")</script>' in page.text
    assert "<i>斜体</i>站" in page.text


def test_markup_in_the_query_stays_text(client: FlaskClient) -> None:
    """A query is echoed in title, box and advice as characters."""
    page = get(client, '/search?q=<img src=x onerror=alert(1)>"&lang="><script>')
    assert not page.select("img, script:not([src])")
    box = page.select_one("#q")
    assert box is not None
    assert box["value"] == '<img src=x onerror=alert(1)>"'


def test_address_that_is_not_of_the_web_is_no_link(client: FlaskClient) -> None:
    """A document that claims a javascript: address is not linked to it."""
    for address in ("/search?q=联谊", f"/documents/{HOSTILE.id}"):
        schemes = [str(a["href"]) for a in get(client, address).select("a[href]")]
        assert not [href for href in schemes if href.startswith("javascript")]


def test_style_sheet_is_small(client: FlaskClient) -> None:
    """One sheet under 40 KB serves every page."""
    with client.get("/static/style.css") as response:
        assert len(response.data) < 40_000
