"""Hostile pages: broken, huge, deeply nested, random; each the same for its number.

Half of the pages are sample pages damaged in some way, the others are made to be
hard on one part of the reader or the cleaner. Nothing here is random but by seed and
number, so that a failure can be made again: ``hostile_page(seed, number)``.
"""

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

SITES = Path(__file__).resolve().parents[1] / "sites"

_PROSE = (
    "全县新建冷库七座，改造水渠二十一公里，带动三千四百户农民增收，",
    "一、加强组织领导，落实工作责任。",
    "组织中心组学习12次，举办培训班3期，",
    "群众满意度达到九成以上。",
    "走訪會員企業一百三十家，梳理問題九十七個。",
)
_TAGS = (
    "div p span a li ul td tr table h1 h3 pre b font br hr center blockquote form dl dd "
    "section article em img input details main nav footer aside caption tbody th body html "
    "head strong i u s o:p x-y figure figcaption"
).split()
_BLOCKS = "div p span a li ul td tr table h1 pre b font center section dl".split()
# What patterns of the cleaner begin with, so that they try again at every place.
_UNITS = (
    "1.1", "1", "0", " ", "\xa0", "\u3000", "\t", "\n", "\r\n", "（", "(", ")", "【", "】",
    "[", ">", ">> ", "/", "|", "—", "-", "_", "*", ".", "…", "。", "，", "、", "：", ":",
    "一", "一、", "（一）", "十百", "第一章", "2020年", "2020-01-", "20", "年", "12:", "民国",
    "来源", "来源：", "发布时间：", "当前位置：", "首页>", "http://", "www.", "@", "记者", "記者 ",
    "编辑/", "文/王小 ", "王小、", "省略", "省略1字", "……省略1字……", "全文共1字，当前仅显示1字",
    "剩余", "还有1字", "相关", "相关新闻", "更多新闻", "版权", "未经", "转载请", "分享", "打印|",
    "【打印】", "关闭 ", "大 中 小", "目录", "提纲：", "image.png", "a.png", "第1页", "1/2", "A", "é",
    "\u200b", "\ufeff", "\u00ad", "&", "&amp;", "&#x4e00;", "<", "</", "<!", "<!--", "<a ", "<a href=x>",
    "字", "字\n", "\u3000\u3000字", "统战", "統戰", "\U00020000", "\u0301", "＊", "①", "是一是", "展望2021年", "年来", "（附件）",
)  # fmt: skip


def hostile_page(seed: int, number: int) -> bytes:
    """Make one page; those of a few per cent of the numbers are huge."""
    chance = random.Random(f"{seed}:{number}")  # noqa: S311  not for secrets
    kinds = _DAMAGES if number % 2 else _ATTACKS
    make = kinds[number // 2 % len(kinds)]
    return make(chance)


def kind_of(number: int) -> str:
    """Name what a page of this number is."""
    kinds = _DAMAGES if number % 2 else _ATTACKS
    return kinds[number // 2 % len(kinds)].__name__.lstrip("_")


def _size(chance: random.Random, largest: int) -> int:
    """Draw a size, mostly small; one in twenty goes up to the largest."""
    top = largest if chance.random() < 0.05 else min(largest, 3000)
    return int(top ** chance.uniform(0.3, 1.0))


@cache
def _samples() -> tuple[bytes, ...]:
    files = sorted([*SITES.glob("*/*.html"), *SITES.glob("*/*.txt")])
    return tuple(file.read_bytes() for file in files)


def _sample(chance: random.Random) -> bytes:
    return chance.choice(_samples())


def _prose(chance: random.Random, characters: int = 60) -> str:
    text = "".join(chance.choices(_PROSE, k=characters // 20 + 1))
    return text[:characters]


# -- sample pages, damaged ----------------------------------------------------


def _truncated(chance: random.Random) -> bytes:
    page = _sample(chance)
    return page[: chance.randrange(len(page))]


def _beheaded(chance: random.Random) -> bytes:
    page = _sample(chance)
    return page[chance.randrange(len(page)) :]


def _spliced(chance: random.Random) -> bytes:
    one, other = _sample(chance), _sample(chance)
    return one[: chance.randrange(len(one))] + other[chance.randrange(len(other)) :]


def _flipped(chance: random.Random) -> bytes:
    page = bytearray(_sample(chance))
    for _ in range(_size(chance, len(page))):
        page[chance.randrange(len(page))] ^= 1 << chance.randrange(8)
    return bytes(page)


def _shuffled(chance: random.Random) -> bytes:
    page = _sample(chance)
    pieces = [page[i : i + 64] for i in range(0, len(page), 64)]
    chance.shuffle(pieces)
    return b"".join(pieces)


def _repeated(chance: random.Random) -> bytes:
    return _sample(chance) * _size(chance, 400)


def _holed(chance: random.Random) -> bytes:
    """Leave out pieces of markup, so that tags, quotes and comments stay open."""
    page = _sample(chance).decode("utf-8", "replace")
    for _ in range(chance.randrange(1, 20)):
        cut = chance.choice((">", '"', "-->", "</script>", "</title>", "<", "=", "</"))
        place = page.find(cut, chance.randrange(len(page)))
        if place >= 0:
            page = page[:place] + page[place + len(cut) :]
    return page.encode()


def _sprinkled(chance: random.Random) -> bytes:
    """Put pieces that mean something to a parser anywhere into a page."""
    page = _sample(chance)
    for _ in range(chance.randrange(1, 30)):
        place = chance.randrange(len(page))
        piece = chance.choice(_UNITS).encode() * chance.randrange(1, 9)
        page = page[:place] + piece + page[place:]
    return page


def _miscoded(chance: random.Random) -> bytes:
    text = _sample(chance).decode("utf-8", "replace")
    codecs = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "big5", "utf-7")
    return text.encode(chance.choice(codecs), "replace")


def _controlled(chance: random.Random) -> bytes:
    """Put control characters and halves of surrogate pairs between characters."""
    text = list(_sample(chance).decode("utf-8", "replace"))
    for _ in range(_size(chance, len(text))):
        odd = chance.choice((chr(chance.randrange(32)), "\ud800", "\udfff", "\ufffe"))
        text[chance.randrange(len(text))] += odd
    return "".join(text).encode("utf-8", "surrogatepass")


# -- pages made to be hard ----------------------------------------------------


def _soup(chance: random.Random) -> bytes:
    parts = []
    for _ in range(_size(chance, 60_000)):
        tag, draw = chance.choice(_TAGS), chance.random()
        names = chance.choice(
            ("", " class=content", " style='display:none'", " href=x")
        )
        parts.append(f"<{tag}{names}>" if draw < 0.5 else f"</{tag}>")
        if draw < 0.3:
            parts.append(_prose(chance, chance.randrange(1, 60)))
    return "".join(parts).encode()


def _nested(chance: random.Random) -> bytes:
    depth = _size(chance, 200_000)
    tags = chance.sample(_BLOCKS, chance.randrange(1, 4))
    opened = "".join(f"<{tag}>" for tag in tags) * depth
    closed = "".join(f"</{tag}>" for tag in reversed(tags)) * depth
    end = chance.choice(("", closed, closed[: len(closed) // 2]))
    return f"前文甲。{opened}{_prose(chance)}{end}后文乙。".encode()


def _staircase(chance: random.Random) -> bytes:
    """Text at every level of nesting."""
    depth = _size(chance, 30_000)
    tag = chance.choice(_BLOCKS)
    return "".join(f"<{tag} class=c{i % 9}>第{i}层，" for i in range(depth)).encode()


def _tables(chance: random.Random) -> bytes:
    depth = _size(chance, 3000)
    cell = "<table><tr><td>甲</td><td>"
    return (
        cell * depth + _prose(chance) + "</table>" * chance.randrange(depth)
    ).encode()


def _table(chance: random.Random) -> bytes:
    rows, cells = _size(chance, 20_000), chance.randrange(1, 40)
    row = "<tr>" + "".join(f"<td>{i}件" for i in range(cells))
    return ("<table>" + row * rows).encode()


def _line(chance: random.Random) -> bytes:
    return f"<p>{_prose(chance, _size(chance, 5_000_000))}</p>".encode()


def _units(chance: random.Random) -> bytes:
    """One thing over and over, in a line of its own or amid text."""
    run = chance.choice(_UNITS) * _size(chance, 1_500_000)
    around = chance.choice(("{}", "<p>{}</p>", "<p>{1}</p><p>{0}{1}</p>", "{1}\n{0}"))
    return around.format(run, _prose(chance)).encode()


def _mixed_units(chance: random.Random) -> bytes:
    few = chance.sample(_UNITS, 3)
    lines = [
        "".join(chance.choices(few, k=_size(chance, 20_000)))
        for _ in range(chance.randrange(1, 12))
    ]
    return ("<p>" + "</p><p>".join([*lines, _prose(chance)])).encode()


def _short_lines(chance: random.Random) -> bytes:
    """Very many lines that are made of one thing."""
    unit = chance.choice(_UNITS)
    line = chance.choice(
        ("{0}<br>", "<p>{0}{1}</p>", "<li>{0}", "{0}{1}\n", "<h3>{0}{1}")
    )
    count = _size(chance, 60_000)
    return "".join(line.format(unit, i) for i in range(count)).encode()


def _breaks(chance: random.Random) -> bytes:
    text = _prose(chance, chance.randrange(1, 40))
    return (text + "<br>" * _size(chance, 1_000_000) + text).encode()


def _links(chance: random.Random) -> bytes:
    link = chance.choice(
        ("<a href=/{0}>第{0}条</a>", "<li><a href=/{0}>消息{0}</a>2020-01-0{0}")
    )
    count = _size(chance, 50_000)
    links = "".join(link.format(i) for i in range(count))
    return f"<p>{_prose(chance)}</p>{links}".encode()


def _unclosed(chance: random.Random) -> bytes:
    start = chance.choice(
        ("<!--", "<script>", "<style>", "<title>", "<textarea>", '<a href="', "<p class='",
         "<![CDATA[", "<?php ", "<!DOCTYPE ", "<select>", "<svg>", "<plaintext>", "<a href=x>")
    )  # fmt: skip
    return f"<p>{_prose(chance)}</p>{start}{_prose(chance, _size(chance, 400_000))}".encode()


def _entities(chance: random.Random) -> bytes:
    bomb = "<!DOCTYPE x [<!ENTITY a 'x'>" + "".join(
        f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(12)
    )
    unit = chance.choice(
        ("&amp;", "&#0;", "&#x10ffff;", "&#xd800;", "&nbsp;", "&m;", "&lt;p&gt;")
    )
    return f"{bomb}]><p>{unit * _size(chance, 200_000)}{_prose(chance)}</p>".encode()


def _attributes(chance: random.Random) -> bytes:
    count = _size(chance, 30_000)
    many = " ".join(f"a{i}=b" for i in range(count))
    long = chance.choice(("comment ", "content ", "display :", "x", "\u3000")) * count
    return f"<div {many}><p class='{long}' style='{long}' id='{long}'>{_prose(chance)}".encode()


def _copies(chance: random.Random) -> bytes:
    """Paragraphs that stand many times, in an order that changes."""
    lines = [_prose(chance, 50) + str(i) for i in range(chance.randrange(1, 40))]
    chosen = chance.choices(lines, k=_size(chance, 30_000))
    return ("<p>" + "</p><p>".join(chosen)).encode()


def _linked_data(chance: random.Random) -> bytes:
    depth = _size(chance, 300_000)
    data = chance.choice(
        ('[{"a":' * depth, "[" * depth + "]" * depth, '{"@graph":' * depth)
    )
    return f'<script type="application/ld+json">{data}</script><p>{_prose(chance)}'.encode()


def _heads(chance: random.Random) -> bytes:
    count = _size(chance, 20_000)
    metas = "".join(f"<meta name=n{i} content='{i}年'>" for i in range(count))
    return f"{metas}<title>{_prose(chance, count)}</title><p>{_prose(chance)}".encode()


def _noise(chance: random.Random) -> bytes:
    return chance.randbytes(_size(chance, 3_000_000))


def _han_noise(chance: random.Random) -> bytes:
    count = _size(chance, 400_000)
    characters = (chr(chance.randrange(0x20, 0xD7FF)) for _ in range(count))
    return "".join(characters).encode()


_DAMAGES: tuple[Callable[[random.Random], bytes], ...] = (
    _truncated, _beheaded, _spliced, _flipped, _shuffled, _repeated, _holed, _sprinkled,
    _miscoded, _controlled,
)  # fmt: skip
_ATTACKS: tuple[Callable[[random.Random], bytes], ...] = (
    _soup, _nested, _staircase, _tables, _table, _line, _units, _mixed_units, _short_lines,
    _breaks, _links, _unclosed, _entities, _attributes, _copies, _linked_data, _heads, _noise,
    _han_noise, _units, _mixed_units,
)  # fmt: skip
