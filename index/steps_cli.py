"""What several commands do with the store before their own work, with its progress."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from index.home import Home
from index.store import Store


@contextmanager
def opened_store(home: Home, *, create: bool = False) -> Iterator[Store]:
    """Open the store of a home folder and close it again."""
    store = Store(home.store, create=create)
    try:
        yield store
    finally:
        store.close()


def group_rest(store: Store) -> None:
    """Group the documents of an earlier version's store, behind a progress bar."""
    steps = store.groups.rest()
    left = next(steps)
    if not left:
        return
    with click.progressbar(length=left, label="grouping", file=sys.stderr) as bar:
        for now in steps:
            bar.update(left - now)
            left = now


def learn_templates(store: Store) -> None:
    """Learn what repeats across sites, behind a progress bar where it takes time."""
    steps = store.templates.learn()
    last = next(steps, None)
    if last is None:
        return
    with click.progressbar(
        length=last.total, label="site templates", file=sys.stderr
    ) as bar:
        for step in steps:
            bar.update(step.done - last.done)
            last = step
