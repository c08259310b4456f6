"""Taking answers in: documents to the store, outlinks to the frontier, in one go.

Everything an answer changes is committed in one transaction with the row of its
record in the archive. So a crawl that is killed has either taken an answer in or
not heard of it; in the second case its record is found in the archive again.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from crawler.clean import Skipped, SkipReason
from crawler.fetched import Batch, Fetched, Taken
from crawler.frontier import Frontier
from crawler.ingest import Received, Stage, iso_seconds
from crawler.markup import parse
from crawler.outlinks import LinkKind, Outlink, outlinks
from crawler.scope import Place, Reason, Scope
from crawler.sitemaps import is_sitemap, sitemap_outlinks
from crawler.soft_failures import Failure, SoftFailure, redirected, soft_failure
from crawler.trap_counts import TrapCounts
from crawler.traps import budgets_of, outcome_keys
from crawler.urls import host_of, resolve
from crawler.verdicts import Verdict, again, judge
from crawler.visits import Found, State, Visit
from index.content_coding import Payload, payload_of
from index.decode import decode
from index.gone import mark_back, mark_gone
from index.http_message import HttpResponse
from index.store import Outcome, Store

_ABSENT = frozenset({Failure.NOT_FOUND, Failure.HOME})
_REMEMBERED = 50_000
_UNCHANGED = 304
_LEARN_FIRST, _LEARN_FACTOR = 64, 4
_AGAIN_LATER = frozenset({Failure.BLOCKED, Failure.CHALLENGE})
_NOTHING_NEW = frozenset({Outcome.UNCHANGED, *SkipReason})


@dataclass(frozen=True, slots=True)
class _Came:
    """What came of an answer.

    Attributes:
        verdict: On its address.
        found: Addresses that are new in the queue.
        document: Id of the document it gave.
        near_duplicate: Whether that is new and nearly the same as another.
    """

    verdict: Verdict
    found: int = 0
    document: str | None = None
    near_duplicate: bool = False


class TakingIn:
    """Takes the answers of one crawl in; the one that writes during a crawl."""

    def __init__(  # noqa: PLR0913 (all from the one place that opens a crawl)
        self,
        store: Store,
        stage: Stage,
        scope: Scope,
        crawl: int,
        *,
        max_bytes: int,
        later: bool = False,
    ) -> None:
        """Go on with a crawl.

        Args:
            store: Where everything goes.
            stage: Cleans and stores pages.
            scope: Which outlinks belong to the crawl.
            crawl: Its number.
            max_bytes: Largest page that is kept, without codings.
            later: Leave outlinks for the next crawl, redirects aside.
        """
        self.store, self._stage, self._scope, self.crawl = store, stage, scope, crawl
        self._max_bytes, self._later = max_bytes, later
        self._frontier = Frontier(store.database)
        self._traps = TrapCounts(store.database, crawl)
        self._queued: set[str] = set()
        self._taken, self._learn_at = 0, _LEARN_FIRST

    def take(self, batch: Batch) -> list[Taken]:
        """Take a batch in; all of it or, stopped in the middle, nothing."""
        with self.store.transaction():
            self.store.records.add(batch.rows)
            if not self._later:
                self._frontier.add(self.crawl, map(_seed, batch.sitemaps), _now())
            taken = [self._take(fetched) for fetched in batch.fetched]
            self._traps.save()
        self._learn(len(taken))
        return taken

    def _learn(self, taken: int) -> None:
        """Learn templates early and rarely, so that few texts must be made anew."""
        self._taken += taken
        if self._taken >= self._learn_at:
            self._learn_at = _LEARN_FACTOR * self._taken
            for _ in self.store.templates.learn():
                pass

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def follow(self, links: Iterable[Outlink], fetched: Fetched, *, later: bool) -> int:
        """Queue the outlinks of a page, or note why not; tell how many are new.

        Args:
            links: The outlinks.
            fetched: The page.
            later: Leave them for the next crawl.
        """
        target = fetched.target
        place = Place(
            depth=target.depth,
            hops=target.hops,
            counts=self._traps.counts,
            this_year=datetime.fromtimestamp(time.time()).astimezone().year,
        )
        found: dict[str, Found] = {}
        for link in links:
            key = link.url or ""
            if key in self._queued or key in found:
                continue
            one = self._found(link, place, target.url)
            if one:
                found[key] = one
        new = self._frontier.add(self.crawl, found.values(), fetched.at, later=later)
        for url in new:
            self._traps.add(budget.key for budget in budgets_of(url))
        self._remember(one.url for one in found.values() if not one.skipped)
        return len(new)

    def _remember(self, urls: Iterable[str]) -> None:
        """Remember addresses that were queued, so that most links cost little."""
        if len(self._queued) > _REMEMBERED:
            self._queued.clear()
        self._queued.update(urls)

    def _found(self, link: Outlink, place: Place, referrer: str | None) -> Found | None:
        """Decide on one outlink; what is no address is not noted."""
        decision = self._scope.decide(link, place)
        if decision.reason in {Reason.NO_ADDRESS, Reason.STATIC, Reason.OFF_SITE}:
            return None
        return Found(
            url=decision.url,
            host=host_of(decision.url),
            depth=decision.depth,
            hops=decision.hops,
            referrer=referrer,
            skipped="" if decision.reason is Reason.FOLLOW else decision.reason.value,
            detail=decision.detail,
        )

    def _take(self, fetched: Fetched) -> Taken:
        """Take one answer in."""
        came = _Came(judge(fetched))
        if came.verdict.is_page and fetched.response:
            came = self._page(fetched, fetched.response)
        elif came.verdict.location:
            came = self._redirect(fetched, came.verdict)
        self._note(fetched, came.verdict, came.document)
        again_later = came.verdict.state is State.QUEUED
        return Taken(
            url=fetched.target.url,
            outcome="retry" if again_later else came.verdict.reason,
            found=came.found,
            near_duplicate=came.near_duplicate,
        )

    def _redirect(self, fetched: Fetched, verdict: Verdict) -> "_Came":
        """Queue where a redirect leads; to the home page means that a page is gone."""
        asked = fetched.target.url
        url = resolve(asked, verdict.location)
        if url is None:
            return _Came(_failed("no-location", f"it leads to {verdict.location}"))
        if url == asked:
            detail = "it redirects to itself"
            return _Came(again(fetched, "redirect-loop", detail))
        soft = redirected(asked, url)
        if soft:
            return _Came(self._soft(fetched, soft))
        link = Outlink(target=verdict.location, url=url, kind=LinkKind.REDIRECT)
        return _Came(verdict, found=self.follow([link], fetched, later=False))

    def _page(self, fetched: Fetched, response: HttpResponse) -> "_Came":
        """Take a page in."""
        payload = payload_of(response, self._max_bytes)
        if len(payload.body) > self._max_bytes:
            return _Came(_failed("too-large", f"more than {self._max_bytes:,} bytes"))
        url = fetched.target.url
        if is_sitemap(payload.body):
            pages = sitemap_outlinks(payload.body, url)
            verdict = Verdict(state=State.DONE, reason="sitemap")
            return _Came(verdict, found=self.follow(pages, fetched, later=self._later))
        decoded = decode(payload.body, response.charset)
        tree = parse(decoded.text)
        soft = soft_failure(tree)
        if soft:
            return _Came(self._soft(fetched, soft))
        links = outlinks(tree, url, encoding=decoded.encoding)
        found = self.follow(links, fetched, later=self._later)
        result = self._stage.take_in(_received(fetched, response, payload), fetched.at)
        duplicate = result.outcome in _NOTHING_NEW and not found
        self._traps.add(outcome_keys(url, duplicate=duplicate))
        return _Came(
            Verdict(state=State.DONE, reason=result.outcome.value),
            found=found,
            document=result.document,
            near_duplicate=result.near_duplicate,
        )

    def _soft(self, fetched: Fetched, soft: SoftFailure) -> Verdict:
        """Judge a page that is not what was asked for."""
        reason, evidence = soft.failure, soft.evidence
        if reason in _ABSENT:
            return Verdict(state=State.GONE, reason=reason.value, detail=evidence)
        if reason in _AGAIN_LATER:
            return again(fetched, reason.value, evidence)
        return _failed(reason.value, evidence)

    def _note(self, fetched: Fetched, verdict: Verdict, document: str | None) -> None:
        """Write down what became of the address."""
        response, target = fetched.response, fetched.target
        database = self.store.database
        status = response.status if response else None
        if verdict.state is State.GONE:
            mark_gone(database, target.url, fetched.at, status)
        elif verdict.state is State.DONE and not verdict.location:
            mark_back(database, target.url)
        self._frontier.record(
            self.crawl,
            Visit(
                url=target.url,
                state=verdict.state,
                at=fetched.at,
                reason=verdict.reason,
                detail=verdict.detail,
                status=status,
                etag=_validator(verdict, response, "ETag", target.etag),
                last_modified=_validator(
                    verdict, response, "Last-Modified", target.last_modified
                ),
                document=document,
                not_before=time.time() + verdict.wait_seconds
                if verdict.wait_seconds
                else 0.0,
            ),
        )


def _seed(url: str) -> Found:
    """Queue an address as if the user had named it."""
    return Found(url=url, host=host_of(url), depth=0)


def _now() -> str:
    """Tell the time as it is stored."""
    return iso_seconds(datetime.now(UTC))


def _failed(reason: str, detail: str) -> Verdict:
    """Judge that an address gave no page."""
    return Verdict(state=State.FAILED, reason=reason, detail=detail)


def _received(fetched: Fetched, response: HttpResponse, payload: Payload) -> Received:
    """Hand a page to the cleaner."""
    return Received(
        origin=fetched.target.url,
        url=fetched.target.url,
        payload=payload.body
        or Skipped(SkipReason.NO_TEXT, payload.problem or "the page is empty"),
        status=response.status,
        declared=response.charset,
        at=fetched.at,
        cut_off=payload.problem,
        archived=fetched.archived,
    )


def _validator(
    verdict: Verdict, response: HttpResponse | None, name: str, before: str | None
) -> str | None:
    """Give the validator of the last page, as the server sent it.

    What gave no page has none to go by, and a 304 need not repeat it.
    """
    if verdict.state is not State.DONE or response is None:
        return before
    given = response.get(name)
    return given or (before if response.status == _UNCHANGED else None)
