"""Hostile pages: broken, huge, deeply nested, random; each the same for its number.

Half of the pages are sample pages damaged in some way, the others are made to be
hard on one part of the reader or the cleaner. Nothing here is random but by seed and
number, so that a failure can be made again: ``hostile_page(seed, number)``.
"""

import random
import re
from collections.abc import Callable

from tests.bench.damaged import DAMAGES, size
from tests.bench.repeated import REPEATS

_PROSE = (
    "全县新建冷库七座，改造水渠二十一公里，带动三千四百户农民增收，",
    "一、加强组织领导，落实工作责任。",
    "组织中心组学习12次，举办培训班3期，",
    "群众满意度达到九成以上。",
    "走訪會員企業一百三十家，梳理問題九十七個。",
)
_TAGS = re.findall(
    r"\S+",
    """div p span a li ul td tr table h1 h3 pre b font br hr center blockquote form dl
    dd section article em img input details main nav footer aside caption tbody th body
    html head strong i u s o:p x-y figure figcaption""",
)
_BLOCKS = re.findall(
    r"\w+", "div p span a li ul td tr table h1 pre b font center section dl"
)
# What patterns of the cleaner begin with, so that they try again at every place.
_UNITS = [
    *(
        " ",
        "\xa0",
        "\u3000",
        "\t",
        "\n",
        "\r\n",
        "字\n",
        "\u3000\u3000字",
        "<a href=x>",
    ),
    *("\u200b", "\ufeff", "\u00ad", "\U00020000", "\u0301", "<a ", "大 中 小", "记者 "),
    *re.findall(
        r"\S+",
        """1.1 1 0 （ ( ) 【 】 [ > >> / | — - _ * . … 。 ， 、 ： : 一 一、 （一） 十百
        第一章 2020年 2020-01- 20 年 12: 民国 来源 来源： 发布时间： 当前位置： 首页>
        http:// www. @ 记者 編輯/ 文/王小 王小、 省略 省略1字 ……省略1字…… 剩余 还有1字
        全文共1字，当前仅显示1字 相关 相关新闻 更多新闻 版权 未经 转载请 分享 打印|
        【打印】 关闭 目录 提纲： image.png a.png 第1页 1/2 A é & &amp; &#x4e00; < </ <!
        <!-- 字 统战 統戰 ＊ ① 是一是 展望2021年 年来 （附件）""",
    ),
]


def hostile_page(seed: int, number: int) -> bytes:
    """Make one page; those of a few per cent of the numbers are huge."""
    chance = random.Random(f"{seed}:{number}")  # noqa: S311  not for secrets
    kinds = DAMAGES if number % 2 else _ATTACKS
    make = kinds[number // 2 % len(kinds)]
    return make(chance)


def kind_of(number: int) -> str:
    """Name what a page of this number is."""
    kinds = DAMAGES if number % 2 else _ATTACKS
    return kinds[number // 2 % len(kinds)].__name__.lstrip("_")


def _prose(chance: random.Random, characters: int = 60) -> str:
    text = "".join(chance.choices(_PROSE, k=characters // 20 + 1))
    return text[:characters]


def _soup(chance: random.Random) -> bytes:
    parts = []
    for _ in range(size(chance, 60_000)):
        tag, draw = chance.choice(_TAGS), chance.random()
        names = chance.choice(("", " class=content", " align=left", " href=x"))
        parts.append(f"<{tag}{names}>" if draw < 0.5 else f"</{tag}>")
        if draw < 0.3:
            parts.append(_prose(chance, chance.randrange(1, 60)))
    return "".join(parts).encode()


def _nested(chance: random.Random) -> bytes:
    depth = size(chance, 200_000)
    tags = chance.sample(_BLOCKS, chance.randrange(1, 4))
    opened = "".join(f"<{tag}>" for tag in tags) * depth
    closed = "".join(f"</{tag}>" for tag in reversed(tags)) * depth
    end = chance.choice(("", closed, closed[: len(closed) // 2]))
    return f"前文甲。{opened}{_prose(chance)}{end}后文乙。".encode()


def _staircase(chance: random.Random) -> bytes:
    """Text at every level of nesting."""
    depth = size(chance, 30_000)
    tag = chance.choice(_BLOCKS)
    return "".join(f"<{tag} class=c{i % 9}>第{i}层，" for i in range(depth)).encode()


def _tables(chance: random.Random) -> bytes:
    depth = size(chance, 3000)
    cell = "<table><tr><td>甲</td><td>"
    return (
        cell * depth + _prose(chance) + "</table>" * chance.randrange(depth)
    ).encode()


def _table(chance: random.Random) -> bytes:
    rows, cells = size(chance, 20_000), chance.randrange(1, 40)
    row = "<tr>" + "".join(f"<td>{i}件" for i in range(cells))
    return ("<table>" + row * rows).encode()


def _line(chance: random.Random) -> bytes:
    return f"<p>{_prose(chance, size(chance, 5_000_000))}</p>".encode()


def _units(chance: random.Random) -> bytes:
    """One thing over and over, in a line of its own or amid text."""
    run = chance.choice(_UNITS) * size(chance, 1_500_000)
    around = chance.choice(("{}", "<p>{}</p>", "<p>{1}</p><p>{0}{1}</p>", "{1}\n{0}"))
    return around.format(run, _prose(chance)).encode()


def _mixed_units(chance: random.Random) -> bytes:
    few = chance.sample(_UNITS, 3)
    lines = [
        "".join(chance.choices(few, k=size(chance, 20_000)))
        for _ in range(chance.randrange(1, 12))
    ]
    return ("<p>" + "</p><p>".join([*lines, _prose(chance)])).encode()


def _short_lines(chance: random.Random) -> bytes:
    """Very many lines that are made of one thing."""
    unit = chance.choice(_UNITS)
    line = chance.choice(
        ("{0}<br>", "<p>{0}{1}</p>", "<li>{0}", "{0}{1}\n", "<h3>{0}{1}")
    )
    count = size(chance, 60_000)
    return "".join(line.format(unit, i) for i in range(count)).encode()


def _breaks(chance: random.Random) -> bytes:
    text = _prose(chance, chance.randrange(1, 40))
    return (text + "<br>" * size(chance, 1_000_000) + text).encode()


def _links(chance: random.Random) -> bytes:
    link = chance.choice(
        ("<a href=/{0}>第{0}条</a>", "<li><a href=/{0}>消息{0}</a>2020-01-0{0}")
    )
    count = size(chance, 50_000)
    links = "".join(link.format(i) for i in range(count))
    return f"<p>{_prose(chance)}</p>{links}".encode()


def _unclosed(chance: random.Random) -> bytes:
    starts = """<!-- <script> <style> <title> <textarea> <a/href=" <p/class=' <![CDATA[
        <?php <!DOCTYPE <select> <svg> <plaintext> <a/href=x>"""
    rest = _prose(chance, size(chance, 400_000))
    return f"<p>{_prose(chance)}</p>{chance.choice(starts.split())}{rest}".encode()


def _entities(chance: random.Random) -> bytes:
    bomb = "<!DOCTYPE x [<!ENTITY a 'x'>" + "".join(
        f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(12)
    )
    unit = chance.choice(
        ("&amp;", "&#0;", "&#x10ffff;", "&#xd800;", "&nbsp;", "&m;", "&lt;p&gt;")
    )
    return f"{bomb}]><p>{unit * size(chance, 200_000)}{_prose(chance)}</p>".encode()


def _attributes(chance: random.Random) -> bytes:
    count = size(chance, 30_000)
    many = " ".join(f"a{i}=b" for i in range(count))
    long = chance.choice(("comment ", "content ", "display :", "x", "\u3000")) * count
    named = f"<p class='{long}' style='{long}' id='{long}'>"
    return f"<div {many}>{named}{_prose(chance)}".encode()


def _copies(chance: random.Random) -> bytes:
    """Paragraphs that stand many times, in an order that changes."""
    lines = [_prose(chance, 50) + str(i) for i in range(chance.randrange(1, 40))]
    chosen = chance.choices(lines, k=size(chance, 30_000))
    return ("<p>" + "</p><p>".join(chosen)).encode()


def _linked_data(chance: random.Random) -> bytes:
    depth = size(chance, 300_000)
    data = chance.choice(
        ('[{"a":' * depth, "[" * depth + "]" * depth, '{"@graph":' * depth)
    )
    script = f'<script type="application/ld+json">{data}</script>'
    return f"{script}<p>{_prose(chance)}".encode()


def _heads(chance: random.Random) -> bytes:
    count = size(chance, 20_000)
    metas = "".join(f"<meta name=n{i} content='{i}年'>" for i in range(count))
    return f"{metas}<title>{_prose(chance, count)}</title><p>{_prose(chance)}".encode()


def _noise(chance: random.Random) -> bytes:
    return chance.randbytes(size(chance, 3_000_000))


def _han_noise(chance: random.Random) -> bytes:
    count = size(chance, 400_000)
    characters = (chr(chance.randrange(0x20, 0xD7FF)) for _ in range(count))
    return "".join(characters).encode()


_ATTACKS: tuple[Callable[[random.Random], bytes], ...] = (
    _soup,
    _nested,
    _staircase,
    _tables,
    _table,
    _line,
    _units,
    _mixed_units,
    _short_lines,
    _breaks,
    _links,
    _unclosed,
    _entities,
    _attributes,
    _copies,
    _linked_data,
    _heads,
    _noise,
    _han_noise,
    _units,
    _mixed_units,
    *REPEATS,
)
