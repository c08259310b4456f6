"""Facts about drafts read from files."""

import io
import zipfile

import pytest

from search.drafts import MAX_DRAFT_BYTES, read_draft
from search.errors import RequestError

_NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_file(body: str, name: str = "word/document.xml") -> bytes:
    """Make a Word file of the XML of its body."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, body)
    return packed.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_plain_text_is_read_by_its_content(encoding: str) -> None:
    """Whatever it is written in; empty lines and what ends lines are left out."""
    text = "渡口管理所年度工作总结。\r\n\r\n  全年安全无事故，群众满意。  \n"
    expected = "渡口管理所年度工作总结。\n全年安全无事故，群众满意。"
    assert read_draft(text.encode(encoding)) == expected


def test_traditional_text_in_big5_is_read() -> None:
    """As the pages of the archive are."""
    text = "渡口管理所年度工作總結，全年安全無事故，群眾滿意，設備完好。"
    assert read_draft(text.encode("big5")) == text


def test_html_is_read_without_markup_and_scripts() -> None:
    """Each paragraph is a line; neither scripts nor styles are text."""
    page = (
        "<html><head><style>p{}</style><script>var a='坏';</script></head>"
        "<body><p>第一段，讲渡口。</p><p>第二段，<b>讲</b>码头。</p></body></html>"
    )
    assert read_draft(page.encode()) == "第一段，讲渡口。\n第二段，讲码头。"


def test_a_word_file_is_read_by_paragraphs() -> None:
    """Runs are joined, tabs and breaks are kept as such."""
    body = (
        f"<w:document {_NAMES}><w:body><w:p><w:r><w:t>第一段</w:t></w:r><w:r><w:t>，"
        "讲渡口。</w:t><w:br/><w:t>换行</w:t></w:r></w:p><w:p><w:r><w:t>第二段</w:t>"
        "</w:r></w:p></w:body></w:document>"
    )
    assert read_draft(word_file(body)) == "第一段，讲渡口。\n换行\n第二段"


def test_entities_of_a_word_file_are_not_followed() -> None:
    """A file names nothing else that is then read."""
    body = (
        '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
        f"<w:document {_NAMES}><w:p><w:t>甲&e;乙</w:t></w:p></w:document>"
    )
    assert read_draft(word_file(body)) == "甲"


@pytest.mark.parametrize(
    "payload",
    [
        b"PK\x03\x04 torn",
        word_file("no xml at all"),
        word_file("<a/>", name="other.xml"),
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
        b"a" * (MAX_DRAFT_BYTES + 1),
    ],
    ids=["torn", "no-xml", "no-word", "picture", "large"],
)
def test_what_is_no_text_is_refused(payload: bytes) -> None:
    """The field is named; nothing else is raised."""
    with pytest.raises(RequestError) as refusal:
        read_draft(payload)
    assert refusal.value.parameter == "file"


def test_a_word_file_that_unpacks_to_too_much_is_refused() -> None:
    """A small file cannot fill the memory."""
    body = f"<w:document {_NAMES}>" + " " * 20_000_001 + "</w:document>"
    payload = word_file(body)
    assert len(payload) < 100_000
    with pytest.raises(RequestError):
        read_draft(payload)
