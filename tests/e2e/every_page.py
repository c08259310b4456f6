"""Every page there is, in every state that looks different."""

from dataclasses import dataclass
from urllib.parse import urlencode

from playwright.sync_api import Page

from tests.e2e.archive import SampleArchive

QUERY = "统战"
PHRASES = ["脱贫攻坚", "乡村振兴"]
DRAFT = """\
2022年，全县统战系统编入卡口值守组，昼夜分班轮换，无一处场所发生感染。

每月15日晚上举办“圆桌夜话”，不设主席台，不念稿子，全年收集建议193条，转化为部门措施68条。
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """How a page is reached.

    Attributes:
        name: What a screenshot of it is called.
        address: Its address; in braces stands whose id belongs there.
        draft: What is put into its form and sent, if that leads to the page.
    """

    name: str
    address: str
    draft: str = ""

    def open(self, page: Page, archive: SampleArchive) -> None:
        """Go there."""
        page.goto(self.address.format_map(archive.ids))
        if self.draft:
            page.locator("#draft").fill(self.draft)
            page.locator("#draft ~ .row button").click()
            page.wait_for_load_state()


def _visit(name: str, address: str, **parameters: object) -> Visit:
    query = f"?{urlencode(parameters, doseq=True, safe='{}')}" if parameters else ""
    return Visit(name=name, address=f"{address}{query}")


_ENTRIES = (
    _visit("home", "/"),
    _visit("home-hant", "/", lang="zh-Hant"),
    _visit("home-en", "/", lang="en"),
    _visit("help", "/help"),
    _visit("help-en", "/help", lang="en"),
    _visit("coverage", "/coverage"),
    _visit("coverage-en", "/coverage", site="文範網", lang="en"),
    _visit("mine", "/mine"),
    _visit("mine-en", "/mine", lang="en"),
    _visit("batch", "/batch"),
    _visit("problem", "/problems/query-syntax"),
    _visit("not-found", "/nowhere"),
    _visit("unknown-document", "/documents/0000000000000000"),
)


_RESULTS = (
    _visit("results", "/search", q=QUERY),
    _visit("results-hant", "/search", q=QUERY, lang="zh-Hant"),
    _visit("results-en", "/search", q=QUERY, lang="en"),
    _visit("results-all", "/search", page=2),
    _visit("results-narrowed", "/search", q=QUERY, year=[2020, 2021], kind="summary"),
    _visit("results-excluded", "/search", q=QUERY, not_kind="summary"),
    _visit("results-none", "/search", q="zzzz"),
    _visit("results-partial", "/search", q="联谊 茶园 火箭"),
    _visit("results-error", "/search", q='统战 AND ("联谊'),
    _visit("results-refused", "/search", q=QUERY, page=0),
    _visit("results-beyond", "/search", q=QUERY, page=9),
    _visit("results-explained", "/search", q=QUERY, explain="true"),
    _visit("results-why", "/search", q=f"{QUERY} 茶园", why="{traditional}"),
    _visit("results-group", "/search", group="{copied}"),
)


_DOCUMENTS = (
    _visit("document", "/documents/{summary}"),
    _visit("document-marked", "/documents/{summary}", q=QUERY),
    _visit("document-marked-en", "/documents/{summary}", q=QUERY, lang="en"),
    _visit("document-beside", "/documents/{summary}", q=QUERY, rank=6),
    _visit("document-found", "/documents/{summary}", find="统战 群众 企业"),
    _visit("document-converted", "/documents/{summary}", show="hant"),
    _visit("document-quoting", "/documents/{summary}", quoting="true"),
    _visit("document-incomplete", "/documents/{incomplete}"),
    _visit("document-gone", "/documents/{gone}"),
    _visit("document-hant", "/documents/{traditional}"),
    _visit("document-captures", "/documents/{rewritten}"),
    _visit("compare", "/documents/{rewritten}/compare"),
)


_SERIES = (
    _visit("series-list", "/series"),
    _visit("series-none", "/series", q="没有的单位"),
    _visit("series", "/series/{series}"),
    _visit("series-en", "/series/{series}", lang="en"),
    _visit("series-diff", "/series/{series}/diff"),
    _visit("series-diff-en", "/series/{series}/diff", lang="en"),
)


_PRECEDENTS = (
    _visit("precedents", "/precedents"),
    Visit(name="precedents-found", address="/precedents", draft=DRAFT),
    Visit(name="precedents-en", address="/precedents?lang=en", draft=DRAFT),
    Visit(name="precedents-none", address="/precedents", draft="甲乙丙丁戊己庚辛" * 4),
    Visit(name="precedents-refused", address="/precedents", draft="短"),
)


_WORDING = (
    _visit("wording", "/wording"),
    _visit("wording-chart", "/wording", q=["脱贫攻坚", "乡村振兴"]),
    _visit("wording-quotes", "/wording", q=PHRASES, at=2020, of=1),
    _visit("wording-en", "/wording", q=PHRASES, lang="en"),
    _visit("wording-none", "/wording", q="zzzz"),
    _visit("wording-refused", "/wording", q="脱贫", at=2020, of=5),
)

EVERY_PAGE = (*_ENTRIES, *_RESULTS, *_DOCUMENTS, *_SERIES, *_PRECEDENTS, *_WORDING)
