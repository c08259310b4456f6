"""What markup says of a page for machines."""

import json

from crawler.markup import parse
from crawler.structured import structured

ARTICLE = {
    "@type": "NewsArticle",
    "headline": "云州市总结",
    "datePublished": "2021-03-04T09:00:00+08:00",
    "author": [{"@type": "Person", "name": "王小河"}, "李大江"],
    "publisher": {"name": "云州日报"},
}
CRUMBS = {
    "@type": "BreadcrumbList",
    "itemListElement": [
        {"position": 1, "name": "首页"},
        {"position": 2, "item": {"name": "总结"}},
        "无名",
    ],
}


def _read(body: str, *data: object) -> dict[str, str]:
    """Read a page with pieces of JSON-LD in it."""
    scripts = "".join(
        f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in data
    )
    return structured(parse(f"<html><body>{scripts}{body}</body></html>"))


def test_json_ld_names_title_day_writers_and_source() -> None:
    """Strings, objects and lists are read as names; graphs are searched."""
    expected = {
        "ld:headline": "云州市总结",
        "ld:datePublished": "2021-03-04T09:00:00+08:00",
        "ld:author": "王小河 李大江",
        "ld:publisher": "云州日报",
    }
    assert _read("", ARTICLE) == expected
    assert _read("", {"@graph": [{"@type": "WebSite"}, ARTICLE]}) == expected


def test_a_breadcrumb_list_goes_before_an_element() -> None:
    """Parts are named by themselves or by their item."""
    element = "<p class='crumb'>前 &gt; 后</p>"
    assert _read(element, CRUMBS)["reader:path"] == "首页 > 总结"


def test_an_element_named_breadcrumb_is_read_without_its_arrows() -> None:
    """Parts may stand in items of a list with no arrow between them."""
    items = "<ul id='breadCrumbs'><li>首页</li><li>&gt;</li><li>总结</li></ul>"
    assert _read(items)["reader:path"] == "首页 > 总结"


def test_a_navigation_bar_is_no_breadcrumb() -> None:
    """Many parts, or one, are passed over."""
    bar = "<div class='crumb'>" + "<a>栏目</a>" * 30 + "</div>"
    assert _read(bar + "<div class='crumb'>首页</div>") == {}


def test_the_first_time_element_with_a_day_is_read() -> None:
    """An empty one is none."""
    times = "<time>昨天</time><time datetime='2021-03-04'>三月</time>"
    assert _read(times) == {"time:datetime": "2021-03-04"}


def test_broken_json_is_passed_over() -> None:
    """A page with it is read like one without."""
    page = parse("<script type='application/ld+json'>{'a'</script><p>文</p>")
    assert structured(page) == {}
