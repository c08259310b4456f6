"""What is covered of each site: addresses known, fetched, refused; documents kept.

A crawl knows hosts, a reader knows sites. The addresses of a host count for the site
that most documents of the host name, or for the host itself while there is none.
Documents count for the site they name, whether a crawl or a file brought them.

Every address is in one of the states of the frontier, so ``found`` is the sum of
``fetched``, ``failures``, ``skips`` and ``queued``.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from typing import Final

from index.fold import fold

Counts = Mapping[str, int]
_REMEMBERED: Final = 256
_COLUMNS: Final = (
    *("kept", "imported", "duplicate", "found", "fetched", "unchanged", "vanished"),
    *("failures", "skips", "queued"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCoverage:
    """What is covered of one site, or of several together.

    Attributes:
        site: Name of the site; its host where no document names it; empty for
            documents without either.
        hosts: Hosts whose addresses are counted.
        answered: Addresses that gave a page, by what came of it: ``new``,
            ``changed``, ``unchanged``, ``redirect``, or why it is no document.
        vanished: Addresses whose page is gone.
        failed: Addresses that gave no page, by reason.
        skipped: Addresses not fetched by a rule, by reason.
        queued: Addresses still to be fetched.
        kept: Documents in the store.
        imported: Those of them that no crawl brought.
        duplicate: Those of them that say what another document says.
        years: Documents by the year they are about; 0 where it is not known.
        first_fetched: When the first and ...
        last_fetched: ... the last address was fetched, ISO 8601 in UTC.
        last_finished: When the last crawl that is over ended.
    """

    site: str
    hosts: tuple[str, ...] = ()
    answered: Counts = field(default_factory=dict)
    vanished: int = 0
    failed: Counts = field(default_factory=dict)
    skipped: Counts = field(default_factory=dict)
    queued: int = 0
    kept: int = 0
    imported: int = 0
    duplicate: int = 0
    years: Mapping[int, int] = field(default_factory=dict)
    first_fetched: str | None = None
    last_fetched: str | None = None
    last_finished: str | None = None

    @property
    def fetched(self) -> int:
        """Addresses whose server answered for the page, gone ones included."""
        return sum(self.answered.values()) + self.vanished

    @property
    def unchanged(self) -> int:
        """Addresses whose page was as it had been."""
        return self.answered.get("unchanged", 0)

    @property
    def failures(self) -> int:
        """Addresses that gave no page."""
        return sum(self.failed.values())

    @property
    def skips(self) -> int:
        """Addresses not fetched by a rule."""
        return sum(self.skipped.values())

    @property
    def found(self) -> int:
        """Addresses that are known."""
        return self.fetched + self.failures + self.skips + self.queued

    @property
    def complete(self) -> bool:
        """Whether all that is known and wanted was fetched; false where nothing is."""
        known = self.found or self.kept
        return bool(known) and not self.queued and not self.failures


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Coverage:
    """What is covered at one time; compared and hashed by identity.

    Attributes:
        sites: The sites, those with most documents first.
    """

    sites: tuple[SiteCoverage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What is covered of the sites that go by some names.

    Attributes:
        sites: The sites.
        total: All of them together.
    """

    sites: tuple[SiteCoverage, ...]
    total: SiteCoverage


def together(site: str, parts: Iterable[SiteCoverage]) -> SiteCoverage:
    """Add coverages up under one name."""
    return reduce(_add, parts, SiteCoverage(site=site))


def by_site(parts: Iterable[SiteCoverage]) -> Coverage:
    """Add up the coverages that have the same name."""
    groups: dict[str, list[SiteCoverage]] = {}
    for part in parts:
        groups.setdefault(part.site, []).append(part)
    sites = [together(site, group) for site, group in groups.items()]
    ordered = sorted(sites, key=lambda one: (-one.kept, -one.found, one.site))
    return Coverage(sites=tuple(ordered))


@lru_cache(maxsize=_REMEMBERED)
def reach(coverage: Coverage, names: tuple[str, ...] = ()) -> Reach:
    """Add up the sites that go by one of some names, or have a host in such a domain.

    Without names every site counts. Each search asks this; adding up takes longer
    than a search, so it is done once.
    """
    wanted = {fold(name).strip() for name in names}
    sites = tuple(
        site
        for site in coverage.sites
        if not wanted or not wanted.isdisjoint(_names(site))
    )
    return Reach(sites=sites, total=together("", sites))


def lines_of(coverage: Coverage) -> Iterator[str]:
    """Write what is covered of each site, one line each, reasons below it."""
    yield "\t".join(("site", *_COLUMNS, "last_fetched"))
    for site in coverage.sites:
        counts = (f"{getattr(site, column):,}" for column in _COLUMNS)
        yield "\t".join((site.site or "-", *counts, site.last_fetched or "-"))
        for what, reasons in (("failed", site.failed), ("skipped", site.skipped)):
            told = ", ".join(f"{reason} {n:,}" for reason, n in reasons.items())
            if told:
                yield f"  {what}: {told}"


def _names(site: SiteCoverage) -> Iterator[str]:
    """List what a site goes by: its name, its hosts and their parent domains."""
    yield fold(site.site)
    for host in site.hosts:
        yield host
        labels = host.partition(":")[0].split(".")
        yield from (".".join(labels[first:]) for first in range(len(labels) - 1))


def _add(one: SiteCoverage, other: SiteCoverage) -> SiteCoverage:
    """Add two coverages up."""
    return SiteCoverage(
        site=one.site,
        hosts=tuple(sorted({*one.hosts, *other.hosts})),
        answered=_sum(one.answered, other.answered),
        vanished=one.vanished + other.vanished,
        failed=_sum(one.failed, other.failed),
        skipped=_sum(one.skipped, other.skipped),
        queued=one.queued + other.queued,
        kept=one.kept + other.kept,
        imported=one.imported + other.imported,
        duplicate=one.duplicate + other.duplicate,
        years=dict(sorted((Counter(one.years) + Counter(other.years)).items())),
        first_fetched=min(_known(one.first_fetched, other.first_fetched), default=None),
        last_fetched=max(_known(one.last_fetched, other.last_fetched), default=None),
        last_finished=max(_known(one.last_finished, other.last_finished), default=None),
    )


def _sum(one: Counts, other: Counts) -> Counts:
    """Add counts up, the most frequent reason first."""
    return dict((Counter(one) + Counter(other)).most_common())


def _known(*times: str | None) -> list[str]:
    """Keep the times that are known."""
    return [time for time in times if time is not None]
