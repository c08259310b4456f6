"""What sites make of a text, and what writers make that only looks like it.

Every change takes a text, a source of chance, and other texts to take sentences from.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Final

from opencc import OpenCC

from index.fold import fold

Draw = random.Random
FIGURE: Final = re.compile(r"\d+(?:\.\d+)?")
_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]*")
_SITE_WORDS: Final = (
    "首页 > 公文 > 总结 当前位置：云溪文库 字体：大 中 小",
    "发布时间：{year}-0{digit}-1{digit} 来源：云溪县办公室 浏览：{digit}{digit}次",
    "本文由云溪文库整理发布，仅供学习参考，转载请注明出处，版权归原作者所有。",
    "上一篇：渡口管理工作简报 下一篇：清单办理情况 相关推荐：写作指南 范文大全",
    "微信扫一扫分享本页，客户端下载，联系我们：0{digit}{digit}{digit}-55{digit}{digit}",
    "关于本站 网站地图 云溪文库 备案号 云备{digit}{digit}00{digit}号 技术支持：云溪",
)
_NOTICE: Final = "……（本页为预览，全文共{digit}页，登录后可以继续阅读剩余部分）"
_SLOGANS: Final = (
    "高举旗帜，围绕中心，服务大局，以钉钉子的精神抓好各项工作任务的落实。",
    "进一步提高思想认识，切实增强做好工作的责任感、使命感和紧迫感。",
    "要加强组织领导，明确工作责任，强化督促检查，确保各项措施落到实处。",
    "以上总结如有不当之处，敬请各位领导和同志们批评指正，谢谢大家。",
    "本网站所载内容不代表本站立场，如有侵权请与我们联系，我们将及时处理。",
    "坚持稳中求进工作总基调，完整、准确、全面贯彻新发展理念，推动高质量发展。",
    "在上级部门的正确领导和大力支持下，经过全体同志的共同努力，圆满完成了任务。",
    "认真学习贯彻会议精神，把思想和行动统一到决策部署上来，不断开创新的局面。",
)


def sentences_of(text: str) -> list[str]:
    """Cut a text behind each sentence; nothing is lost."""
    return [match[0] for match in _SENTENCE.finditer(text) if match[0]]


def to_other_script(text: str, draw: Draw, others: Sequence[str]) -> str:
    """Convert with words, as sites do."""
    del draw, others
    traditional = sum(fold(char) != char for char in text) > len(text) / 20
    return str(_converter("t2s" if traditional else "s2twp").convert(text))


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


def wrap(text: str, draw: Draw, others: Sequence[str]) -> str:
    """Put words of a site before and behind."""
    del others
    words = [_fill(words, draw) for words in draw.sample(_SITE_WORDS, 4)]
    return "\n".join((*words[:2], text, *words[2:]))


def _fill(words: str, draw: Draw) -> str:
    """Fill in years and digits."""
    year = str(draw.randint(2005, 2025))
    return re.sub(
        r"\{digit\}", lambda _: str(draw.randint(1, 9)), words.replace("{year}", year)
    )


def truncate(text: str, draw: Draw, others: Sequence[str]) -> str:
    """Keep the beginning, cut in mid-sentence, often with a notice behind it."""
    del others
    kept = text[: int(len(text) * draw.uniform(0.3, 0.7))]
    return kept + (_fill(_NOTICE, draw) if draw.random() < 1 / 2 else "")


def gap(text: str, draw: Draw, others: Sequence[str]) -> str:
    """Leave a fifth to two fifths out of the middle, and say so."""
    del others
    size = int(len(text) * draw.uniform(0.2, 0.4))
    start = draw.randint(len(text) // 10, len(text) - size - len(text) // 10)
    return f"{text[:start]}\n…省略{size}字…\n{text[start + size :]}"


def edit(text: str, draw: Draw, others: Sequence[str]) -> str:
    """Change one to four characters in a hundred, all over the text."""
    share = draw.uniform(0.01, 0.04)
    letters = draw.choice(others)
    return "".join(
        draw.choice(letters) if draw.random() < share else char for char in text
    )


def replace_sentences(text: str, draw: Draw, others: Sequence[str]) -> str:
    """Replace every fifth sentence by one of another text."""
    foreign = sentences_of(draw.choice(others))
    parts = sentences_of(text)
    for place in draw.sample(range(len(parts)), max(1, len(parts) // 5)):
        parts[place] = draw.choice(foreign)
    return "".join(parts)


def double(text: str, draw: Draw, others: Sequence[str]) -> str:
    """Print the text twice."""
    del draw, others
    return f"{text}\n{text}"


def mask(text: str, draw: Draw, others: Sequence[str]) -> str:
    """Mask half of the figures and some words, and put signs between characters."""
    del others
    masks = ("**", "00", "○○", "×")
    text = FIGURE.sub(
        lambda found: draw.choice(masks) if draw.random() < 1 / 2 else found[0], text
    )
    places = sorted(draw.sample(range(1, len(text)), max(1, len(text) // 80)))
    for place in reversed(places):
        text = text[:place] + draw.choice("*_-") + text[place + draw.randint(0, 1) :]
    return text


Change = Callable[[str, Draw, Sequence[str]], str]
VARIANTS: Final[Mapping[str, tuple[Change, ...]]] = {
    "script": (to_other_script,),
    "wrapped": (wrap,),
    "truncated": (truncate,),
    "truncated wrapped": (truncate, wrap),
    "gap": (gap,),
    "edited": (edit,),
    "replaced": (replace_sentences,),
    "doubled": (double,),
    "masked": (mask,),
    "script wrapped": (wrap, to_other_script),
    "script truncated": (truncate, to_other_script),
    "masked edited wrapped": (mask, edit, wrap),
    "gap edited script": (gap, edit, to_other_script),
}


# -- what only looks alike ---------------------------------------------------


def borrow(text: str, draw: Draw, others: Sequence[str]) -> str:
    """Put three tenths of the text, by sentences, into another one of its size."""
    parts = sentences_of(text)
    draw.shuffle(parts)
    foreign = [parts.pop()]
    while sum(map(len, foreign)) + len(parts[-1]) <= 0.3 * len(text):
        foreign.append(parts.pop())
    for part in sentences_of("".join(others)):
        if sum(map(len, foreign)) < len(text):
            foreign.insert(draw.randint(0, len(foreign)), part)
    return "".join(foreign)


def next_year(text: str, draw: Draw, others: Sequence[str]) -> str:
    """Write the summary of another year: other figures, years, and some sentences."""
    step = draw.choice((-2, -1, 1, 2))

    def change(found: re.Match[str]) -> str:
        number = found[0]
        if re.fullmatch(r"(?:19|20)\d\d", number):
            return str(int(number) + step)
        if "." in number:
            return f"{float(number) * draw.uniform(0.6, 1.7):.1f}"
        return str(round(int(number) * draw.uniform(0.6, 1.7)) + draw.randint(0, 1))

    changed = FIGURE.sub(change, text)
    return (
        replace_sentences(changed, draw, others) if draw.random() < 1 / 2 else changed
    )


def with_slogans(text: str, draw: Draw, others: Sequence[str]) -> str:
    """Give another text the slogans that many have."""
    del text
    parts = sentences_of(draw.choice(others))
    for slogan in draw.sample(_SLOGANS, 5):
        parts.insert(draw.randint(0, len(parts)), slogan)
    return "".join(parts)
