"""What is covered: the page, the words under "no hits", and the JSON."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from index.errors import CorruptStore
from tests.fakes import FakeSearcher
from tests.web.page import get, links, one, words
from web.charts import HEIGHT, bars

PAGE = "/coverage"
JSON = "/api/v1/coverage"
SITE = "青石县情网"


def test_every_site_has_its_row_of_numbers(client: FlaskClient) -> None:
    """Documents, addresses, reasons in words, and when."""
    page = get(client, PAGE)
    rows = [cell.parent for cell in page.select(".coverage td:has(> details)")]
    first, second = (
        [" ".join(cell.text.split()) for cell in row.select(":scope > *")][:-1]
        for row in rows
        if row is not None
    )
    assert first == [
        f"{SITE}nianjian.qingshi.example",
        "26重复 2",
        "43",
        "31已消失 1新增 20未变 7列表页 3",
        "3超时 2http-500 1",
        "4robots.txt 不许 4",
        "5",
        "2024-05-01始于 2024-04-01上次完成 2024-04-02",
    ]
    assert second == ["每周简讯", "3文件导入 3", "0", "0", "0", "0", "0", "未曾抓取"]


def test_chart_has_a_bar_for_each_year_and_the_numbers_behind(
    client: FlaskClient,
) -> None:
    """Bars stand in the order of years, a gap where there is none."""
    chart = get(client, PAGE).select("td details")[0]
    rects = [(str(r["x"]), str(r["height"])) for r in chart.select("svg rect")]
    assert rects == [("0", "17"), ("10", "28")]
    assert words(chart, "table.plain > tbody > tr") == ["年份不详2", "20189", "202015"]


def test_years_that_are_too_many_are_cut_at_the_front() -> None:
    """Sixty at the most, none higher than the chart, none that exists invisible."""
    drawn = bars({0: 5, 3: 1, 2000: 1, 2024: 1000})
    assert (drawn[0].year, drawn[-1].year) == (1965, 2024)
    heights = {bar.year: bar.height for bar in drawn if bar.count}
    assert heights == {2000: 1, 2024: HEIGHT}
    assert bars({0: 5}) == bars({}) == ()


def test_failed_addresses_are_listed_with_their_reason(client: FlaskClient) -> None:
    """Address, reason, status and detail as text, and how to try again."""
    section = one(get(client, PAGE), ".failed")
    assert "wensu crawl --retry" in section.text
    assert words(section, "tbody tr")[0] == (
        "https://nianjian.qingshi.example/0.html "
        "http-500<b>no answer</b> in 20 s 2024-05-01 3"
    )
    assert len(section.select("tbody tr")) == 3
    assert not section.select("nav")


def test_failed_addresses_are_paged(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Following the links shows each of them once."""
    monkeypatch.setattr("web.archive_pages.FAILED_ON_A_PAGE", 2)
    first = get(client, f"{PAGE}?site={SITE}&lang=en")
    (following,) = links(first, ".failed nav a")
    second = get(client, following)
    seen = [words(page, ".failed tbody th") for page in (first, second)]
    assert [len(each) for each in seen] == [2, 1]
    (back,) = links(second, ".failed nav a")
    assert parse_qs(urlsplit(back).query) == {"site": [SITE], "lang": ["en"]}
    beyond = get(client, f"{PAGE}?page=9")
    assert words(beyond, ".failed > p") == ["结果没有这么多页。"]


def test_page_of_one_site_shows_only_that_site(client: FlaskClient) -> None:
    """By name or host; an unknown one is said to be unknown."""
    for name in (SITE, "nianjian.qingshi.example"):
        page = get(client, f"{PAGE}?site={name}")
        assert len(page.select("td details")) == 1
    unknown = get(client, f"{PAGE}?site=无此网")
    assert "从未抓取，也未导入" in one(unknown, ".notice").text


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=1&page=2"])
def test_bad_parameter_of_the_page_is_refused(client: FlaskClient, query: str) -> None:
    """The limits of parameters hold here too."""
    assert client.get(f"{PAGE}?{query}").status_code == 400


def test_every_page_leads_to_it(client: FlaskClient) -> None:
    """From the head, in the language of the page."""
    for address in ("/?lang=en", "/nowhere?lang=en"):
        assert f"{PAGE}?lang=en" in links(get(client, address), "header a")


@pytest.mark.parametrize(
    ("query", "said", "unsaid"),
    [
        ("q=没有的词", ["2 个网站的 29 份文档", "5 个网址尚未抓取", "4 个网址按规则"],
         ["从未抓取", "都已处理"]),
        (f"q=没有的词&site={SITE}", ["1 个网站的 26 份", "3 个网址抓取失败"], []),
        ("q=没有的词&site=每周简讯", ["由文件导入，未曾抓取"], ["失败", "都已处理"]),
        ("q=没有的词&site=无此网", ["“无此网”", "从未抓取"], ["份文档"]),
        ("q=没有的词&lang=en", ["searched 29 documents", "5 addresses are not"], []),
        ("q=没有的词&lang=zh-Hant", ["29 份文件", "5 個網址尚未抓取"], []),
    ],
)  # fmt: skip
def test_no_hits_say_what_was_searched_and_what_is_missing(
    client: FlaskClient, query: str, said: list[str], unsaid: list[str]
) -> None:
    """What is not there can be told from what was not crawled."""
    told = one(get(client, f"/search?{query}"), ".nothing .reach").text
    assert [each for each in said if each not in told] == []
    assert [each for each in unsaid if each in told] == []


def test_hits_need_no_such_words(client: FlaskClient) -> None:
    """Where something is found the page does not speak of coverage."""
    assert not get(client, "/search?q=联谊").select(".reach")


def test_answer_of_a_search_tells_its_coverage(client: FlaskClient) -> None:
    """For all sites, and for the one that is asked for."""
    everything = client.get("/api/v1/search?q=联谊").get_json()["coverage"]
    assert everything == {
        "sites": 2,
        "documents": 29,
        "fetched": 31,
        "queued": 5,
        "failed": 3,
        "skipped": 4,
        "last_fetched": "2024-05-01T08:00:00Z",
        "complete": False,
    }
    one_site = client.get("/api/v1/search?site=每周简讯").get_json()["coverage"]
    assert (one_site["sites"], one_site["documents"]) == (1, 3)
    assert one_site["complete"] is True
    none = client.get("/api/v1/search?site=无此网").get_json()["coverage"]
    assert (none["sites"], none["complete"]) == (0, False)


def test_json_adds_up(client: FlaskClient) -> None:
    """Sums are those of the reasons, the total that of the sites."""
    body = client.get(JSON).get_json()
    for site in (body["total"], *body["sites"]):
        parts = ("fetched", "failed", "skipped", "queued")
        assert site["found"] == sum(site[part] for part in parts)
        for part in ("failed", "skipped"):
            reasons = site[f"{part}_by_reason"]
            assert sum(each["count"] for each in reasons) == site[part]
        assert sum(year["count"] for year in site["years"]) == site["kept"]
    for key in ("found", "kept", "imported", "duplicate", "gone"):
        assert body["total"][key] == sum(site[key] for site in body["sites"])


def test_unreadable_store_is_said(client: FlaskClient, searcher: FakeSearcher) -> None:
    """503, as for everything else."""
    searcher.failure = CorruptStore.__new__(CorruptStore)
    assert client.get(PAGE).status_code == 503
