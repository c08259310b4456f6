"""Learning the templates of sites over a whole store, and taking them back."""

from collections.abc import Iterator
from typing import NamedTuple

from index.captures import show_current
from index.database import Database
from index.template_tables import (
    TemplateBlock,
    count_earlier,
    count_unapplied,
    keep_template,
    kept_sites,
    learn_site,
    learnt,
    mark_applied,
    unapplied,
    unlearnt_sites,
)

_BATCH = 50


class Applied(NamedTuple):
    """How many documents a changed template was applied to, of how many in all."""

    done: int
    total: int


class Templates:
    """The templates of a store's sites."""

    def __init__(self, database: Database) -> None:
        """Work on the tables of an open store."""
        self._database = database

    def learn(self) -> Iterator[Applied]:
        """Count the sites that changed, and bring their documents up to date.

        Stopped at any moment, the next call goes on.

        Yields:
            The progress, first with nothing done; nothing where nothing changed.

        Raises:
            StoreLocked: Another process went on writing.
        """
        database = self._database
        while count_earlier(database, _BATCH):
            pass
        for site in unlearnt_sites(database):
            learn_site(database, site)
        done, total = 0, count_unapplied(database)
        if total:
            yield Applied(done, total)
        while batch := unapplied(database, _BATCH):
            with database.transaction():
                for document_id in batch:
                    show_current(database, document_id)
                    mark_applied(database, document_id)
            done += len(batch)
            yield Applied(done, max(done, total))

    def learnt(self) -> list[TemplateBlock]:
        """List what was learnt, by site, the most frequent block first."""
        return learnt(self._database)

    def kept(self) -> list[str]:
        """List the sites whose template is left in their texts."""
        return kept_sites(self._database)

    def keep(self, site: str, *, keep: bool) -> None:
        """Leave a site's template in its texts from now on, or take it out again.

        ``learn`` brings the documents up to date.
        """
        keep_template(self._database, site, keep=keep)
