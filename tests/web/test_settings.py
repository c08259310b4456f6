"""Every setting of the web server says what it is for."""

from dataclasses import fields

from tests.fakes import FakeSearcher
from web import WebSettings, create_app


def test_every_setting_has_a_help_text() -> None:
    """Help texts are sentences."""
    for setting in fields(WebSettings):
        assert setting.metadata["help"].endswith("."), setting.name


def test_public_address_is_named_where_an_address_must_be() -> None:
    """The OpenSearch description uses the public address that was set."""
    settings = WebSettings(base_url="https://archive.example/")
    client = create_app(FakeSearcher(), settings).test_client()
    page = client.get("/opensearch.xml").text
    assert 'template="https://archive.example/search?q={searchTerms}' in page
