"""The warm-up leaves nothing to compile to whoever comes later."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Counts what is compiled after a warm-up; builds and asks an archive; counts again.
SCRIPT = """
import sys
from pathlib import Path
from search.results import Axis, SearchRequest, Sort
from search.wording import WordingRequest
from search.warm_up import warm_up
from tests.corpus import make_service

def compiled():
    return {
        (function.__module__, name, len(function.signatures))
        for module in list(sys.modules.values())
        if getattr(module, "__name__", "").split(".")[0] in ("index", "search")
        for name, function in vars(module).items()
        if hasattr(function, "nopython_signatures")
    }

warm_up()
before = compiled()
service = make_service(Path(sys.argv[1]))
several = "统战 工作", "统战 OR 民主", '"统战工作"', "县 year:2020"
for text in ("统战", "统*", "-统战", *several):
    for sort in Sort:
        service.search(SearchRequest(text=text, sort=sort, year_from=2000))
        service.search(SearchRequest(text=text, sort=sort, collapse=False))
for axis in Axis:
    service.wording.track(WordingRequest(phrases=("统战",), axis=axis))
    within = SearchRequest(collapse=False, year_from=2000)
    service.wording.track(WordingRequest(phrases=("统战",), within=within))
for typed in ("统", "tongz", "统zh"):
    service.suggester.suggest(typed)
from search.precedents_results import PrecedentRequest
service.precedents.find(PrecedentRequest(text="全年组织统战干部学习十二次，参加人数逾千。"))
service.similar.find("0000000000000001")
service.close()
print(*sorted(compiled() - before), sep="\\n")
"""


def test_nothing_is_compiled_after_the_warm_up(tmp_path: Path) -> None:
    """An archive is built and asked by the loops that the warm-up compiled."""
    done = subprocess.run(  # noqa: S603 (our own interpreter and script)
        [sys.executable, "-c", SCRIPT, str(tmp_path / "home")],
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stdout.strip() == ""
