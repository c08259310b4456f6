"""Taking answers in: documents to the store, outlinks to the frontier, in one go.

Everything an answer changes is committed in one transaction with the row of its
record in the archive. So a crawl that is killed has either taken an answer in or
not heard of it; in the second case its record is found in the archive again.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from crawler.clean import Skipped, SkipReason
from crawler.fetched import Batch, Fetched, Taken
from crawler.frontier import Found, Frontier, State, Visit
from crawler.ingest import Received, Stage
from crawler.markup import parse
from crawler.outlinks import LinkKind, Outlink, outlinks
from crawler.scope import Place, Reason, Scope
from crawler.soft_failures import Failure, soft_failure
from crawler.trap_counts import TrapCounts
from crawler.traps import budgets_of, outcome_keys
from crawler.urls import host_of, resolve
from crawler.verdicts import Verdict, again, judge
from index.content_coding import Payload, payload_of
from index.decode import decode
from index.gone import mark_back, mark_gone
from index.http_message import HttpResponse
from index.store import Outcome, Store

_ABSENT = frozenset({Failure.NOT_FOUND, Failure.HOME})
_NOTHING_NEW = frozenset({Outcome.UNCHANGED, *SkipReason})


class TakingIn:
    """Takes the answers of one crawl in; the one that writes during a crawl."""

    def __init__(
        self,
        store: Store,
        stage: Stage,
        scope: Scope,
        crawl: int,
        *,
        max_bytes: int,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Go on with a crawl.

        Args:
            store: Where everything goes.
            stage: Cleans and stores pages.
            scope: Which outlinks belong to the crawl.
            crawl: Its number.
            max_bytes: Largest page that is kept, without codings.
            clock: Tells Unix time.
        """
        self.store, self._stage, self._scope, self.crawl = store, stage, scope, crawl
        self._max_bytes, self._clock = max_bytes, clock
        self._frontier = Frontier(store.database)
        self._traps = TrapCounts(store.database, crawl)
        self._on_host = Counter(self._frontier.known_by_host(crawl))

    def take(self, batch: Batch) -> list[Taken]:
        """Take a batch in; all of it or, stopped in the middle, nothing."""
        with self.store.transaction():
            self.store.records.add(batch.rows)
            taken = [self._take(fetched) for fetched in batch.fetched]
            self._traps.save()
        return taken

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def follow(self, links: Iterable[Outlink], fetched: Fetched | None = None) -> int:
        """Queue the outlinks of a page, or note why not; tell how many are new."""
        target = fetched.target if fetched else None
        place = Place(
            depth=target.depth if target else 0,
            hops=target.hops if target else 0,
            counts=self._traps.counts,
            this_year=datetime.fromtimestamp(self._clock()).astimezone().year,
        )
        found: dict[str, Found] = {}
        for link in links:
            one = self._found(link, place, target.url if target else None)
            if one and one.url not in found:
                found[one.url] = one
        new = self._frontier.add(
            self.crawl, found.values(), fetched.at if fetched else ""
        )
        for url in new:
            self._on_host[host_of(url)] += 1
            self._traps.add(budget.key for budget in budgets_of(url))
        return len(new)

    def _found(self, link: Outlink, place: Place, referrer: str | None) -> Found | None:
        """Decide on one outlink; what is no address is not noted."""
        host = host_of(link.url) if link.url else ""
        decision = self._scope.decide(
            link, replace(place, host_pages=self._on_host[host])
        )
        if decision.reason in {Reason.NO_ADDRESS, Reason.STATIC, Reason.OFF_SITE}:
            return None
        return Found(
            url=decision.url,
            host=host,
            depth=decision.depth,
            hops=decision.hops,
            referrer=referrer,
            skipped="" if decision.reason is Reason.FOLLOW else decision.reason.value,
            detail=decision.detail,
        )

    def _take(self, fetched: Fetched) -> Taken:
        """Take one answer in."""
        verdict, found, document = judge(fetched), 0, None
        if verdict.is_page and fetched.response:
            verdict, found, document = self._page(fetched, fetched.response)
        elif verdict.location:
            found = self._redirect(fetched, verdict.location)
        self._note(fetched, verdict, document)
        outcome = "retry" if verdict.state is State.QUEUED else verdict.reason
        target = fetched.target
        return Taken(url=target.url, outcome=outcome, found=found)

    def _redirect(self, fetched: Fetched, location: str) -> int:
        """Queue where a redirect leads."""
        url = resolve(fetched.target.url, location)
        link = Outlink(target=location, url=url, kind=LinkKind.REDIRECT)
        return self.follow([link], fetched)

    def _page(
        self, fetched: Fetched, response: HttpResponse
    ) -> tuple[Verdict, int, str | None]:
        """Take a page in: verdict, new addresses, id of its document."""
        payload = payload_of(response, self._max_bytes)
        if len(payload.body) > self._max_bytes:
            detail = f"more than {self._max_bytes:,} bytes"
            return _failed("too-large", detail), 0, None
        url = fetched.target.url
        decoded = decode(payload.body, response.charset)
        tree = parse(decoded.text)
        soft = soft_failure(tree)
        if soft:
            return self._soft(fetched, soft.failure, soft.evidence), 0, None
        links = outlinks(tree, url, encoding=decoded.encoding)
        found = self.follow(links, fetched)
        outcome, document = self._stage.take_in(
            _received(fetched, response, payload), fetched.at
        )
        duplicate = outcome in _NOTHING_NEW and not found
        self._traps.add(outcome_keys(url, duplicate=duplicate))
        return Verdict(state=State.DONE, reason=outcome.value), found, document

    def _soft(self, fetched: Fetched, failure: Failure, evidence: str) -> Verdict:
        """Judge a page that is not what was asked for."""
        if failure in _ABSENT:
            return Verdict(state=State.GONE, reason=failure.value, detail=evidence)
        if failure in {Failure.BLOCKED, Failure.CHALLENGE}:
            return again(fetched, failure.value, evidence)
        return _failed(failure.value, evidence)

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
                etag=_validator(response, "ETag") or target.etag,
                last_modified=_validator(response, "Last-Modified")
                or target.last_modified,
                document=document,
                not_before=self._clock() + verdict.wait_seconds
                if verdict.wait_seconds
                else 0.0,
            ),
        )


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


def _validator(response: HttpResponse | None, name: str) -> str:
    """Give a validator as the server sent it."""
    return response.get(name) if response else ""
