"""The source that a page names: its words alone, without what pages print beside."""

import re

# What stands behind a source on the same line: buttons, counters, further labels.
_BESIDE = re.compile(
    r"\s*[【\[(（]?\s*(?:参与互动|參與互動|有\d+人|手机看|手機看|[发發]表[评評][论論]|"
    r"我要[评評][论論]|[举舉][报報]|分享到|[纠糾][错錯]|我有[话話]|扫一扫|掃一掃|"
    r"(?:\s[【\[(（]?\s*|[【\[(（]\s*)(?:字[号號体體]|大\s*中\s*小|[栏欄]目|关键|關鍵|收藏|打印|列印|"
    r"分享|推荐|推薦|浏览|瀏覽|阅读|閱讀|[责責]任?[编編]|[编編][辑輯]|[点點][击擊]|[评評][论論]))"
    r".*$"
)
_ENDS = " 【】[]()（）|｜/　>-—·,，;；"
# Names that follow others after a space are sources where they end as offices do.
_OFFICE = re.compile(
    r"(?:[网網报報社部委局办辦厅廳府院会會台处處室站刊]|中心|集团|公司|大[学學])$"
)
# Words that name no source.
_NO_SOURCE = re.compile(
    r"(?:转载|轉載|原创|原創|本站|网络|網絡|網路|互联网|佚名|未知|不详|不詳|其他|其它|整理|文章|"
    r"来源|來源|[/、\s])+"
)
_MARKUP = re.compile(r"[=<>\"]")


def tidy_publisher(value: str) -> tuple[str, str]:
    """Take the name of a source out of a label's value; give the rest as well.

    Returns:
        The name, empty where there is none; and the word behind it that is none.
    """
    first, *others = _BESIDE.sub("", value.strip(_ENDS)).split() or [""]
    offices = 0
    if re.search(r"[\u3400-\u9fff）)》]$", first):
        while offices < len(others) and _OFFICE.search(others[offices]):
            offices += 1
    else:
        offices = len(others)
    name = _bare(" ".join([first, *others[:offices]]))
    return name, " ".join(others[offices : offices + 1])


def _bare(name: str) -> str:
    """Take off the marks around a name that it stands in as a whole."""
    if _MARKUP.search(name) or _NO_SOURCE.fullmatch(name):
        return ""
    if name.startswith("《") and name.find("》") == len(name) - 1:
        return name[1:-1]
    opened = name.count("(") + name.count("（") > name.count(")") + name.count("）")
    return name.strip(_ENDS.replace(")", "").replace("）", "")) + (
        ")" if opened else ""
    )
