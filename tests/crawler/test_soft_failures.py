"""Pages with a good status that are not what was asked for."""

from urllib.request import urlopen

import pytest

from crawler.markup import parse
from crawler.soft_failures import (
    LITTLE_TEXT,
    Failure,
    SoftFailure,
    fingerprint,
    redirected,
    soft_failure,
)
from tests.crawler.hostile_server import HostileServer

MENU = "".join(f"<li><a href='/{n}'>栏目之{n}：工作动态</a></li>" for n in range(30))
FOOT = "<div>版权所有：云岭市人民政府办公室　地址：云岭市青溪路8号　邮编：000000</div>"
PARAGRAPH = (
    "2031年，全县统一平台登录人数达到12.8万人次，用户登录后可查看办理进度；对长期"
    "未登录的账号逐一清理，被拒绝访问的请求明显减少，页面不存在等问题得到整改。"
)


def judge(body: str, title: str = "云岭市人民政府") -> SoftFailure | None:
    """Judge a body in a page as sites have them."""
    page = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return soft_failure(parse(page))


def kind(body: str, title: str = "云岭市人民政府") -> Failure | None:
    """Name what a body is found to be, in its site's navigation."""
    found = judge(f"<ul>{MENU}</ul>{body}{FOOT}", title)
    return found and found.failure


@pytest.mark.parametrize(
    "text",
    [
        "您访问的页面不存在或已被删除！",
        "對不起，您訪問的頁面不存在",
        "抱歉，没有找到您要访问的页面",
        "该信息已被删除",
        "文章不存在！",
        "404 错误",
        "HTTP 错误 404 - 未找到文件或目录",
        "链接已失效",
        "很抱歉，您要查看的內容已刪除",
        "无法找到该网页",
        "您所请求的网址（URL）无法找到",
        "抱歉，您访问的页面找不回来了！",
        "对不起，该页面无法访问",
        "The page you requested could not be found, page not found",
    ],
)
def test_a_notice_of_a_missing_page(text: str) -> None:
    """In both scripts, whatever navigation stands around it."""
    assert kind(f"<p>{text}</p>") is Failure.NOT_FOUND


@pytest.mark.parametrize(
    "title", ["404 Not Found", "出错了", "页面不存在 - 云岭市", "信息提示"]
)
def test_a_title_of_a_missing_page(title: str) -> None:
    """A picture may be all there is below it."""
    assert kind("<img src='/404.png'>", title) is Failure.NOT_FOUND


@pytest.mark.parametrize(
    "body",
    [
        "<p>请先登录后再进行操作</p>",
        "<p>您還沒有登錄，請登錄後查看</p>",
        "<div>会话已过期</div>",
        "<p>对不起，您没有权限访问</p>",
        "<p>本文仅限会员阅读</p>",
    ],
)
def test_a_notice_to_sign_in(body: str) -> None:
    """It stands alone where the text should be."""
    assert kind(body) is Failure.LOGIN


def test_a_form_for_a_password_and_little_else() -> None:
    """With or without a title that says so."""
    form = "<form>账号<input name=u>密码<input type='Password'></form>"
    assert judge(form) == SoftFailure(
        Failure.LOGIN, "a field for a password and little text"
    )
    assert kind("<form><input></form>", "用户登录 - 云岭市") is Failure.LOGIN


@pytest.mark.parametrize(
    "text",
    [
        "您的访问请求被网站防火墙拦截",
        "访问被拒绝",
        "您的IP访问过于频繁，请稍后再试",
        "很抱歉，由于您访问的网址可能对本站造成安全威胁，您的访问被阻断。",
        "当前访问疑似攻击，已被云盾拦截",
        "403 Forbidden",
        "Access Denied",
    ],
)
def test_a_refusal(text: str) -> None:
    """Firewalls answer with status 200, too."""
    assert kind(f"<h1>{text}</h1>") is Failure.BLOCKED


@pytest.mark.parametrize("text", ["網站維護中", "系统繁忙，请稍后再试"])
def test_a_site_that_is_not_there_at_the_moment(text: str) -> None:
    """It may be asked again another day."""
    assert kind(f"<p>{text}</p>") is Failure.UNAVAILABLE
    assert kind("<p>电力系统维护中心成立</p>", "简讯") is None


@pytest.mark.parametrize(
    "body",
    [
        "<p>请完成安全验证</p>",
        "<p>正在进行浏览器安全检查</p>",
        "<noscript></noscript><p>请开启JavaScript并刷新该页</p>",
        "<p>請輸入驗證碼</p>",
    ],
)
def test_a_challenge_in_words(body: str) -> None:
    """Only a browser, or a person, gets further."""
    assert kind(body) is Failure.CHALLENGE


def test_a_challenge_in_a_script() -> None:
    """It sets a cookie and comes again."""
    code = "document.cookie='__x=1;path=/';setTimeout(function(){location='/'},9)"
    found = judge(f"<script>{code}</script>")
    assert found is not None
    assert found.failure is Failure.CHALLENGE
    assert "document.cookie" in found.evidence


def test_a_shell_that_scripts_would_fill() -> None:
    """Nothing is there but scripts; a scan, frames or no script are something else."""
    shell = "<div id=app></div><script src='/app.js'>{}</script>"
    found = judge(shell)
    assert found is not None
    assert found.failure is Failure.EMPTY
    assert judge(f"{shell}<img src=scan.jpg>") is None
    assert judge("<iframe src=a></iframe><script>1</script>") is None
    assert judge("<p>空</p>") is None


def test_documents_that_speak_of_such_things_are_documents() -> None:
    """The same words in running text, long or short, make no failure."""
    assert kind(f"<h1>工作总结</h1><p>{PARAGRAPH}</p>") is None
    assert kind(f"<h1>页面不存在的整改</h1><p>请先登录</p><p>{PARAGRAPH}</p>") is None
    assert kind("<p>请各单位登录系统填报数据。</p>", "关于填报数据的通知") is None
    assert kind("<p>信访问题得到拒绝拖延专项治理</p>", "信访工作") is None
    assert kind("<p>县安监局开展安全检查</p>", "安全检查 - 云岭市") is None
    assert kind(f"<p>页面不存在等问题得到整改{'，各单位加强管理' * 9}</p>") is None
    assert kind("<p>走访问题较多的村，未公开的信息及时公开</p>", "简讯") is None


def test_a_box_to_sign_in_on_a_page_with_text_is_no_wall() -> None:
    """Old sites have one on every page."""
    form = "<form>密码<input type=password></form><p>请先登录</p>"
    text = "".join(
        f"<div>第{n}项工作进展顺利，群众满意度不断提高。</div>" for n in range(40)
    )
    assert kind(form + text) is None
    assert len(text) > LITTLE_TEXT


@pytest.mark.parametrize(
    ("name", "failure"),
    [
        ("login-page", Failure.LOGIN),
        ("soft-404", Failure.NOT_FOUND),
        ("challenge", Failure.CHALLENGE),
        ("document", None),
    ],
)
def test_pages_of_a_hostile_server(name: str, failure: Failure | None) -> None:
    """What comes over a socket is judged the same."""
    with HostileServer() as server, urlopen(server.url(name), timeout=5) as response:  # noqa: S310 (loopback)
        found = soft_failure(parse(response.read().decode()))
    assert (found and found.failure) == failure


def test_what_the_page_hides_is_no_notice() -> None:
    """A notice for later stands in many pages, not shown."""
    hidden = "<div style='display:none'>您访问的页面不存在或已被删除</div>"
    assert kind(f"{hidden}<p>青溪县召开会议</p>") is None


@pytest.mark.parametrize(
    ("asked", "url", "failure"),
    [
        ("http://a.example/gz/1.html", "http://www.a.example/", Failure.HOME),
        ("http://a.example/?id=3", "http://a.example/index.html", Failure.HOME),
        ("http://a.example/x.asp", "http://a.example/login.asp?u=x", Failure.LOGIN),
        ("http://a.example/", "http://a.example/index.html", None),
        ("http://a.example/gz/1.html", "http://a.example/gz/2.html", None),
        ("http://a.example/gz/", "http://a.example/gz/index.html", None),
        ("http://a.example/gz/1.html", "http://b.example/", None),
        ("http://a.example/x", "http://a.example/loginfo/x", None),
    ],
)
def test_where_redirects_end(asked: str, url: str, failure: Failure | None) -> None:
    """The home page or a login page is not the page that was asked for."""
    found = redirected(asked, url)
    assert (found and found.failure) == failure


def test_pages_of_one_template_for_missing_ones_are_alike() -> None:
    """Numbers, links and the address asked for may differ, nothing else."""

    def page(path: str, text: str, latest: str = "1") -> str:
        links = f"<ul><li><a href=/{latest}>动态{latest}</a></li></ul>"
        tree = parse(f"<body>{links}<p>{text}</p>{FOOT}</body>")
        return fingerprint(tree, f"http://a.example{path}")

    missing = page("/none", "没有 /none，编号17")
    assert page("/gone", "没有 /gone，编号209", "2") == missing
    assert page("/gz/1.html", "青溪县工作总结") != missing
