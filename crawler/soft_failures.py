"""Soft failures: pages that come with status 200 and are not what was asked for.

Login walls, "page not found" with a good status, refusals by a firewall, challenges
that only a browser's scripts can pass, shells that scripts would fill, and redirects
to the home page. What is judged is what a reader would see beside the links, so the
navigation around a short notice does not hide it; and a notice counts only on a page
with little else, so a document that speaks of passwords is no login page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.lines import Line, collapse, visible_length
from crawler.markup import hiding_attribute
from crawler.tree import walk
from crawler.urls import host_of
from index.fold import fold

LITTLE_TEXT: Final = 300
"""Characters beside the links up to which a page may be a mere notice."""

SHELL_TEXT: Final = 20
"""Characters of a page, links included, up to which it is empty."""

_MAX_NOTICE = 80
_MAX_LEAD = 15
# Words by which a machine speaks to its user, and documents to nobody.
_ADDRESSED = re.compile("您|抱歉|对不起|sorry")
_MIN_PROSE = 40
_PLENTY = 3
_MAX_LINKED = 0.5
# Over folded text: lower case, simplified, half width.
_ENTER = "(?:登录|登入|登陆)"
_LOGIN = re.compile(
    f"请(?:您|你)?(?:先|重新){_ENTER}(?!入|者)|(?:尚未|还没有?|您没有|未){_ENTER}"
    f"|(?:需要?|必须|须|请)先?{_ENTER}(?:之?后|才|再)[^,。]{{0,8}}(?:看|读|浏览|访问)"
    f"|(?:{_ENTER}|会话)(?:已经?|状态)*(?:超时|过期|失效)|login required"
    f"|(?:没有|无)(?:权限?)(?:访问(?!题)|查看|浏览|阅读)|please (?:log|sign) ?in"
    "|您(?:没有|无)权限?(?:进行|操作)|仅限?(?:注册)?会员(?:查看|阅读|浏览)"
)
_LOGIN_TITLE = re.compile(
    "(?:用户|会员|系统|统一|身份|账号|管理员?|后台)*"
    f"(?:{_ENTER}|身份认证|log ?in|sign ?in)(?:页面?|系统|中心|平台|界面)?"
)
_PLACE = "(?:页面?|网页|链接|连结|地址|网址|url)"
_THING = f"(?:{_PLACE}|文章|文件|信息|内容|栏目|资源|帖子|主题|资料|稿件|文档)"
_GONE = re.compile(
    f"{_THING}[^,。;!?]{{0,12}}(?:不存在|(?:已经?|被|已被)(?:删除|移除|下线)|未找到"
    "|没有找到|找不到|无法找到|无法显示|不见了|走丢了?|丢失了|不翼而飞|找不回来)"
    f"|{_PLACE}[^,。;!?]{{0,4}}(?:无法访问|出错了)|访问出错"
    f"|{_PLACE}[^,。;!?]{{0,6}}(?:已经?|了)?失效"
    "|(?:找不到|(?:没有|没|未能?|无法)(?:找到|访问(?!题)|打开|显示))"
    f"[^,。;!?]{{0,12}}{_THING}"
    r"|(?:错误|error|状态码?)[ :]*404|\b404\b[^\d]{0,12}(?:错误|未找到|找不到|页|not)"
    "|(?:page|file|document|resource|url)[^.!?]{0,30}(?:not found|does not exist)"
    "|(?:page|file|document|resource|url)[^.!?]{0,30}(?:cannot|not) be found"
)
_GONE_TITLE = re.compile(
    r"(?:.{0,12}[^\d])?404(?:[^\d].{0,20})?|.{0,20}not found.{0,10}"
    "|.{0,12}页.{0,4}(?:找不到|不存在|无法找到|无法显示|未找到).{0,6}"
    "|(?:系统|出错|错误|信息)*(?:出错了|提示|提示信息|错误信息|(?:出错|错误)页面?)"
)
_BLOCKED = re.compile(
    "(?:访问(?![题答卷政])|请求|ip)[^,。;!?]{0,16}(?:过于频繁|太频繁|不合法|存在风险"
    "|(?:被|已)(?:拒绝|拦截|阻断|禁止|限制|阻止))|(?:拒绝|禁止)访问(?!题)"
    "|(?:访问(?![题答卷政])|请求)[^。;!?]{0,20}被[^,。;!?]{0,8}(?:拦截|阻断)"
    "|被[^,。;!?]{0,10}防火墙[^,。;!?]{0,4}(?:拦截|阻断)|too many requests"
    r"|access (?:is )?denied|request [a-z ]{0,9}blocked|403[^\d]{0,4}forbidden"
)
_CHALLENGE = re.compile(
    "(?:安全|滑动|人机|真人)(?:验证|校验)|浏览器[^,。;!?]{0,4}(?:检查|检测|验证)"
    "|请[^,。;!?]{0,4}(?:完成|进行|通过)[^,。;!?]{0,8}验证|请?输入验证码"
    "|(?:开启|启用|打开|不支持|允许)[^,。;!?]{0,6}(?:javascript|js脚本|cookie)"
    "|checking your browser|(?:enable|requires?) (?:javascript|cookies)|just a moment"
)
_UNAVAILABLE = re.compile(
    "(?:系统|网站|本站|服务器?)[^,。;!?]{0,4}(?:维护中(?!心)|升级中|繁忙|忙碌|暂停服务"
    "|暂停访问)|service (?:temporarily )?unavailable|under (?:maintenance|construction)"
)
# Scripts that set a cookie and come again. Sources: pages of the firewalls
# Jiasule, Aliyun WAF, Cloudflare, and the dynamic protection of Ruishu.
_CHALLENGE_SCRIPT = re.compile(
    r"__jsl_clearance|acw_sc__v\d|_cf_chl|cf-browser-verification|\$_ts\b|wzws_"
    r"|document\.cookie\s*=[^;]{0,500};[^<]{0,2000}location"
    r"|location\.reload\s*\(|eval\s*\(\s*(?:function|\"|')",
    re.IGNORECASE | re.DOTALL,
)
_MAX_SCRIPT = 100_000
_HOME = re.compile(r"/?(?:(?:index|default|home|main)\.\w{2,5})?", re.IGNORECASE)
_LOGIN_PATH = re.compile(
    r"/(?:user/|member/|sso/|cas/)*(?:log(?:in|on)|signin)\b", re.IGNORECASE
)
_NUMBERS = re.compile(r"[\d\s]+")


class Failure(StrEnum):
    """What a page is instead of what was asked for."""

    LOGIN = "login"
    NOT_FOUND = "not-found"
    BLOCKED = "blocked"
    CHALLENGE = "challenge"
    UNAVAILABLE = "unavailable"
    EMPTY = "empty-shell"
    HOME = "redirected-home"


class SoftFailure(NamedTuple):
    """A page that is not what was asked for, and what shows it."""

    failure: Failure
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A page as its reader sees it.

    Attributes:
        title: Folded.
        lines: Those that are not links, folded.
        length: Characters in them.
        whole: Characters of the page, links included.
        password: Whether it asks for one.
        script: Its scripts.
        parts: Whether it has frames or pictures.
    """

    title: str
    lines: tuple[str, ...]
    length: int
    whole: int
    password: bool
    script: str
    parts: bool


def soft_failure(tree: HtmlElement) -> SoftFailure | None:
    """Judge a page that came with a good status.

    Args:
        tree: The page, from ``crawler.markup.parse``.
    """
    if _is_long(tree):
        return None
    seen = _see(tree)
    if seen.length > LITTLE_TEXT:
        return None
    return _by_notice(seen) or _by_form(seen) or _by_emptiness(seen)


def redirected(asked: str, url: str) -> SoftFailure | None:
    """Judge where a page's redirects ended.

    Args:
        asked: The canonical address that was asked for.
        url: The one that answered.
    """
    wanted, given = urlsplit(asked), urlsplit(url)
    if _LOGIN_PATH.search(given.path) and not _LOGIN_PATH.search(wanted.path):
        return SoftFailure(Failure.LOGIN, url)
    was_page = not _HOME.fullmatch(wanted.path) or wanted.query
    is_home = _HOME.fullmatch(given.path) and not given.query
    if was_page and is_home and _site(asked) == _site(url):
        return SoftFailure(Failure.HOME, url)
    return None


def fingerprint(tree: HtmlElement, url: str) -> str:
    """Name what a page says beside links, numbers and its own address.

    A host that answers an address nobody has ever used with status 200 gives its
    page for missing ones away; pages of the same fingerprint are missing, too.
    """
    lines = _own_lines(walk(tree).lines)
    text = "\n".join(lines).replace(url, "").replace(urlsplit(url).path, "")
    return sha256(_NUMBERS.sub(" ", text).encode("utf-8", "replace")).hexdigest()[:16]


def _is_long(tree: HtmlElement) -> bool:
    """Tell most documents by their paragraphs, at a tenth of the cost of a walk."""
    length = 0
    for paragraph in tree.iter("p"):
        text = "".join(filter(None, (paragraph.text, *(c.tail for c in paragraph))))
        length += 0 if hiding_attribute(paragraph) else len(text.strip())
        if length > _PLENTY * LITTLE_TEXT:
            return True
    return False


def _see(tree: HtmlElement) -> _Seen:
    """Read what the judgement needs."""
    lines = walk(tree).lines
    own = _own_lines(lines)
    title = tree.find(".//title")
    scripts = (script.text or "" for script in tree.iter("script"))
    return _Seen(
        title=fold(collapse(title.text_content())) if title is not None else "",
        lines=own,
        length=sum(map(visible_length, own)),
        whole=sum(visible_length(line.text) for line in lines if not line.aside),
        password=any(
            (field.get("type") or "").strip().lower() == "password"
            for field in tree.iter("input")
        ),
        script="\n".join(scripts)[:_MAX_SCRIPT],
        parts=next(tree.iter("frame", "iframe", "img", "embed", "object"), None)
        is not None,
    )


def _own_lines(lines: Sequence[Line]) -> tuple[str, ...]:
    """Choose the lines that are shown and are not links, folded."""
    return tuple(
        fold(line.text)
        for line in lines
        if line.text
        and not line.aside
        and line.linked <= _MAX_LINKED * visible_length(line.text)
    )


def _by_notice(seen: _Seen) -> SoftFailure | None:
    """Find a short line, or a title, that says what the page is."""
    for failure, notice, title in (
        (Failure.NOT_FOUND, _GONE, _GONE_TITLE),
        (Failure.BLOCKED, _BLOCKED, _BLOCKED),
        (Failure.CHALLENGE, _CHALLENGE, _CHALLENGE),
        (Failure.LOGIN, _LOGIN, _LOGIN_TITLE),
        (Failure.UNAVAILABLE, _UNAVAILABLE, _UNAVAILABLE),
    ):
        if title.fullmatch(_main_title(seen.title)):
            return SoftFailure(failure, seen.title)
        for line in seen.lines:
            found = notice.search(line) if len(line) <= _MAX_NOTICE else None
            if found and (found.start() <= _MAX_LEAD or _ADDRESSED.search(line)):
                others = [other for other in seen.lines if other != line]
                prose = any(map(_is_prose, others))
                return None if prose else SoftFailure(failure, line)
    return None


def _is_prose(line: str) -> bool:
    """Tell a line of a document from one of a notice, a form or a footer."""
    return len(line) >= _MIN_PROSE and "。" in line


def _main_title(title: str) -> str:
    """Cut the name of the site off a title."""
    return re.split(r"\s*[-_|]\s*", title, maxsplit=1)[0]


def _by_form(seen: _Seen) -> SoftFailure | None:
    """Tell a page that is a form for a password and little else."""
    if seen.password and seen.whole <= LITTLE_TEXT:
        return SoftFailure(Failure.LOGIN, "a field for a password and little text")
    return None


def _by_emptiness(seen: _Seen) -> SoftFailure | None:
    """Tell a page that only scripts would fill, or that only they can pass."""
    if seen.whole > SHELL_TEXT or seen.parts or not seen.script.strip():
        return None
    found = _CHALLENGE_SCRIPT.search(seen.script)
    if found:
        return SoftFailure(Failure.CHALLENGE, collapse(found[0])[:_MAX_NOTICE])
    return SoftFailure(Failure.EMPTY, f"{seen.whole} characters, and scripts")


def _site(url: str) -> str:
    """Name the host without ``www.``."""
    return host_of(url).removeprefix("www.")
