"""Who wrote a text: by its labels, its bylines, its meta elements, its signature.

Wrong is worse than none: a name counts only with something beside it that says what
it is, a label and a separator, brackets with 记者 (reporter), the place right below
the title, or brackets behind the last sentence. Editors and photographers are not
authors.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain

from crawler.blocks import Page
from crawler.bylines import is_signed
from crawler.names import (
    is_family_name,
    is_foreign,
    is_office,
    is_plain_name,
    is_signed_name,
)
from crawler.worksheet import Line, key
from index.document import BlockKind
from index.fold import fold

_META = ("author", "ld:author", "article:author", "dc.creator")
_HAN = "[\u3400-\u9fff]"
# What stands before a name and says that its bearer wrote, and that he did not; a
# newspaper's name may stand before it. Folded, as all patterns here are.
_WRITER = "记者|通讯员|特约撰稿人?|报道员|特派员|评论员|作者|撰文|采写|执笔"
_OTHER = "摄影|摄像|图片|编辑|责编|校对|审核|制图|剪辑|实习生"
_ROLE = re.compile(
    r"(?:^|(?<=[\s/╱,、;]))(?:"
    rf"[^\s,、;。:/]{{0,16}}?(?:(?P<writer>{_WRITER})|(?P<other>{_OTHER}))[\s/╱|:]*"
    r"|(?:编译|整理|综合|整合)[\s/╱|:]+"
    r"|(?P<text>文字?)\s*[/╱|:·丨]\s*|(?P<picture>图)\s*[/╱|:·丨]\s*)+"
)
# 王小河 文/图, 王小河 报道, 文/图 王小河: who wrote took the pictures, too.
_BOTH = r"(?:文字?\s*[/╱、·]?\s*(?:并|和)?\s*(?:图片?|摄影?)|图\s*[/╱、·]?\s*文|图文)"
_LEADING = re.compile(rf"^\s*{_BOTH}\s*[/╱|:]?\s*")
_ENDING = re.compile(rf"[\s/╱|]+(?:{_BOTH}|(?:综合|摄影)?报[道导]|采写|撰写)\s*$")
# □王小河: a newspaper's mark before who wrote.
_BULLET = re.compile(r"^\s*[□■●◎○▲△◆◇★☆]\s*")
_ANY_WRITER = re.compile(rf"{_WRITER}|文字?\s*[/╱|:·丨]|{_BOTH}|^\s*[□■●◎○▲△◆◇★☆]")
# 蒋 凌: the two characters of a short name, set as wide as three.
_SET_WIDE = re.compile(rf"(?<![^\s、，,])({_HAN})\s+({_HAN})(?![^\s、，,/／])")
_SEPARATORS = re.compile(r"[\s、，,;；&＆]+")
_PICTURED = re.compile(r"[/／╱]\s*(?:摄影?|图片?|供图|制图)$|^.{2,4}摄$")
_DONE = re.compile(
    r"\s*[/／╱|｜]\s*(?:文|综合|整理|报道|编写|采写|撰写|执笔|采访.{0,4})$"
)
_PEN_NAME = re.compile(rf"({_HAN}{{2,4}})\s*[:：]")
_BRACKETED = re.compile(r"[（(【〔\[]([^（()）【】〔〕\[\]]{2,60})[）)】〕\]]")
_REMARK = re.compile(r"[（(][^（()）]*[）)]")
# 记者王小明／台北报导, 记者王小明1月12日报道: place or day show where a name ends.
_PLACED = re.compile(
    rf"记者\s*(?P<name>{_HAN}{{2,3}})\s*(?:[/／╱]\s*{_HAN}{{2,7}}"
    rf"|(?:{_HAN}{{2,4}})?(?:报导|报道)"
    rf"|(?:{_HAN}{{2,4}}|\d{{1,2}}月)\d{{1,2}}日专?(?:电|报道|讯))"
    rf"|(?:讯|电|消息)\s*记者\s*(?P<named>{_HAN}{{2,3}})(?=\s)"
)
_SIGNED_LINE = re.compile(r"文字?\s*[/／╱|｜:：·丨]")
_CLAUSES = re.compile("[。！？]")
_SIGNATURE = re.compile(r"(?:^|[。！？”])\s*[（(]([^（()）]{2,40})[）)]$")
_LOOSE_SIGNATURE = re.compile(r"[（(]([\u4e00-\u9fff·\s、，,]{2,40})[）)]$")
_REMARKS = (
    "试行 暂行 略 节选 摘要 摘录 摘编 完 全文 讨论稿 征求意见 草案 修订 修正 下同 "
    "以下简称 续 图 表 附表 附图 附件 如图 见图 见表 单位 含 不含 代 代拟 待续 "
    "未完 一审 二审"
)
# Longer names are names of other languages written out, which have none of the
# characters that remarks in brackets are made of.
_PEOPLE = re.compile(
    r"[\u4e00-\u9fff·]{2,4}"
    r"|(?!.*[年月人员不含见表第注等县市区旗省委部办局处按以为资料单位数据统计来源截至])"
    r"[\u4e00-\u9fff·]{5,12}"
)
_MOST_NAMES = 6
_SHORT_NAME = 2
_LINES_BELOW = 3
_MOST_BYLINE = 40
_OPENING = 60
_HEAD_LINES = 4
_TAIL_LINES = 4


def find_authors(
    page: Page,
    said: Mapping[str, str],
    lines: Sequence[Line],
    *,
    title: str,
    trailing: bool,
) -> tuple[str, ...]:
    """Name the writers, by the surest evidence that gives any name.

    Args:
        page: The page.
        said: What its label lines say.
        lines: Its lines, cleaned.
        title: The title of the text.
        trailing: Whether the site puts the writer behind the text, as (姓名).
    """
    shown = [line for line in lines if is_signed(line)]
    signed = (page.fields.get("authors", ""), said.get("authors", ""))
    editors = _names(said.get("editors", ""))
    ways: tuple[Callable[[], Iterable[str]], ...] = (
        lambda: chain.from_iterable(map(_signed, signed)),
        lambda: _loose_signature(shown) if trailing else (),
        lambda: _bylines(shown),
        lambda: (name for name in _in_meta(page) if name not in editors),
        lambda: _below_title(lines, title),
        lambda: _signature(shown),
    )
    found = (tuple(dict.fromkeys(way())) for way in ways)
    return next(filter(None, found), ())[:_MOST_NAMES]


def _signed(value: str) -> list[str]:
    """Read the names behind a label; a pen name only where it stands alone."""
    names = _names(_REMARK.sub(" ", value))
    people = [name for name in names if is_family_name(name) or is_foreign(name)]
    if people or len(names) != 1:
        return people
    return [name for name in names if is_signed_name(name)]


def _names(text: str) -> list[str]:
    """Part a list of names, roles such as 记者 taken off, photographers left out."""
    plain = _ENDING.sub("", _LEADING.sub("", text))
    joined = _SET_WIDE.sub(r"\1\2", plain.strip())
    folded = fold(joined)
    roles = list(_ROLE.finditer(folded))
    starts = [0, *(role.end() for role in roles)]
    ends = [*(role.start() for role in roles), len(folded)]
    writes = [True, *map(_wrote, roles)]
    names: list[str] = []
    for start, end, writer in zip(starts, ends, writes, strict=True):
        if writer:
            parts = _SEPARATORS.split(joined[start:end])
            names += [_DONE.sub("", part) for part in parts if not _is_picture(part)]
    return [name for name in names if name]


def _wrote(role: re.Match[str]) -> bool:
    """Tell whether a role is that of somebody who wrote."""
    return bool(role["writer"] or role["text"])


def _is_picture(name: str) -> bool:
    """Tell whether a name is that of who took the picture: 王小明/摄."""
    return bool(_PICTURED.search(fold(name)))


def _bylines(shown: Sequence[Line]) -> list[str]:
    """Read the bylines at both ends of the text.

    ``（记者 王小明 通讯员 李晓）``, ``某报记者 王小明`` on a line of its own or behind
    the last sentence, ``记者王小明／台北报导``.
    """
    head, tail = shown[:_HEAD_LINES], shown[-_TAIL_LINES:]
    pieces = [line.text[:_OPENING] for line in head]
    pieces += [line.text[-_OPENING:] for line in reversed(tail)]
    pieces += [line.text for line in shown if _SIGNED_LINE.match(line.text)]
    for text in pieces:
        names = _byline(text)
        if names:
            return names
    return []


def _byline(text: str) -> list[str]:
    """Read the byline that an end of a line is or holds."""
    folded = fold(text)
    if not _ANY_WRITER.search(folded):
        return []
    placed = _PLACED.search(folded)
    group = "name" if placed and placed["name"] else "named"
    if placed and is_family_name(placed[group]):
        return [text[slice(*placed.span(group))]]
    clauses = _CLAUSES.split(text)
    spans = [found.span(1) for found in _BRACKETED.finditer(text)]
    for piece in (*(text[slice(*span)] for span in spans), clauses[-1], clauses[0]):
        names = _wholly_names(piece)
        if names:
            return names
    return []


def _wholly_names(piece: str) -> list[str]:
    """Read a text that is a role and names and nothing else."""
    if len(piece) > _MOST_BYLINE:
        return []
    if _BULLET.match(piece) or _ENDING.search(fold(piece)):
        names = _names(_BULLET.sub("", piece))
        if names and all(map(is_plain_name, names)):
            return names
    role = _ROLE.match(_LEADING.sub("", fold(piece)).strip())
    if role is None or not _wrote(role):
        return []
    names = _names(piece)
    if role["text"] and len(names) == 1 and is_signed_name(names[0]):
        return names
    surely = sum(map(is_family_name, names))
    return names if 2 * surely > len(names) and all(map(is_signed_name, names)) else []


def _in_meta(page: Page) -> list[str]:
    """Read meta elements and JSON-LD, which also name offices and companies."""
    meta = (page.meta.get(name, "") for name in _META)
    names = chain.from_iterable(map(_names, meta))
    return [name for name in names if is_family_name(name) or is_foreign(name)]


def _below_title(lines: Sequence[Line], title: str) -> list[str]:
    """Read a name on a line of its own below the title, or between its halves.

    A pen name counts where the title begins with it, somewhere on the page: 某某：….
    """
    filled = [line for line in lines if line.text]
    wanted = key(title)
    places = (i for i, line in enumerate(filled) if _is_of_title(line.text, wanted))
    top = next(places, len(filled))
    titles = (title, *(line.text for line in filled if key(line.text).endswith(wanted)))
    heads = {found[1] for one in titles if (found := _PEN_NAME.match(one))}
    for line in filled[top + 1 : top + 1 + _LINES_BELOW]:
        names = _names(line.text) if len(line.text) <= _MOST_BYLINE else []
        if names and all(map(is_plain_name, names)):
            return names
        if len(names) == 1 and names[0] in heads:
            return names
        if line.is_running_text:
            break
    return []


def _is_of_title(text: str, wanted: str) -> bool:
    """Tell whether a line is the title or one end of it; both reduced to keys."""
    own = key(text)
    return len(own) > _SHORT_NAME and wanted.startswith(own)


def _signature(shown: Sequence[Line]) -> list[str]:
    """Read the names in brackets behind the last sentence; an office may precede."""
    found = _SIGNATURE.search(shown[-1].text) if shown else None
    words = _names(found[1]) if found and not _ROLE.search(fold(found[1])) else []
    names = [word for word in words if not is_office(word)]
    surely = any(map(_is_signature, names)) and all(map(_may_sign, names))
    return names if surely else []


def _may_sign(name: str) -> bool:
    """Tell whether a text may be a name beside one that surely is: 其木格."""
    return is_signed_name(name) and len(name) <= _SHORT_NAME + 1


def _is_signature(name: str) -> bool:
    """Tell whether a text in brackets behind the last sentence is a name."""
    return is_plain_name(name) or (len(name) > _SHORT_NAME and is_family_name(name))


def _loose_signature(shown: Sequence[Line]) -> list[str]:
    """Read the names in the brackets that end the last paragraph."""
    prose = [line.text for line in shown if line.kind is BlockKind.PARAGRAPH]
    found = _LOOSE_SIGNATURE.search(prose[-1]) if prose else None
    names = _SEPARATORS.split(_SET_WIDE.sub(r"\1\2", found[1])) if found else []
    remark = set(_REMARKS.split()).intersection(names)
    people = all(_PEOPLE.fullmatch(name) for name in names)
    return names if people and not remark and len(names) <= _MOST_NAMES else []
