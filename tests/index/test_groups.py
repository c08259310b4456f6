"""Facts about groups in the store: who stands for whom, whatever happens."""

import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.document import Document, Script
from index.near_duplicates import Relation
from index.store import Store
from tests.corpus import CORPUS
from tests.index.invented import fetch, grouped, groups, make_old, of, sentences

ROOT = Path(__file__).parents[2]
A, B, C = (sentences(number) for number in (1, 2, 3))
SLOGANS = [
    "坚持围绕中心服务大局扎实推进各项工作。",
    "以上总结如有不当请批评指正谢谢大家。",
]
FAMILY = [
    of(1, A),
    of(2, A, script=Script.HANT),
    of(3, [*A, *SLOGANS]),
    of(4, A[:8], complete=False),
    of(5, A[7:], complete=False),
    of(6, [*A[:13], *B[:3]]),
    of(7, B),
    of(8, [*B[:14], *C[:2]]),
    of(9, A * 2),
    of(10, [*A[:5], *sentences(4, 11)]),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open an empty store."""
    store = Store(tmp_path / "store.sqlite3", create=True)
    yield store
    store.close()


def test_group_is_named_by_the_fullest(store: Store) -> None:
    """Copies, cuts and edits stand with the longest text; others stand alone."""
    found = groups(store, FAMILY)
    assert {number for number, group in found.items() if group == 3} == {
        *range(1, 7),
        9,
    }
    assert (found[7], found[8], found[10]) == (7, 7, 10)
    assert list(store.damage()) == []


def test_near_duplicates_are_told_from_the_document_asked_for(store: Store) -> None:
    """The canonical comes first, and each relation is that to the one asked for."""
    groups(store, FAMILY)
    found = store.groups.near_duplicates(FAMILY[3].id)
    by_number = {int(each.id, 16): each for each in found}
    assert int(found[0].id, 16) == 3
    assert by_number[3].relation is Relation.FULLER
    assert by_number[9].relation is Relation.FULLER
    assert by_number[5].relation is Relation.SAME_ORIGINAL
    assert by_number[5].similarity == 0
    assert by_number[1].title == "工作总结"
    assert 4 not in by_number
    first = store.groups.near_duplicates(FAMILY[2].id)
    relations = {int(each.id, 16): each.relation for each in first}
    assert relations[2] is Relation.OTHER_SCRIPT
    assert relations[4] is relations[5] is Relation.TRUNCATED
    assert relations[9] is Relation.DOUBLED
    assert store.groups.size(FAMILY[3].id) == len(first) + 1
    assert store.groups.size(FAMILY[9].id) == 1


@settings(deadline=None, max_examples=40)
@given(st.permutations(FAMILY), st.integers(1, len(FAMILY)))
def test_order_of_arrival_does_not_matter(order: list[Document], batch: int) -> None:
    """Whoever comes first, and however many at a time, groups are the same."""
    assert in_new_store([order[:batch], order[batch:]]) == in_new_store([FAMILY])


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_what_was_there_before_leaves_no_trace(data: st.DataObject) -> None:
    """Groups after any changes are those of the texts that there are in the end."""
    texts = st.sampled_from([each.text for each in FAMILY])
    last = {number: data.draw(texts) for number in range(1, 7)}
    earlier = data.draw(st.lists(st.tuples(st.integers(1, 6), texts), max_size=8))
    steps = [*earlier, *last.items()]
    now = [of(number, [text]) for number, text in last.items()]
    assert in_new_store([[of(n, [text])] for n, text in steps]) == in_new_store([now])


def in_new_store(batches: Sequence[Sequence[Document]]) -> dict[int, int]:
    """Put documents into a store of their own; tell which stands for each."""
    with TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store.sqlite3", create=True)
        for batch in batches:
            fetch(store, batch)
        found = grouped(store)
        assert list(store.damage()) == []
        store.close()
        return found


def test_change_touches_the_group_only(store: Store) -> None:
    """A canonical document that says something else leaves its members to another."""
    groups(store, FAMILY)
    fetch(store, [of(3, C)])
    found = grouped(store)
    assert {found[number] for number in (1, 2, 4, 5, 6, 9)} == {1}
    assert (found[3], found[7], found[8]) == (3, 7, 7)
    assert list(store.damage()) == []


def test_copies_are_found_however_many_there_are(store: Store) -> None:
    """The hundredth repost of a text, each with words of its site, finds the first."""
    reposts = [of(100 + n, [*A, f"转载自第{n}号站点。"]) for n in range(100)]
    assert len({*groups(store, reposts).values()}) == 1


def test_slogans_do_not_chain(store: Store, tmp_path: Path) -> None:
    """Short texts with the same closing words stay apart, and lose no copies."""
    closing = "".join(sentences(99, 2))
    notes = [of(n, [*sentences(n, 3), closing]) for n in range(100, 140)]
    copies = [of(100 + int(note.id, 16), [note.text]) for note in notes]
    found = groups(store, [*notes, *copies])
    connection = sqlite3.connect(tmp_path / "store.sqlite3")
    slogans = connection.execute("SELECT COUNT(*) FROM postings WHERE member = -1")
    assert slogans.fetchone()[0] > 0
    connection.close()
    assert {number: found[100 + number] for number in range(100, 140)} == {
        number: number for number in range(100, 140)
    }
    assert list(store.damage()) == []


def test_yearly_summaries_stay_apart_and_their_copies_do_not(store: Store) -> None:
    """Twenty years of one unit are twenty groups, each with its repost."""

    def year(number: int) -> list[str]:
        draw = random.Random(number)  # noqa: S311 (a reproducible sample)
        return [
            "".join(filter(str.isalpha, part)) + f"{draw.randint(11, 9999)}个。"
            for part in A
        ]

    summaries = [of(n, year(n), title=f"{n}年总结") for n in range(2001, 2021)]
    reposts = [of(n + 1000, [*year(n), *SLOGANS]) for n in range(2001, 2021)]
    found = groups(store, [*summaries, *reposts])
    assert found == {
        number: number % 1000 + 3000
        for number in (*range(2001, 2021), *range(3001, 3021))
    }


def test_documents_without_letters_are_alone(store: Store) -> None:
    """Two pages of nothing but marks have nothing in common."""
    assert groups(store, [of(1, ["……"]), of(2, ["——"])]) == {1: 1, 2: 2}


def test_groups_are_counted(store: Store) -> None:
    """Groups of several, and the documents that another stands for."""
    groups(store, FAMILY)
    counts = store.counts()
    assert (counts["groups"], counts["near-duplicates"]) == (2, 7)


def test_transaction_that_fails_leaves_groups_as_they_were(store: Store) -> None:
    """What a batch did to other documents is taken back with it."""
    groups(store, FAMILY[:2])
    before, error = grouped(store), "stop"

    def batch() -> None:
        with store.transaction():
            fetch(store, FAMILY[2:])
            raise RuntimeError(error)

    with pytest.raises(RuntimeError, match=error):
        batch()
    assert grouped(store) == before
    assert list(store.damage()) == []


KILLED = """
import sys
from pathlib import Path
from index.store import Store
from tests.index.invented import fetch
from tests.index.test_groups import FAMILY
store = Store(Path(sys.argv[1]), create=True)
while True:
    for document in FAMILY:
        fetch(store, [document])
        print(flush=True)
    for document, other in zip(FAMILY, reversed(FAMILY)):
        fetch(store, [type(document)(id=document.id, blocks=other.blocks)])
"""


def test_killed_at_any_moment_the_tables_agree(tmp_path: Path) -> None:
    """Groups are committed with the text they are of, or not at all."""
    path = tmp_path / "store.sqlite3"
    for number in range(3):
        process = subprocess.Popen(  # noqa: S603 (our own interpreter and script)
            [sys.executable, "-c", KILLED, str(path)], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert process.stdout
        process.stdout.readline()
        time.sleep(0.05 * number)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        store = Store(path)
        assert list(store.damage()) == []
        store.close()


# -- stores of the first version ---------------------------------------------


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Make a store as the first version left it."""
    path = tmp_path / "old.sqlite3"
    store = Store(path, create=True)
    fetch(store, [*FAMILY, *CORPUS[11:]])
    store.close()
    make_old(path)
    return path


def test_old_store_opens_and_is_grouped_by_and_by(old: Path) -> None:
    """Nothing is lost; stopped after any batch, the rest is done the next time."""
    store = Store(old)
    alone = store.groups.places()
    assert {name for name, place in alone.items() if place.group != name} == set()
    assert store.get(FAMILY[0].id) == FAMILY[0]
    assert any("not grouped yet" in problem for problem in store.damage())
    assert next(store.groups.rest()) == len(alone)
    assert [*store.groups.rest()] == [len(alone), 0]
    assert [*store.groups.rest()] == [0]
    found = grouped(store)
    assert (found[1], found[8]) == (3, 7)
    assert list(store.damage()) == []
    store.close()


def test_documents_that_come_meanwhile_are_grouped_with_the_old(old: Path) -> None:
    """Groups are the same whether the rest was done before or afterwards."""
    store = Store(old)
    fetch(store, [of(50, [*A, *C[:3]])])
    assert grouped(store)[1] == 1
    assert [*store.groups.rest()][-1] == 0
    assert grouped(store)[1] == grouped(store)[3] == 50
    store.close()


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE texts SET hashes = x''", "not made of"),
        ("DELETE FROM postings", "is not listed"),
        ("UPDATE postings SET member = 1 - member", "is not listed"),
        ("UPDATE texts SET canonical = 99", "no canonical document"),
        ("UPDATE texts SET similarity = 0.5", "not what the store says"),
        ("DELETE FROM texts", "not grouped yet"),
    ],
)
def test_tables_that_do_not_agree_are_told(
    store: Store, tmp_path: Path, statement: str, problem: str
) -> None:
    """Each table is held against the texts and the others."""
    groups(store, FAMILY)
    connection = sqlite3.connect(tmp_path / "store.sqlite3")
    connection.execute(statement)
    connection.commit()
    connection.close()
    assert any(problem in each for each in store.damage())
