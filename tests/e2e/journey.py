"""Browsers for whole journeys, which fail if a page complains on the way."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from playwright.sync_api import Browser, ConsoleMessage, Page, Response

WIDE, NARROW, HEIGHT = 1280, 390, 900


@contextmanager
def reader(chromium: Browser, site: str, *, scripted: bool = True) -> Iterator[Page]:
    """Open the browser of a reader of simplified Chinese.

    An error in a script, a violation of the content security policy, a part of a
    page that is not there, or an error of the server's fails the journey.
    """
    context = chromium.new_context(
        base_url=site,
        locale="zh-CN",
        viewport={"width": WIDE, "height": HEIGHT},
        java_script_enabled=scripted,
    )
    page = context.new_page()
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if not message.text.startswith("Failed to load resource"):
            complaints.append(message.text)

    def check(response: Response) -> None:
        least = HTTPStatus.BAD_REQUEST
        if response.request.is_navigation_request():  # a refusal is a page as well
            least = HTTPStatus.INTERNAL_SERVER_ERROR
        if response.status >= least:
            complaints.append(f"{response.status} {response.url}")

    page.on("console", note)
    page.on("response", check)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []
