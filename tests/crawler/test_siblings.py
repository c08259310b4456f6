"""Pages of the known sites in the variations that other pages of them have."""

import pytest

from index.document import BlockKind, YearFrom
from tests.crawler import pages
from tests.crawler.pages import article, cleaned, model_text, yearbook

AUTHORED = f"{pages.PASTURE}(李春)"
BODY = (pages.FARMING, pages.FARMS, pages.SEEDS, pages.PICTURE, AUTHORED)
PLAIN = (pages.FARMING, pages.FARMS, pages.SEEDS, AUTHORED)


def _headings(page: str) -> list[tuple[int, str]]:
    """List levels and headings of a page's outline."""
    return [(section.level, section.heading) for section in cleaned(page).sections]


# -- the yearbook ------------------------------------------------------------


@pytest.mark.parametrize(
    "copies", [(BODY,), (BODY, BODY), (BODY, PLAIN), (PLAIN, BODY)]
)
def test_yearbook_body_is_kept_once(copies: tuple[tuple[str, ...], ...]) -> None:
    """Printed once or twice, a copy without its caption or not: one whole text."""
    document = cleaned(yearbook(*copies))
    kinds = [block.kind for block in document.blocks]
    assert [len(block.text) for block in document.blocks] == [
        len(" ".join(line.split()))
        for line in (pages.FARMING, pages.FARMS, pages.SEEDS, pages.CAPTION, AUTHORED)
    ]
    assert kinds.index(BlockKind.CAPTION) == 3
    assert [section.heading for section in document.sections] == [
        "【概况】",
        "【良种推广】",
        "【草原保护】",
    ]
    assert document.completeness.complete


def test_yearbook_page_of_one_short_paragraph_is_kept_once() -> None:
    """A body of one short paragraph that is printed twice stays once."""
    short = ("【概况】  2020年,白泉旗有耕地三十二万亩。(李春)",)
    document = cleaned(yearbook(short, short))
    assert [block.text for block in document.blocks] == [
        "【概况】 2020年,白泉旗有耕地三十二万亩。(李春)"
    ]


@pytest.mark.parametrize("title", ["农牧业", "教育", "概  述", "白泉旗财政局"])
def test_yearbook_title_may_be_very_short(title: str) -> None:
    """The line above the date is the title, of two characters too."""
    assert cleaned(yearbook(BODY, title=title)).title == " ".join(title.split())


@pytest.mark.parametrize(("volume", "year"), [("2019卷", 2018), ("2022年卷", 2021)])
def test_yearbook_volume_tells_the_year_before(volume: str, year: int) -> None:
    """A volume is about the year before it, and stands in the path."""
    document = cleaned(yearbook((pages.FARMS, AUTHORED), volume=volume))
    assert (document.year, document.year_from) == (year, YearFrom.VOLUME)
    assert volume in document.path


@pytest.mark.parametrize(
    ("ending", "authors"),
    [
        ("", ()),
        ("(李春)", ("李春",)),
        ("(李春 巴特尔)", ("李春", "巴特尔")),
        ("(李春、巴特尔、其木格)", ("李春", "巴特尔", "其木格")),
        ("（李　春　阿拉腾其木格）", ("李春", "阿拉腾其木格")),
        ("\n\n    (李春)", ("李春",)),
        ("(试行)", ()),
        ("(不含民办学校)", ()),
    ],
)
def test_yearbook_writers_stand_behind_the_text(
    ending: str, authors: tuple[str, ...]
) -> None:
    """Names in brackets that end the text are its writers; remarks are not."""
    document = cleaned(yearbook((pages.FARMING, pages.PASTURE + ending)))
    assert document.authors == authors


def test_yearbook_date_and_source_are_read_where_they_are_given() -> None:
    """A whole date and a source are taken where the page has them."""
    document = cleaned(
        yearbook(BODY, BODY, date="2021-10-14 09:30", source="白泉旗志办")
    )
    assert document.published == "2021-10-14"
    assert document.publisher == "白泉旗志办"
    assert cleaned(yearbook(BODY)).published == "--10-14"
    assert cleaned(yearbook(BODY)).publisher is None


def test_table_kept_as_a_picture_has_its_caption_above() -> None:
    """The line between an empty paragraph and a picture is the table's caption."""
    table = f"{pages.SPACER}\n\n    表3  2020年白泉旗主要农作物产量表\n\n    image.png "
    document = cleaned(yearbook((*BODY, table)))
    assert document.blocks[-1].kind is BlockKind.CAPTION
    assert document.blocks[-1].text.startswith("表3")
    assert document.authors == ("李春",)


# -- the newspaper article -----------------------------------------------------


@pytest.mark.parametrize(
    ("date", "last"),
    [
        ("发布时间:2022-01-18 浏览:56", "来源:云州日报"),
        ("发布时间:2022-01-18 来源:云州日报 浏览:56", ""),
        ("来源：云州日报　发布时间：2022年01月18日 15:32　点击：56次", ""),
        ("来源:云州日报 2022-01-18", ""),
        ("2022-01-18", "(来源:云州日报)"),
        ("发布时间:2022-01-18", "——来源:《云州日报》"),
        ("发布时间:2022-01-18", "(摘自:云州日报)"),
    ],
)
def test_article_source_may_stand_in_many_places(date: str, last: str) -> None:
    """In the date line or the last line, however it is written: same source."""
    document = cleaned(article(date=date, last=last))
    assert document.publisher == "云州日报"
    assert document.published == "2022-01-18"
    assert document.title == pages.ARTICLE_TITLE
    assert document.text.endswith("云州篇章。")
    assert document.text.startswith("编者按")


def test_article_without_preface_is_about_the_year_before() -> None:
    """A year that is only looked forward to is not what the text is about."""
    document = cleaned(article(preface=""))
    assert (document.year, document.year_from) == (2021, YearFrom.PUBLISHED)
    assert document.sections[0].heading == "一、服务企业有声有色"


def test_article_subtitle_belongs_to_the_title() -> None:
    """A line that begins with a dash below the title is its second half."""
    title = f"{pages.ARTICLE_TITLE}\n\n    ——云州市2021年统战工作综述"
    document = cleaned(article(title=title))
    assert document.title == f"{pages.ARTICLE_TITLE}——云州市2021年统战工作综述"
    assert document.text.startswith("编者按")
    assert document.year_from is YearFrom.TITLE


def test_article_byline_is_not_the_title() -> None:
    """An office in brackets between title and date does not become the title."""
    document = cleaned(article(title=f"{pages.ARTICLE_TITLE}\n\n    (云州市委统战部)"))
    assert document.title == pages.ARTICLE_TITLE


def test_article_title_may_be_as_long_as_a_sentence() -> None:
    """A long title with a comma is no text: its date is read, it is taken out."""
    title = (
        "深入贯彻上级统战工作会议精神,奋力开创新时代云州"
        "统一战线高质量发展新局面的主要做法"
    )
    document = cleaned(article(title=title))
    assert document.title == title
    assert document.published == "2022-01-18"
    assert document.text.startswith("编者按")


def test_article_may_have_many_sections() -> None:
    """Eleven and more numbered sections are as good as ten."""
    numerals = [*"一二三四五六七八九十", "十一", "十二", "十三"]
    text = pages.ARTICLE_SECTIONS[0][1]
    sections = [
        (f"{numeral}、第{numeral}项工作", text.replace("一百二十", f"{numeral}百"))
        for numeral in numerals
    ]
    found = _headings(article(sections=sections))
    assert found[0] == (1, "编者按")
    assert found[1:] == [(1, heading) for heading, _ in sections]


def test_article_footer_is_not_text() -> None:
    """Writers below the source are read, neighbouring pages and rights removed."""
    last = (
        "来源:云州日报\n\n    作者:王小河 李大江\n\n    责任编辑:赵青\n\n"
        "    上一篇:青州市推进侨务工作创新发展的几点做法\n\n    下一篇:没有了"
    )
    document = cleaned(article(last=last))
    assert document.authors == ("王小河", "李大江")
    assert document.text.endswith("云州篇章。")


# -- the model text ------------------------------------------------------------


@pytest.mark.parametrize("titles", [1, 2, 3, 4])
def test_model_text_title_is_taken_out_however_often(titles: int) -> None:
    """Printed one to four times, the title is found and never stays in the text."""
    document = cleaned(model_text(titles=titles))
    assert document.title == pages.MODEL_TITLE
    assert document.text == "\n".join(pages.MODEL_PARAGRAPHS)


@pytest.mark.parametrize(
    ("breadcrumb", "path"),
    [
        ("當前位置:文範網 >", ("文範網",)),
        ("當前位置:文範網 > 總結 > 鄉鎮總結 >", ("文範網", "總結", "鄉鎮總結")),
        (
            "當前位置:文範網 >\n\n總結 >鄉鎮 >\n\n年終 >",
            ("文範網", "總結", "鄉鎮", "年終"),
        ),
        (f"當前位置：文範網 >總結 >{pages.MODEL_TITLE}", ("文範網", "總結")),
    ],
)
def test_model_text_breadcrumb_has_any_depth(
    breadcrumb: str, path: tuple[str, ...]
) -> None:
    """One to four parts, on one line or several, the title itself left out."""
    assert cleaned(model_text(breadcrumb=breadcrumb)).path == path


@pytest.mark.parametrize(
    "notice",
    [
        f"轉載請註明 {pages.MODEL_URL}",
        f"本文版權歸原作者所有，轉載請註明出處：{pages.MODEL_URL}",
        f"文章鏈接:{pages.MODEL_URL} 未經允許不得轉載",
    ],
)
def test_model_text_address_is_read_in_any_wording(notice: str) -> None:
    """The page's own address counts and its line is no text."""
    document = cleaned(model_text(notice=notice))
    assert document.url == pages.MODEL_URL
    assert document.text.endswith(pages.MODEL_PARAGRAPHS[-1])


@pytest.mark.parametrize("number", ["1.", "1．", "（一）", "(一)", "1)"])
def test_model_text_points_are_numbered_in_any_style(number: str) -> None:
    """Second-level headings count whatever stands behind or around the number."""
    paragraphs = [line.replace("1、", number) for line in pages.MODEL_PARAGRAPHS]
    assert (2, f"{number}健全責任體系") in _headings(model_text(paragraphs=paragraphs))


def test_model_text_recommendations_are_not_text() -> None:
    """Titles of other pages below the text are removed with their heading."""
    tail = ("相關推薦", "  • 2020年村委會工作總結", "  • 鄉鎮黨委書記述職報告")
    document = cleaned(model_text(tail=tail))
    assert document.text.endswith(pages.MODEL_PARAGRAPHS[-1])
