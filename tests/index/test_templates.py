"""Templates are learnt from the store, applied to new pages, and taken back."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from index.document import Document
from index.site_template import RULE
from index.store import Store
from tests.corpus import make_document, put

SITE = "云溪水务网"
NOTICE = "本站所载信息仅供内部学习交流，转引请联系编辑部。"


def page(number: int, *, notice: bool = True, site: str = SITE) -> Document:
    """Make a page of the site, its notice below the text."""
    texts = [
        f"第{number}号渡口今年运送乡民{number * 37}人次，渡船检修两回。",
        f"渡工{number}人轮值，渡口旁新修候船亭一座，乡民称便。",
    ]
    document = make_document(number, f"渡口{number}", *texts, *([NOTICE] * notice))
    return replace(document, site=site)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open an empty store."""
    store = Store(tmp_path / "store.sqlite3", create=True)
    yield store
    store.close()


def learn(store: Store) -> int:
    """Learn to the end; tell how many documents were looked at."""
    return sum(1 for _ in store.templates.learn())


def noticed(store: Store) -> dict[str, bool]:
    """Tell which documents have the notice in their text."""
    return {name: NOTICE in store.get(name).text for name in store.revisions()}


def test_notice_of_five_pages_leaves_the_text(store: Store) -> None:
    """Four pages keep it, with the fifth it is template of all of them."""
    put(store, map(page, range(1, 5)))
    learn(store)
    assert set(noticed(store).values()) == {True}
    put(store, [page(5)])
    learn(store)
    assert set(noticed(store).values()) == {False}
    document = store.get(page(1).id)
    assert [(each.text, each.rule) for each in document.removed] == [(NOTICE, RULE)]
    (block,) = store.templates.learnt()
    assert (block.site, block.text, block.documents) == (SITE, NOTICE, 5)


def test_known_template_is_applied_when_a_page_comes(store: Store) -> None:
    """A later page of the site need not wait for the next count."""
    put(store, map(page, range(1, 6)))
    learn(store)
    put(store, [page(6)])
    assert NOTICE not in store.get(page(6).id).text
    assert page(6).text == store.get(page(6).id).text + "\n" + NOTICE


def test_other_sites_and_pages_without_a_site_keep_their_text(store: Store) -> None:
    """The same words elsewhere are counted for themselves."""
    put(store, map(page, range(1, 6)))
    put(store, [page(n, site="青陵网") for n in range(6, 10)])
    put(store, [page(n, site="") for n in range(10, 20)])
    learn(store)
    kept = {name for name, has in noticed(store).items() if has}
    assert kept == {page(n).id for n in range(6, 20)}


def test_copies_count_once(store: Store) -> None:
    """Five copies of one text do not make its paragraphs template."""
    put(store, [replace(page(1), id=f"{n:016x}") for n in range(1, 9)])
    learn(store)
    assert set(noticed(store).values()) == {True}
    assert store.templates.learnt() == []


def test_words_of_one_series_are_no_template(store: Store) -> None:
    """A unit that opens its report alike every year keeps its words."""
    opening = (
        "今年以来，全站上下团结一心，服务乡民，保障渡运，安全生产形势持续平稳，"
        "各项工作取得新的进展，现将有关情况报告如下，请予审议。"
    )

    def report(number: int, title: str) -> Document:
        blocks = make_document(number, title, opening, page(number).text).blocks
        return replace(page(number), title=title, blocks=blocks)

    put(store, [report(n, f"渡口站20{n}年工作报告") for n in range(11, 20)])
    learn(store)
    assert store.templates.learnt() == []
    put(store, [report(n, f"{'东西南北中'[n]}渡口站概况") for n in range(5)])
    learn(store)
    assert [block.text for block in store.templates.learnt()] == [opening]


def test_template_that_goes_out_of_use_comes_back(store: Store) -> None:
    """When the pages changed, what is left of the notice is text again."""
    put(store, map(page, range(1, 6)))
    learn(store)
    put(store, [page(n, notice=False) for n in range(1, 3)])
    learn(store)
    assert noticed(store) == {page(n).id: n > 2 for n in range(1, 6)}


def test_page_that_moves_to_another_site_is_counted_there(store: Store) -> None:
    """The site it left is counted anew."""
    put(store, map(page, range(1, 6)))
    learn(store)
    put(store, [page(1, site="青陵网")])
    learn(store)
    assert set(noticed(store).values()) == {True}


def test_keeping_a_template_restores_the_texts(store: Store) -> None:
    """No page is read again, and it can be taken out once more."""
    put(store, map(page, range(1, 6)))
    before = store.revisions()
    learn(store)
    after = store.revisions()
    store.templates.keep(SITE, keep=True)
    learn(store)
    assert store.revisions() == before
    assert store.templates.kept() == [SITE]
    put(store, [page(6)])
    assert NOTICE in store.get(page(6).id).text
    store.templates.keep(SITE, keep=False)
    learn(store)
    assert before.keys() - after.keys() == set()
    assert set(noticed(store).values()) == {False}


def test_learning_goes_on_where_it_was_stopped(store: Store) -> None:
    """What was not reached before is reached by the next call."""
    put(store, map(page, range(1, 121)))
    assert len(list(islice(store.templates.learn(), 2))) == 2
    reached = list(noticed(store).values()).count(False)
    assert 0 < reached < 120
    learn(store)
    assert set(noticed(store).values()) == {False}
    assert learn(store) == 0


def test_same_page_again_changes_nothing(store: Store) -> None:
    """A page without its template is still the page that was put."""
    put(store, map(page, range(1, 6)))
    learn(store)
    state, counts = store.state(), store.counts()
    put(store, map(page, range(1, 6)))
    assert learn(store) == 0
    assert (store.state(), store.counts()) == (state, counts)
