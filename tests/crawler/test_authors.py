"""Writers are named by labels, bylines, meta elements and signatures."""

import pytest

from crawler.authors import find_authors
from crawler.blocks import Page, Reader
from crawler.worksheet import Line
from index.document import BlockKind
from tests.crawler.pages import PROSE

TITLE = "云州市工作总结"


def _authors(
    *texts: str | Line,
    label: str = "",
    editors: str = "",
    title: str = TITLE,
    trailing: bool = False,
    meta: dict[str, str] | None = None,
) -> tuple[str, ...]:
    """Find the writers of a page whose title stands above the lines."""
    lines = [Line(text=title, rule="title")]
    lines += [text if isinstance(text, Line) else Line(text=text) for text in texts]
    said = {"authors": label, "editors": editors}
    page = Page(reader=Reader.HTML, meta=meta or {})
    return find_authors(page, said, lines, title=title, trailing=trailing)


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("王小河 李大江", ("王小河", "李大江")),
        ("王小河、李大江,王小河", ("王小河", "李大江")),
        ("记者 王小河", ("王小河",)),
        ("本报记者 王小河 通讯员 李大江", ("王小河", "李大江")),
        ("赵 满", ("赵满",)),
        ("王小河/文 李大江/图", ("王小河",)),
        ("王小河 北原报道", ("王小河",)),
        ("王小河 (Wang X.)", ("王小河",)),
        ("青山客", ("青山客",)),
        ("qingshan88", ("qingshan88",)),
        ("买买提·艾山", ("买买提·艾山",)),
        ("《云州财经》综合报道", ()),
        ("青岭新闻网", ()),
        ("办公室12", ()),
        ('size="20"', ()),
        ("", ()),
    ],
)
def test_labelled_writers_are_parted(value: str, names: tuple[str, ...]) -> None:
    """Spaces and commas part names, each is listed once, what is no name is not."""
    assert _authors(PROSE, label=value) == names


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("本报讯（记者 王小河 通讯员 李大江）全县新建冷库七座。", ("王小河", "李大江")),
        ("某新社北原1月12日電（記者趙滿）全縣新建冷庫七座。", ("趙滿",)),
        ("(記者/王小河)全縣新建冷庫七座。", ("王小河",)),
        ("云州日报记者 王小河 李大江", ("王小河", "李大江")),
        ("整合 云州日报·云客户端记者 王小河", ("王小河",)),
        ("【青嶺報╱記者王小河／北原報導】", ("王小河",)),
        ("◎ 記者王小河/採訪報導", ("王小河",)),
        ("青岭网实习记者王小河1月12日报道 全县新建冷库。", ("王小河",)),
        ("【青嶺醒報記者王小河北原報導】全縣新建冷庫。", ("王小河",)),
        ("文/青山", ("青山",)),
        ("《云州》作者 王小河", ("王小河",)),
        ("本报记者 王小河 文/图", ("王小河",)),
        ("文/图 本报记者 王小河", ("王小河",)),
        ("记者王小河 通讯员李大江 报道", ("王小河", "李大江")),
        ("（王小河 李大江 文/图）", ("王小河", "李大江")),
        ("本报讯 记者王小河 昨天，全县新建冷库。", ("王小河",)),
        ("本报云州1月12日讯 记者王小河报道：全县新建冷库。", ("王小河",)),
        ("（青嶺社記者王小河北原12日電）全縣新建冷庫。", ("王小河",)),
        ("□ 王小河", ("王小河",)),
        ("● 金融", ()),
        ("文丨王小河", ("王小河",)),
        ("记者从会上获悉，全县新建冷库。", ()),
        ("记者王某来到这家冷库。", ()),
        ("记者 会上 获悉", ()),
        ("云州日报记者 王小河 摄", ()),
        ("摄影 王小河", ()),
        ("责任编辑 王小河", ()),
    ],
)
def test_bylines_are_read_at_both_ends(line: str, names: tuple[str, ...]) -> None:
    """A role and names and nothing else; photographers and editors did not write."""
    assert _authors(line, PROSE) == names
    assert _authors(PROSE, PROSE, PROSE, PROSE, PROSE, line) == names


def test_a_byline_that_was_taken_out_is_read() -> None:
    """Lines of nothing but writers are no text, and tell who they are."""
    byline = Line(text="记者王小河/北原报道", rule="metadata: byline")
    assert _authors(byline, PROSE) == ("王小河",)
    assert _authors(PROSE, byline) == ("王小河",)
    assert _authors(Line(text=byline.text, rule="noise: other"), PROSE) == ()


def test_a_byline_may_stand_behind_the_last_sentence() -> None:
    """In brackets, or plain behind the full stop; not in the middle of the text."""
    assert _authors(PROSE + "(见习记者 王小河)") == ("王小河",)
    assert _authors(PROSE + "编译/记者 王小河 李大江") == ("王小河", "李大江")
    middle = [PROSE] * 5
    assert _authors(*middle, PROSE + "（记者 王小河）", *middle) == ()


def test_a_name_below_the_title_is_the_writers() -> None:
    """Alone on its line, set wide or between the title's halves; a word is none."""
    assert _authors("王小河", PROSE) == ("王小河",)
    assert _authors("赵 满", PROSE) == ("赵满",)
    half = Line(text="——云州纪实", rule="title")
    halves = [Line(text="凝心聚力", rule="title"), Line(text="王小河"), half]
    page = Page(reader=Reader.HTML)
    title = "凝心聚力——云州纪实"
    found = find_authors(page, {}, halves, title=title, trailing=False)
    assert found == ("王小河",)
    assert _authors("文化", PROSE) == ()
    assert _authors(PROSE, "王小河", PROSE) == ()


def test_a_pen_name_below_the_title_counts_where_the_title_begins_with_it() -> None:
    """青山：… above 青山."""
    assert _authors("青山", PROSE, title="青山：冷库的故事") == ("青山",)
    assert _authors("青山", PROSE, title="冷库的故事") == ()
    whole = Line(text="青山：冷库的故事", rule="outside-main")
    assert _authors(whole, "青山", PROSE, title="冷库的故事") == ("青山",)


def test_meta_elements_name_writers_only_by_family_name() -> None:
    """They name companies and users, and editors that a label tells to be editors."""
    assert _authors(PROSE, meta={"author": "王小河,青岭新闻网"}) == ("王小河",)
    assert _authors(PROSE, meta={"author": "青岭网络"}) == ()
    assert _authors(PROSE, editors="王小河", meta={"author": "王小河"}) == ()
    assert _authors(PROSE, meta={"ld:author": "王小河 李大江"}) == (
        "王小河",
        "李大江",
    )


def test_a_signature_stands_behind_the_last_sentence() -> None:
    """（姓名） behind a full stop or alone; remarks, editors and places are none."""
    assert _authors(PROSE + "（王小河）") == ("王小河",)
    assert _authors(PROSE, "（王小河 李大江）") == ("王小河", "李大江")
    assert _authors(PROSE + "（云州市委统战部 王小河）") == ("王小河",)
    assert _authors(PROSE + "（王小河 其木格）") == ("王小河", "其木格")
    assert _authors(PROSE + "（王小河 发自北原）") == ()
    assert _authors(PROSE + "（其木格 续）") == ()
    assert _authors(PROSE + "（云州市委统战部）") == ()
    assert _authors(PROSE + "（未完待续）") == ()
    assert _authors(PROSE, "（王小河 编辑）") == ()
    assert _authors(PROSE + "（安阳）") == ()
    assert _authors("全县新建冷库(王小河)") == ()


def test_names_behind_the_text_count_loosely_where_the_site_puts_them() -> None:
    """A profile says so; elsewhere brackets in a sentence are part of it."""
    lines: list[str | Line] = [
        "全县新建冷库(王小河)",
        Line(text="冷库落成(赵小满)", kind=BlockKind.CAPTION),
        Line(text="已删(李大江)", rule="title"),
    ]
    assert _authors(*lines, trailing=True) == ("王小河",)
    assert _authors(*lines) == ()
    assert _authors(trailing=True) == ()
    assert _authors("全县新建冷库(试行)", trailing=True) == ()
