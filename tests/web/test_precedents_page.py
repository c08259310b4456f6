"""Facts about the page of precedents and the similar documents of a document."""

import io
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from markupsafe import Markup

from index.errors import IndexMissing
from search.results import Span
from tests.fakes import FakeSearcher
from tests.web.documents import YEARBOOK
from web.precedents_present import Mark, marked

TEXT = "本县联谊会组织茶农赴外地学习，成效明显。"


def test_the_form_has_labels_and_says_that_nothing_is_kept(
    client: FlaskClient,
) -> None:
    """Every control has a label; the limits and the promise are stated."""
    page = client.get("/precedents").text
    assert '<label for="draft">' in page
    assert len(re.findall(r"<label><span>[^<]+</span><(?:input|select)", page)) == 3
    assert "20,000" in page
    assert "不保存" in page
    assert 'href="/precedents"' in client.get("/").text


def test_both_texts_are_shown_with_the_shared_run_marked(client: FlaskClient) -> None:
    """The run has its number in both; the link marks it in the document."""
    response = client.post("/precedents", data={"text": TEXT})
    shared = "联谊会组织茶农赴外地学习，"
    passages = response.text.count('class="sides"')
    assert response.text.count(f"<mark><sup>1</sup>{shared}</mark>") == 2 * passages
    assert response.cache_control.private
    address, *_ = re.findall(r'<h2 lang="zh-Hans"><a href="([^"]+)"', response.text)
    assert address.endswith("#b2")
    opened = client.get(address.replace("&amp;", "&")).text
    assert shared in re.sub(r"<[^>]+>", "", opened)
    assert '<mark id="m1">' in opened


def test_a_file_is_compared_like_pasted_text(client: FlaskClient) -> None:
    """It comes before what is pasted, and its text is shown."""
    file = (io.BytesIO(TEXT.encode("gb18030")), "draft.txt")
    page = client.post("/precedents", data={"text": "别的", "file": file}).text
    assert "<sup>1</sup>" in page
    assert re.search(rf"<textarea[^>]*>\n{TEXT}</textarea>", page)


def test_what_shares_nothing_is_said(client: FlaskClient) -> None:
    """A page of its own words, not an empty list."""
    response = client.post("/precedents", data={"text": "海上风电机组吊装须候好天气。"})
    assert response.status_code == 200
    assert "库中没有与这段文字相同的写法" in response.text


@pytest.mark.parametrize(
    "form",
    [
        {"text": "短"},
        {"text": "字" * 20_001},
        {"text": TEXT, "order": "random"},
        {"text": TEXT, "limit": "x"},
        {"text": TEXT, "limit": "1000"},
        {"text": "", "file": (io.BytesIO(b"PK\x03\x04"), "a.docx")},
    ],
)
def test_what_cannot_be_used_is_said_on_the_page(
    client: FlaskClient, form: dict[str, object]
) -> None:
    """400, an alert, and the form with what was typed."""
    response = client.post("/precedents", data=form)
    assert response.status_code == 400
    assert 'role="alert"' in response.text
    assert str(form["text"]) in response.text


def test_text_is_escaped_on_both_sides(client: FlaskClient) -> None:
    """Markup in the text asked for is text."""
    text = "<b>" + TEXT + "</textarea><script>"
    page = client.post("/precedents", data={"text": text}).text
    assert "<b>" not in page
    assert "</textarea><script>" not in page
    assert "&lt;/textarea&gt;&lt;script&gt;" in page


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_the_page_is_there_in_every_language(
    client: FlaskClient, language: str
) -> None:
    """The form keeps the language that it was asked in."""
    page = client.get(f"/precedents?lang={language}").text
    assert f'action="/precedents?lang={language}"' in page


def test_marks_that_overlap_are_cut() -> None:
    """What two runs share of one text is marked once, and all of it is shown."""
    marks = [Mark(Span(3, 6), 2), Mark(Span(1, 4), 1), Mark(Span(2, 3), 0)]
    assert marked("甲乙丙丁戊己庚", marks, 0, 7) == Markup(
        "甲<mark><sup>1</sup>乙丙丁</mark><mark><sup>2</sup>戊己</mark>庚"
    )


def test_a_document_lists_those_like_it(
    client: FlaskClient, searcher: FakeSearcher
) -> None:
    """With what they share; where the index cannot tell the document is still read."""
    page = client.get(f"/documents/{YEARBOOK.id}").text
    assert "相似文档" in page
    assert "共有：联谊" in page
    assert "约 25%" in page
    assert searcher.similar.find(YEARBOOK.id).documents[0].title in page


def test_a_document_is_read_without_an_index(
    client: FlaskClient, searcher: FakeSearcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Similar documents are left out where the index cannot tell."""

    class Unable:
        def find(self, document_id: str, limit: int = 10) -> None:
            raise IndexMissing(Path(document_id) / str(limit))

    monkeypatch.setattr(FakeSearcher, "similar", Unable())
    response = client.get(f"/documents/{YEARBOOK.id}")
    assert searcher.failure is None
    assert response.status_code == 200
    assert "相似文档" not in response.text
