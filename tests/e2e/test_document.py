"""The page of a document in a real Chromium: quotes, citations, the script."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.documents import YEARBOOK

DOCUMENT = f"/documents/{YEARBOOK.id}?q={quote('联谊')}"
# Select characters of blocks as a mouse would: [block, offset] to [block, offset].
SELECT = """([from, start, to, end]) => {
  const place = (id, at) => {
    const walker = document.createTreeWalker(
      document.getElementById(id), NodeFilter.SHOW_TEXT,
      (node) => node.parentElement.closest(".steps") ? 2 : 1);
    for (let node; (node = walker.nextNode()); at -= node.length)
      if (at <= node.length) return [node, at];
  };
  getSelection().setBaseAndExtent(...place(from, start), ...place(to, end));
}"""


@pytest.fixture
def page(chromium: Browser, site: str) -> Iterator[Page]:
    """Give a page that may write to the clipboard and writes nothing to the console."""
    context = chromium.new_context(base_url=site, locale="zh-CN")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


@pytest.mark.parametrize(
    ("span", "lines"),
    [
        (("b2", 7, "b2", 12), [YEARBOOK.blocks[1].text[7:12]]),
        (("b1", 30, "b2", 6), [YEARBOOK.blocks[0].text[30:], "【助力振兴】"]),
        # A paragraph that is clicked three times: the end is where the next begins.
        (("b1", 0, "b2", 0), [YEARBOOK.blocks[0].text]),
    ],
)
def test_selected_words_become_a_quote(
    page: Page, span: tuple[str, int, str, int], lines: list[str]
) -> None:
    """What is quoted is what was selected, marks and their links not counted."""
    page.goto(DOCUMENT)
    offer = page.get_by_role("link", name="引用所选文字")
    expect(offer).to_be_hidden()
    page.evaluate(SELECT, list(span))
    offer.click()
    expect(page.get_by_role("heading", name="引文仍在原处")).to_be_visible()
    shown = page.locator(".notice.quote blockquote p").all_inner_texts()
    assert shown == lines
    quoted = page.locator(".text .quoted").all_inner_texts()
    assert "".join(quoted) == "".join(lines)


def test_selection_beside_the_text_is_no_quote(page: Page) -> None:
    """Facts and notices are ours; only the text can be quoted."""
    page.goto(DOCUMENT)
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.facts'))")
    expect(page.locator(".quote-selection")).to_be_hidden()


def test_citation_is_copied_whole(page: Page) -> None:
    """The clipboard has what the file has, and the button says that it was done."""
    page.goto(DOCUMENT)
    page.locator("summary", has_text="BibTeX").click()
    button = page.locator("button[data-copy=cite-bibtex]")
    button.click()
    expect(button).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    file = page.request.get(f"/documents/{YEARBOOK.id}/cite?format=bibtex").text()
    assert copied.strip() == file.strip()


def test_quote_of_a_converted_text_is_of_the_original(page: Page) -> None:
    """Places are the same in either script."""
    page.goto(f"/documents/{YEARBOOK.id}?show=hant")
    page.evaluate(SELECT, ["b2", 7, "b2", 12])
    page.get_by_role("link", name="引用所选文字").click()
    words = YEARBOOK.blocks[1].text[7:12]
    expect(page.locator(".notice.quote blockquote")).to_have_text(words)
