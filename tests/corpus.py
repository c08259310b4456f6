"""Thirty short documents with known answers, and how to make an archive of them.

All places and bodies are invented. The texts are short enough that a test can
find its answer by looking through them, which is what ``holding`` does.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final, TypedDict, Unpack

from index.analysis import make_analyzer
from index.build import Progress, update_index
from index.document import (
    Block,
    BlockKind,
    Capture,
    Completeness,
    Document,
    Kind,
    Script,
)
from index.fold import fold
from index.home import Home
from index.settings import IndexSettings
from index.store import Store, payload_digest
from search.service import SearchService, open_service

CLEANER: Final = "cleaner-1"
DEEP: Final = 40_000
"""Characters before the one mention of 归国蜂农 in the long document."""


class Fields(TypedDict, total=False):
    """What a document may have besides title and text."""

    url: str | None
    site: str
    published: str | None
    year: int | None
    publisher: str | None
    region: str | None
    kind: Kind
    script: Script
    completeness: Completeness


_BLANK: Final = Document(id="")


def make_document(
    number: int,
    title: str,
    *texts: str,
    like: Document = _BLANK,
    **fields: Unpack[Fields],
) -> Document:
    """Make a document; ``|`` in a text ends a heading run into its paragraph.

    Args:
        number: What its id is made of.
        title: Its title.
        texts: Its blocks.
        like: Where it has what is not said here from.
        fields: What else is known of it.
    """
    blocks = []
    for place, text in enumerate(texts, 1):
        heading, bar, rest = text.partition("|")
        blocks.append(
            Block(
                anchor=f"b{place}",
                kind=BlockKind.PARAGRAPH,
                text=heading + rest,
                section=(heading,) if bar else (),
                heading_length=len(heading) if bar else 0,
            )
        )
    return replace(
        like, id=f"{number:016x}", title=title, blocks=tuple(blocks), **fields
    )


_YUNXI = replace(_BLANK, site="云溪党建网", region="云溪", publisher="云溪日报")
_QINGLING = replace(_BLANK, site="青陵年鉴", region="青陵", kind=Kind.YEARBOOK)
_LINXI = replace(_BLANK, site="林溪縣政府", script=Script.HANT, region="林溪市")
_CUT = Completeness(complete=False, reason="the page ends in the middle of a sentence")
_COPY = "全县统战干部走访民营企业三百家，解决融资难题四十二个。"

CORPUS: Final[tuple[Document, ...]] = (
    make_document(
        1,
        "云溪县2020年统战工作总结",
        "一、思想引领|全年组织统战干部学习十二次，参加人数逾千。",
        "二、服务企业|工商联会员企业新增三十一家，商会换届平稳。",
        url="https://www.yunxi.example.cn/2021/a1.html",
        published="2021-01-15",
        year=2020,
        kind=Kind.SUMMARY,
        like=_YUNXI,
    ),
    make_document(
        2,
        "云溪县2021年统战工作总结",
        "统战工作围绕乡村振兴展开，结对帮扶八个村。",
        "统一战线是法宝。新的社会阶层人士联谊会成立。",
        url="https://www.yunxi.example.cn/2022/a2.html",
        published="2022-01-10",
        year=2021,
        kind=Kind.SUMMARY,
        like=_YUNXI,
    ),
    make_document(
        3,
        "云溪县总工会2021年工作总结",
        "各级工会新建职工之家二十个，慰问困难职工。",
        url="https://www.yunxi.example.cn/2022/a3.html",
        published="2022-01",
        year=2021,
        kind=Kind.SUMMARY,
        like=_YUNXI,
    ),
    make_document(
        4,
        "林溪縣2020年統戰工作年終總結",
        "一、理論學習|組織學習馬克思主義經典著作，讀書會辦了九期。",
        "二、僑務工作|接待歸僑僑眷，統戰工作有聲有色。",
        url="https://gov.linxi.example.tw/news/109.html",
        published="2021-02-03",
        year=2020,
        kind=Kind.SUMMARY,
        like=_LINXI,
    ),
    make_document(
        5,
        "马克思主义学院共建协议",
        "县委党校与师范学院共建马克思主义学院，首批选派教员六名。",
        published="2019-09-01",
        year=2019,
        site="云溪党建网",
    ),
    make_document(
        6,
        "统一战线工作",
        "【概况】|2020年，青陵区统战系统以凝聚人心为主线。",
        "【脱贫攻坚】|选派驻村干部，协助白内障患者复明手术五例。",
        "【荣誉】|区委统战部获评先进集体。",
        published="--10-14",
        year=2020,
        like=_QINGLING,
    ),
    make_document(
        7,
        "民族宗教工作",
        "【概况】|2018年，全区有清真寺两座，宗教场所安全检查四次。",
        "【团结进步】|创建示范单位七个，脱贫 攻坚战成果巩固。",
        published="2019",
        year=2018,
        like=_QINGLING,
    ),
    make_document(
        8,
        "党外人士工作",
        "【概况】|2019年，推荐政协委员人选，召开座谈会三次。",
        year=2019,
        like=_QINGLING,
    ),
    make_document(
        9, "走访企业简报", _COPY, published="2021-05-06", year=2021, like=_YUNXI
    ),
    make_document(
        10,
        "走访企业简报（转载）",
        "全县统战干部走访民营企业三百家,解决融资难题四十二个。",
        published="2021-05-08",
        year=2021,
        site="青陵年鉴",
        kind=Kind.BRIEFING,
    ),
    make_document(
        11,
        "走訪企業簡報",
        "全縣統戰幹部走訪民營企業三百家，解決融資難題四十二個。",
        published="2021-05-09",
        year=2022,
        like=_LINXI,
    ),
    make_document(
        12,
        "页面代码说明",
        "页脚写着 <script>alert('统战')</script> 与 A&amp;B 两处原文，照录不改。",
        "表格单元 <td> 之内：x < y && y > z。",
        year=2017,
        site="代码摘录",
    ),
    make_document(
        13,
        "蜂农合作社调查长篇",
        "第一章|"
        + "山里养蜂靠天吃饭，花期一过就要转场。" * (DEEP // 18 + 1)
        + "归国蜂农带回了新的蜂种。"
        + "此后几年产量稳定。" * 40,
        published="2016-07-08",
        year=2016,
        site="调查文库",
        kind=Kind.REPORT,
    ),
    make_document(
        14,
        "关于印发工作要点的通知",
        "云政办发〔2023〕12号文件要求，3月4日前报送，联系电话0577-8812345。",
        "２０２３年度预算１，２５０．５万元，完成率９８．６％。",
        published="2023-03-04",
        year=2023,
        publisher="云政公报",
        site="云溪党建网",
    ),
    make_document(
        15,
        "WTO与Wi-Fi：数字化培训",
        "培训讲解 e-Government 与 OPEN DATA 平台，Ａ组使用 iPad。",
        "第2期 GDP 增长6.5%，R&D 投入占比 2.1%。",
        published="2022-12-01",
        year=2022,
        site="青陵年鉴",
        region="青陵",
    ),
    make_document(
        16,
        "𠮷野村的故事",
        "𠮷野村有㐂字牌坊，村民爱写𨫀字。表情😀也要照录。",
        year=2015,
        site="调查文库",
    ),
    make_document(
        17,
        "区委统战部2023年工作情况汇报提纲",
        "一、主要做法|（一）强化政治引领；（二）做好联谊交友。",
        "二、存在问题|队伍力量不足，",
        year=2023,
        completeness=_CUT,
        kind=Kind.REPORT,
        like=_QINGLING,
    ),
    make_document(
        18,
        "台胞台属联谊活动侧记",
        "中秋茶叙，台胞代表畅谈两岸一家亲。",
        "活动由县台办与联谊会合办。",
        published="2018-09-20",
        year=2018,
        completeness=_CUT,
        site="云溪党建网",
    ),
    make_document(
        19,
        "臺胞臺屬聯誼活動側記續篇",
        "茶敘之後，臺屬參觀雲溪陶窯，乾隆年間的窯址保存完好。",
        published="2018-09-21",
        year=2018,
        like=_LINXI,
    ),
    make_document(
        20,
        "陶窑遗址保护显著成效",
        "乾隆年间的窑址保存完好，保护工作成效显著。",
        "著名匠人吴师傅看着窑火长大。",
        year=2019,
        site="调查文库",
    ),
    make_document(
        21,
        "无党派人士建言",
        "“数字乡村”建议三条：一是通网络；二是建平台；三是育人才。",
        "建议采纳率百分之九十。战线统一，步调一致。",
        published="2020-06",
        year=2020,
        publisher="云溪日报",
        site="云溪党建网",
    ),
    make_document(
        22,
        "线上统战系列课",
        "战线工作怎么做？主战场在线上，统战工作室开讲。",
        published="2020-06-30",
        year=2020,
        publisher="青陵晚报",
        site="青陵年鉴",
    ),
    make_document(
        23, "", "没有标题的一页：会议室里坐满了人。", year=2014, site="调查文库"
    ),
    make_document(24, "没有年份的旧稿", "旧稿一则，年月不详，讲的是桥梁工会往事。"),
    make_document(
        25, "没有年份的旧稿之二", "旧稿又一则，讲的是渡口。", site="调查文库"
    ),
    make_document(
        26,
        "只有标题提到蓝莓合作社",
        "正文里另有内容，谈的是灌溉。",
        year=2022,
        site="青陵年鉴",
        region="青陵",
    ),
    make_document(
        27,
        "果品产销对接会",
        "蓝莓、杨梅、枇杷三种果品签约。",
        "合作社与超市签订协议，蓝莓合作社签了头单。",
        published="2022-07-07",
        year=2022,
        publisher="云溪日报",
        site="云溪党建网",
        region="云溪",
    ),
    make_document(
        28,
        "拼接处的字",
        "这一段以统战",
        "工作开头的是另一段。",
        "段末孤字：侨",
        "务字在下一段之首。",
        year=2013,
        site="调查文库",
    ),
    make_document(
        29,
        "人名里的中点",
        "买买提•吐尔逊与阿依古丽·热合曼出席，欧阳‧修文主持。",
        published="2017-03-08",
        year=2017,
        site="代码摘录",
    ),
    make_document(
        30,
        "叠字与重复",
        "人人人人都说好，哈哈哈哈笑开颜。统战统战统战，三遍。",
        year=2017,
        site="代码摘录",
    ),
)


def holding(
    documents: Iterable[Document], text: str, *, title_only: bool = False
) -> set[str]:
    """Tell which documents hold a string in the title or in one block, as grep would.

    Returns:
        Their ids.
    """
    folded = fold(text)
    return {
        document.id
        for document in documents
        if folded in fold(document.title)
        or (
            not title_only
            and any(folded in fold(block.text) for block in document.blocks)
        )
    }


def numbers(ids: Iterable[str]) -> set[int]:
    """Write ids as the numbers of the documents above."""
    return {int(name, 16) for name in ids}


def put(store: Store, documents: Iterable[Document]) -> None:
    """Store documents as imported files; the payload is the text."""
    with store.transaction():
        for document in documents:
            payload = repr(document).encode()
            capture = Capture(
                at="2026-01-02T03:04:05Z",
                status=None,
                digest=payload_digest(payload),
                origin=f"{document.id}.txt",
            )
            store.put(document, capture, payload, CLEANER)


def fill(home: Home, documents: Iterable[Document] = CORPUS) -> None:
    """Put documents into a home folder's store, making it if need be."""
    store = Store(home.store, create=True)
    put(store, documents)
    store.close()


def build(home: Home, *, batch: int = 500, rebuild: bool = False) -> list[Progress]:
    """Bring a home folder's index up to date."""
    store = Store(home.store)
    settings = IndexSettings(batch_documents=batch, lock_wait_seconds=0)
    analyzer = make_analyzer(home.dictionaries)
    steps = list(update_index(home, store, analyzer, settings, rebuild=rebuild))
    store.close()
    return steps


def make_service(folder: Path, documents: Iterable[Document] = CORPUS) -> SearchService:
    """Make an archive with its index, and open it."""
    home = Home(folder)
    fill(home, documents)
    build(home)
    return open_service(home)
