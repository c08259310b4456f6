"""Markup to blocks: everything shown is in exactly one block."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.blocks import Page, Reader
from crawler.html import blocks, head, parse, read_html, read_html_within
from crawler.markup import MAX_CHARACTERS
from index.document import BlockKind

SENTENCE = "一年来，全县统战系统围绕中心、服务大局，各项工作取得新的成效。"


def texts(markup: str) -> list[str]:
    """Return the text of the blocks a page shows."""
    return [block.text for block in blocks(parse(markup)) if not block.boilerplate]


def kinds(markup: str) -> list[tuple[str, str]]:
    """Return kind and text of each block."""
    return [(block.kind.value, block.text) for block in blocks(parse(markup))]


def marks(page: Page) -> dict[str, str]:
    """Return each block's reason for being no main content."""
    return {block.text: block.boilerplate for block in page.blocks}


def squeezed(page: Page) -> str:
    """Return the characters of all blocks without white space."""
    return "".join("".join(block.text.split()) for block in page.blocks)


def test_lines_end_at_block_tags_and_breaks() -> None:
    """Block tags and ``<br>`` end lines, inline tags do not."""
    page = "甲<b>乙</b><div>丙<br/>丁<span>戊</span></div>己<p>庚"
    assert texts(page) == ["甲乙", "丙", "丁戊", "己", "庚"]


def test_full_width_indent_begins_a_paragraph() -> None:
    """Running text is split where an indent of two wide spaces follows."""
    page = "<p>　　第一段。　　第二段。\n　　第三段<br>　　第四段</p>"
    assert texts(page) == ["第一段。", "第二段。", "第三段", "第四段"]


def test_wide_spaces_inside_a_line_do_not_split_it() -> None:
    """Letters spaced out for looks stay one line."""
    assert texts("<p>主　　任：王一　　副主任：李二</p>") == [
        "主 任：王一 副主任：李二"
    ]


def test_white_space_collapses_and_zero_width_marks_vanish() -> None:
    """NBSP, wide spaces and tabs become one space; invisible marks go."""
    assert texts("<p>\t统\u200b战&nbsp;&nbsp;\u3000 工\ufeff作 </p>") == ["统战 工作"]


def test_line_feed_between_wide_characters_is_no_space() -> None:
    """A line feed in the source does not tear a Chinese sentence apart."""
    assert texts("<p>统一\n   战线\nwork\nplan</p>") == ["统一战线 work plan"]


def test_preformatted_lines_stay_lines() -> None:
    """Line feeds inside ``<pre>`` end lines."""
    assert texts("<pre>第一行\n第二行</pre>") == ["第一行", "第二行"]


def test_paragraph_of_nbsp_is_one_spacer() -> None:
    """Empty paragraphs in a row leave a single spacer."""
    assert texts("<p>甲</p><p>&nbsp;</p><p>\u3000</p><p>乙</p>") == ["甲", "", "乙"]


def test_empty_tags_leave_nothing() -> None:
    """Tags around nothing but source white space make no block."""
    assert texts("<div>\n <p> </p>甲\n</div><div></div>") == ["甲"]


def test_markup_gives_the_kind() -> None:
    """Headings, items and captions are told apart from paragraphs."""
    page = """<h2>概况</h2><p>正文</p><ul><li>一<li><p>二</p><p>二之续</p></ul>
    <figure><figcaption>会议现场</figcaption></figure>"""
    assert kinds(page) == [
        ("heading", "概况"),
        ("paragraph", "正文"),
        ("item", "一"),
        ("item", "二"),
        ("paragraph", "二之续"),
        ("caption", "会议现场"),
    ]


def test_row_of_a_data_table_is_one_block() -> None:
    """A row's cells, of several lines even, are joined by single spaces."""
    page = """<table><caption>经费表</caption><tr><th>项目<th>金额</tr>
    <tr><td>培训</td><td><p>3</p><p>万元</p></td></tr><tr><td>合计<td>&nbsp;</table>后文"""
    assert kinds(page) == [
        ("caption", "经费表"),
        ("row", "项目 金额"),
        ("row", "培训 3 万元"),
        ("row", "合计"),
        ("paragraph", "后文"),
    ]


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td>左</td><td>右</td></tr></table>",
        "<table><tr><td>左<td>中<td><table><tr><td>右</table><tr><td>下<td>末</table>",
        "<table><tr><td>左</td></tr><tr><td>右</td></tr></table>",
    ],
)
def test_layout_tables_are_walked_through(page: str) -> None:
    """One row, one column or a table inside a table is layout."""
    assert {kind for kind, _ in kinds(page)} == {"paragraph"}


def test_table_with_a_page_in_a_cell_is_layout() -> None:
    """A cell of many paragraphs is no datum."""
    article = f"<p>{SENTENCE}</p>" * 12
    page = f"<table><tr><td>一<td>二<tr><td>目录<td>{article}</table>"
    assert (BlockKind.PARAGRAPH, SENTENCE) in kinds(page)


def test_scripts_styles_and_comments_are_nowhere() -> None:
    """What is no text of the page is in no block."""
    page = """<head><title>题</title><style>p{color:red}</style></head>
    <script>var text = "长长的一段脚本文字";</script><!-- 注释里的文字 -->甲"""
    assert [block.text for block in blocks(parse(page))] == ["甲"]


@pytest.mark.parametrize(
    ("element", "reason"),
    [
        ('<div style="color:red;Display : None">{}</div>', "hidden: display:none"),
        ('<p style="visibility:hidden">{}</p>', "hidden: visibility:hidden"),
        ("<div hidden>{}</div>", "hidden: attribute"),
        ('<i aria-hidden="true">{}</i>', "hidden: aria"),
        ("<select><option>{}</select>", "hidden: select"),
        ("<textarea>{}</textarea>", "hidden: textarea"),
        ("<button>{}</button>", "hidden: button"),
        ("<noscript>{}</noscript>", "hidden: noscript"),
        ("<template>{}</template>", "hidden: template"),
        ("<iframe>{}</iframe>", "hidden: iframe"),
        ("<video>{}</video>", "hidden: video"),
        ("<title>题</title><title>{}</title>", "hidden: title"),
    ],
)
def test_hidden_text_is_kept_apart(element: str, reason: str) -> None:
    """Hidden text of eight characters is recorded, shorter is not."""
    long = blocks(parse(f"<p>甲{element.format('八个字的隐藏文字')}乙</p>"))
    short = blocks(parse(f"<p>甲{element.format('七个字的隐藏文')}乙</p>"))
    assert {block.text: block.boilerplate for block in long}[
        "八个字的隐藏文字"
    ] == reason
    assert "".join(block.text for block in short) == "甲乙"


def test_hidden_words_do_not_split_the_paragraph() -> None:
    """A paragraph with hidden words in it stays one block."""
    page = '<p>全县<span style="display:none">防复制的干扰文字</span>统战工作</p>'
    assert texts(page) == ["全县统战工作"]


def test_image_name_as_text_stays() -> None:
    """Text like a file name is the cleaner's business; ``alt`` is no text."""
    assert texts('<p>image.png</p><img alt="会议照片">') == ["image.png"]


LEAVES = st.text(alphabet="统战工作总结，。 \n\t\xa0\u3000&<Ab1", max_size=12)
INLINE = st.sampled_from(["b", "span", "a", "font", "em"])
BLOCK = st.sampled_from(
    ["div", "p", "li", "td", "tr", "table", "h2", "pre", "section", "center", "ul"]
)


def escape(text: str) -> str:
    """Write text so that it comes out of the parser as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


TREES = st.recursive(
    LEAVES.map(escape),
    lambda inner: st.tuples(INLINE | BLOCK, st.lists(inner, max_size=4)).map(
        lambda tree: f"<{tree[0]}>{''.join(tree[1])}</{tree[0]}>"
    ),
    max_leaves=25,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(TREES, max_size=5).map("".join))
def test_every_character_is_in_exactly_one_block(markup: str) -> None:
    """Blocks joined are the page's text in order, white space aside."""
    shown = "".join(re.sub(r"<[^>]*>", "", markup).split())
    shown = shown.replace("&lt;", "<").replace("&amp;", "&")
    assert squeezed(read_html(markup)) == shown
    page = read_html_within(markup, content=["td", "div p"], drop=["li b"], fields={})
    assert sorted(squeezed(page)) == sorted(shown)


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    """No text makes the reader fail."""
    for block in read_html("<p>" + text + "<table><td>").blocks:
        assert block.text == " ".join(block.text.split())


@pytest.mark.parametrize("tag", ["div", "b", "a href=x", "table><tr><td", "ul><li"])
@pytest.mark.parametrize("depth", [300, 5000, 50_000])
def test_depth_costs_no_text(tag: str, depth: int) -> None:
    """However deep tags nest, the text is kept."""
    page = f"<title>题</title>前文{f'<{tag}>' * depth}{SENTENCE}{'</div>' * depth}后文"
    result = read_html(page)
    assert squeezed(result) == f"前文{SENTENCE}后文"
    assert result.title == "题"


def test_page_of_very_many_tags_keeps_its_text() -> None:
    """A page of more tags than are looked at loses structure, no text."""
    result = read_html("<script>若干脚本</script>" + "<p>甲<i>乙</i>" * 60_000)
    assert squeezed(result) == "甲乙" * 60_000
    assert result.blocks[0].text == "甲乙"


def test_overlong_page_is_cut_and_says_so() -> None:
    """Characters beyond the limit are counted in the page's meta."""
    result = read_html("字" * (MAX_CHARACTERS + 12))
    assert result.meta == {"reader:cut": "12"}
    assert len(squeezed(result)) == MAX_CHARACTERS


@pytest.mark.parametrize(
    "text", ["", "   ", "<!-- 无 -->", "<html></html>", "\x00\x08"]
)
def test_page_of_nothing_has_no_blocks(text: str) -> None:
    """An empty page is a page without blocks."""
    assert read_html(text).blocks == ()


def test_control_characters_and_declaration_are_dropped() -> None:
    """XML declarations and control characters do not disturb the parser."""
    page = '<?xml version="1.0" encoding="gbk"?><p>统\x0b战\x00工\x1f作</p>'
    assert texts(page) == ["统战工作"]


def test_threads_do_not_share_state() -> None:
    """Pages read at the same time come out as when read alone."""
    pages = [f"<p>{SENTENCE * number}</p>" for number in range(1, 30)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(read_html, pages)) == [read_html(page) for page in pages]


HEAD = """<!-- saved from url=(0031)http://a.example/saved.htm --><html><head>
<title>工作 总结 - 云岭</title><meta name="PubDate" content="2020-01-08">
<meta property="og:site_name" content=" 云岭网 "><meta name="pubdate" content="后者">
<script type="application/ld+json">{"@graph": [{"@type": "WebSite"},
{"headline": "总结",
"author": [{"name": "王一"}, "李二"], "publisher": {"name": "云岭网"},
"datePublished": "2020-01-08"}]}</script>"""


def test_head_gives_title_meta_and_linked_data() -> None:
    """Meta names are lower case, the first of equals wins, JSON-LD is added."""
    title, meta, _ = head(parse(HEAD))
    assert title == "工作 总结 - 云岭"
    assert meta == {
        "pubdate": "2020-01-08",
        "og:site_name": "云岭网",
        "ld:headline": "总结",
        "ld:author": "王一 李二",
        "ld:publisher": "云岭网",
        "ld:datePublished": "2020-01-08",
    }


@pytest.mark.parametrize("data", ["{", "[1, 2]", '{"headline": 3}', "[" * 5000, ""])
def test_broken_linked_data_is_passed_over(data: str) -> None:
    """JSON-LD that cannot be used leaves no trace."""
    page = f'<script type="application/ld+json">{data}</script>'
    assert head(parse(page))[1] == {}


OWN_URL = '<meta property="og:url" content="http://b.example/">'


@pytest.mark.parametrize(
    ("markup", "url"),
    [
        (HEAD, "http://a.example/saved.htm"),
        (
            HEAD + '<meta property="og:url" content="http://b.example/">',
            "http://b.example/",
        ),
        ('<link rel="Canonical" href="https://c.example/1">', "https://c.example/1"),
        ('<link rel="canonical" href="/2">', "http://own.example/2"),
        ('<link rel="canonical" href="javascript:void(0)">', "http://own.example/x"),
        ("<p>无</p>", "http://own.example/x"),
    ],
)
def test_page_names_its_own_address(markup: str, url: str) -> None:
    """Canonical link, Open Graph, saved-from comment, then the fetched address."""
    assert read_html(markup, url="http://own.example/x").url == url


def test_page_without_address_has_none() -> None:
    """A relative address alone is no address."""
    assert read_html('<link rel="canonical" href="/2">').url is None


PROFILED = f"""<h1>2019年<b>统战</b>工作总结</h1>
<meta name="PubDate" content="2020-01-08"><div class="crumb">首页 &gt; 总结</div>
<table><tr><td class="side">左栏</td>
<td class="main">{SENTENCE}<span class="ad">广告位</span>后续。<p>结尾</p></td></tr>
</table><div class="share">分享</div>"""


def test_profile_narrows_the_page() -> None:
    """What stands outside the profile's element is marked, noise anywhere too."""
    page = read_html_within(
        PROFILED,
        content=["div.none", "td.main"],
        drop=["span.ad", ".share"],
        fields={"title": "h1", "published": "meta[name=PubDate]", "none": "h6"},
    )
    assert page.reader is Reader.HTML
    assert page.fields == {"title": "2019年统战工作总结", "published": "2020-01-08"}
    assert marks(page) == {
        "2019年统战工作总结": "outside-main: profile td.main",
        "首页 > 总结": "outside-main: profile td.main",
        "左栏": "outside-main: profile td.main",
        f"{SENTENCE}后续。": "",
        "广告位": "noise: span.ad",
        "结尾": "",
        "分享": "noise: .share",
    }


def test_profile_shows_what_the_page_hides() -> None:
    """An element the profile picks is content even where the page hides it."""
    markup = f'<div style="display:none"><p id="c" hidden>{SENTENCE}</p></div>'
    page = read_html_within(markup, content=["#c"], drop=[], fields={})
    assert marks(page) == {SENTENCE: ""}


def test_profile_picks_an_inline_element() -> None:
    """A picked element begins and ends blocks whatever its tag."""
    markup = "<p>前<span id=c>中</span>后</p>"
    page = read_html_within(markup, content=["#c"], drop=[], fields={})
    assert [block.text for block in page.blocks if not block.boilerplate] == ["中"]


def test_profile_that_matches_nothing_falls_back() -> None:
    """Without the profile's element the page is judged like an unknown one."""
    markup = f"<div class=nav><a href=/>首页</a></div><p>{SENTENCE}</p>" * 2
    page = read_html_within(markup, content=["#gone"], drop=[".nav"], fields={})
    assert page.blocks[1:] == read_html(markup).blocks[1:2] + page.blocks[2:]
    assert marks(page)[SENTENCE] == ""
    assert marks(page)["首页"] == "noise: .nav"
