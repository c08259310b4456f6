"""The commands ingest, crawl and skipped do what they say."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crawler.clean import SkipReason
from crawler.cli import describe
from crawler.ingest import Summary
from index.store import Outcome, Store
from tests.crawler import warcs
from tests.crawler.crawls import CrawlHome
from tests.crawler.pages import PROSE, model_text
from tests.crawler.warcs import URL, Made
from tests.sites.serve import SampleSites
from web.cli import main


@pytest.fixture(name="home")
def make_home(tmp_path: Path) -> Path:
    """Name a home folder that does not exist yet."""
    return tmp_path / "home"


def _run(home: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), *map(str, arguments)])


def _write(folder: Path, name: str, content: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(content, "utf-8")
    return path


def test_ingest_stores_and_sums_up(home: Path, tmp_path: Path) -> None:
    """The last line counts what was read; a second run changes nothing."""
    pages = tmp_path / "pages"
    _write(pages, "a.txt", model_text())
    _write(pages, "b.txt", f"云州市总结\n\n{PROSE}")
    _write(pages, "c.pdf", "x")
    first = _run(home, "ingest", pages)
    assert first.exit_code == 0
    assert first.stdout == (
        "3 read, 2 new, 0 changed, 0 unchanged, 0 near-duplicate, "
        "1 skipped (1 not-text)\n"
    )
    assert "2 unchanged" in _run(home, "ingest", pages).stdout


def test_ingest_of_a_damaged_archive_says_what_is_lost(
    home: Path, tmp_path: Path
) -> None:
    """The last line counts it, wensu skipped names file, place and reason."""
    records = [Made(url=f"{URL}?{n}", body=warcs.page(f"{PROSE}{n}")) for n in range(9)]
    path = warcs.write(tmp_path / "old.warc.gz", *records)
    content = path.read_bytes()
    path.write_bytes(content[:-50])
    result = _run(home, "ingest", path)
    assert result.exit_code == 0
    assert result.stdout.startswith("9 read, 8 new,")
    assert "1 skipped (1 damaged)" in result.stdout
    (line,) = _run(home, "skipped").stdout.splitlines()
    assert line.startswith("old.warc.gz:")
    assert "the file ends before it does" in line


def test_the_progress_bar_does_not_mix_with_the_answer(
    home: Path, tmp_path: Path
) -> None:
    """It goes to the error stream."""
    result = _run(home, "ingest", _write(tmp_path / "p", "a.txt", model_text()))
    assert "reading" in result.stderr
    assert "reading" not in result.stdout


def test_ingest_of_nothing_says_what_to_give(home: Path, tmp_path: Path) -> None:
    """A path that does not exist is one sentence and status 1, no store is made."""
    result = _run(home, "ingest", tmp_path / "missing")
    assert result.exit_code == 1
    assert "missing does not exist: give .html" in result.stderr
    assert not home.exists()


def test_no_path_is_wrong_usage(home: Path) -> None:
    """Both commands that bring pages in want to know which."""
    assert _run(home, "ingest").exit_code == 2
    assert _run(home, "crawl").exit_code == 2


def test_settings_of_the_home_folder_hold(home: Path, tmp_path: Path) -> None:
    """The largest page is set in wensu.toml; a mistake in it is named."""
    page = _write(tmp_path / "p", "a.txt", model_text())
    _write(home, "wensu.toml", "[crawl]\nmax_bytes = 10")
    assert "1 skipped (1 too-large)" in _run(home, "ingest", page).stdout
    _write(home, "wensu.toml", "[crawl]\nmax_byte = 10")
    wrong = _run(home, "ingest", page)
    assert wrong.exit_code == 1
    assert "[crawl] max_byte: unknown" in wrong.stderr


def test_a_profile_in_the_home_folder_is_used(home: Path, tmp_path: Path) -> None:
    """A user adds a site by dropping a file into sites."""
    home.mkdir()
    _write(home / "sites", "own.toml", 'name = "云州站"\nlines = ["^云州市总结$"]')
    page = _write(tmp_path / "p", "a.txt", f"云州市总结\n\n{PROSE}")
    assert _run(home, "ingest", page).exit_code == 0
    store = Store(home / "store.sqlite3")
    (identifier,) = store.revisions()
    assert store.get(identifier).site == "云州站"
    store.close()


def test_crawl_fetches_a_site(tmp_path: Path) -> None:
    """A list page and what it links to are in the store, with their addresses."""
    home = CrawlHome(tmp_path / "home")
    with SampleSites() as sites:
        start = f"{sites.url}changzhou/index.html"
        limited = home.crawl("--max-pages", "1", "--delay", "0", start)
        rest = home.crawl(start)
        base = sites.url
    assert limited.out.startswith("1 read, ")
    assert rest.out.startswith("8 read, ")
    documents = home.documents()
    assert len(documents) >= 8
    assert all(url.startswith(base) for url in documents)


def test_crawl_begins_at_the_addresses_of_a_profile(home: Path) -> None:
    """A name that no profile has is told, with those that would do."""
    result = _run(home, "crawl", "--site", "none")
    assert result.exit_code == 1
    assert "no site profile named none has domains; there are: " in result.stderr


def test_crawl_of_no_web_address_is_refused(home: Path) -> None:
    """One sentence says what an address looks like."""
    result = _run(home, "crawl", "yun.example")
    assert result.exit_code == 1
    assert "write http://host/path" in result.stderr


@pytest.mark.parametrize(
    "option", [("--max-pages", "0"), ("--max-depth", "-1"), ("--delay", "-1")]
)
def test_limits_are_checked(home: Path, option: tuple[str, str]) -> None:
    """Numbers that make no sense are wrong usage."""
    assert _run(home, "crawl", *option, "http://yun.example/").exit_code == 2


def test_skipped_lists_pages_and_reasons(home: Path, tmp_path: Path) -> None:
    """One line a page: name, reason, detail; the count goes to the error stream."""
    pages = tmp_path / "pages"
    _write(pages, "a.pdf", "x")
    _write(pages, "b.txt", "")
    _run(home, "ingest", pages)
    result = _run(home, "skipped")
    lines = [line.split("\t") for line in result.stdout.splitlines()]
    assert [line[:2] for line in lines] == [["a.pdf", "not-text"], ["b.txt", "no-text"]]
    assert all(line[2] for line in lines)
    assert result.stderr == "2 pages skipped\n"


def test_skipped_without_an_archive_says_how_to_fill_one(home: Path) -> None:
    """There is nothing to list before the first ingest."""
    result = _run(home, "skipped")
    assert result.exit_code == 1
    assert "wensu ingest PATH" in result.stderr


def test_the_summary_names_every_count() -> None:
    """Reasons are sorted, and left out when nothing was skipped."""
    summary = Summary(read=5, near_duplicates=1)
    summary.outcomes[Outcome.CHANGED] = 2
    assert describe(summary).endswith("1 near-duplicate, 0 skipped")
    summary.skipped[SkipReason.TOO_LARGE] = 1
    summary.skipped[SkipReason.DAMAGED] = 2
    assert describe(summary) == (
        "5 read, 0 new, 2 changed, 0 unchanged, 1 near-duplicate, "
        "3 skipped (2 damaged, 1 too-large)"
    )


def test_lines_that_repeat_across_a_site_leave_its_texts(
    home: Path, tmp_path: Path
) -> None:
    """Six pages of an unknown site lose the notice under their texts, marked."""
    notice = "以上内容由云溪水务编辑整理，欢迎各乡镇来稿补充。"
    for number in range(1, 7):
        text = "".join(
            f"<p>闸站{number}第{week}周巡渠{number * week}里，排险两处，开闸四次。</p>"
            for week in range(1, 6)
        )
        _write(
            tmp_path / "p",
            f"{number}.html",
            f"<html><head><title>第{number}号闸站巡查情况</title>"
            f'<meta property="og:site_name" content="云溪水务"></head><body>'
            f"<h1>第{number}号闸站巡查情况</h1><div>{text}<p>{notice}</p></div></body>",
        )
    assert _run(home, "ingest", tmp_path / "p").exit_code == 0
    store = Store(home / "store.sqlite3")
    documents = [store.get(name) for name in store.revisions()]
    store.close()
    assert [notice in document.text for document in documents] == [False] * 6
    marked = [
        (each.text, each.rule) for each in documents[0].removed if each.text == notice
    ]
    assert marked == [(notice, "site-template")]
    assert "6 unchanged" in _run(home, "ingest", tmp_path / "p").stdout
