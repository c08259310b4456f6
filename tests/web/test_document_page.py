"""The page of a document, without a browser."""

from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.web.documents import COPY, CUT, TRADITIONAL, YEARBOOK
from tests.web.page import get, links, one, words

PAGE = f"/documents/{YEARBOOK.id}"


def facts(page: BeautifulSoup) -> dict[str, str]:
    """Read the list of facts."""
    return dict(
        zip(words(page, "dl.facts dt"), words(page, "dl.facts dd"), strict=True)
    )


def test_facts_are_told_with_how_they_were_found(client: FlaskClient) -> None:
    """Date and year say where they were read."""
    told = facts(get(client, PAGE))
    assert told["所述年份"] == "2020 据卷次"
    assert told["发布日期"] == "10 月 14 日（年份不详） 原文作“10-14”"
    assert told["作者"] == "程远山"
    assert told["地区"] == "青石县 据标题"
    assert told["市州盟"] == "青原市"
    assert told["文号"] == "青政办发〔2021〕3号"
    assert told["编号"] == YEARBOOK.id
    assert "来源" not in told


def test_facts_lead_to_their_like(client: FlaskClient) -> None:
    """A year or a source is a link to the documents that share it."""
    page = get(client, f"/documents/{COPY.id}")
    asked = [parse_qs(urlsplit(h).query) for h in links(page, "dl.facts a[href^='/']")]
    assert {"source": ["临溪日报"]} in asked
    assert {"year": ["2020"]} in asked


def test_cited_numbers_lead_to_where_they_are_named(client: FlaskClient) -> None:
    """Each is a search for exactly that number."""
    page = get(client, PAGE)
    asked = [parse_qs(urlsplit(h).query) for h in links(page, "dl.facts .wide a")]
    assert {"q": ['"原政发〔2020〕11号"']} in asked
    assert facts(page)["引用文号"] == "原政发〔2020〕11号、原政办〔2020〕9号"


def test_source_is_linked_and_captures_are_told(client: FlaskClient) -> None:
    """The original address, and every capture with its digest."""
    page = get(client, PAGE)
    assert links(page, "dl.facts a.outside") == [YEARBOOK.url]
    captures = words(page, ".captures li")
    assert "2024-05-01 08:00:00 UTC HTTP 200" in captures[0]
    assert "sha256:" + "ab" * 32 in captures[0]
    assert "文件导入 lianyi.html" in captures[1]


def test_path_and_outline_are_shown(client: FlaskClient) -> None:
    """The breadcrumb is the site's own, the outline leads to the anchors."""
    page = get(client, f"/documents/{TRADITIONAL.id}")
    assert words(get(client, PAGE), ".path li") == ["首页", "年鉴", "2021卷"]
    assert links(page, ".outline.beside a") == ["#b1", "#b2", "#b3"]
    assert [li["class"] for li in page.select(".outline.beside li")] == [
        ["level1"],
        ["level2"],
        ["level1"],
    ]


def test_section_that_is_not_on_the_page_is_said_to_be_missing(
    client: FlaskClient,
) -> None:
    """An announced section without text has no link."""
    page = get(client, f"/documents/{CUT.id}")
    last = page.select(".outline.beside li")[-1]
    assert words(last, "small") == ["原网页未载"]
    assert not last.select("a")


def test_blocks_are_what_they_are(client: FlaskClient) -> None:
    """Headings, captions, items and rows have their own elements and anchors."""
    traditional = get(client, f"/documents/{TRADITIONAL.id}")
    assert words(traditional, ".text h2[id]") == ["一、加強學習", "二、服務企業"]
    assert words(traditional, ".text p#b2 strong") == ["1、辦好講座。"]
    cut = get(client, f"/documents/{CUT.id}")
    assert [li["id"] for li in cut.select(".text ul li")] == ["b2", "b3"]
    assert [row["id"] for row in cut.select(".text .rows p")] == ["b4", "b5"]
    assert words(get(client, PAGE), ".text p.caption#b3") == ["图为联谊会员在茶园"]


def test_text_without_a_query_is_the_text(client: FlaskClient) -> None:
    """Nothing is marked and nothing is lost."""
    page = get(client, PAGE)
    assert not page.select("mark, .matches")
    shown = [each.text for each in page.select(".text [id]")]
    assert shown == [block.text for block in YEARBOOK.blocks]


def test_marks_are_a_round_trip(client: FlaskClient) -> None:
    """From the bar to the first mark, on to the last, and round again."""
    page = get(client, f"{PAGE}?q=联谊")
    assert "5 处" in one(page, ".matches").text
    at = links(page, ".matches a")[0]
    seen = []
    for _ in range(6):
        seen.append(at)
        at = links(page, f"mark{at} + .steps a[rel=next]")[0]
    assert seen == ["#m1", "#m2", "#m3", "#m4", "#m5", "#m1"]
    assert set(words(page, "mark")) == {"联谊"}


def test_reader_can_go_back_to_the_results(client: FlaskClient) -> None:
    """The query leads back to its results."""
    target = links(get(client, f"{PAGE}?q=联谊"), ".back a")[0]
    assert parse_qs(urlsplit(target).query) == {"q": ["联谊"]}


def test_query_that_matches_nothing_here_says_so(client: FlaskClient) -> None:
    """A document may be found by another word than those it holds."""
    assert "没有" in one(get(client, f"{PAGE}?q=天气"), ".matches").text


def test_query_that_cannot_be_read_leaves_the_document_readable(
    client: FlaskClient,
) -> None:
    """The document is shown unmarked, and the bar says why."""
    response = client.get(f'{PAGE}?q="联谊')
    page = BeautifulSoup(response.text, "lxml")
    assert response.status_code == 200
    assert "看不懂" in one(page, ".matches").text
    assert not page.select("mark")


def test_incomplete_document_says_how_much_there_is(client: FlaskClient) -> None:
    """Shown, claimed, gaps and the evidence."""
    notice = one(get(client, f"/documents/{CUT.id}"), ".notice.warn").text
    assert "全文 2,600 字，只显示了 1,200 字" in notice
    assert "略去 2 处，注明的共 400 字" in notice
    assert "仅显示1200字，完整内容请注册" in notice
    assert not get(client, PAGE).select(".notice")


def test_removed_text_is_kept_with_its_rule_and_place(client: FlaskClient) -> None:
    """What was removed can be read, with the reason and where it stood."""
    page = get(client, PAGE)
    removed = words(page, "details.removed li")
    assert removed[0] == "网站的装饰、导航或提示 noise: share 原在正文之前 分享到："
    assert removed[1].startswith("与前文重复 repeated-block 原在 b3 之后")
    assert words(page, "details.removed li strong")[2] == "a-rule-of-tomorrow"
    assert links(page, "details.removed a")[0] == "#b3"
    assert words(page, "details.removed blockquote")[2] == "版权 <b>所有</b>"


def test_copies_are_listed_with_what_they_share(client: FlaskClient) -> None:
    """A copy is linked, with its site and how alike it is."""
    page = get(client, f"{PAGE}?q=联谊")
    assert words(page, "#copies + ul li") == [
        "青石县联谊工作 临溪新闻 · 与本文相同 · 相同 97%"
    ]
    target = urlsplit(links(page, "#copies + ul a")[0])
    assert (target.path, parse_qs(target.query)) == (
        f"/documents/{COPY.id}",
        {"q": ["联谊"]},
    )


def test_page_says_which_document_stands_for_the_others(client: FlaskClient) -> None:
    """The canonical document says so itself; a copy says it of that one."""
    here = words(get(client, PAGE), "section:has(#copies)")[0]
    assert "以上文档以本文为代表。" in here
    there = words(get(client, f"/documents/{COPY.id}"), "section:has(#copies)")[0]
    assert "代表各份" in there
    assert "以本文为代表" not in there


def test_json_twin_is_linked(client: FlaskClient) -> None:
    """The JSON of the document is one click away."""
    twin = links(get(client, PAGE), "link[rel=alternate]")[0]
    assert client.get(twin).get_json()["id"] == YEARBOOK.id


def test_unknown_document_is_a_page_of_its_own(client: FlaskClient) -> None:
    """An id that no document has is answered with 404 and a way on."""
    response = client.get("/documents/unknown")
    assert response.status_code == 404
    page = BeautifulSoup(response.text, "lxml")
    assert words(page, "h1") == ["没有这份文档"]
    assert "/" in links(page, "main a")


@pytest.mark.parametrize("query", ["q=" + "长" * 1001, "q=a&q=b"])
def test_bad_parameter_of_a_document_is_refused(
    client: FlaskClient, query: str
) -> None:
    """The limits of a query hold here too."""
    assert client.get(f"{PAGE}?{query}").status_code == 400
