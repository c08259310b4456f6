"""Reading a page the way a test asks about it."""

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient


def get(client: FlaskClient, address: str, **headers: str) -> BeautifulSoup:
    """Fetch a page; headers are named with underscores for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return BeautifulSoup(client.get(address, headers=named).text, "lxml")


def one(page: BeautifulSoup | Tag, selector: str) -> Tag:
    """Give the only element a selector finds."""
    (element,) = page.select(selector)
    return element


def words(page: BeautifulSoup | Tag, selector: str) -> list[str]:
    """Give the texts of the elements, white space collapsed."""
    return [" ".join(each.text.split()) for each in page.select(selector)]


def links(page: BeautifulSoup | Tag, selector: str) -> list[str]:
    """Give the addresses the elements lead to."""
    return [str(each["href"]) for each in page.select(selector)]
