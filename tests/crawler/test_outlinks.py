"""Where pages lead, as their markup and their simple scripts say."""

import pytest

from crawler.markup import parse
from crawler.outlinks import MAX_OUTLINKS, LinkKind, Outlink, outlinks

PAGE = "http://a.example/gz/index.html"


def links(body: str, head: str = "", url: str = PAGE) -> tuple[Outlink, ...]:
    """List the outlinks of a page."""
    return outlinks(parse(f"<html><head>{head}</head><body>{body}</body></html>"), url)


def urls(body: str, head: str = "") -> list[str | None]:
    """List their addresses."""
    return [link.url for link in links(body, head)]


def one(body: str, head: str = "", url: str = PAGE) -> Outlink:
    """Take the only outlink of a page."""
    (link,) = links(body, head, url)
    return link


def test_links_in_the_order_of_the_page_each_once() -> None:
    """Places on the page and the page itself are no outlinks."""
    body = "<a href=b.html>乙</a><a href='/c'>丙</a><a href=b.html#x>又</a>"
    own = "<a href='#top'>上</a><a href=index.html>本页</a><a>无</a><a href=''>空</a>"
    assert urls(body + own) == ["http://a.example/gz/b.html", "http://a.example/c"]


def test_a_link_has_its_words() -> None:
    """Its text, else a title, else what stands for a picture."""
    assert one("<a href=b>青溪县 <b>总结</b></a>").text == "青溪县 总结"
    assert one("<a href=b title=通知><img src=x></a>").text == "通知"
    assert one("<a href=b><img src=x alt=简报></a>").text == "简报"
    assert one("<map><area href=b alt=地图></map>").text == "地图"


def test_addresses_count_from_the_base_of_the_page() -> None:
    """Given once, it holds for all; one that is no address holds for none."""
    assert urls("<a href=b>", "<base href='/x/'>") == ["http://a.example/x/b"]
    assert urls("<a href=b>", "<base target=_top>") == ["http://a.example/gz/b"]
    assert urls("<a href=b>", "<base href='data:x'>") == ["http://a.example/gz/b"]


def test_what_is_no_address_is_named_all_the_same() -> None:
    """So that whoever decides can account for it."""
    found = links(
        "<a href='mailto:a@b.example'>信</a><a href='javascript:go(3)'>页</a>"
    )
    assert [(link.target, link.url) for link in found] == [
        ("mailto:a@b.example", None),
        ("javascript:go(3)", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "下一页",
        "下一頁",
        "下页",
        "后一页",
        "後一頁",
        ">",
        "»",
        "[下一页]",
        "下一页 >",
        "Next",
    ],
)
def test_links_to_the_next_page_by_their_words(text: str) -> None:
    """In both scripts, with their brackets and arrows."""
    link = one(f"<a href=x.asp?p=2>{text.replace('>', '&gt;')}</a>")
    assert link.next_page
    assert link.pager


@pytest.mark.parametrize(
    "text", ["下一篇", "下一条：通知", "上一页", "下一页次说明", ""]
)
def test_links_to_other_places_are_not_the_next_page(text: str) -> None:
    """The next document is not the next page of a list."""
    assert not one(f"<a href=x.asp?p=2>{text}</a>").next_page


def test_links_to_the_next_page_by_their_relation_or_class() -> None:
    """In the head, on the link, or where only a picture is to be seen."""
    assert one("<a rel='next nofollow' href=b>更早</a>").next_page
    assert one("<a class='btn next' href=b><i></i></a>").next_page
    assert one("", "<link rel=next href=b>").next_page
    assert one("", "<link rel=prev href=b>").pager


def test_numbers_are_pages_where_they_lead_to_the_same_list() -> None:
    """The same folder or the same shape; a number may also be anything else."""
    assert one("<a href=index_2.html>2</a>").pager
    assert one("<a href=index_9.html>尾页</a>").pager
    assert one("<a href='/l.asp?p=2'>[2]</a>", url="http://a.example/l.asp?p=1").pager
    assert one("<a href='/l/2/'>2</a>", url="http://a.example/l/1/").pager
    assert not one("<a href='/bm/17.html'>17</a>").pager
    assert not one("<a href='http://b.example/gz/2.html'>2</a>").pager
    assert not one("<a href=b.html>第2次会议</a>").pager


def test_choices_of_a_pager_lead_on_where_a_script_says_so() -> None:
    """A menu that only stands in a form does not."""
    options = "<option value='index_2.html'>2</option><option value='3'>3</option>"
    chooser = f"<select onchange='location.href=this.value'>{options}</select>"
    assert one(chooser).url == "http://a.example/gz/index_2.html"
    assert one(chooser).pager
    assert links(f"<select name=x>{options}</select>") == ()


def test_frames_canonical_addresses_and_redirects_have_their_kind() -> None:
    """They belong to the page rather than lead away from it."""
    assert one("<iframe src=b>").kind is LinkKind.FRAME
    assert one("<iframe src=' '></iframe><frame><iframe src=b>").kind is LinkKind.FRAME
    assert one("", "<link rel=canonical href=b>").kind is LinkKind.CANONICAL
    refresh = one("", "<meta http-equiv=Refresh content='0; URL=\"b.html\"'>")
    assert refresh.kind is LinkKind.REDIRECT
    assert refresh.url == "http://a.example/gz/b.html"


@pytest.mark.parametrize("content", ["30", "", "5;", "0; url=index.html"])
def test_a_page_that_only_renews_itself_leads_nowhere(content: str) -> None:
    """No address, or its own."""
    assert links("", f"<meta http-equiv=refresh content='{content}'>") == ()


@pytest.mark.parametrize(
    "code",
    [
        'window.location.href="b.html";',
        "location='b.html'",
        "top.location = 'b.html';",
        "setTimeout(function(){location.replace('b.html')}, 100)",
        "document.location.assign( 'b.html' )",
    ],
)
def test_a_page_of_nothing_but_a_script_is_a_redirect(code: str) -> None:
    """Literal addresses are read; on a page with links they may be anything."""
    link = one(f"<script>{code}</script>")
    assert (link.url, link.kind) == ("http://a.example/gz/b.html", LinkKind.REDIRECT)
    found = links(f"<a href=c>丙</a><script>{code}</script>")
    assert [each.kind for each in found] == [LinkKind.LINK, LinkKind.SCRIPT]


@pytest.mark.parametrize(
    "code",
    [
        "location.href='b.asp?id=' + id;",
        'location.href = "b" + x',
        "if (location.href == 'b.html') x();",
        "location.href = u;",
        "var s = '<a href=b>';",
    ],
)
def test_addresses_that_a_script_computes_are_not_guessed(code: str) -> None:
    """Half an address is none."""
    assert links(f"<script>{code}</script>") == ()


def test_what_a_click_opens_is_a_link() -> None:
    """On anchors without an address of their own, and on buttons."""
    assert one("<a href='javascript:window.open(\"b\")'>开</a>").url
    assert one("<a href='#' onclick=\"location.href='b'\">开</a>").url
    assert one("<button onclick=\"location='b'\">开</button>").text == "开"
    assert links("<button>开</button><input value=b>") == ()


def test_pages_that_a_script_lists_are_pages_of_the_list() -> None:
    """As many as the call says."""
    found = links('<script>createPageHTML(3, 0, "index", "html");</script>')
    assert [link.url for link in found] == [
        "http://a.example/gz/index_1.html",
        "http://a.example/gz/index_2.html",
    ]
    assert all(link.pager for link in found)


def test_what_a_page_asks_not_to_follow_is_marked() -> None:
    """One link, or all of the page."""
    assert one("<a rel='NoFollow' href=b>乙</a>").nofollow
    assert not one("<a href=b>乙</a>").nofollow
    head = "<meta name=ROBOTS content='noindex, nofollow'>"
    assert one("<a href=b>乙</a>", head).nofollow
    assert not one("<a href=b>乙</a>", "<meta name=robots content=all>").nofollow


def test_one_link_that_may_be_followed_is_enough() -> None:
    """Another one to the same address asks not to; it does not matter where."""
    body = "<div><a rel=nofollow href=b>乙</a></div><nav><a href=b>乙</a></nav>"
    assert not one(body).nofollow


def test_navigation_is_told_from_content() -> None:
    """By tags and by the names of boxes; a link that stands in both is content."""
    aside = (
        "<div class='main-nav'><a href=b>乙</a></div><footer><a href=c>丙</a></footer>"
    )
    content = "<div id=list><a href=d>丁</a><a href=c>丙</a></div>"
    found = {link.text: link.in_content for link in links(aside + content)}
    assert found == {"乙": False, "丙": True, "丁": True}


def test_queries_are_written_in_the_encoding_of_the_page() -> None:
    """As browsers send them."""
    (link,) = outlinks(parse("<a href='?k=总'>甲</a>"), PAGE, encoding="gb18030")
    assert link.url == "http://a.example/gz/index.html?k=%D7%DC"


@pytest.mark.parametrize(
    "body",
    [
        "<a href=x>甲" * 200_000,
        "<div>" * 1_500 + "<a href=x>甲</a>" * 50_000,
        "<script>" + "location='" * 500_000 + "</script>",
        f"<meta http-equiv=refresh content='{' ' * 2_000_000}x'>",
        "".join(f"<a href=/{n}>{n}</a>" for n in range(100_000)),
        "<option value=/x>" * 200_000,
    ],
)
def test_hostile_pages_are_read_in_time(body: str) -> None:
    """Neither depth nor length nor number lead to more than linear time."""
    assert len(links(body)) <= MAX_OUTLINKS
