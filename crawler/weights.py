"""What one line weighs by itself, and what names and phrases give away.

Weights are in characters. The phrases are those of Chinese pages at large, in both
scripts; none belongs to one site.
"""

import re

from crawler.lines import Line, visible_length
from index.document import BlockKind

SHORT_WEIGHT = -2.0
"""A short line that nothing speaks for or against."""

NOISE_WEIGHT = -30.0
"""The words of an interface, notices about rights."""

BARRIER_WEIGHT = -60.0
"""A line that announces something other than the text."""

LINK_SHARE = 0.5
"""Share of links above which a line counts as a link."""

_MARK_BONUS = 10
_MARKS_COUNTED = 10
_SENTENCE_LENGTH = 15
_LONG_LENGTH = 30
_LONG_FACTOR = 0.3
_ROW_FACTOR = 0.5
_CREDIT_WEIGHT = -6.0
_LINK_WEIGHT = -10.0
_LINK_PER_CHARACTER = -0.5
_LINK_CHARACTERS = 40
_MAX_BARRIER = 16
_MAX_INTERFACE = 80
_MAX_LEGAL = 400
_MAX_CREDIT = 80
_MAX_CREDIT_HAN = 40
_MAX_ASIDE_SHARE = 0.5
_MIN_SHARE_BESIDE_COMMENTS = 0.1
_TEXT_BESIDE_COMMENTS = 300

_COMMENT_NAMES = re.compile("comment|reply|pinglun|guestbook")
_ASIDE_NAMES = re.compile(
    r"relat|recommend|rank|foot|\bnav|nav\b|sidebar|\bside|share|menu|bread|crumb"
    r"|copyright|\bhot|banner|login|pager|\btags?\b|toolbar|advert|popup|qrcode"
    r"|friendlink|tuijian|xiangguan|guanggao|vote|survey|\bpoll|print|font-?siz"
)
_MAIN_NAMES = re.compile(
    r"content|article|trs_editor|vsb_content|zoom|endtext|artibody|detail|\bzw\b"
    r"|story|post|\btext\b"
)
_MARKS = re.compile("[，。；！？、：,;!?]")
_HAN = re.compile("[\u3400-\u9fff]")
_NOT_WORD = re.compile(r"[\W_]")
# The words of an interface, in lower case.
_INTERFACE = re.compile(
    "版权所有|版權所有|copyright|icp备|icp備|©|all rights reserved|上一[篇页頁]"
    "|下一[篇页頁]|请登录|請登入|扫一扫|掃一掃|分享[到至]|关于我们|關於我們"
    "|联系我们|聯絡我們|网站地图|設為首頁|设为首页|加入收藏|字[号號体體][:：]"
    "|【?打印】|打印本[页頁]|关闭窗口|關閉視窗|查看原图|当前位置|目前位置|您的位置"
    "|现在的位置|所在位置|[浏瀏][览覽]次[数數]|阅读次数|点击数|facebook|twitter"
    "|[调調]整字[体體级級号號]|我要[评評][论論]|正在加载|加载中|视频播放|語音播報|语音播报"
    "|[+＋]\\s*[关關]注|←\\s*返回"
)
# Phrases of notices about rights and liability.
_LEGAL = re.compile(
    "未[经經].{0,8}(?:授[权權]|[许許]可|同意)|[请請]注明|[转轉][载載]自|版[权權]"
    "(?:[归歸均]|[声聲]明|[与與]免)|文责自负|文責自負|不代表本|仅代表|僅代表"
    "|本[网網站](?:注|刊|所有|立场|立場|[联聯])|[内內]容(?:来|來)自|信息存储空间"
    "|存储服务|违法和不良信息|许可证编?号|许可证[:：]|免[责責][声聲]明"
    r"|\[按此|[长長]按.{0,6}[识識][别別]"
    "|服[务務][条條]款|粉[丝絲][团團专專]|^.{0,12}[联聯][系繫係]方式"
)
# A line that only says that something other than the text follows.
_BARRIER_LINE = re.compile(
    r"[\W_]*(?:(?:相关|相關|推荐|推薦|热门|熱門|热点|焦点|延伸|更多|最新|编辑|編輯"
    "|精彩|今日|为您|為您|往期|本周|本月|本站|其他|其它|图片|你可能感兴趣的?|网友"
    "|網友|用户|新闻|新聞|文章|我要|发表|發表|参与|点击|點擊|版权|版權|免责|免責"
    "|反侵权|特别)+[与與和的及]?(?:新闻|新聞|阅读|閱讀|链接|連結|鏈接|报道|報道"
    "|報導|文章|推荐|推薦|精选|精選|专题|專題|资讯|資訊|稿件|搜索|热词|标签|標籤"
    "|图片|视频|评论|評論|讨论|討論|留言|热评|熱評|排行榜?|公告|声明|聲明|提示|博文"
    "|帖子|话题|免责声明|免責聲明)|猜你喜欢|猜你喜歡|大家都在看|其他人[也都]在?看"
    "|排行榜|我来说两句|我來說兩句|评论|評論|留言|回复|分享[到至]?|分享心情|投票"
    r"|(?:其他|其它|更多|相关|相關|最新)[\u4e00-\u9fff]{0,4}(?:新闻|新聞|文章|资讯|資訊|链接|連結)"
    r"|您?可能[对對也][这這]?些?感[兴興]趣的?.{0,4}|延伸\W?[阅閱推][读讀荐薦]"
    r"|标签|標籤|關鍵字|关键词|关键字|tags?|comments?|related(?: articles)?)[\W_\d]*"
)
_CREDIT_WORDS = re.compile(
    r"[12][09]\d\d\s*[-年/.]\s*[01]?\d\s*[-月/.]\s*[0-3]?\d|[0-2]?\d:[0-5]\d"
    "|来源|來源|稿源|作者|编辑|編輯|责编|責編|记者|記者|发布|發布|發佈|审核|校对|供稿"
)
_STAMP = (
    r"(?:(?:(?:19|20)\d\d\s*[-年/.]\s*)?\d{1,2}\s*[-月/.]\s*\d{1,2}日?"
    r"|\d{1,2}:\d\d(?::\d\d)?|【[^【】]{1,12}】)"
)
# Date, time and source before or behind a headline in a list.
_STAMPS = re.compile(rf"^(?:{_STAMP}\s*)+|(?:{_STAMP}\s*)+$")
_FINAL = "。！？；"


def link_share(line: Line, length: int) -> float:
    """Return the share of a line's characters that are links, 0 to 1.

    Date and source behind a headline are not counted: they are no text either.
    """
    if not line.linked:
        return 0.0
    if line.linked <= LINK_SHARE * length and length < _MAX_CREDIT:
        length = visible_length(_STAMPS.sub("", line.text)) or length
    return min(line.linked / length, 1.0)


def line_weight(line: Line, length: int, links: float) -> float:
    """Weigh one line by itself: sentences are positive, what surrounds them not.

    Args:
        line: The line.
        length: Its characters, white space aside.
        links: Share of them that are links.
    """
    if line.aside or not length:
        return 0.0
    if links > LINK_SHARE:
        return _LINK_WEIGHT + _LINK_PER_CHARACTER * min(length, _LINK_CHARACTERS)
    if _is_noise(line.text, length):
        return NOISE_WEIGHT
    if is_credit(line.text):
        return _CREDIT_WEIGHT
    return sentence_weight(line) or _wordless_weight(line, length)


def sentence_weight(line: Line) -> float:
    """Return what a line weighs as running text, 0 for lines that are none."""
    length = visible_length(line.text)
    marks = len(_MARKS.findall(line.text))
    if not marks or length < _SENTENCE_LENGTH or line.linked > LINK_SHARE * length:
        return 0.0
    return length - line.linked + _MARK_BONUS * min(marks, _MARKS_COUNTED)


def is_barrier(text: str) -> bool:
    """Tell a line that only says that something other than the text follows."""
    short = visible_length(text) <= _MAX_BARRIER
    return short and _BARRIER_LINE.fullmatch(text.lower()) is not None


def is_credit(text: str) -> bool:
    """Tell a short line that names a date, a source, a writer or an editor."""
    length = visible_length(text)
    if length >= _MAX_CREDIT or not _CREDIT_WORDS.search(text):
        return False
    sentence = (
        text[-1] in _FINAL
        or len(_HAN.findall(text)) >= _MAX_CREDIT_HAN
        or (length >= _LONG_LENGTH and "，" in text)
    )
    return not sentence and not _LEGAL.search(text.lower())


def noise_words(text: str) -> str:
    """Return what words of an interface or a notice a line has, or ``""``."""
    folded = text.lower()
    if found := _INTERFACE.search(folded):
        return f"interface word {found[0]}"
    found = _LEGAL.search(folded)
    return f"notice of rights {found[0]}" if found else ""


def is_main_name(names: str) -> bool:
    """Tell the class or id of a container that is named as the main content."""
    return _MAIN_NAMES.search(names) is not None


def aside_name(names: str, inside: float, total: float) -> str:
    """Return the name that makes a container of so much text an aside."""
    if found := _COMMENT_NAMES.search(names):
        beside = total - inside
        if beside >= min(_TEXT_BESIDE_COMMENTS, total * _MIN_SHARE_BESIDE_COMMENTS):
            return found[0]
    if inside >= _MAX_ASIDE_SHARE * total or _MAIN_NAMES.search(names):
        return ""
    found = _ASIDE_NAMES.search(names)
    return found[0] if found else ""


def _is_noise(text: str, length: int) -> bool:
    """Tell the words of an interface and notices about rights."""
    if length >= _MAX_LEGAL:
        return False
    folded = text.lower()
    interface = length < _MAX_INTERFACE and _INTERFACE.search(folded)
    return bool(interface or _LEGAL.search(folded))


def _wordless_weight(line: Line, length: int) -> float:
    """Weigh a line without sentence marks."""
    if line.kind is BlockKind.ROW:
        return max((length - 2 * line.linked) * _ROW_FACTOR, SHORT_WEIGHT)
    return length * _LONG_FACTOR if length >= _LONG_LENGTH else SHORT_WEIGHT
