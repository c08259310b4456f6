"""The query language by example: what each example finds among a few documents.

The help page shows both, and a test holds the stated answers. The documents, their
places and sites are invented.
"""

from enum import StrEnum
from typing import Final, NamedTuple

from index.document import Block, BlockKind, Completeness, Document, Kind, Script


class Topic(StrEnum):
    """What a group of examples is about, in the order of the page."""

    WORDS = "words"
    STRINGS = "strings"
    TOGETHER = "together"
    FIELDS = "fields"


class Example(NamedTuple):
    """A query and its answer.

    Attributes:
        topic: What it is about.
        name: Name of the message that says what it means.
        query: The query.
        finds: Numbers of the sample documents it finds, from 1.
        also: Other ways to write it.
        brief: Whether it is one of the few that other pages show.
    """

    topic: Topic
    name: str
    query: str
    finds: tuple[int, ...]
    also: tuple[str, ...] = ()
    brief: bool = False


_CUT: Final = Completeness(complete=False, reason="the page shows the beginning only")


def _blocks(*texts: str) -> tuple[Block, ...]:
    """Make the paragraphs of a document."""
    return tuple(
        Block(anchor=f"b{place}", kind=BlockKind.PARAGRAPH, text=text)
        for place, text in enumerate(texts, 1)
    )


SAMPLES: Final = (
    Document(
        id="sample-1",
        title="云溪县2020年统战工作总结",
        blocks=_blocks(
            "全年走访民营企业三百家，民主监督扎实推进。",
            "统战部门牵头，各项工作进展顺利。",
        ),
        url="https://www.yunxi.example/2021/a.html",
        site="云溪县情网",
        publisher="云溪日报",
        region="云溪县",
        year=2020,
        kind=Kind.SUMMARY,
    ),
    Document(
        id="sample-2",
        title="林溪縣2021年統戰工作總結",
        blocks=_blocks("僑務工作成效顯著，海外聯誼持續擴大。"),
        url="https://wenxian.linxi.example/109.html",
        site="林溪文獻",
        region="林溪縣",
        year=2021,
        kind=Kind.SUMMARY,
        script=Script.HANT,
    ),
    Document(
        id="sample-3",
        title="青陵区年鉴：民族宗教",
        blocks=_blocks("宗教场所安全检查四次，民族团结进步创建示范单位七个。"),
        site="青陵年鉴",
        region="青陵区",
        year=2019,
        kind=Kind.YEARBOOK,
    ),
    Document(
        id="sample-4",
        title="青陵区侨联工作汇报",
        blocks=_blocks("侨务政策宣传进社区，组织培训六期。"),
        site="青陵年鉴",
        region="青陵区",
        year=2022,
        kind=Kind.REPORT,
        completeness=_CUT,
    ),
    Document(
        id="sample-5",
        title="云溪县统一战线简报",
        blocks=_blocks("统一战线服务乡村振兴，结对帮扶八个村；统战干部培训两期。"),
        url="https://www.yunxi.example/2021/b.html",
        site="云溪县情网",
        publisher="云溪日报",
        region="云溪县",
        year=2021,
        kind=Kind.BRIEFING,
    ),
    Document(
        id="sample-6",
        title="学校安全工作要点",
        blocks=_blocks("教师培训全覆盖，安全检查常抓不懈。"),
        site="云溪县情网",
        region="云溪县",
        year=2023,
    ),
)

EXAMPLES: Final = (
    Example(Topic.WORDS, "word", "统战", (1, 2, 5), ("統戰",)),
    Example(
        Topic.WORDS,
        "all",
        "统战 总结",
        (1, 2),
        ("统战　总结", "統戰 總結"),
        brief=True,
    ),
    Example(Topic.WORDS, "prefix", "统一*", (5,), ("统一＊",), brief=True),
    Example(
        Topic.STRINGS,
        "exact",
        '"统战工作"',
        (1, 2),
        ("“统战工作”", "「統戰工作」", "『统战工作』", "＂统战工作＂"),
        brief=True,
    ),
    Example(
        Topic.STRINGS,
        "near",
        '"检查 安全"~2',
        (3, 6),
        ("“检查　安全”～２",),
        brief=True,
    ),
    Example(Topic.STRINGS, "order", '"统战 进展"~>10', (1,), ("“统战 进展”～＞１０",)),
    Example(Topic.STRINGS, "order-missed", '"进展 统战"~>10', ()),
    Example(Topic.STRINGS, "verbatim", '="統戰"', (2,), ("=統戰", "＝「統戰」")),
    Example(
        Topic.STRINGS, "verbatim-group", "=(统战 总结)", (1,), ("＝（统战 总结）",)
    ),
    Example(
        Topic.TOGETHER,
        "or",
        "侨务 OR 宗教",
        (2, 3, 4),
        ("侨务 ＯＲ 宗教", "侨务 或 宗教", "侨务 或者 宗教"),
        brief=True,
    ),
    Example(Topic.TOGETHER, "not", "统战 -培训", (1, 2), ("统战 －培训",), brief=True),
    Example(
        Topic.TOGETHER,
        "group",
        "(侨务 OR 统战) 培训",
        (4, 5),
        ("（侨务 或 统战） 培训",),
    ),
    Example(Topic.TOGETHER, "not-group", "工作 -(统战 OR 侨务)", (6,)),
    Example(
        Topic.FIELDS,
        "title",
        "title:统战",
        (1, 2, 5),
        ("标题:统战", "標題：統戰"),
        brief=True,
    ),
    Example(Topic.FIELDS, "title-group", "标题:(统战 OR 侨联)", (1, 2, 4, 5)),
    Example(
        Topic.FIELDS, "year", "year:2021", (2, 5), ("年份：２０２１", "年份:2021年")
    ),
    Example(
        Topic.FIELDS,
        "years",
        "year:2020..2022",
        (1, 2, 4, 5),
        ("年份:2020-2022", "年份：2020—2022", "年份:2020至2022", "年份:2020…2022"),
        brief=True,
    ),
    Example(Topic.FIELDS, "years-from", "year:2021..", (2, 4, 5, 6)),
    Example(Topic.FIELDS, "years-until", "year:..2020", (1, 3)),
    Example(Topic.FIELDS, "site", "site:青陵年鉴", (3, 4), ("网站:青陵年鑑",)),
    Example(Topic.FIELDS, "host", "site:yunxi.example", (1, 5), brief=True),
    Example(Topic.FIELDS, "source", "source:云溪日报", (1, 5), ("来源：云溪日报",)),
    Example(Topic.FIELDS, "region", "region:青陵区", (3, 4), ("地区:青陵區",)),
    Example(Topic.FIELDS, "kind", "kind:summary", (1, 2), ("类别:总结",)),
    Example(Topic.FIELDS, "script", "script:hant", (2,), ("文字:繁体",)),
    Example(Topic.FIELDS, "complete", "complete:false", (4,), ("完整:否",)),
    Example(
        Topic.FIELDS, "filter-not", "统战 -kind:briefing", (1, 2), ("统战 -类别:简报",)
    ),
)

BRIEF: Final = tuple(example for example in EXAMPLES if example.brief)
