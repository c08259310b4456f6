"""A page becomes a document with an identity, or is skipped with a reason."""

import pytest

from crawler.blocks import Page, RawBlock, Reader
from crawler.clean import Skipped, SkipReason, clean, with_id
from crawler.read import read_page
from crawler.site import load_profiles
from index.document import BlockKind, Document, Kind, RegionFrom
from tests.crawler.pages import (
    FARMING,
    FARMS,
    MODEL_URL,
    PROSE,
    cleaned,
    model_text,
    yearbook,
)

PROFILES = load_profiles()


def _html(*body: str, head: str = "") -> str:
    return (
        f"<!doctype html><html><head>{head}</head><body>{''.join(body)}</body></html>"
    )


PAGE = _html(
    "<nav><a href='/'>首页</a> <a href='/x'>工作动态</a></nav>",
    "<div class='crumb'>当前位置：首页 &gt; 统战工作</div>",
    "<article><h1>云州市2020年统战工作总结</h1>",
    "<p>发布日期：2021-01-15　来源：云州市委统战部</p>",
    f"<p>{PROSE}</p><h2>一、服务企业</h2><p>{PROSE.replace('七', '八')}</p>",
    "<p>来源：云州日报</p></article>",
    "<footer>版权所有：云州市委统战部　ICP备00000000号</footer>",
    head="<title>云州市2020年统战工作总结-云州统战</title>",
)


OFFICIAL = _html(
    "<ul class='breadCrumb'><li>首页</li><li>政务公开</li></ul>",
    "<article><h1>关于2020年水利工作情况的報告</h1>",
    "<p>发文字号：通政办发〔2021〕3号　成文日期：2021年1月5日</p>",
    "<p>（记者 王小河 通讯员 李大江）哲里木盟时期修建的水渠，按照国办发〔2020〕9号要求"
    f"全部改造。{PROSE}</p><p>{PROSE.replace('七', '八')}</p>",
    "<p>责任编辑：赵满</p></article>",
    head="<title>关于2020年水利工作情况的報告 - 通辽市政府网</title>"
    "<meta name='Author' content='赵满'><meta name='SiteName' content='通辽水利'>",
)


def test_a_page_tells_whatever_its_kind_tells() -> None:
    """Writers, numbers, place and breadcrumb, each by its own evidence."""
    document = cleaned(OFFICIAL)
    assert document.authors == ("王小河", "李大江")
    assert document.document_numbers == ("通政办发〔2021〕3号",)
    assert document.cited_numbers == ("国办发〔2020〕9号",)
    assert (document.region, document.city) == ("内蒙古自治区", "通辽市")
    assert document.region_from is RegionFrom.SITE
    assert document.path == ("首页", "政务公开")
    assert (document.published, document.year) == ("2021-01-05", 2020)
    assert document.kind is Kind.REPORT


def test_a_profile_tells_the_region_and_the_text_the_city_inside_it() -> None:
    """A city of another province is no city of the site's."""
    inside = cleaned(yearbook((FARMING, FARMS), title="通辽市农牧业"))
    assert (inside.region, inside.city) == ("内蒙古自治区", "通辽市")
    assert inside.region_from is RegionFrom.PROFILE
    beyond = cleaned(yearbook((FARMING, FARMS), title="赴杭州市学习农牧业"))
    assert (beyond.region, beyond.city) == ("内蒙古自治区", None)


def test_an_unknown_page_becomes_a_document() -> None:
    """Without a profile everything is read by the rules for any site."""
    document = cleaned(PAGE)
    assert document.title == "云州市2020年统战工作总结"
    assert document.path == ("首页", "统战工作")
    assert document.published == "2021-01-15"
    assert document.published_text == "2021-01-15"
    assert document.publisher == "云州市委统战部"
    assert (document.year, document.kind) == (2020, Kind.SUMMARY)
    assert document.site == ""
    assert [block.text for block in document.blocks] == [
        PROSE,
        "一、服务企业",
        PROSE.replace("七", "八"),
    ]
    assert [block.anchor for block in document.blocks] == ["b1", "b2", "b3"]
    assert document.blocks[1].kind is BlockKind.HEADING


def test_nothing_disappears_silently() -> None:
    """Every character of the page is in a block or among what was removed."""
    document = cleaned(PAGE)
    found = document.text + "".join(part.text for part in document.removed)
    for words in ("首页", "工作动态", "发布日期", "来源：云州日报", "版权所有", PROSE):
        assert words in found
    assert all(part.rule for part in document.removed)


def test_removed_parts_know_where_they_stood() -> None:
    """Each names the block before it; what stood above the text names none."""
    places = {part.text: part.after for part in cleaned(PAGE).removed}
    assert places["云州市2020年统战工作总结"] is None
    assert places["来源：云州日报"] == "b3"


def test_an_address_gives_the_document_its_identity() -> None:
    """Spellings of one address and both schemes are one document."""
    pages = [
        read_page(PAGE.encode(), PROFILES, url=url)
        for url in (
            "http://yun.example/a.html",
            "https://yun.example/a.html#top",
            "http://yun.example/b.html",
        )
    ]
    ids = [page.id for page in pages if isinstance(page, Document)]
    assert ids[0] == ids[1] != ids[2]
    assert len(ids[0]) == 16


def test_without_an_address_the_text_gives_the_identity() -> None:
    """The same words in other spacing are the same document."""
    spaced = PAGE.replace("改造水渠", "改造 水渠")
    other = PAGE.replace("改造水渠", "改造公路")
    assert cleaned(PAGE).id == cleaned(spaced).id != cleaned(other).id


def test_an_address_written_on_the_page_counts_on_its_own_site_only() -> None:
    """The site's front page and addresses of others name no document."""
    assert cleaned(model_text()).url == MODEL_URL
    assert cleaned(model_text(notice="轉載請註明 https://wenfanwang.com/")).url is None
    assert cleaned(model_text(notice="參見 https://yun.example/a.html")).url is None


@pytest.mark.parametrize(
    "payload", ["", "  \n ", "<html><body></body></html>", "总结", _html("<p>短</p>")]
)
def test_a_page_without_text_is_skipped(payload: str) -> None:
    """Empty pages and pages of a few characters say why they are no documents."""
    result = read_page(payload.encode(), PROFILES)
    assert isinstance(result, Skipped)
    assert result.reason is SkipReason.NO_TEXT
    assert result.detail


def test_a_page_of_noise_bytes_is_skipped_as_damaged() -> None:
    """What cannot be decoded is not indexed as garbage."""
    result = read_page(bytes(range(128, 256)) * 40, PROFILES)
    assert isinstance(result, Skipped)
    assert result.reason is SkipReason.DAMAGED


def test_the_reader_s_judgement_is_a_rule() -> None:
    """A block the reader marked is removed with its reason."""
    blocks = (
        RawBlock(text=PROSE),
        RawBlock(text="热门文章", boilerplate="outside-main: links 1.00"),
    )
    result = clean(Page(reader=Reader.HTML, blocks=blocks), PROFILES)
    assert isinstance(result, Document)
    assert [(part.text, part.rule) for part in result.removed] == [
        ("热门文章", "outside-main: links 1.00")
    ]


def test_with_id_changes_nothing_else() -> None:
    """A later capture takes the id of an earlier one."""
    document = cleaned(PAGE)
    renamed = with_id(document, "0" * 16)
    assert renamed.id == "0" * 16
    assert with_id(renamed, document.id) == document


def test_a_page_of_links_is_skipped_as_a_list() -> None:
    """A column's list of articles is no document."""
    links = "".join(f"<li><a href='/{n}'>云州市第{n}项工作</a></li>" for n in range(30))
    result = read_page(_html(f"<ul>{links}</ul>").encode(), PROFILES)
    assert isinstance(result, Skipped)
    assert result.reason is SkipReason.LIST_PAGE
    assert "%" in result.detail


def test_an_unknown_site_is_named_by_itself_or_by_its_host() -> None:
    """Its own meta element goes before the host of the address."""
    url = "http://yun.example/a"
    named = PAGE.replace(
        "<title>", "<meta property='og:site_name' content='云州网'><title>"
    )
    sites = [
        page.site
        for page in (
            read_page(text.encode(), PROFILES, url=url) for text in (PAGE, named)
        )
        if isinstance(page, Document)
    ]
    assert sites == ["yun.example", "云州网"]
