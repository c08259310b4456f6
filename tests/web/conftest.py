"""An application over the small archive of ``documents``."""

import pytest
from flask.testing import FlaskClient
from flask_openapi3.openapi import OpenAPI

from tests.fakes import FakeSearcher
from web import create_app


@pytest.fixture
def searcher() -> FakeSearcher:
    """Give a searcher that a test may set up."""
    return FakeSearcher()


@pytest.fixture
def app(searcher: FakeSearcher) -> OpenAPI:
    """Give the application as it is served, errors answered rather than raised."""
    return create_app(searcher)


@pytest.fixture
def client(app: OpenAPI) -> FlaskClient:
    """Give a client without a browser."""
    return app.test_client()
