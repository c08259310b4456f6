"""A hostile page, looked at as it was captured, in a real Chromium."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from index.home import Home
from index.store import Store
from search.service import SearchService
from tests.archived import capture, serve
from tests.corpus import make_document
from tests.serving import serving
from web import create_app

DOCUMENT = make_document(1, "渡口简报", "渡船两艘。", url="https://a.example.cn/1")
# Every way a page may run something or ask another server for something.
HOSTILE = """<!doctype html>
<html><head><title>原题</title>
<meta charset="iso-8859-1">
<meta http-equiv="refresh" content="0; url={server}/refresh">
<base href="{server}/base/">
<link rel="stylesheet" href="{server}/sheet.css">
<link rel="icon" href="{server}/icon.png">
<link rel="prefetch" href="{server}/prefetch">
<link rel="preload" as="script" href="{server}/preload.js">
<link rel="modulepreload" href="{server}/module.js">
<link rel="preconnect" href="{server}/">
<link rel="dns-prefetch" href="{server}/">
<link rel="prerender" href="{server}/prerender">
<link rel="manifest" href="{server}/manifest.json">
<link rel="import" href="{server}/import.html">
<script type="speculationrules">
{{"prefetch": [{{"source": "list", "urls": ["{server}/speculation"]}}]}}</script>
<style>@import "{server}/import.css"; @font-face {{ font-family: x;
src: url({server}/font.woff) }} body {{ font-family: x; background:
url({server}/background.png); color: rgb(1, 2, 3) }}</style>
<script>document.title = "ran"; fetch("{server}/fetch");</script>
<script src="{server}/script.js"></script>
<script type="module">document.title = "ran";</script>
</head><body onload="document.title = 'ran'" background="{server}/body.png">
<h1>捕获时的样子</h1>
<img src="{server}/image.png" srcset="{server}/image2.png 2x"
 onerror="document.title = 'ran'">
<picture><source srcset="{server}/source.png"><img alt="" src="data:,"></picture>
<svg width="9" height="9" onload="document.title = 'ran'">
<image href="{server}/svg.png"/><use href="{server}/use.svg#x"/>
<script>document.title = "ran"</script><a href="javascript:1"><text>x</text></a></svg>
<iframe src="{server}/frame" srcdoc="<script>parent.document.title = 'ran'</script>">
</iframe><iframe src="javascript:document.title = 'ran'"></iframe>
<object data="{server}/object.swf"></object><embed src="{server}/embed.swf">
<video src="{server}/video.mp4" poster="{server}/poster.png" autoplay></video>
<audio src="{server}/audio.mp3" autoplay></audio>
<input type="image" src="{server}/input.png">
<details open ontoggle="document.title = 'ran'"><summary>x</summary></details>
<input autofocus onfocus="document.title = 'ran'">
<form action="{server}/form"><button id="send">send</button></form>
<a id="ping" href="#x" ping="{server}/ping">ping</a>
<a id="run" href="javascript:document.title = 'ran'">run</a>
<p style="background: url({server}/style.png)">尾段</p>
</body></html>"""


class Listener:
    """Counts who connects, whether or not a request is sent."""

    def __init__(self) -> None:
        """Begin to listen on loopback."""
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.requests: list[bytes] = []
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                connection.settimeout(0.3)
                with connection, suppress(OSError):
                    self.requests.append(b"")
                    self.requests[-1] = connection.recv(1000).split(b"\r\n")[0]

    def close(self) -> None:
        """Stop listening."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    """Listen where the hostile page wants to go."""
    listener = Listener()
    yield listener
    listener.close()


@pytest.fixture(scope="module")
def service(
    tmp_path_factory: pytest.TempPathFactory, listener: Listener
) -> Iterator[SearchService]:
    """Open an archive that holds the hostile page."""
    folder = tmp_path_factory.mktemp("captured")
    store = Store(Home(folder).store, create=True)
    page = HOSTILE.format(server=listener.address).encode("gb18030")
    capture(store, DOCUMENT, page)
    store.close()
    service = serve(folder)
    yield service
    service.close()


@pytest.fixture(scope="module")
def site(service: SearchService) -> Iterator[str]:
    """Serve it; give its address."""
    with serving(create_app(service)) as address:
        yield address


@pytest.fixture
def context(chromium: Browser, site: str) -> Iterator[BrowserContext]:
    """Open a browser."""
    context = chromium.new_context(base_url=site)
    yield context
    context.close()


def test_nothing_of_a_captured_page_runs_or_asks_for_anything(
    context: BrowserContext, listener: Listener
) -> None:
    """The text is there as it was; no script ran, no connection was made."""
    page = context.new_page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    page.goto(f"/documents/{DOCUMENT.id}/raw")
    expect(page.get_by_role("heading")).to_have_text("捕获时的样子")
    for name in ("#send", "#run", "#ping"):
        page.click(name)
    page.wait_for_timeout(1500)
    assert page.title() == "原题"
    assert page.url.split("#")[0].endswith(f"/documents/{DOCUMENT.id}/raw")
    assert len(context.pages) == 1
    assert (dialogs, listener.requests) == ([], [])
    style = page.locator("body").evaluate("body => getComputedStyle(body).color")
    assert style == "rgb(1, 2, 3)"


def test_the_listener_hears_a_page_without_the_headers(
    context: BrowserContext, listener: Listener, service: SearchService
) -> None:
    """The same bytes served plainly do run and do ask: the test can fail."""
    payload = service.archive.page(DOCUMENT.id).payload
    page = context.new_page()
    page.route(
        "**/plain",
        lambda route: route.fulfill(
            body=payload.decode("gb18030"), content_type="text/html; charset=utf-8"
        ),
    )
    page.goto("/plain", wait_until="commit")
    for _ in range(200):  # connections that ask for nothing are heard one by one
        if len(listener.requests) > 5:
            break
        page.wait_for_timeout(100)
    assert len(listener.requests) > 5
