"""The year series of a store: found once for each of its states, and shown."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.document import Completeness, Document, Kind, YearFrom
from index.home import Home
from index.store import Store
from search.changes import Fate
from search.errors import UnknownSeries
from search.series_views import YearSeries
from search.service import open_service
from tests.corpus import make_document, put
from web.cli import main


def summary(number: int, year: int, *texts: str, title: str = "") -> Document:
    """Make the summary of a year."""
    document = make_document(
        number,
        title or f"云溪市档案馆{year}年工作总结",
        *texts,
        url=f"https://a.example/{year}/{number}.html",
        site="云溪在线",
        year=year,
        kind=Kind.SUMMARY,
    )
    return replace(document, year_from=YearFrom.TITLE)


ALL = (
    summary(1, 2018, "接收档案312卷。", "阅览室周末开放。"),
    summary(2, 2019, "接收档案358卷。", "阅览室周末开放。", "办展览两次。"),
    summary(3, 2021, "阅览室周末开放。", title="云溪市档案馆2021年工作总结（一）"),
    summary(4, 2021, "办展览两次。", title="云溪市档案馆2021年工作总结（二）"),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store of three years of one unit."""
    store = Store(Home(tmp_path).store, create=True)
    put(store, ALL)
    yield store
    store.close()


def test_timeline_has_every_text_and_what_became_of_it(store: Store) -> None:
    """The parts of a text are compared as one; the gap is between them."""
    view = YearSeries(store).view(ALL[0].id)
    assert {year: len(texts) for year, texts in view.texts.items()} == {
        2018: 1,
        2019: 1,
        2021: 2,
    }
    assert view.texts[2018][0].characters == len("接收档案312卷。阅览室周末开放。")
    steps = [(step.before, step.after) for step in view.steps]
    assert steps == [(2018, 2019), (2019, 2021)]
    assert view.steps[1].changes.tallies[Fate.CARRIED].sentences == 2
    assert view.series.gaps == (2020,)


def test_series_goes_by_its_id_and_by_those_of_its_documents(store: Store) -> None:
    """An address made of a document's id stays good whatever the series is called."""
    series = YearSeries(store)
    (only,) = series.search("")
    assert series.find(only.id) == series.find(ALL[3].id) == series.of(ALL[1].id)
    with pytest.raises(UnknownSeries):
        series.find("nothing")


@pytest.mark.parametrize(
    ("asked", "compared"),
    [
        ((None, None), (2019, 2021)),
        ((2018, None), (2018, 2019)),
        ((None, 2019), (2018, 2019)),
        ((2018, 2021), (2018, 2021)),
        ((2021, None), (2021, 2021)),
    ],
)
def test_years_that_are_not_given_are_neighbours(
    store: Store, asked: tuple[int | None, int | None], compared: tuple[int, int]
) -> None:
    """Without any, the last two that are held."""
    found = YearSeries(store).compare(ALL[0].id, *asked)
    assert (found.step.before, found.step.after) == compared


def test_year_of_which_nothing_is_held_is_said(store: Store) -> None:
    """It is not compared with another in its place."""
    with pytest.raises(UnknownSeries, match="2020"):
        YearSeries(store).compare(ALL[0].id, 2020)


def test_fullest_of_several_texts_of_a_year_is_compared(store: Store) -> None:
    """A whole text goes before a longer one that was cut."""
    cut = Completeness(complete=False)
    title = "云溪市档案馆2019年工作总结（征求意见稿）"
    longer = summary(5, 2019, "另一稿写了别的事。" * 9, title=title)
    put(store, [replace(longer, completeness=cut)])
    series = YearSeries(store)
    assert len(series.view(ALL[0].id).texts[2019]) == 2
    (document,) = series.compare(ALL[0].id, 2018, 2019).after
    assert document.id == ALL[1].id


def test_new_documents_are_seen_with_the_next_question(store: Store) -> None:
    """A small archive is looked through again whenever it changed."""
    series = YearSeries(store)
    assert [*series.find(ALL[0].id).years] == [2018, 2019, 2021]
    put(store, [summary(6, 2022, "办展览三次。")])
    assert [*series.find(ALL[0].id).years] == [2018, 2019, 2021, 2022]


def test_large_archive_answers_while_series_are_found_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits; the state before is the answer until the new one is ready."""
    monkeypatch.setattr("search.series_shelf._SOON", 0.0)
    monkeypatch.setattr("search.series_shelf._SPARING", 0)
    series = YearSeries(store)
    assert series.find(ALL[0].id)
    put(store, [summary(6, 2022, "办展览三次。")])
    assert [*series.find(ALL[0].id).years] == [2018, 2019, 2021]
    series.close()
    assert [*series.find(ALL[0].id).years] == [2018, 2019, 2021, 2022]


def test_series_can_be_found_before_anybody_asks(store: Store) -> None:
    """Whoever asks in the meantime waits, and gets them."""
    series = YearSeries(store)
    series.prepare()
    assert [*series.find(ALL[0].id).years] == [2018, 2019, 2021]
    series.close()


def test_document_tells_its_series(tmp_path: Path, store: Store) -> None:
    """The service shows it with the document."""
    service = open_service(Home(tmp_path))
    view = service.document(ALL[0].id)
    service.close()
    assert view.series is not None
    assert view.series == YearSeries(store).of(ALL[0].id)


@pytest.mark.usefixtures("store")
def test_command_shows_the_years_of_a_single_series(tmp_path: Path) -> None:
    """Those that are not held as well, and the shares of what changed."""
    command = ["--home", str(tmp_path), "series", "档案馆"]
    lines = CliRunner().invoke(main, command).output.splitlines()
    assert lines[0].startswith("云溪市档案馆工作总结  ")
    assert lines[1].startswith("2018  云溪市档案馆2018年工作总结 · 17 characters")
    assert "2020  not held" in lines
    shares = next(line.strip() for line in lines if "from 2018" in line)
    assert shares == "from 2018: carried 35%, changed 40%, new 25%, dropped 0%"


def test_command_lists_series(tmp_path: Path, store: Store) -> None:
    """With the years they span."""
    more = [
        summary(10 + year, year, "抽查食品。", title=f"云溪市商务局{year}年工作总结")
        for year in (2018, 2019)
    ]
    put(store, more)
    output = CliRunner().invoke(main, ["--home", str(tmp_path), "series"]).output
    assert output.startswith("2 series")
    assert "2018-2021: 3 years held, 1 not held" in output
    assert "2018-2019: 2 years held\n" in output
