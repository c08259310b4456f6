"""Thirty short documents with known answers, and how to make an archive of them.

All places and bodies are invented. The texts are short enough that a test can
find its answer by looking through them, which is what ``holding`` does.
"""

from collections.abc import Iterable
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


def make_document(
    number: int, title: str, *texts: str, **fields: Unpack[Fields]
) -> Document:
    """Make a document; ``|`` in a text ends a heading run into its paragraph."""
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
    return Document(
        id=f"{number:016x}", title=title, blocks=tuple(blocks), **fields
    )


_YUNXI: Fields = {
    "site": "云溪党建网",
    "region": "云溪",
    "publisher": "云溪日报",
}
_QINGLING: Fields = {
    "site": "青陵年鉴",
    "region": "青陵",
    "kind": Kind.YEARBOOK,
}
_LINXI: Fields = {"site": "林溪縣政府", "script": Script.HANT, "region": "林溪"}
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
        **_YUNXI,
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
        **_YUNXI,
    ),
    make_document(
        3,
        "云溪县总工会2021年工作总结",
        "各级工会新建职工之家二十个，慰问困难职工。",
        url="https://www.yunxi.example.cn/2022/a3.html",
        published="2022-01",
        year=2021,
        kind=Kind.SUMMARY,
        **_YUNXI,
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
        **_LINXI,
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
        **_QINGLING,
    ),
    make_document(
        7,
        "民族宗教工作",
        "【概况】|2018年，全区有清真寺两座，宗教场所安全检查四次。",
        "【团结进步】|创建示范单位七个，脱贫 攻坚战成果巩固。",
        published="2019",
        year=2018,
        **_QINGLING,
    ),
    make_document(
        8,
        "党外人士工作",
        "【概况】|2019年，推荐政协委员人选，召开座谈会三次。",
        year=2019,
        **_QINGLING,
    ),
    make_document(9, "走访企业简报", _COPY, published="2021-05-06", year=2021, **_YUNXI),
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
        **_LINXI,
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
        "第一章|" + "山里养蜂靠天吃饭，花期一过就要转场。" * (DEEP // 18 + 1)
        + "归国蜂农带回了新的蜂种。" + "此后几年产量稳定。" * 40,
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
        source_kind := "云政公报",
        site="云政公报",
    )
    if False
    else make_document(
        14,
        "关于印发工作要点的通知",
        "云政办发〔2023〕12号文件要求，3月4日前报送，联系电话0577-8812345。",
        "２０２３年度预算１，２５０．５万元，完成率９８．６％。",
        published="2023-03-04",
        year=2023,
        site="云政公报",
    ),
)
