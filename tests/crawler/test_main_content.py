"""Main content of unknown pages, judged line by line."""

import pytest

from crawler.html import read_html
from crawler.lines import Line, Span
from crawler.main_content import judge

TITLE = "2019年统战工作总结"
BODY = [
    "2019年，云岭县委统战部围绕中心、服务大局，扎实推进各项工作，取得明显成效。",
    "一、加强理论武装",
    "全年组织学习12次，参加人员达360人次，撰写心得体会85篇，交流经验6场。",
    "二、服务民营经济",
    "走访企业120家，帮助解决用工、融资等问题46个，受理群众举报15件，办理许可证3个。",
    "三、做好民族宗教工作",
    "开展打击侵权假冒专项行动，未发生一起重大案件，老字号企业得到保护。",
]
NAV = (
    "<div id=top><ul><li><a href=/>首页</a></li><li><a href=/zw>政务公开</a></li>"
    "<li><a href=/fw>办事服务</a></li><li><a href=/hd>互动交流</a></li></ul></div>"
)
RELATED = (
    "<div><h3>相关阅读</h3><ul><li><a href=/1>全县统战部长会议召开</a></li>"
    "<li><a href=/2>县委统战部调研民营企业</a></li></ul></div>"
)
FOOTER = (
    "<div>版权所有：云岭县人民政府　滇ICP备00000001号　联系我们</div>"
    "<div>主办单位：云岭县人民政府办公室，地址：云岭县人民路1号，电话：0000-0000000</div>"
)


def paragraphs(lines: list[str]) -> str:
    """Return lines as paragraphs."""
    return "".join(f"<p>{line}</p>" for line in lines)


def site(main: str, *, heading: str = f"<h1>{TITLE}</h1>", title: str = TITLE) -> str:
    """Return a page of an unknown site around a body."""
    return (
        f"<html><head><title>{title}_云岭县人民政府</title></head><body>{NAV}"
        f"<div>当前位置：<a href=/>首页</a> &gt; <a href=/z>工作总结</a></div>{heading}"
        f"<div>发布时间：2020-01-08 来源：县委统战部</div>{main}"
        f"{RELATED}{FOOTER}</body></html>"
    )


def content(markup: str) -> list[str]:
    """Return the text that is judged main content."""
    return [block.text for block in read_html(markup).blocks if not block.boilerplate]


@pytest.mark.parametrize(
    "main",
    [
        f"<div class=TRS_Editor>{paragraphs(BODY)}</div>",
        f"<div>{paragraphs(BODY)}</div>",
        "<span>　　" + "<br>　　".join(BODY) + "</span>",
        "<table><tr><td>" + "<br><br>".join(BODY) + "</td></tr></table>",
        "<font><b>" + paragraphs(BODY),
    ],
)
def test_body_is_found_in_any_markup(main: str) -> None:
    """Title, line of date and source, and the body are content, nothing else is."""
    head = [TITLE, "发布时间：2020-01-08 来源：县委统战部"]
    assert [text for text in content(site(main)) if text] == head + BODY


def test_body_of_one_line_is_found() -> None:
    """A text without any paragraph is main content."""
    assert "".join(BODY) in content(site(f"<div>{''.join(BODY)}</div>"))


def test_page_without_titles_still_has_a_body() -> None:
    """Neither ``<title>`` nor a heading is needed."""
    found = content(site(f"<div>{paragraphs(BODY)}</div>", heading="", title=""))
    assert found[-len(BODY) :] == BODY


def test_short_lines_and_lists_at_the_end_belong_to_the_body() -> None:
    """Names and a signature at the end of the body's element are content."""
    names = ["附：先进个人名单", "王一", "李二", "云岭县委统战部"]
    main = f"<div class=content><div>{paragraphs(BODY)}</div>{paragraphs(names)}</div>"
    assert content(site(main))[-len(names) :] == names


def test_facts_before_the_first_sentence_belong_to_the_body() -> None:
    """Short lines between title and text are content."""
    facts = ["单位：云岭县委统战部", "（内部资料）"]
    found = content(site(f"<div>{paragraphs(facts + BODY)}</div>"))
    assert set(facts) <= set(found)


def test_data_table_in_the_body_is_content() -> None:
    """Rows without a sentence mark are kept."""
    rows = "".join(
        f"<tr><td>{year}年</td><td>{year % 7}件</td></tr>" for year in range(6)
    )
    main = (
        f"<div>{paragraphs(BODY[:3])}<table>{rows}</table>{paragraphs(BODY[3:])}</div>"
    )
    assert "3年 3件" in content(site(main))


def test_body_printed_twice_is_not_pushed_out() -> None:
    """Of two copies at least one is content, whole."""
    for second in ("<div id=mobile>", f"<div><h1>{TITLE}</h1>"):
        main = f"<div id=zoom>{paragraphs(BODY)}</div>{second}{paragraphs(BODY)}</div>"
        found = content(site(main))
        assert all(found.count(line) in {1, 2} for line in BODY)
        assert len({found.count(line) for line in BODY}) == 1


def test_table_of_contents_is_no_link_list() -> None:
    """Links to places on the same page count as text."""
    outline = [line for line in BODY if len(line) < 12]
    links = "".join(f'<p><a href="#s{len(line)}">{line}</a></p>' for line in outline)
    found = content(site(f"<div class=content>{links}{paragraphs(BODY)}</div>"))
    assert all(found.count(line) == 2 for line in outline)


def test_link_that_was_never_closed_links_nothing() -> None:
    """A body inside an unclosed link is a body."""
    assert BODY[0] in content(site(f"<div><a href=/print>{paragraphs(BODY)}</div>"))


def test_teasers_do_not_outweigh_the_body() -> None:
    """Many summaries of other texts below headline links are not the content."""
    teaser = (
        "<h3><a href=/t>邻县统战工作会议召开</a></h3><p>日前，邻县召开统战工作会议，"
        "总结上年工作，部署今年任务，全县各单位负责人参加了会议，气氛热烈。</p>"
        "<p><a href=/t>详细</a></p>"
    )
    main = f"<div>{paragraphs(BODY[:3])}</div><div><h3>推荐阅读</h3>{teaser * 12}</div>"
    found = content(site(main))
    assert set(BODY[:3]) <= set(found)
    assert not any("邻县" in text for text in found)


def test_comments_do_not_outweigh_the_body() -> None:
    """Long reader comments in a box of that name are not the content."""
    comments = paragraphs(["写得很好，很受启发，希望明年再接再厉，更上一层楼！"] * 30)
    main = f"<div>{paragraphs(BODY)}</div><div class=comment-list>{comments}</div>"
    found = content(site(main))
    assert set(BODY) <= set(found)
    assert not any("写得很好" in text for text in found)


def test_text_behind_an_announcement_does_not_join_the_body() -> None:
    """What follows a line like 网友评论 is other text, in the same element even."""
    behind = paragraphs(["写得好，学习了。", "很受启发，谢谢分享，期待更多好文章。"])
    main = f"<div>{paragraphs(BODY)}<p>网友评论</p>{behind}</div>"
    found = content(site(main))
    assert set(BODY) <= set(found)
    assert not any("启发" in text for text in found)


def test_announcement_inside_a_long_text_does_not_end_it() -> None:
    """A heading that reads like an announcement costs a long text nothing."""
    main = f"<div>{paragraphs(BODY)}<p>其他资讯</p>{paragraphs(BODY * 3)}</div>"
    assert content(site(main)).count(BODY[0]) == 4


def test_notice_of_rights_does_not_join_the_body() -> None:
    """Sentences about copyright and liability behind the body are no content."""
    notice = [
        "本网注明“来源：云岭网”的所有作品，版权均属于云岭网，未经授权不得转载。",
        "转载自其他媒体的文章，不代表本网观点，如涉及版权问题，请与本网联系。",
    ]
    found = content(site(f"<div>{paragraphs(BODY + notice)}</div>"))
    assert set(BODY) <= set(found)
    assert not set(notice) & set(found)


def test_box_inside_the_body_is_marked_with_its_name() -> None:
    """A link box floating in the text is no content; its reason names it."""
    box = "<div class=related-box><p>同类文章，供读者参考，欢迎点击。</p></div>"
    main = f"<div>{paragraphs(BODY[:3])}{box}{paragraphs(BODY[3:])}</div>"
    page = read_html(site(main))
    reasons = {block.text: block.boilerplate for block in page.blocks}
    assert reasons["同类文章，供读者参考，欢迎点击。"].startswith("container: ")
    assert "relat" in reasons["同类文章，供读者参考，欢迎点击。"]


def test_links_in_a_row_inside_the_body_are_marked() -> None:
    """Three links in a row are a list of links, one link is not."""
    link = "<p><a href=/{0}>第{0}条外部消息的标题</a></p>"
    three = "".join(link.format(number) for number in range(3))
    main = f"<div>{paragraphs(BODY[:3])}{three}{paragraphs(BODY[3:5])}{link.format(9)}"
    page = read_html(site(main + paragraphs(BODY[5:])))
    reasons = {block.text: block.boilerplate for block in page.blocks}
    assert reasons["第1条外部消息的标题"].startswith("link-list: links 1.00")
    assert reasons["第9条外部消息的标题"] == ""


def test_every_dropped_line_has_a_reason() -> None:
    """What is no content says which features decided."""
    page = read_html(site(f"<div>{paragraphs(BODY)}</div>"))
    reasons = {block.text: block.boilerplate for block in page.blocks}
    assert reasons["政务公开"] == "outside-main: links 1.00"
    assert reasons["相关阅读"] == "outside-main: announces other text"
    assert (
        "interface word 版权所有"
        in reasons["版权所有：云岭县人民政府 滇ICP备00000001号 联系我们"]
    )


def test_dropped_line_without_a_feature_says_where_it_stands() -> None:
    """A plain line far from the text states its weight and its distance."""
    main = f"<div>{paragraphs(BODY)}</div>"
    rooms = "<p><a href=/1>领导信箱</a></p><div>值班室</div><div>档案室</div>"
    page = read_html(site(f"{main}<div>{rooms}</div>"))
    reasons = {block.text: block.boilerplate for block in page.blocks}
    below = "outside-main: weight -2, {} lines below the text"
    assert reasons["值班室"] == below.format(2)
    assert reasons["档案室"] == below.format(3)


@pytest.mark.parametrize(
    "stamps", ["【云岭网】2021-01-08 20:00", "1月8日", "2021年1月8日 08:30"]
)
def test_headlines_with_their_dates_are_links(stamps: str) -> None:
    """Date and source behind a linked headline do not make it text."""
    item = f"<li><a href=/1>邻县春季统战工作会议召开</a>{stamps}</li>"
    main = f"<div>{paragraphs(BODY)}</div><h4>其他生活新闻</h4><ul>{item * 3}</ul>"
    assert not any("邻县" in text for text in content(site(main)))


def test_first_paragraph_below_a_link_is_no_teaser() -> None:
    """One sentence between a link and a heading keeps its weight."""
    main = f"<div><a href=/p>打印本页的文字版本</a>{paragraphs(BODY[:2])}</div>"
    other = "<div><p>值班电话全天开通，欢迎来电咨询，我们竭诚为您服务。</p></div>"
    assert BODY[0] in content(site(main + other))


def test_summary_above_the_main_element_is_content() -> None:
    """Sentences right above the element that holds the text belong to it."""
    summary = "核心提示：全年统战工作取得新成效，民营经济活力增强，民族团结进步。"
    links = "".join(f"<p><a href=/{i}>{i}号栏目</a></p>" for i in range(20))
    main = f"{links}<div><p>{summary}</p></div><div>{paragraphs(BODY)}</div>"
    assert summary in content(site(main))


def test_body_that_only_a_script_shows_is_read() -> None:
    """A page that hides its whole text until a script has run is read as shown."""
    main = f'<div style="visibility: hidden">{paragraphs(BODY)}</div>'
    assert set(BODY) <= set(content(site(main)))


def test_hidden_copy_beside_a_shown_one_stays_hidden() -> None:
    """A hidden box smaller than the text shown is not content."""
    main = f"<div>{paragraphs(BODY)}</div><div hidden>{paragraphs(BODY[:2])}</div>"
    assert content(site(main)).count(BODY[0]) == 1


def test_nothing_is_judged_of_nothing() -> None:
    """No lines have no reasons."""
    assert judge([], []) == []


def test_span_may_end_behind_the_last_line() -> None:
    """A span that counts an unfinished line is cut to the page."""
    assert judge([Line(text=BODY[0])], [Span(start=0, end=2, tag="div")]) == [""]
