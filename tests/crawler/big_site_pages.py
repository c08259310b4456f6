"""The pages of a large invented site, each made from its number alone.

``Site(pages=5_000, seed=1, version=1)`` is one state of the site. In version 2 one
page in twenty has another text, one in twenty is gone (404 or 410 by turns), as many
are new, and every second section has another footer; ``Site.state`` says which.

Links lead from ``/`` to the lists of sections, from those to further pages of the
list (by links in even sections, by a script's call in odd ones) and to documents.
With ``traps`` every page also links to a calendar, sorted lists, sessions and a
folder that robots.txt forbids.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from random import Random
from typing import Final, NamedTuple

PER_SECTION: Final = 250
PER_LIST: Final = 20
PER_SITEMAP: Final = 1_000
_EVERY = 20
_CHANGED, _GONE = 3, 7
_PLACES = [
    "青溪县",
    "白石镇",
    "云岭市",
    "东河区",
    "南泽县",
    "松桥镇",
    "柳湾区",
    "北屏县",
    "长汀镇",
    "石门乡",
]
_TOPICS = [
    "乡村振兴",
    "优化营商环境",
    "民族团结进步",
    "安全生产",
    "文化旅游",
    "教育体育",
    "医疗保障",
    "生态环境保护",
    "基层治理",
    "招商引资",
    "统一战线",
    "档案管理",
    "信访",
    "防汛抗旱",
    "社会保障",
]
_KINDS = ["工作总结", "工作情况报告", "工作要点落实情况", "年度总结", "工作简报"]
_DOERS = [
    "办公室",
    "领导小组",
    "相关部门",
    "各村",
    "各社区",
    "工作专班",
    "业务科室",
    "驻村工作队",
]
_DEEDS = (
    "召开专题会议{a}次，研究解决{topic}中的突出问题{b}个",
    "走访慰问群众{a}户，收集意见建议{b}条，办结率达到{c}%",
    "组织业务培训{a}期，参训干部{b}人次，考核合格率{c}%",
    "修订完善制度{a}项，建立台账{b}本，推动{topic}工作规范运行",
    "落实项目资金{a}万元，实施重点项目{b}个，完成年度计划的{c}%",
    "开展监督检查{a}次，发现问题{b}个，均已明确责任人并限期整改",
    "编发信息{a}篇，其中被上级采用{b}篇，宣传覆盖面比上年提高{c}%",
)
_HEADINGS = ["一、主要做法", "二、取得成效", "三、存在问题", "四、下一步打算"]


class State(StrEnum):
    """What version 2 does to a page of version 1."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    ADDED = "added"
    TEMPLATE = "template-only"


class Page(NamedTuple):
    """An answer: status, kind of content, content, and when it last changed."""

    status: int
    kind: str
    text: str
    modified: datetime


@dataclass(frozen=True, kw_only=True)
class Site:
    """One state of the site.

    Attributes:
        pages: Documents in version 1.
        seed: Another one, other texts and dates.
        version: 1 or 2.
        traps: Whether there are links without end.
    """

    pages: int = 5_000
    seed: int = 1
    version: int = 1
    traps: bool = True

    def state(self, number: int) -> State:
        """Tell what version 2 does to a document."""
        if number >= self.pages:
            return State.ADDED
        if number % _EVERY == _GONE:
            return State.GONE
        if number % _EVERY == _CHANGED:
            return State.CHANGED
        return State.SAME if self._section(number) % 2 else State.TEMPLATE

    @cached_property
    def documents(self) -> dict[str, int]:
        """Path and number of every document of this version."""
        return {self.path(number): number for number in self._numbers()}

    @cached_property
    def gone(self) -> dict[str, int]:
        """Paths that version 1 had, with their status in this one."""
        if self.version == 1:
            return {}
        numbers = range(_GONE, self.pages, _EVERY)
        return {
            self.path(number): 404 if number // _EVERY % 2 else 410
            for number in numbers
        }

    @cached_property
    def sections(self) -> list[list[int]]:
        """Numbers of the documents of every section, newest first."""
        found: dict[int, list[int]] = {}
        for number in self._numbers():
            found.setdefault(self._section(number), []).append(number)
        return [sorted(found[key], reverse=True) for key in sorted(found)]

    def path(self, number: int) -> str:
        """Give the path of a document."""
        day = self._date(number)
        return f"/gz/s{self._section(number)}/t{day:%Y%m%d}_{number}.html"

    def answer(self, path: str, query: str = "") -> Page:
        """Answer a request."""
        begin = datetime(2031, 1, self.version, tzinfo=UTC)
        if path in self.documents:
            number = self.documents[path]
            return Page(200, "text/html", self._document(number), self._date(number))
        if path in self.gone:
            return Page(self.gone[path], "text/html", _frame("没有此页", ""), begin)
        text = self._special(path, query)
        kind = "text/html"
        if path.endswith((".txt", ".xml")):
            kind = "text/plain" if path.endswith(".txt") else "application/xml"
        if text is None:
            return Page(404, "text/html", _frame("没有此页", ""), begin)
        return Page(200, kind, text, begin)

    def _numbers(self) -> Iterator[int]:
        """Give the numbers of the documents of this version."""
        if self.version == 1:
            yield from range(self.pages)
        else:
            added = range(self.pages, self.pages + self.pages // _EVERY)
            kept = (n for n in range(self.pages) if n % _EVERY != _GONE)
            yield from kept
            yield from added

    def _section(self, number: int) -> int:
        """Give the section of a document; new ones go into the first ones."""
        return (number if number < self.pages else number - self.pages) // PER_SECTION

    def _date(self, number: int) -> datetime:
        """Give the day a document was put up."""
        days = Random(f"{self.seed} day {number}").randrange(4_000)  # noqa: S311 (repeatable)
        return datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=days)

    def _special(self, path: str, query: str) -> str | None:
        """Write a page that is no document."""
        if path == "/robots.txt":
            return "User-agent: *\nDisallow: /private/\nSitemap: /sitemap.xml\n"
        if path.startswith("/sitemap") and path.endswith(".xml"):
            return self._sitemap(path.removeprefix("/sitemap")[:-4].strip("-"))
        if path in {"/", "/index.html"}:
            return _frame("云岭市档案信息网", self._navigation)
        if path.startswith("/gz/s"):
            return self._list(path)
        return self._trap(path, query) if self.traps else None

    def _title(self, number: int) -> str:
        """Give the title of a document."""
        random = Random(f"{self.seed} title {number}")  # noqa: S311 (repeatable)
        year = self._date(number).year - 1
        place, topic = random.choice(_PLACES), random.choice(_TOPICS)
        return f"{place}{year}年{topic}{random.choice(_KINDS)}（第{number + 1}号）"

    def _document(self, number: int) -> str:
        """Write a document within its page."""
        random = Random(f"{self.seed} text {number}")  # noqa: S311 (repeatable)
        paragraphs = []
        for heading in _HEADINGS:
            paragraphs.append(heading)
            for _ in range(random.randint(1, 3)):
                sentences = (_sentence(random) for _ in range(random.randint(2, 4)))
                paragraphs.append("".join(sentences))
        if self.version > 1 and self.state(number) is State.CHANGED:
            paragraphs.append(f"补充说明：{_sentence(random)}")
        title, day = self._title(number), self._date(number)
        line = f"<div class=info>发布时间：{day:%Y-%m-%d}　来源：云岭市档案馆</div>"
        text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        body = f"<h1>{title}</h1>{line}<div class=content>{text}</div>"
        return _frame(title, self._navigation + body, self._foot(number))

    def _foot(self, number: int) -> str:
        """Write what is below a document; version 2 has it otherwise in places."""
        new = self.version > 1 and not self._section(number) % 2
        return "云岭市档案馆　新版网站" if new else "云岭市档案馆"

    def _list(self, path: str) -> str | None:
        """Write a page of a list of documents."""
        folder, _, name = path.removeprefix("/gz/s").partition("/")
        page = name.removeprefix("index").removesuffix(".html").removeprefix("_") or "0"
        if not (folder.isdigit() and page.isdigit() and name.startswith("index")):
            return None
        section, start = int(folder), int(page) * PER_LIST
        if section >= len(self.sections) or start >= len(self.sections[section]):
            return None
        numbers = self.sections[section]
        items = "".join(
            f"<li><a href='{self.path(number)}'>{self._title(number)}</a></li>"
            for number in numbers[start : start + PER_LIST]
        )
        pager = _pager(section, int(page), -(-len(numbers) // PER_LIST))
        return _frame(f"栏目{section}", f"{self._navigation}<ul>{items}</ul>{pager}")

    @cached_property
    def _navigation(self) -> str:
        """Write the links that stand on every page."""
        links = [
            (f"/gz/s{n}/index.html", f"栏目{n}") for n in range(len(self.sections))
        ]
        if self.traps:
            links += [
                ("/private/1.html", "内部"),
                ("/rl/?month=2030-12", "日历"),
                ("/gz/s0/index.html?sort=time&order=desc", "排序"),
                ("/hui/?sid=a1b2c3d4e5", "会话"),
                ("/lu/a/b/", "路径"),
            ]
        items = (f"<a href='{path}'>{text}</a> " for path, text in links)
        return f"<div class=nav>{''.join(items)}</div>"

    def _sitemap(self, part: str) -> str | None:
        """Write the index of sitemaps, or one of them."""
        paths = list(self.documents)
        if not part:
            parts = range(-(-len(paths) // PER_SITEMAP))
            names = (f"<sitemap><loc>/sitemap-{n}.xml</loc></sitemap>" for n in parts)
            return f"<sitemapindex>{''.join(names)}</sitemapindex>"
        start = int(part) * PER_SITEMAP if part.isdigit() else len(paths)
        entries = (
            f"<url><loc>{path}</loc>"
            f"<lastmod>{self._date(self.documents[path]):%Y-%m-%d}</lastmod></url>"
            for path in paths[start : start + PER_SITEMAP]
        )
        return f"<urlset>{''.join(entries)}</urlset>" if start < len(paths) else None

    def _trap(self, path: str, query: str) -> str | None:
        """Write a page that links to further pages of its kind."""
        if path == "/private/1.html":
            return _frame("内部", "不应被访问")
        if path == "/rl/":
            year, _, month = query.partition("=")[2].partition("-")
            following = int(year or 2030) * 12 + int(month or 1)
            target = f"/rl/?month={following // 12}-{following % 12 + 1:02}"
            return _frame("日历", f"<a href='{target}'>下月</a>")
        if path == "/hui/":
            token = f"{Random(query).getrandbits(40):010x}"  # noqa: S311 (repeatable)
            return _frame("会话", f"<a href='/hui/?sid=a1{token}'>继续</a>")
        if path.startswith("/lu/"):
            links = (f"<a href='{path}{name}/'>{name}</a>" for name in "ab")
            return _frame("路径", "".join(links))
        return None


def _sentence(random: Random) -> str:
    """Make up a sentence."""
    deed = random.choice(_DEEDS).format(
        a=random.randint(2, 900),
        b=random.randint(2, 900),
        c=random.randint(60, 99),
        topic=random.choice(_TOPICS),
    )
    return f"{random.choice(_PLACES)}{random.choice(_DOERS)}{deed}。"


def _pager(section: int, page: int, pages: int) -> str:
    """Write the pager of a list: links, or a script's call."""
    if section % 2:
        call = f'createPageHTML({pages}, {page}, "index", "html");'
        return f"<script>{call}</script>"
    target = f"/gz/s{section}/index_{page + 1}.html"
    return f"<a href='{target}'>下一页</a>" if page + 1 < pages else ""


def _frame(title: str, body: str, foot: str = "云岭市档案馆") -> str:
    """Write a page."""
    return (
        "<!doctype html><html><head><meta charset=utf-8>"
        f"<title>{title} - 云岭市档案信息网</title></head><body>{body}"
        f"<div class=footer>主办：{foot}</div></body></html>"
    )
