"""What one invented unit writes every year, as the pages on series need it."""

from index.document import Block, BlockKind, Document, Kind, Script, YearFrom

LATEST = 2017

YEARS = tuple(
    Document(
        id=f"f{year:015d}",
        url=f"https://tz.qingshi.example/{year + 1}/zongjie.html",
        site="青石市政府网",
        title=f"青石市档案馆{year}年工作总结",
        published=f"{year + 1}-01-09",
        year=year,
        year_from=YearFrom.TITLE,
        publisher="青石市档案馆",
        kind=Kind.SUMMARY,
        script=Script.HANT if year == LATEST else Script.HANS,
        blocks=tuple(
            Block(anchor=f"b{place}", kind=BlockKind.PARAGRAPH, text=text)
            for place, text in enumerate(texts, 1)
        ),
    )
    for year, texts in {
        2014: (
            "全年接收档案<b>312</b>卷。",
            "修复受潮旧档四十页。",
            "阅览室周末开放。",
        ),
        2015: ("全年接收档案<b>358</b>卷。", "阅览室周末开放。", "办展览两次。"),
        LATEST: ("辦展覽兩次。", "全年接收檔案<b>401</b>卷。", "閱覽室週末開放。"),
    }.items()
)
