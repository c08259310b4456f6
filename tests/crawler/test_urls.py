"""Addresses have one spelling each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.urls import canonical_url, host_of, is_web, resolve, url_key


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTP://Beiyuan.Example:80/A", "http://beiyuan.example/A"),
        ("https://beiyuan.example:443", "https://beiyuan.example/"),
        ("http://beiyuan.example:8080/a", "http://beiyuan.example:8080/a"),
        ("http://u:p@beiyuan.example/a#top", "http://beiyuan.example/a"),
        ("http://beiyuan.example/a?utm_source=x&id=3", "http://beiyuan.example/a?id=3"),
        ("http://beiyuan.example/a?spm=1.2", "http://beiyuan.example/a"),
        ("http://beiyuan.example/a;jsessionid=9F", "http://beiyuan.example/a"),
        ("http://beiyuan.example/a?k=%CD%B3", "http://beiyuan.example/a?k=%CD%B3"),
        (" http://beiyuan.example/a ", "http://beiyuan.example/a"),
        ("http://beiyuan.example:x/a", "http://beiyuan.example/a"),
    ],
)
def test_spellings_of_one_address_become_one(url: str, canonical: str) -> None:
    """What does not name the page goes, encoded bytes and other parameters stay."""
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


def test_parameters_that_only_begin_like_tracking_stay() -> None:
    """Whole names are compared."""
    assert (
        canonical_url("http://a.example/?fromdate=1") == "http://a.example/?fromdate=1"
    )


def test_host_has_a_port_only_where_it_is_not_the_default() -> None:
    """The host of nothing is empty."""
    assert host_of("http://A.example:8790/x") == "a.example:8790"
    assert host_of("https://a.example:443/x") == "a.example"
    assert host_of(None) == ""


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://a.example/b/../c/./d", "http://a.example/c/d"),
        ("http://a.example/../../c/..", "http://a.example/"),
        ("http://a.example/%2e%2e/c", "http://a.example/c"),
        ("http://a.example/%7eq/%e6%80%bb", "http://a.example/~q/%E6%80%BB"),
        ("http://a.example/总 结", "http://a.example/%E6%80%BB%20%E7%BB%93"),
        ("http://a.example/?k=总&q=%cd%b3", "http://a.example/?k=%E6%80%BB&q=%CD%B3"),
        ("http://云岭.example./", "http://xn--9kqv75a.example/"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
        ("http://a.example/(S(q2w3e4r5))/x.aspx", "http://a.example/x.aspx"),
        ("http://a.example/(X(1)S(q2w3))/x", "http://a.example/x"),
        ("http://a.example/(a)/x", "http://a.example/(a)/x"),
        ("http://a.example/x;PHPSESSID=9F?id=1", "http://a.example/x?id=1"),
        ("http://a.example/?sid=4b7Dx2&id=1", "http://a.example/?id=1"),
        ("http://a.example/?sid=45&id=1", "http://a.example/?sid=45&id=1"),
        ("http://a.example/?id=1&_=1700000000123", "http://a.example/?id=1"),
        ("http://a.example/?t=0.73641982&id=1", "http://a.example/?id=1"),
        ("http://a.example/?t=3&id=1", "http://a.example/?t=3&id=1"),
        ("http://a.example/a?", "http://a.example/a"),
    ],
)
def test_what_is_the_same_address_by_the_standards(url: str, canonical: str) -> None:
    """Dots, escapes, hosts in Chinese, sessions in paths, clocks against caches."""
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    ("target", "url"),
    [
        ("e.html", "http://a.example/d/e.html"),
        (" ../f.html#top\n", "http://a.example/f.html"),
        ("//b.example/x", "http://b.example/x"),
        ("?id=2&amp;page=3", "http://a.example/d/c.html?id=2&page=3"),
        ("..\\g\\h.htm", "http://a.example/g/h.htm"),
        ("a b.html", "http://a.example/d/a%20b.html"),
        ("?q=总结", "http://a.example/d/c.html?q=%D7%DC%BD%E1"),
        ("总结.html", "http://a.example/d/%E6%80%BB%E7%BB%93.html"),
        ("i\n.html", "http://a.example/d/i.html"),
    ],
)
def test_links_are_resolved_as_browsers_do(target: str, url: str) -> None:
    """A query in the page's own encoding, a path in UTF-8."""
    assert resolve("http://a.example/d/c.html", target, encoding="gb18030") == url


@pytest.mark.parametrize(
    "target",
    [
        *("javascript:void(0)", "mailto:a@b.example", "data:text/html,x", "tel:1"),
        *("http://", "http:///x", "http:x", "http://a b.example/", "http://[bad/"),
        *("\x00", "a\x07.html", "http://-/", "http://\x7f/", f"/{'x' * 2_000}"),
        *(
            "ftp://a.example/",
            "http://a.example:99999/",
            "http://a.example:0/",
            "\ud800",
            "http://a|b/",
        ),
    ],
)
def test_what_is_no_address_leads_nowhere(target: str) -> None:
    """Other schemes, no host, control characters, thousands of characters."""
    assert resolve("http://a.example/d/c.html", target) is None


def test_a_key_does_not_depend_on_scheme_and_order() -> None:
    """The address that is fetched keeps both."""
    first, second = "http://a.example/?b=1&a=2", "https://A.example/?a=2&b=1#x"
    assert canonical_url(first) == first
    assert url_key(first) == url_key(second) == "a.example/?a=2&b=1"
    assert url_key("http://a.example/?a=2") != url_key("http://a.example/?a=3")
    assert url_key("http://a.example/a") == "a.example/a"


PIECES = st.sampled_from(
    [
        *("/", "//", "/./", "/..", "?", "&", "=", ";jsessionid=1", "#", "%", "%2e"),
        *("%2F", "%41", "%cd%b3", "sid=a1b2c3", "_=1700000000", "总结", "a", "1", " "),
        *("/(S(a))/", "[", "]", "|", '"', "<", "\\", "~", ":", "@", "é", "{", "'"),
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join), st.booleans())
def test_a_canonical_address_stays_as_it_is(tail: str, relative: bool) -> None:  # noqa: FBT001 (drawn)
    """Whatever the pieces, once is enough, and it is plain ASCII."""
    base = "http://a.example/d/c.html"
    url = resolve(base, tail if relative else f"http://b.example/{tail}")
    if url:
        assert canonical_url(url) == url
        assert resolve(base, url) == url
        assert url.isascii()
        assert is_web(url)
        assert url_key(url) == url_key(f"http://{url_key(url)}")
