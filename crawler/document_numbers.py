"""Document numbers: 国办发〔2023〕12号, 某府授人字第1120012345號, 某省人民政府令第3号.

Source of the forms: GB/T 9704-2012, section 7.2.5 (发文字号: code of the office, year
in 〔〕, number), as pages write it, with any brackets; the numbers of 令 (orders); and
the 字第…號 of Taiwan (文書處理手冊).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from crawler.worksheet import Line, key

_OPENING, _CLOSING = r"[〔\[［(（【﹝「]", r"[〕\]］)）】﹞」]"
_NUMBERED = re.compile(
    rf"{_OPENING}\s*(?:(?:19|20)\d\d|\d{{2,3}})\s*年?\s*{_CLOSING}"
    r"\s*(?:第|字第)?\s*\d{1,5}\s*[号號]"
    r"|(?<=[字令])\s*第\s*[0-9A-Z]{1,14}\s*[号號]"
)
_RUN = re.compile(r"[\u4e00-\u9fff]{1,16}$")
# What may stand before the code of an office and is no part of it.
_WORDS_BEFORE = (
    r".*(?:根据|根據|按照|依据|依據|依照|遵照|参照|參照|转发|轉發|印发|印發|执行|執行|"
    r"贯彻|貫徹|落实|落實|文件|文号|文號|字号|字號|通知|规定|規定|意见|意見|办法|辦法|"
    r"收到|下发|下發|发布|發布"
)
_BEFORE = re.compile(
    _WORDS_BEFORE + "|[对對以经經由和與与及的见見即号號是为為在從从按依等据據])"
)
_BEFORE_ORDER = re.compile(_WORDS_BEFORE + ")")
_OFFICE = re.compile(r".*[厅廳部局委府会會院室组組](?=[\u4e00-\u9fff]{2,6}$)")
_LONG_CODE = 6
_SHORTEST = 2
_FARTHEST = 16
_MOST_CITED = 30
_NEAR = 4


class Numbers(NamedTuple):
    """The document numbers of a page, as printed, white space left out.

    Attributes:
        own: Those of the document itself.
        cited: Those of others that it names, in the order of the text.
    """

    own: tuple[str, ...]
    cited: tuple[str, ...]


def find_numbers(label: str, title: str, lines: Sequence[Line]) -> Numbers:
    """Tell a document's own numbers from those it cites.

    Its own stand behind a label (发文字号), else in the title or on a line of their own
    near the title.

    Args:
        label: What its label lines say.
        title: Its title.
        lines: Its lines, cleaned.
    """
    near = (line.text.strip("（）() ") for line in _near_title(lines, title))
    alone = [number for text in near for number in _wholly(text)]
    ways = (list(_numbers(label)), list(_numbers(title)), alone)
    own = _distinct(next(filter(None, ways), []))
    text = "\n".join(line.text for line in lines if line.kept)
    cited = [one for one in _distinct(_numbers(text)) if key(one) not in map(key, own)]
    return Numbers(tuple(own), tuple(cited[:_MOST_CITED]))


def _numbers(text: str) -> Iterator[str]:
    """List the document numbers in a text."""
    for match in _NUMBERED.finditer(text):
        code = _code(text[max(0, match.start() - _FARTHEST) : match.start()].rstrip())
        if len(code) >= _SHORTEST:
            yield "".join((code + match.group()).split())


def _code(before: str) -> str:
    """Read the code of an office that ends a text; empty where none does."""
    found = _RUN.search(before)
    run = found.group() if found else ""
    if run.endswith("令"):
        return _BEFORE_ORDER.sub("", run)
    code = _BEFORE.sub("", run)
    return _OFFICE.sub("", code) if len(code) > _LONG_CODE else code


def _wholly(text: str) -> list[str]:
    """Read a line that is a document number and nothing else."""
    numbers = list(_numbers(text))
    return numbers if key("".join(numbers)) == key(text) else []


def _near_title(lines: Sequence[Line], title: str) -> list[Line]:
    """List the lines right above and below the title, those of the head included."""
    filled = [line for line in lines if line.text and "links" not in line.rule]
    wanted = key(title)
    top = next((i for i, line in enumerate(filled) if key(line.text) == wanted), 0)
    return filled[max(0, top - _NEAR) : top + _NEAR + 1]


def _distinct(numbers: Iterable[str]) -> list[str]:
    """Leave out what is the same number in other brackets."""
    return list({key(number): number for number in reversed([*numbers])}.values())[::-1]
