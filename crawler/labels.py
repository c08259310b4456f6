"""Label lines: breadcrumb, date, source, author, as pages print them.

A label line stands before the text or behind it (发布时间:2021-03-04 浏览:12) and
is taken out with what it said; the same words inside the text are left alone.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from crawler.breadcrumbs import take_path
from crawler.dates import find_date
from crawler.names import is_family_name
from crawler.publishers import tidy_publisher
from crawler.worksheet import Line, body_range, has_marks
from index.document import BlockKind
from index.fold import fold

# The words of labels by what they tell, simplified: labels are read folded.
_NAMES = {
    "published": (
        "发布时间 发布日期 发稿时间 上传时间 上传日期 发表时间 发表日期 发文时间 "
        "发文日期 发帖时间 刊登日期 刊发时间 公布日期 公开日期 公开时间 日期 时间 "
        "信息时间 录入时间 上版日期 张贴日期 提交时间 添加时间 新闻时间 入稿日期 "
        "实际入稿日期"
    ),
    "written": "成文日期 成文时间 生成日期 制发日期 印发日期 建档日期",
    "updated": "更新时间 更新日期 最后更新 最后更新日期 最后更新时间 修改时间 修改日期",
    "publisher": (
        "来源 信息来源 资料来源 文章来源 稿源 稿件来源 新闻来源 本文来源 内容来源 出处 "
        "发布单位 发布机构 发布机关 发布部门 发布者单位 发文机关 发文单位 主办单位 "
        "制发机关 公开机构 供稿单位 供稿 供稿部门 撰稿单位 信息来源单位 来源单位 转自 "
        "摘自 转载自 原载"
    ),
    "host": "主办单位 主办 承办单位",
    "authors": (
        "作者 文章作者 原文作者 原作者 本文作者 撰稿 撰稿人 撰文 文 文字 执笔 执笔人 "
        "供稿人 记者 采写 本报记者 发帖人 楼主 博主"
    ),
    "editors": (
        "责任编辑 责编 编辑 网络编辑 网页编辑 实习编辑 值班编辑 新媒体编辑 主编 编审 "
        "网编 责任编辑人 本文编辑"
    ),
    "number": "发文字号 文号 发文文号 文件编号 公文字号 发文号 文件号",
    "other": (
        "浏览 浏览次数 浏览量 浏览数 浏览人次 点击 点击数 点击量 点击率 点击次数 点阅 "
        "点阅次数 点阅数 资料点阅次数 阅读 阅读数 阅读量 阅读次数 访问量 访问次数 人气 "
        "字号 字体 字体大小 审核 校对 签发 核稿 监制 打印 分享 分享到 收藏 索引号 "
        "信息索引 公开方式 主题词 有效性 主题分类 分类 栏目 本文栏目 所属栏目 联络人 "
        "联络电话 联系人 联系电话 资料维护 评论 下载 附件下载 录入 录入人 录入员 "
        "关键词 关键字 标签 图片 图片来源 新闻图片来源 摄影 发布者 发布人 回复 推荐 "
        "标题"
        "原标题"
    ),
}
_KIND_OF = {name: kind for kind, names in _NAMES.items() for name in names.split()}
# Labels that stand right behind the value before them, too: 云州日报作者：王小河.
_GLUED = (
    "发布时间 发布日期 更新时间 来源 文章来源 稿源 作者 记者 责任编辑 责编 编辑 "
    "浏览次数 浏览 阅读 点击 审核"
)
# Labels of the table of facts above official texts, where they have no colon.
_IN_TABLE = (
    "索引号 发文字号 文号 发布机构 发文机关 成文日期 发布日期 公开日期 主题分类 标题"
    "有效性"
)


def _any_of(names: Iterable[str]) -> str:
    """Write a pattern for any of some words, the longest first, set wide or not."""
    words = sorted(names, key=len, reverse=True)
    return "|".join(r"\s*".join(map(re.escape, word)) for word in words)


_ENDED = r"\s*(?:[:|]|】|\])\s*"
_LABEL = re.compile(
    rf"(?<![\w\u4e00-\u9fff])[【\[(]?\s*(?P<name>{_any_of(_KIND_OF)}){_ENDED}"
    rf"|(?P<glued>{_any_of(_GLUED.split())})\s*:\s*"
    r"|(?P<posted>(?:发[表布]|张贴|提交)[于在]|发表)\s*:?\s*(?=\d{2})"
    r"|(?P<counted>浏览|阅读|点击|评论|回复|人气|推荐)\s*\(\d+\)"
)
_CELL = re.compile(rf"(?:^|(?<=\s))(?P<name>{_any_of(_IN_TABLE.split())})\s*:?(?:\s|$)")
# No label line is without one of these.
_MAY_LABEL = re.compile(r"[:：|｜】\]\d]")
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
_AROUND_VALUES = " 【】[]()（）|｜/　"
_POSTER = re.compile(r"(?:楼主|樓主|作者|网友|網友)?\s*[:：]?\s*[\w·]{2,20}")
_LINES_BELOW = 6
_LINK = "links 1.00"
_MAX_DATED = 40
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
    result, path = take_path(lines)
    values: dict[str, str] = {}
    body = _body(result)
    below = _reach(result, body)
    seen: set[str] = set()
    for i, line in enumerate(result):
        if not line.text or (line.rule and not _is_outside(line.rule)):
            continue
        inside = i in body and line.kept
        if inside and line.text not in seen:
            continue
        found = read_label_line(line.text, table=line.kind is BlockKind.ROW)
        if not found:
            continue
        seen.add(line.text)
        result[i] = replace(line, rule=_rule(found))
        for kind, value in found:
            if value and _counts(kind, i, body, below):
                values.setdefault("publisher" if kind == "host" else kind, value)
    return result, Labels(values=values, path=path)


def _counts(kind: str, place: int, body: range, below: int) -> bool:
    """Tell whether a label speaks of the text, by where it stands.

    Behind the text 主办单位 (host) names who keeps the site.
    """
    if kind == "other":
        return False
    if kind == "host":
        return place < body.start
    return place < below or kind in {"published", "editors"}


def _reach(lines: Sequence[Line], body: range) -> int:
    """Tell how far behind the text labels speak of it and not of other texts."""
    if not body:
        return len(lines)
    filled = (i for i in range(body.stop, len(lines)) if lines[i].text)
    return next(islice(filled, _LINES_BELOW, None), len(lines))


def read_label_line(text: str, *, table: bool = False) -> list[tuple[str, str]]:
    """Split a line of labels into kinds and values; empty if it is none.

    Args:
        text: The line.
        table: Whether it is a row of a table, where labels may have no colon.
    """
    if len(text) > _MAX_LABEL_LINE or not (table or _MAY_LABEL.search(text)):
        return []
    if _BARE_DATE.match(text):
        return [("published", text)]
    folded = fold(text)
    matches = list((table and [*_CELL.finditer(folded)]) or _LABEL.finditer(folded))
    if not matches or matches[0].lastgroup == "glued":
        return []
    before = text[: matches[0].start()].strip(_AROUND_LABELS)
    pairs = _read_before(before, matches[0]) if before else []
    if before and not pairs:
        return []
    ends = [match.start() for match in matches[1:]] + [len(text)]
    for match, end in zip(matches, ends, strict=True):
        value = text[match.end() : end].strip(_AROUND_VALUES)
        if len(value) > _MAX_VALUE or value.endswith(("。", "；", "，")):
            return []
        pairs.extend(_split_value(_kind(match), value))
    return pairs


def _read_before(text: str, label: re.Match[str]) -> list[tuple[str, str]]:
    """Read what stands before the first label: a date, or who posted the text."""
    date = find_date(text) if len(text) <= _MAX_DATED else None
    if date and len(date.iso) == len("2021-03-04") and not has_marks(text):
        return [("published", text)]
    if label.lastgroup == "posted" and _POSTER.fullmatch(text):
        return [("authors", text)]
    return []


def _kind(label: re.Match[str]) -> str:
    """Tell what a label tells."""
    if label.lastgroup == "posted":
        return "published"
    return _KIND_OF["".join(label[label.lastgroup or 0].split())]


def _split_value(kind: str, value: str) -> list[tuple[str, str]]:
    """Part a source from the date and the writer printed behind it."""
    if kind != "publisher":
        return [(kind, value)]
    date = _ENDING_DATE.search(value)
    name, rest = tidy_publisher(value[: date.start()] if date else value)
    found = [(kind, name)]
    found += [("published", date.group(1))] if date else []
    return [*found, ("authors", rest)] if is_family_name(rest) else found


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
    """Tell whether a line was only judged to lie outside, and is no mere link."""
    return not rule.startswith(("metadata", "hidden")) and _LINK not in rule
