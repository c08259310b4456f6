"""Previews and member texts in the variations that other pages of them have."""

import pytest

from tests.crawler import pages
from tests.crawler.pages import PROSE, cleaned, omission, partly, preview

# -- the preview ---------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "河湾区2022年民生工作总结",
        "河湾区民政局2022年工作要点",
        "河湾区2022年工作情况汇报",
        "河湾区人民政府2022年政府工作报告",
        "河湾区关于民生实事办理情况的报告",
        "在全区民生工作会议上的讲话",
        "河湾区财政局2022年工作总结及2023年工作计划",
        "以改革促发展以实干惠民生——河湾区2022年工作综述",
        "书写民生答卷 ——河湾区2022年民生工作综述",
        "河湾区“暖心工程”经验交流材料",
        "河湾区民生十件大事落地见效",
    ],
)
def test_preview_title_is_cut_from_the_text(title: str) -> None:
    """The title glued to the text is found with its last word and taken out."""
    document = cleaned(preview(title + pages.PREVIEW_TEXT))
    assert document.title == title
    assert document.text == pages.PREVIEW_TEXT
    assert document.year == 2022
    assert document.completeness.complete


@pytest.mark.parametrize("opening", ["各位代表:", "今年以来,", "为深入贯彻上级部署,"])
def test_preview_text_may_open_without_a_year(opening: str) -> None:
    """An address or a clause of time or purpose opens the text as well."""
    document = cleaned(preview(f"河湾区政府工作报告{opening}{pages.PREVIEW_TEXT}"))
    assert document.title == "河湾区政府工作报告"
    assert document.text.startswith(opening)


@pytest.mark.parametrize("pages_shown", [1, 8, 12])
def test_preview_cut_off_in_mid_sentence_is_incomplete(pages_shown: int) -> None:
    """A text that stops without an end is cut off, however many pages it counts."""
    text = "河湾区2022年民生工作总结" + pages.PREVIEW_TEXT[:-6]
    document = cleaned(preview(text, pages=pages_shown))
    assert not document.completeness.complete
    assert document.completeness.reason == (
        "cut-off: the text ends in the middle of a sentence"
    )
    assert "1/" not in document.text


def test_preview_cut_off_right_behind_a_heading_is_incomplete() -> None:
    """Few words behind the last heading are enough to see that the text stops."""
    text = f"河湾区2022年工作综述{pages.PREVIEW_TEXT}【教育】  新建学校三所"
    document = cleaned(preview(text))
    assert not document.completeness.complete
    assert document.sections[-1].heading == "【教育】"


def test_preview_notices_in_other_words_are_not_text() -> None:
    """Whatever stands above the glued title is furniture of the viewer."""
    notices = ("下载说明:", "1.本站资料均由网友上传,仅供参考", "2.如遇乱码,请联系客服")
    document = cleaned(
        preview(
            "河湾区2022年民生工作总结" + pages.PREVIEW_TEXT,
            notices=notices,
            last="预览已结束,下载后可查看完整文档",
        )
    )
    assert document.site == "文档在线预览"
    assert document.text == pages.PREVIEW_TEXT


def test_preview_sections_begin_behind_a_full_stop() -> None:
    """Numbered headings inside the line begin blocks of their own."""
    more = "(一)社区食堂。新建食堂八家,覆盖全部街道,群众就餐更加方便。"
    document = cleaned(preview(f"河湾区2022年民生工作总结{pages.PREVIEW_TEXT}{more}"))
    assert [section.heading for section in document.sections] == ["(一)社区食堂"]
    assert document.blocks[-1].text == more


# -- the member text -------------------------------------------------------------

FULL = (
    "一、提升素质,夯实思想基础",
    f"(一)抓好理论学习。{pages.STUDY}",
    f"(二)开展主题活动。{pages.THEME}",
    "二、服务大局,凝聚发展合力",
    f"1、走访企业。{pages.VISITS}",
)


@pytest.mark.parametrize(
    ("announced", "outline", "ellipsis"),
    [
        ("目录/提纲:……", pages.OUTLINE, "……"),
        ("目录/提纲:……", pages.OUTLINE, ""),
        ("目录/提纲:……", pages.OUTLINE, "..."),
        ("目录/提纲:", pages.OUTLINE, ""),
        ("目录:……", pages.OUTLINE, "……"),
        (f"目录/提纲:{pages.OUTLINE[0]}", pages.OUTLINE[1:], "……"),
        ("", (), ""),
    ],
)
def test_member_text_outline_is_told_from_the_text(
    announced: str, outline: tuple[str, ...], ellipsis: str
) -> None:
    """With or without its ellipses, the outline goes and title and text stay."""
    document = cleaned(
        partly(*FULL, announced=announced, outline=outline, ellipsis=ellipsis)
    )
    assert document.title == pages.PARTLY_TITLE
    assert document.text.startswith("各位领导:\n2021年,区工商联")
    assert [section.heading for section in document.sections][:5] == [
        "一、提升素质,夯实思想基础",
        "(一)抓好理论学习",
        "(二)开展主题活动",
        "二、服务大局,凝聚发展合力",
        "1、走访企业",
    ]


def test_member_text_broken_line_is_mended() -> None:
    """A sentence broken by the page's line breaks is one block."""
    opening = cleaned(partly(*FULL)).blocks[1].text
    assert opening.endswith("取得了明显成效。现将有关情况汇报如下。")


def test_member_text_heading_is_not_joined_to_its_paragraph() -> None:
    """A long heading without a full stop stays apart from the line below it."""
    heading = "一、提升素质,夯实思想基础,增强政治引领力和组织凝聚力"
    document = cleaned(partly(heading, pages.STUDY, outline=()))
    assert heading in [block.text for block in document.blocks]


def test_member_text_lists_every_omission_in_order() -> None:
    """Several gaps, the note at the end and its numbers are all recorded."""
    body = (*FULL[:2], omission(812), *FULL[3:], omission(94), pages.THEME)
    document = cleaned(partly(*body))
    found = document.completeness
    assert (found.shown, found.claimed, found.omissions) == (2013, 4210, (812, 94))
    assert "省略" not in document.text
    assert "未完" not in document.text
    hidden = [part.heading for part in document.sections if part.anchor is None]
    assert hidden == ["(二)开展主题活动", "2、搭建平台"]


def test_member_text_without_gap_or_note_is_complete() -> None:
    """Neither mark nor note: the whole text is there."""
    assert cleaned(partly(*FULL, end="")).completeness.complete


@pytest.mark.parametrize("joined", ["", "\n"])
def test_text_behind_a_gap_belongs_to_no_section(joined: str) -> None:
    """In mid-paragraph or between lines: where the text goes on is not known."""
    broken = joined.join([pages.STUDY[:30], omission(300), pages.THEME[20:]])
    document = cleaned(partly(FULL[0], broken, *FULL[3:]))
    blocks = {block.text: block for block in document.blocks}
    assert blocks[pages.STUDY[:30]].section == (FULL[0],)
    assert blocks[pages.THEME[20:]].section == ()
    assert blocks[FULL[4]].section == (FULL[3], "1、走访企业")


def test_member_text_masks_stay_as_printed() -> None:
    """Asterisks and underscores that mask words are part of the text."""
    document = cleaned(
        partly(FULL[0], "在**区调研企_业融资难题,推动解决土地、用工问题。")
    )
    assert "在**区调研企_业" in document.text
    assert document.title.startswith("*区")


def test_member_text_login_form_is_not_text() -> None:
    """What stands below the note about the shown part is removed."""
    document = cleaned(partly(*FULL, below=("您还没有登录", "用户名:", "密码:")))
    assert document.text.endswith(pages.VISITS)
    assert {part.text for part in document.removed} >= {"用户名:", "密码:"}


@pytest.mark.parametrize(
    "end",
    [
        "……(未完,全文共2890字,当前只显示1450字,请先登录或注册会员)",
        "(未完,全文共2890字,当前仅显示1450字,请阅读下面提示信息。)",
        "……全文共2890字,当前仅显示1450字",
    ],
)
def test_member_text_note_is_read_in_any_wording(end: str) -> None:
    """The numbers of the note are read however it is put."""
    found = cleaned(partly(*FULL, end=end)).completeness
    assert (found.shown, found.claimed) == (1450, 2890)


# -- marks of text left out, in any wording --------------------------------------


@pytest.mark.parametrize(
    "mark",
    [
        "（此处省略）",
        "（中间部分内容已略去）",
        "[以下内容已隐藏]",
        "（未完，待续）",
        "（試讀結束）",
        "以下内容需付费后阅读",
        "剩余内容登录后查看",
        "開通會員可閱讀剩餘全文",
        "下載後可閱讀全文",
        "试读已结束，购买后继续阅读",
    ],
)
def test_marks_without_a_number_make_a_text_incomplete(mark: str) -> None:
    """In either script the mark is evidence of the gap and no text."""
    document = cleaned(f"石桥镇工作总结\n\n{PROSE}\n\n{mark}")
    assert not document.completeness.complete
    assert mark in (document.completeness.reason or "")
    assert document.text == PROSE


def test_a_page_may_tell_how_much_it_shows_in_other_words() -> None:
    """The number of characters claimed and shown are read from a preview's note."""
    note = "全文约3200字，当前仅预览800字，下载后可查看"
    found = cleaned(f"石桥镇工作总结\n\n{PROSE}\n\n{note}").completeness
    assert (found.shown, found.claimed) == (800, 3200)


@pytest.mark.parametrize(
    "text",
    [
        "会议要求以下内容需在年底前完成，各镇要及时登录平台填报进度，不得拖延。",
        "文中省略的数据见附件，其余内容请有关部门补充，会后统一印发各单位学习。",
        "未完待续的工程还有三项，县里要求承建单位倒排工期，年底以前全部完工。",
    ],
)
def test_sentences_with_such_words_leave_nothing_out(text: str) -> None:
    """The same words inside a sentence of the text are the text."""
    document = cleaned(f"石桥镇工作总结\n\n{PROSE}\n\n{text}")
    assert document.completeness.complete
    assert document.text.endswith(text)


# -- a mark in a box of its own ---------------------------------------------------

NOTES = [
    "剩余内容请登录后查看",
    "剩餘內容請登入後查看",
    "以下内容需登录后阅读",
    "以下內容須付費後閱讀",
    "您还未登录，请登录后继续阅读。",
    "閱讀全文請登入會員",
    "登录后可查看全部内容",
    "剩余70%内容未展示，开通会员后可读",
]
BUTTONS = [
    "登录",
    "请登录",
    "登入 | 註冊",
    "请登录后发表评论",
    "登入後才能留言",
    "登录后可下载附件",
    "更多内容请登录石桥镇网站",
    "下载客户端",
]
MARKUP = (
    "<html><head><title>石桥镇工作总结</title></head><body><ul><li><a href=/>首页</a>"
    "<li><a href=/in>{button}</a></ul><h1>石桥镇工作总结</h1><div class=content>"
    "<p>{text}</p><p>{text}新增岗位九百个。</p>{inside}</div>"
    "<div class=tip>{behind}</div><p>版权所有 石桥镇</p></body></html>"
)


def _pages(button: str, note: str) -> list[str]:
    """Write a page with a note: in the text, in a box behind it, in a rendering."""
    lines = ["首页", button, "石桥镇工作总结", PROSE, f"{PROSE}新增岗位九百个。", note]
    return [
        MARKUP.format(button=button, text=PROSE, inside=f"<p>{note}</p>", behind=""),
        MARKUP.format(button=button, text=PROSE, inside="", behind=note),
        "\n\n".join([*lines, "版权所有 石桥镇"]),
    ]


@pytest.mark.parametrize("note", NOTES)
def test_note_about_the_rest_counts_wherever_it_stands(note: str) -> None:
    """Its words are those of an interface, but the text is not all there."""
    for page in _pages("登录", note):
        document = cleaned(page)
        assert not document.completeness.complete
        assert document.completeness.reason == note
        assert note not in document.text


@pytest.mark.parametrize("button", BUTTONS)
def test_button_says_nothing_about_the_text(button: str) -> None:
    """Above the text or behind it, what asks to log in for other things is none."""
    for page in _pages(button, button):
        assert cleaned(page).completeness.complete


def test_note_far_behind_the_text_belongs_to_another() -> None:
    """Behind a list of other texts the same words are not about this one."""
    others = "".join(f"<p>第{n}条 乡镇动态</p>" for n in range(20))
    page = _pages("登录", "")[1].replace(
        "<p>版权", others + f"<p>{NOTES[0]}</p><p>版权"
    )
    assert cleaned(page).completeness.complete
