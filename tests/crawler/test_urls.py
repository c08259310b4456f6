"""Addresses have one spelling each."""

import pytest

from crawler.urls import canonical_url, host_of


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
