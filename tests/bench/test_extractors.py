"""The bench of extractors measures what it says."""

from tests.bench.bench_extractors import run_all, table
from tests.bench.peers import Extracted
from tests.quality.real_pages import RealPage

PAGE = RealPage(
    name="one",
    group="own",
    script="hans",
    payload=b"",
    encoding="utf-8",
    html="<p>云溪市全年走访企业四百二十家，解决困难一百零三件。</p>",
    gold="云溪市全年走访企业四百二十家，解决困难一百零三件。",
    title=None,
    author="沈岚",
    day="2022-01-05",
)


def test_table_gives_each_extractor_its_own_figures() -> None:
    """A right answer scores one, and a peer that raises scores nothing."""

    def right(html: str) -> Extracted:
        assert html == PAGE.html
        return Extracted(text=PAGE.gold, day="2022-01-05 10:00", authors="沈岚")

    def broken(html: str) -> Extracted:
        raise ValueError(html)

    runs = run_all([PAGE], {"right": right, "broken": broken}, repeats=2)
    assert [run.f1 for run in runs["right"]] == [1.0]
    assert [run.f1 for run in runs["broken"]] == [0.0]
    head, good, bad = table(runs)
    columns = head.split()
    figures = dict(zip(columns, good.split()[1:], strict=False))
    assert figures["F1"] == "1.000"
    assert figures["day"] == "1.000"
    assert figures["author"] == "1.000"
    assert bad.split()[1:4] == ["0.000", "0.000", "1.000"]
