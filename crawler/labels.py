"""Label lines: breadcrumb, date, source, author, as pages print them.

A label line stands before the text or behind it (发布时间:2021-03-04 浏览:12) and
is taken out with what it said; the same words inside the text are left alone.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from crawler.worksheet import LONG, Line, body_range

_NAMES = {
    "published": (
        "发布时间 发布日期 發布時間 發布日期 發佈時間 發佈日期 發稿時間 发稿时间 "
        "上传时间 上傳時間 发表时间 發表時間 發表日期 发表日期 更新时间 更新日期 "
        "更新時間 刊登日期 公布日期 公佈日期 成文日期 日期 时间 時間 信息时间 "
        "录入时间"
    ),
    "publisher": (
        "来源 來源 信息来源 資料來源 资料来源 文章来源 文章來源 稿源 稿件来源 "
        "新闻来源 新聞來源 发布单位 發布單位 發佈單位 发布机构 發布機關 發布機構 "
        "发布部门 供稿单位 供稿 撰稿单位 信息来源单位 "
        "转自 轉自 摘自 转载自 轉載自 原载 原載"
    ),
    "authors": "作者 撰稿 撰稿人 撰文 文 执笔 執筆 供稿人 记者 記者",
    "other": (
        "浏览 浏览次数 浏览量 浏览数 瀏覽 瀏覽次數 瀏覽人次 点击 点击数 点击量 点击率 "
        "點擊 點閱 點閱次數 阅读 阅读数 阅读量 阅读次数 閱讀 访问量 访问次数 人气 "
        "字号 字體 字体 字號 字体大小 责任编辑 責任編輯 责编 責編 编辑 編輯 审核 審核 "
        "校对 校對 签发 核稿 监制 打印 分享 分享到 收藏 索引号 索引號 文号 发文字号 "
        "信息索引 公开方式 主题词 有效性 主题分类 分类 聯絡人 聯絡電話 联系人 "
        "联系电话 承辦單位 點閱數 資料點閱次數 资料维护 最後更新日期 最后更新 "
        "上版日期 建檔日期 評論 评论 下载 附件下载 录入 录入人 录入员 关键词 關鍵字 "
        "标签 標籤"
    ),
}
_KIND_OF = {name: kind for kind, names in _NAMES.items() for name in names.split()}
_LABEL = re.compile(
    r"(?<![\w\u4e00-\u9fff])[【\[(（]?\s*("
    + "|".join(
        r"\s*".join(map(re.escape, name))
        for name in sorted(_KIND_OF, key=len, reverse=True)
    )
    + r")\s*(?:[:：]|】|\])\s*"
)
_LABEL_END = re.compile(r"[:：】\]]")
_PATH = re.compile(
    r"^.{0,12}?(?:您|你)?(?:当前|目前|现在|當前|現在|所在)的?(?:所在)?(?:位置|位址)\s*[:：是在]+\s*"
    r"|^(?:您|你)?的?(?:所在)?(?:位置|位址)\s*[:：]\s*"
)
_ARROWS = re.compile(r"\s*(?:>>|[>＞»›→])\s*")
_SLASHES = re.compile(r"\s*[/／|｜]\s*")
_BARE_DATE = re.compile(
    r"^[\[(（【]?\s*(?:(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?"
    r"|民[国國]\s*\d{2,3}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)"
    r"(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?\s*[\])）】]?$"
)
_ENDING_DATE = re.compile(
    r"\s*[(（]?\s*((?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?"
    r"(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?)\s*[)）]?$"
)
_PUBLISHING = re.compile(r"发布|發布|發佈|来源|來源")
_SENTENCE_ENDS = ("。", "！", "？", "；", "：", "!", "?", ":", "”", "……")
_AROUND_LABELS = " 【[(（|—–-·*※"
_MAX_LABEL_LINE = 160
_MAX_VALUE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What the label lines of a page said, as printed.

    Attributes:
        values: ``published``, ``publisher``, ``authors``, each the first value.
        path: The breadcrumb, outermost first.
    """

    values: dict[str, str] = field(default_factory=dict)
    path: tuple[str, ...] = ()


def take_labels(lines: Sequence[Line]) -> tuple[list[Line], Labels]:
    """Read the label lines before and behind the text, and take them out."""
    result, path = _take_path(lines)
    values: dict[str, str] = {}
    body = _body(result)
    seen: set[str] = set()
    for i, line in enumerate(result):
        if not line.text or (line.rule and not _is_outside(line.rule)):
            continue
        inside = i in body and line.kept
        if inside and line.text not in seen:
            continue
        found = read_label_line(line.text)
        if not found:
            continue
        seen.add(line.text)
        result[i] = replace(line, rule=_rule(found))
        for kind, value in found:
            if value and kind != "other":
                values.setdefault(kind, value)
    return result, Labels(values=values, path=path)


def read_label_line(text: str) -> list[tuple[str, str]]:
    """Split a line of labels into kinds and values; empty if it is none."""
    if len(text) > _MAX_LABEL_LINE:
        return []
    if _BARE_DATE.match(text):
        return [("published", text)]
    matches = list(_LABEL.finditer(text)) if _LABEL_END.search(text) else []
    if not matches:
        return []
    before = text[: matches[0].start()].strip(_AROUND_LABELS)
    if before and not _BARE_DATE.match(before):
        return []
    pairs = [("published", before)] if before else []
    ends = [match.start() for match in matches[1:]] + [len(text)]
    for match, end in zip(matches, ends, strict=True):
        name = re.sub(r"\s", "", match.group(1))
        value = text[match.end() : end].strip(" 】])）|｜/　")
        if len(value) > _MAX_VALUE or value.endswith(("。", "；", "，")):
            return []
        pairs.extend(_split_value(_KIND_OF[name], value))
    return pairs


def _split_value(kind: str, value: str) -> list[tuple[str, str]]:
    """Part a source from the date printed behind it, and from its title marks."""
    if kind != "publisher":
        return [(kind, value)]
    date = _ENDING_DATE.search(value)
    name = (value[: date.start()] if date else value).strip()
    if name.startswith("《") and name.find("》") == len(name) - 1:
        name = name[1:-1]
    return [(kind, name), ("published", date.group(1))] if date else [(kind, name)]


def _body(lines: Sequence[Line]) -> range:
    """Tell where the text is; a long title or a preface above the labels is not.

    Running text counts as such a line when it ends no sentence and adjoins the
    labels, or when no labels stand above it and those below it name who published
    the page.
    """
    body = body_range(lines)
    start = body.start
    filled = [i for i in body if lines[i].text]
    below = next((i for i in filled if i > start and read_label_line(lines[i].text)), 0)
    if not below or any(lines[i].is_running_text for i in range(start + 1, below)):
        return body
    adjoins = filled.index(below) == 1
    title = adjoins and not lines[start].text.endswith(_SENTENCE_ENDS)
    labelled = any(read_label_line(line.text) for line in lines[:start])
    preface = not labelled and bool(_PUBLISHING.search(lines[below].text))
    return range(below + 1, body.stop) if title or preface else body


def _rule(found: Iterable[tuple[str, str]]) -> str:
    """Name the rule by what the line told: ``metadata: published, publisher``."""
    kinds = dict.fromkeys(kind for kind, _ in found)
    return "metadata: " + ", ".join(kinds)


def _is_outside(rule: str) -> bool:
    """Tell whether a line was only judged to lie outside the main content."""
    return not rule.startswith(("metadata", "hidden"))


def _take_path(lines: Sequence[Line]) -> tuple[list[Line], tuple[str, ...]]:
    """Read the breadcrumb, which may go on over several lines."""
    result = list(lines)
    for i, line in enumerate(lines):
        if line.text and _PATH.match(line.text) and len(line.text) < _MAX_LABEL_LINE:
            text = _PATH.sub("", line.text)
            result[i] = replace(line, rule="metadata: path")
            for j in range(i + 1, len(lines)):
                other = lines[j].text
                if not other:
                    continue
                if not _continues(text, other):
                    break
                text += (" > " if _ARROWS.search(other) else " ") + other
                text = text.replace("> >", ">")
                result[j] = replace(lines[j], rule="metadata: path")
            return result, split_path(text)
    return result, ()


def _continues(text: str, other: str) -> bool:
    """Tell whether a line goes on with the breadcrumb begun above it."""
    if len(other) > LONG:
        return False
    open_end = text.rstrip().endswith((">", "＞", "»", "›", "/")) or not text.strip()
    return open_end and bool(_ARROWS.search(other))


def split_path(text: str) -> tuple[str, ...]:
    """Split a breadcrumb at its arrows, or at its slashes when it has none."""
    separator = _ARROWS if _ARROWS.search(text) else _SLASHES
    parts = (part.strip() for part in separator.split(text))
    return tuple(part for part in parts if part)
