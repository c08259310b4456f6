"""The known sites' pages as HTML, in the variations that break the rules for text."""

import pytest

from crawler.read import read_page
from crawler.site import load_profiles
from index.document import BlockKind, Document
from tests.crawler import pages

PROSE = pages.PROSE


def _document(title: str, *body: str) -> Document:
    """Read a page of this title and body."""
    source = (
        f"<html><head><title>{title}</title></head><body>{''.join(body)}</body></html>"
    )
    document = read_page(source.encode(), load_profiles())
    assert isinstance(document, Document)
    return document


def _yearbook_copy(*, picture: bool) -> str:
    caption = (
        "<p align=center><img src='a.png'></p><p align=center>冷库落成（赵小满）</p>"
    )
    return "".join(
        [
            "<h2>农牧业</h2><p>发布时间：10-14</p><p>来源：</p>",
            f"<p>【概况】&nbsp; {PROSE}</p><p>{PROSE.replace('七', '八')}</p>",
            caption if picture else "",
            f"<p>【良种】&nbsp; {PROSE.replace('七', '九')}（李春）</p>",
            "<p>声明：转载请注明来源于《内蒙古区情网》官方网站</p>",
        ]
    )


@pytest.mark.parametrize("title", ["农牧业-内蒙古区情网", "内蒙古区情网"])
@pytest.mark.parametrize("copies", [[True], [True, True], [True, False], [False, True]])
def test_yearbook_page_in_html(title: str, copies: list[bool]) -> None:
    """A short title is found beside a longer site name, the body is kept once."""
    document = _document(
        title,
        "<div><a href='/'>首页</a><a href='/a'>数字史志</a></div>",
        "<div>当前位置：<a href='/'>内蒙古区情网</a> / <a href='/n'>2021卷</a></div>",
        *(f"<div>{_yearbook_copy(picture=picture)}</div>" for picture in copies),
        "<div class='foot'>版权所有：北原方志馆</div>",
    )
    assert document.title == "农牧业"
    assert document.published == "--10-14"
    assert document.authors == ("李春",)
    assert document.path == ("内蒙古区情网", "2021卷")
    assert [part.heading for part in document.sections] == ["【概况】", "【良种】"]
    assert document.text.count("冷库落成") == 1
    assert len(document.blocks) == 4


def test_preview_in_html() -> None:
    """Title and text of one element are parted although the title element is cut."""
    document = _document(
        "河湾区2022年民生工作….doc",
        "<div>预览加载中，请您耐心等待几秒...</div><div>1/2</div><div>2/2</div>",
        "<p>在线预览结束，喜欢就下载吧</p><p>如果您无法下载资料，请参考说明：</p>",
        f"<div>河湾区2022年民生工作总结{pages.PREVIEW_TEXT}</div>",
    )
    assert document.title == "河湾区2022年民生工作总结"
    assert document.text == pages.PREVIEW_TEXT


def test_member_text_in_html() -> None:
    """Lines parted by line breaks are mended, gaps cut out, forms removed."""
    document = _document(
        f"{pages.PARTLY_TITLE} - 新文秘网",
        "<div>目录/提纲：……<br>一、提升素质<br>（一）抓好学习<br>二、服务大局<br>……</div>",
        f"<h1>{pages.PARTLY_TITLE}</h1><div>2021年，区工商联扎实推进各项重点工作，取得了<br>",
        f"明显成效。<br>　　一、提升素质<br>　　（一）抓好学习。{PROSE}<br>",
        f"{pages.omission(300)}<br>　　二、服务大局<br>{pages.VISITS}",
        "……（未完，全文共3000字，当前仅显示1200字，请阅读下面提示信息。</div>",
        "<div>用户名：</div>",
    )
    assert document.title == pages.PARTLY_TITLE
    assert document.blocks[0].text.endswith("取得了明显成效。")
    assert [part.level for part in document.sections] == [1, 2, 1]
    assert document.completeness.omissions == (300,)
    assert document.text.endswith(pages.VISITS)


def test_model_text_in_html() -> None:
    """Title and address count, recommendations do not."""
    document = _document(
        f"{pages.MODEL_TITLE} - 文範網",
        "<div>當前位置：<a href='/'>文範網</a> &gt;工作總結 &gt;</div>",
        f"<h1>{pages.MODEL_TITLE}</h1>",
        *(f"<p>{line}</p>" for line in pages.MODEL_PARAGRAPHS),
        f"<p>文章版權屬於文章作者所有，轉載請註明 {pages.MODEL_URL}</p>",
        "<h3>相關推薦</h3><ul><li><a href='x'>2020年村委會總結</a></li></ul>",
    )
    assert document.text == "\n".join(pages.MODEL_PARAGRAPHS)
    assert document.url == pages.MODEL_URL
    assert document.path == ("文範網", "工作總結")


def test_picture_captions_in_html_keep_their_kind() -> None:
    """A figcaption is a caption, wherever the picture stands."""
    document = _document(
        "云州市总结",
        f"<h1>云州市总结</h1><p>{PROSE}</p>",
        "<figure><img src='a.png'><figcaption>冷库落成</figcaption></figure>",
        f"<p>{PROSE.replace('七', '八')}</p>",
    )
    assert document.blocks[1].kind is BlockKind.CAPTION
