"""Sitemaps of every form give what can be read of them."""

import gzip

import pytest

from crawler.sitemaps import MAX_BYTES, MAX_ENTRIES, Problem, Sitemap, read_sitemap

URL = "http://a.example/map/sitemap.xml"
XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def read(content: str | bytes) -> Sitemap:
    """Read a sitemap."""
    payload = content.encode() if isinstance(content, str) else content
    return read_sitemap(payload, URL)


def pages(content: str | bytes) -> list[str]:
    """List the pages of a sitemap, by the path."""
    return [entry.url.removeprefix("http://a.example") for entry in read(content).pages]


def urlset(*paths: str, attributes: str = XMLNS) -> str:
    """Write a sitemap."""
    entries = (f"<url><loc>http://a.example{path}</loc></url>" for path in paths)
    declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f"{declaration}<urlset {attributes}>{''.join(entries)}</urlset>"


def test_pages_with_the_time_they_changed() -> None:
    """Each once; a time that is none is left out."""
    found = read(
        f"<urlset {XMLNS}>"
        "<url><loc> http://A.example/1.html\n</loc><lastmod>2031-03-04</lastmod></url>"
        "<url><loc>/2.html</loc><lastmod>2031-03-04T08:00:00+08:00</lastmod></url>"
        "<url><loc>/3.html</loc><lastmod>yesterday</lastmod></url>"
        "<url><loc>/1.html</loc></url><url><priority>1</priority></url></urlset>"
    )
    assert found.pages == (
        ("http://a.example/1.html", "2031-03-04"),
        ("http://a.example/2.html", "2031-03-04T08:00:00+08:00"),
        ("http://a.example/3.html", None),
    )
    assert found.sitemaps == ()
    assert found.problems == set()


def test_an_index_names_further_sitemaps() -> None:
    """They are kept apart from pages."""
    found = read(
        f"<sitemapindex {XMLNS}><sitemap><loc>http://a.example/s1.xml.gz</loc>"
        "<lastmod>2031</lastmod></sitemap></sitemapindex>"
    )
    assert found.sitemaps == (("http://a.example/s1.xml.gz", "2031"),)
    assert found.pages == ()


def test_feeds_are_sitemaps() -> None:
    """RSS has a link's text, Atom its attribute; dates become ISO 8601."""
    rss = (
        "<rss><channel><link>http://a.example/</link><item><title>总结</title>"
        "<link>http://a.example/1</link>"
        "<pubDate>Tue, 04 Mar 2031 08:00:00 GMT</pubDate></item></channel></rss>"
    )
    assert read(rss).pages == (("http://a.example/1", "2031-03-04T08:00:00+00:00"),)
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><link href="/"/><entry>'
        '<link rel="edit" href="/e"/><link href="/2"/>'
        "<updated>2031-03-04T00:00:00Z</updated></entry></feed>"
    )
    assert read(atom).pages == (("http://a.example/2", "2031-03-04T00:00:00Z"),)


@pytest.mark.parametrize(
    "content",
    [
        urlset("/1", "/2"),
        urlset("/1", "/2", attributes=""),
        urlset("/1", "/2", attributes='xmlns="urn:other"'),
        urlset("/1", "/2").replace("urlset", "whatever"),
        "\ufeff" + urlset("/1", "/2"),
        "\n\n " + urlset("/1", "/2"),
        urlset("/1", "/2").replace("UTF-8", "gb2312"),
        urlset("/1", "/2")
        .replace("<loc>", "<loc><![CDATA[")
        .replace("</loc>", "]]></loc>"),
        "<?xml version='1.0'?>"
        + urlset("/1", "/2")[39:]
        .replace("url>", "s:url>")
        .replace("<s:url>", "<s:url xmlns:s='x'>"),
        urlset("/1", "/2").replace("UTF-8", "UTF-16").encode("utf-16"),
        gzip.compress(urlset("/1", "/2").encode()),
        gzip.compress(gzip.compress(urlset("/1", "/2").encode())),
        "http://a.example/1\r\n\r\n  http://a.example/2\n",
        "\ufeffhttp://a.example/1\n/2",
    ],
)
def test_forms_that_are_met(content: str | bytes) -> None:
    """Name spaces, roots, marks, character sets, gzip and plain lists."""
    assert pages(content) == ["/1", "/2"]
    assert read(content).problems == set()


def test_entities_of_xml_in_sixteen_bits() -> None:
    """An escaped ampersand is read as such there, too."""
    content = urlset("/?a=1&amp;b=2").replace("UTF-8", "UTF-16")
    assert pages(content.encode("utf-16")) == ["/?a=1&b=2"]


def test_an_ampersand_that_is_not_escaped_is_read_as_meant() -> None:
    """Beside one that is."""
    assert pages(urlset("/?a=1&b=2", "/?a=1&amp;b=2", "/3")) == ["/?a=1&b=2", "/3"]


@pytest.mark.parametrize(
    ("content", "expected", "problem"),
    [
        (urlset("/1", "/2")[:-30], ["/1"], Problem.BAD_XML),
        (
            gzip.compress(urlset("/1", "/2").encode())[:-12],
            ["/1", "/2"],
            Problem.BAD_GZIP,
        ),
        (b"\x1f\x8b\x00\x00", [], Problem.BAD_GZIP),
        ("<!DOCTYPE html><html><a href=/1>", [], Problem.HTML),
        ("  <HTML><body>404", [], Problem.HTML),
        (urlset("/1").replace("http:", "gopher:"), [], Problem.BAD_ADDRESSES),
        ("", [], Problem.EMPTY),
        (f"<urlset {XMLNS}></urlset>", [], Problem.EMPTY),
        ("<", [], Problem.BAD_XML),
    ],
)
def test_broken_ones_give_what_can_be_read(
    content: str | bytes, expected: list[str], problem: Problem
) -> None:
    """And say what was wrong."""
    assert pages(content) == expected
    assert problem in read(content).problems


def test_damage_in_the_middle_of_a_gzip_file_costs_the_rest_only() -> None:
    """What stands before it is read."""
    paths = [f"/{hash_of(n)}" for n in range(5_000)]
    payload = bytearray(gzip.compress(urlset(*paths).encode()))
    payload[len(payload) // 2] ^= 0xFF
    found = read(bytes(payload))
    assert Problem.BAD_GZIP in found.problems
    assert 1_000 < len(found.pages) <= 5_000


def hash_of(number: int) -> int:
    """Spread numbers, so that gzip has work to do."""
    return number * 2_654_435_761 % 2**32


def test_no_more_addresses_are_read_than_a_sitemap_may_have() -> None:
    """The rest is left, and said."""
    found = read(urlset(*map("/{}".format, range(MAX_ENTRIES + 1))))
    assert len(found.pages) == MAX_ENTRIES
    assert found.problems == {Problem.TOO_MANY}


def test_a_bomb_is_not_unpacked() -> None:
    """A megabyte that would become a gigabyte is read up to the limit."""
    bomb = gzip.compress(urlset("/1").encode() + b" " * (2 * MAX_BYTES), 9)
    assert len(bomb) < MAX_BYTES / 100
    assert Problem.TOO_LARGE in read(bomb).problems


def test_files_are_not_read_into_addresses() -> None:
    """An address with an entity in it is none; the others are read."""
    entities = "<!ENTITY here 'abc'><!ENTITY file SYSTEM 'file:///etc/hostname'>"
    found = read(
        f"<!DOCTYPE urlset [{entities}]><urlset>"
        "<url><loc>http://a.example/&here;</loc></url>"
        "<url><loc>http://a.example/&file;</loc></url>"
        "<url><loc>http://a.example/1</loc></url></urlset>"
    )
    assert [entry.url for entry in found.pages] == ["http://a.example/1"]


def test_entities_within_entities_cost_nothing() -> None:
    """A billion laughs are not expanded, which would fill the memory."""
    entities = "<!ENTITY e0 'ha'>" + "".join(
        f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12)
    )
    found = read(
        f"<!DOCTYPE urlset [{entities}]>"
        "<urlset><url><loc>http://a.example/&e11;</loc></url></urlset>"
    )
    assert found.pages == ()
