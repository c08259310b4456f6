"""An archive in memory: two captures of each document, two crawled sites."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.coverage import Coverage, SiteCoverage, reach
from index.crawled import FailedAddress
from index.document import Block, BlockKind, Document
from index.errors import UnknownCapture
from search.archive import CapturedPage, Comparison
from search.differences import difference
from tests.web.documents import CAPTURES
from web.ports import Archive

COVERAGE = Coverage(
    sites=(
        SiteCoverage(
            site="青石县情网",
            hosts=("nianjian.qingshi.example",),
            answered={"new": 20, "unchanged": 7, "list-page": 3},
            vanished=1,
            failed={"timeout": 2, "http-500": 1},
            skipped={"robots": 4},
            queued=5,
            kept=26,
            duplicate=2,
            years={0: 2, 2018: 9, 2020: 15},
            first_fetched="2024-04-01T08:00:00Z",
            last_fetched="2024-05-01T08:00:00Z",
            last_finished="2024-04-02T08:00:00Z",
        ),
        SiteCoverage(site="每周简讯", kept=3, imported=3, years={2018: 3}),
    )
)
FAILED = tuple(
    FailedAddress(
        url=f"https://nianjian.qingshi.example/{number}.html",
        host="nianjian.qingshi.example",
        reason=reason,
        detail="<b>no answer</b> in 20 s",
        status=500 if reason == "http-500" else None,
        at="2024-05-01T08:00:00Z",
        attempts=3,
    )
    for number, reason in enumerate(("http-500", "timeout", "timeout"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeArchive(Archive):
    """Answers from what stands above.

    Attributes:
        find: Gives a document, or raises what a searcher would.
        check: Raises what everything is to raise, if anything.
    """

    find: Callable[[str], Document]
    check: Callable[[], None]

    def coverage(self) -> Coverage:
        """Tell of the two sites."""
        self.check()
        return COVERAGE

    def failed(
        self, sites: Sequence[str] = (), *, start: int = 0, most: int = -1
    ) -> list[FailedAddress]:
        """List what failed on the first site."""
        hosts = reach(COVERAGE, tuple(sites)).total.hosts
        found = [each for each in FAILED if each.host in hosts]
        return found[start:] if most < 0 else found[start : start + most]

    def updated(self, document_id: str) -> str:
        """Tell the time of the newer capture."""
        self.find(document_id)
        return CAPTURES[-1].at

    def page(self, document_id: str, capture: str = "") -> CapturedPage:
        """Give a page that says what its document does; the older one is plain."""
        document = self.find(document_id)
        if capture not in ("", "1", "2"):
            raise UnknownCapture(document_id, capture)
        if capture == "1":
            return CapturedPage(
                payload="渡船二艘，往來兩岸。".encode("big5"),
                charset="big5hkscs",
                markup=False,
                capture=CAPTURES[0],
            )
        return CapturedPage(
            payload=f"<p>{document.text}</p>".encode("gb18030"),
            charset="gb18030",
            markup=True,
            capture=CAPTURES[1],
        )

    def compare(
        self, document_id: str, before: str = "", after: str = ""
    ) -> Comparison:
        """Compare a document without its first block to what it is."""
        document = self.find(document_id)
        for name in (before, after):
            if name not in ("", "1", "2"):
                raise UnknownCapture(document_id, name)
        line = Block(anchor="b1", kind=BlockKind.PARAGRAPH, text="<i>旧</i>的一段。")
        earlier = replace(document, blocks=(line, *document.blocks[1:]))
        return Comparison(
            document=document,
            captures=CAPTURES,
            before=CAPTURES[0],
            after=CAPTURES[1],
            difference=difference(earlier, document),
        )
