"""A small archive of invented documents, as the pages of the web need them."""

from index.document import (
    Block,
    BlockKind,
    Completeness,
    Document,
    Kind,
    RegionFrom,
    Removed,
    Script,
    Section,
    YearFrom,
)
from index.history import KeptCapture
from index.near_duplicates import NearDuplicate, Relation
from search.views import DocumentView

YEARBOOK = Document(
    id="a000000000000001",
    url="https://nianjian.qingshi.example/2021/lianyi.html",
    site="青石县情网",
    title="青石县联谊工作",
    path=("首页", "年鉴", "2021卷"),
    published="--10-14",
    published_text="10-14",
    year=2020,
    year_from=YearFrom.VOLUME,
    authors=("程远山",),
    region="青石县",
    city="青原市",
    region_from=RegionFrom.TITLE,
    document_numbers=("青政办发〔2021〕3号",),
    cited_numbers=("原政发〔2020〕11号", "原政办〔2020〕9号"),
    kind=Kind.YEARBOOK,
    blocks=(
        Block(
            anchor="b1",
            kind=BlockKind.PARAGRAPH,
            text="【概况】 2020年，青石县联谊工作围绕乡村振兴展开，全年走访企业86家。",
            section=("【概况】",),
            heading_length=4,
        ),
        Block(
            anchor="b2",
            kind=BlockKind.PARAGRAPH,
            text="【助力振兴】 联谊会组织茶农赴外地学习，联谊会员捐建冷库3座。",
            section=("【助力振兴】",),
            heading_length=6,
        ),
        Block(anchor="b3", kind=BlockKind.CAPTION, text="图为联谊会员在茶园"),
    ),
    sections=(
        Section(level=1, heading="【概况】", anchor="b1"),
        Section(level=1, heading="【助力振兴】", anchor="b2"),
    ),
    removed=(
        Removed(text="分享到：", rule="noise: share"),
        Removed(
            text="【概况】 2020年，青石县联谊工作", rule="repeated-block", after="b3"
        ),
        Removed(text="版权 <b>所有</b>", rule="a-rule-of-tomorrow", after="b3"),
    ),
)

COPY = Document(
    id="a000000000000002",
    url="https://news.linxi.example/a?id=7&p=1",
    site="临溪新闻",
    title="青石县联谊工作",
    published="2021-03",
    year=2020,
    year_from=YearFrom.BODY,
    publisher="临溪日报",
    kind=Kind.REPORT,
    blocks=YEARBOOK.blocks[:2],
    sections=YEARBOOK.sections,
)

TRADITIONAL = Document(
    id="b000000000000001",
    url="https://wen.songling.example/z/12",
    site="松嶺文範",
    title="2021年聯誼工作年終總結",
    published="2022-01-05",
    published_text="2022/1/5",
    year=2021,
    year_from=YearFrom.TITLE,
    script=Script.HANT,
    kind=Kind.SUMMARY,
    blocks=(
        Block(
            anchor="b1",
            kind=BlockKind.HEADING,
            text="一、加強學習",
            section=("一、加強學習",),
            heading_length=6,
        ),
        Block(
            anchor="b2",
            kind=BlockKind.PARAGRAPH,
            text="1、辦好講座。全年辦講座十二場，聽講者逾千人。",
            section=("一、加強學習", "1、辦好講座。"),
            heading_length=7,
        ),
        Block(
            anchor="b3",
            kind=BlockKind.HEADING,
            text="二、服務企業",
            section=("二、服務企業",),
            heading_length=6,
        ),
        Block(
            anchor="b4",
            kind=BlockKind.PARAGRAPH,
            text="聯誼工作重在走訪，走訪之後須有回音。",
            section=("二、服務企業",),
        ),
    ),
    sections=(
        Section(level=1, heading="一、加強學習", anchor="b1"),
        Section(level=2, heading="1、辦好講座。", anchor="b2"),
        Section(level=1, heading="二、服務企業", anchor="b3"),
    ),
)

CUT = Document(
    id="c000000000000001",
    site="望江公文",
    title="望江区2023年联谊工作汇报提纲",
    year=2023,
    year_from=YearFrom.TITLE,
    kind=Kind.BRIEFING,
    completeness=Completeness(
        complete=False,
        reason="仅显示1200字，完整内容请注册",
        shown=1200,
        claimed=2600,
        omissions=(400, 0),
    ),
    blocks=(
        Block(anchor="b1", kind=BlockKind.PARAGRAPH, text="各位领导：", section=()),
        Block(anchor="b2", kind=BlockKind.ITEM, text="（一）开好联谊会"),
        Block(anchor="b3", kind=BlockKind.ITEM, text="（二）办好联谊刊物"),
        Block(anchor="b4", kind=BlockKind.ROW, text="项目 上年 今年"),
        Block(anchor="b5", kind=BlockKind.ROW, text="走访 40 86"),
    ),
    sections=(
        Section(level=1, heading="一、主要做法", anchor="b1"),
        Section(level=1, heading="二、明年打算", anchor=None),
    ),
)

HOSTILE = Document(
    id="d000000000000001",
    url="javascript:alert(1)",
    site="<i>斜体</i>站",
    title='<script>alert("题")</script> & 联谊',
    year=2019,
    publisher='"><img src=x onerror=alert(2)>',
    blocks=(
        Block(
            anchor="b1",
            kind=BlockKind.PARAGRAPH,
            text="前文<b>&amp;联谊</b>后文 <script>alert(3)</script>",
        ),
    ),
    removed=(Removed(text="<script>alert(4)</script>", rule="noise: <u>x</u>"),),
)

BRIEFS = tuple(
    Document(
        id=f"e{number:015d}",
        site="每周简讯",
        title=f"第{number}期简讯",
        published=f"2018-02-{number:02d}",
        year=2018,
        kind=Kind.BRIEFING,
        blocks=(
            Block(
                anchor="b1",
                kind=BlockKind.PARAGRAPH,
                text=f"第{number}期：本周修渠{number}里，植树若干。",
            ),
        ),
    )
    for number in range(1, 25)
)

DOCUMENTS = (YEARBOOK, COPY, TRADITIONAL, CUT, HOSTILE, *BRIEFS)

COPIES = {COPY.id: YEARBOOK.id}

CAPTURES = (
    KeptCapture(
        at="2024-05-01T08:00:00Z",
        status=200,
        digest="sha256:" + "ab" * 32,
        origin="https://nianjian.qingshi.example/2021/lianyi.html",
        number=1,
        revision=1,
        changed=True,
    ),
    KeptCapture(
        at="2024-06-01T08:00:00Z",
        status=None,
        digest="sha256:" + "cd" * 32,
        origin="lianyi.html",
        number=2,
        revision=2,
        changed=False,
    ),
)


def view(document: Document) -> DocumentView:
    """Show a document with its captures and copies."""
    related = tuple(
        NearDuplicate(
            id=other.id,
            title=other.title,
            site=other.site,
            similarity=0.97,
            relation=Relation.COPY,
        )
        for other in (YEARBOOK, COPY)
        if document in (YEARBOOK, COPY) and other is not document
    )
    return DocumentView(
        document=document,
        captures=CAPTURES,
        canonical=COPIES.get(document.id, document.id),
        near_duplicates=related,
    )
