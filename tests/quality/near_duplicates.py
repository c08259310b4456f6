"""Labelled near-duplicates: variants of real texts, and texts that only look alike.

Real texts are read from a folder of corpora, natural near-duplicates among them left
out; everything else is drawn with a fixed seed. A variant is what sites make of a text:
another script, words of the site around it, the beginning alone, a gap, a few other
characters, other sentences, the text printed twice, masked figures, and several of
these together. What must not be taken for a copy: a text with a third of the sentences
of another, the same text with the figures and years of another year, and texts that
have slogans in common.
"""

import gzip
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final

from opencc import OpenCC

from index.document import Block, BlockKind, Completeness, Document, Script
from index.fold import fold

SEED: Final = 20261126
_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]*")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_PIECE, _SHORTEST, _LONGEST = 1000, 250, 2000
_GRAM, _COMMON = 12, 0.1
_SPARE: Final = 20
_FIGURES: Final = 10  # a summary has dozens

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A document, and what it was made from.

    Attributes:
        document: The document.
        kind: ``base``, the name of a variant, or that of something only alike.
        origin: The base document it is a near-duplicate of; its own id if none.
        near: The base document it must not be taken for; empty if it looks like none.
    """

    document: Document
    kind: str
    origin: str
    near: str = ""


Draw = random.Random


def read_texts(corpora: Path) -> list[tuple[str, str]]:
    """Read titles and texts of summaries' length from whatever corpora there are."""
    found = []
    for path in sorted(corpora.glob("*.jsonl.gz")):
        if path.name.endswith(".queries.jsonl.gz"):
            continue
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                found.append((row["title"].strip(), _cut(row["text"])))
    found += [
        (path.stem, _cut(path.read_text("utf-8")))
        for path in sorted(corpora.parent.glob("pages/gold/*.txt"))
    ]
    return [(title, text) for title, text in found if len(text) >= _SHORTEST]


def _cut(text: str) -> str:
    """Take sentences from the middle of a text until there are enough of them."""
    kept = ""
    sentences = sentences_of(text)
    for sentence in sentences[len(sentences) // 3 if len(text) > _LONGEST else 0 :]:
        if len(kept) + len(sentence) > _LONGEST or len(kept) >= _PIECE:
            break
        kept += sentence
    return kept


def sentences_of(text: str) -> list[str]:
    """Cut a text behind each sentence; nothing is lost."""
    return [match[0] for match in _SENTENCE.finditer(text) if match[0]]


def choose_bases(texts: Sequence[tuple[str, str]], size: int) -> list[tuple[str, str]]:
    """Draw texts that have little in common with each other."""
    draw = Draw(SEED)
    drawn = draw.sample(texts, min(2 * size, len(texts)))
    holders: defaultdict[str, list[int]] = defaultdict(list)
    grams = [_grams(text) for _, text in drawn]
    for number, held in enumerate(grams):
        for gram in held:
            holders[gram].append(number)
    kept: list[int] = []
    taken: set[int] = set()
    for number, held in enumerate(grams):
        shared = Counter(
            other for gram in held for other in holders[gram] if other in taken
        )
        if all(
            count <= _COMMON * min(len(held), len(grams[other]))
            for other, count in shared.items()
        ):
            taken.add(number)
            kept.append(number)
    return [drawn[number] for number in kept[:size]]


def _grams(text: str) -> set[str]:
    """List the runs of folded letters."""
    letters = re.sub(r"[\W\d_]+", "", fold(text))
    return {letters[at : at + _GRAM] for at in range(len(letters) - _GRAM + 1)}


# -- variants ----------------------------------------------------------------


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
    text = _FIGURE.sub(
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
    """Put three in ten sentences of the text into another one of its size."""
    parts = sentences_of(text)
    places = sorted(draw.sample(range(len(parts)), round(0.3 * len(parts))))
    foreign = sentences_of("".join(draw.sample(others, len(others))))[
        : len(parts) - len(places)
    ]
    for place in places:
        foreign.insert(draw.randint(0, len(foreign)), parts[place])
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

    changed = _FIGURE.sub(change, text)
    return (
        replace_sentences(changed, draw, others) if draw.random() < 1 / 2 else changed
    )


def with_slogans(text: str, draw: Draw, others: Sequence[str]) -> str:
    """Give another text the slogans that many have."""
    del text
    parts = sentences_of(draw.choice(others))
    parts = parts[: max(3, len(parts) // 2)]
    for slogan in draw.sample(_SLOGANS, 5):
        parts.insert(draw.randint(0, len(parts)), slogan)
    return "".join(parts)


# -- the set -----------------------------------------------------------------


def make_set(bases: Sequence[tuple[str, str]], each: int) -> list[Labelled]:
    """Make documents of the bases, ``each`` of every kind of variant and hard case."""
    draw = Draw(SEED)
    # Sentences for the others come from texts that are no documents themselves.
    own, foreign = bases[: -4 * each - _SPARE], bases[-4 * each - _SPARE :]
    lenders, others = foreign[:-_SPARE], [text for _, text in foreign[-_SPARE:]]
    made = [
        _label(number, title, text, "base") for number, (title, text) in enumerate(own)
    ]
    count = len(made)
    for kind, changes in VARIANTS.items():
        for number in draw.sample(range(len(own)), min(each, len(own))):
            title, text = own[number]
            for change in changes:
                text = change(text, draw, others)
            made.append(_label(count, title, text, kind, made[number].document.id))
            count += 1
    for one in _hard_cases(own, [text for _, text in lenders], others, each, draw):
        kind, number, title, text = one
        near = made[number].document.id
        made.append(_label(count, title, text, kind, near=near))
        count += 1
    return made


def _hard_cases(
    own: Sequence[tuple[str, str]],
    lenders: Sequence[str],
    others: Sequence[str],
    each: int,
    draw: Draw,
) -> Iterator[tuple[str, int, str, str]]:
    """Give kind, number of the base, title and text of what only looks alike."""
    # No text lends its sentences twice, or those that borrow would be alike.
    lent = iter(lenders)
    for number in draw.sample(range(len(own)), min(each, len(own))):
        three = [*islice(lent, 3)]
        yield "borrowed", number, "摘编", borrow(own[number][1], draw, three)
    for number in range(min(each, len(own))):
        yield "slogans", number, "总结", with_slogans("", draw, [next(lent)])
    yearly = [
        n for n, (_, text) in enumerate(own) if len(_FIGURE.findall(text)) >= _FIGURES
    ]
    for number in draw.sample(yearly, min(each, len(yearly))):
        title, text = own[number]
        yield "sibling", number, title, next_year(text, draw, others)


def _label(  # noqa: PLR0913, PLR0917 (a row of the set)
    number: int, title: str, text: str, kind: str, origin: str = "", near: str = ""
) -> Labelled:
    """Make a document with its label."""
    name = f"{number:016x}"
    document = Document(
        id=name,
        title=title,
        site=f"站点{number % 40}",
        script=_script(text),
        completeness=Completeness(complete="trunc" not in kind and "gap" not in kind),
        blocks=tuple(
            Block(anchor=f"b{place}", kind=BlockKind.PARAGRAPH, text=line)
            for place, line in enumerate(filter(str.strip, text.split("\n")), 1)
        ),
    )
    return Labelled(document=document, kind=kind, origin=origin or name, near=near)


def _script(text: str) -> Script:
    """Tell the script by how many characters folding changes."""
    changed = sum(fold(char) != char for char in text if "\u4e00" <= char <= "\u9fff")
    return Script.HANT if changed > len(text) / 20 else Script.HANS


# -- scoring -----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How well groups answer the labels.

    Attributes:
        recall: Share of each kind of variant that is with its base; ``all`` together.
        precision: Share of the documents put to a canonical one that belong to it.
        flagged: Share of each kind of hard case that is put to what it looks like.
    """

    recall: Mapping[str, float]
    precision: float
    flagged: Mapping[str, float]


def score(labelled: Sequence[Labelled], canonical: Mapping[str, str]) -> Score:
    """Score the canonical document that each id was given."""
    origins = {each.document.id: each.origin for each in labelled}
    found: defaultdict[str, list[bool]] = defaultdict(list)
    flagged: defaultdict[str, list[bool]] = defaultdict(list)
    right: list[bool] = []
    for each in labelled:
        name = each.document.id
        if canonical[name] != name:
            right.append(origins[canonical[name]] == each.origin)
        if each.near:
            flagged[each.kind].append(canonical[name] == canonical[each.near])
        elif each.kind != "base":
            same = canonical[name] == canonical[each.origin]
            found["all"].append(same)
            found[each.kind].append(same)
    return Score(
        recall={kind: _share(values) for kind, values in found.items()},
        precision=_share(right),
        flagged={kind: _share(values) for kind, values in flagged.items()},
    )


def _share(values: Sequence[bool]) -> float:
    """Give the share of truths; 1 of nothing."""
    return sum(values) / len(values) if values else 1.0
