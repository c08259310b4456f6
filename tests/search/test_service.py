"""Facts about searches as the one door of the package answers them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.analysis import make_analyzer
from index.document import Document, Kind, Script
from index.errors import (
    IndexBroken,
    IndexMissing,
    IndexStale,
    StoreMissing,
    UnknownDocument,
)
from index.fold import fold
from index.generations import live_generation
from index.history import KeptCapture
from index.home import Home
from index.manifest import NAME
from index.whoosh_schema import SCHEMA_VERSION
from search.errors import QuerySyntaxError, RequestError, UnknownField
from search.explanations import Role, TermExplanation
from search.limits import MAX_QUERY, MAX_RESULTS
from search.results import (
    FacetCount,
    Hit,
    Results,
    SearchRequest,
    Sort,
    Span,
)
from search.service import SearchService, open_service
from tests.corpus import (
    CORPUS,
    DEEP,
    build,
    fill,
    holding,
    make_document,
    make_service,
    numbers,
)
from tests.index.invented import sentences


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    """Make an archive of the corpus that no test changes."""
    service = make_service(tmp_path_factory.mktemp("home"))
    yield service
    service.close()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Make a small archive that a test may change."""
    home = Home(tmp_path)
    fill(home, CORPUS[:5])
    build(home)
    return home


def search(service: SearchService, text: str = "", **request: object) -> Results:
    """Search with all hits on one page, if nothing else is said."""
    return service.search(
        replace(SearchRequest(text=text, per_page=100), **request)  # type: ignore[arg-type]  # each test names what it sets
    )


def found(service: SearchService, text: str = "", **request: object) -> set[int]:
    """Search without folding copies; give the numbers of the documents that match."""
    hits = search(service, text, collapse=False, **request).hits
    return numbers(hit.id for hit in hits if not hit.missing)


def only(results: Results) -> Hit:
    """Give the one hit there is."""
    (hit,) = results.hits
    return hit


# -- what a query finds ----------------------------------------------------


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("统战工作", {1, 2, 4, 22}),
        ("統戰工作", {1, 2, 4, 22}),
        ('"战线工作"', {6, 22}),
        ("战线", {2, 6, 21, 22}),
        ("白内障", {6}),
        ('"脱贫攻坚"', {6}),
        ('"脱贫 攻坚"', {7}),
        ("脱贫 攻坚", {6, 7}),
        ("工会", {3, 24}),
        ("統戰 企業", {1, 9, 10, 11}),
        ("统战 -工作", {9, 10, 11, 12, 30}),
        ("工会 OR 蓝莓", {3, 24, 26, 27}),
        ("统战 (乡村 OR 脱贫)", {2, 6}),
        ("-(year:2013..2023)", {24, 25}),
        ("2023", {14, 17}),
        ('"１２５０.5"', set()),
        ('"1,250.5"', {14}),
        ('"98.6%"', {14}),
        ("open data", {15}),
        ('"r&d"', {15}),
        ("𠮷野", {16}),
        ('"😀"', {16}),
        ("买买提·吐尔逊", {29}),
        ("乾隆", {19, 20}),
        ("没有这样的词语", set()),
    ],
)
def test_query_finds(service: SearchService, text: str, documents: set[int]) -> None:
    """Words, strings, AND, OR, NOT and parentheses, in either script and any width."""
    assert found(service, text, synonyms=False) == documents


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ('"统战 工作"~>0', {1, 2, 4, 22}),
        ('"工作 统战"~>0', set()),
        ('"企业 统战"~>5', {9, 11}),
        ('"统战 企业"~>6', {9, 10, 11}),
        ('title:"县 统战 总结"~>10', {1, 2, 4}),
        ('"人 人 人 人"~>0', {30}),
        ('"人 人 人 人 人"~>0', set()),
        ('="統戰"', {4, 11}),
        ("=統戰工作", {4}),
        ('="统战工作"', {1, 2, 22}),
        ("=乾隆", {19, 20}),
        ('="顯著"', set()),
        ('="ＷＴＯ"', {15}),
        ("=(統戰 幹部)", {11}),
        ('="統戰 幹部"~>3', {11}),
        ('="统战 幹部"~3', set()),
        ("統戰 -=統戰", {1, 2, 6, 9, 10, 12, 17, 22, 28, 30}),
        ("title:=統戰", {4}),
        ("标题:(=统战 OR =統戰)", {1, 2, 4, 17, 22}),
        ("工会 或 蓝莓", {3, 24, 26, 27}),
    ],
)
def test_order_and_script_count_where_asked_for(
    service: SearchService, text: str, documents: set[int]
) -> None:
    """~> keeps the order of strings, = their script."""
    assert found(service, text) == documents


@pytest.mark.parametrize("text", ["计划", "計畫", "計劃", "擬訂計畫"])
def test_plan_is_found_as_either_side_of_the_strait_writes_it(
    tmp_path: Path, text: str
) -> None:
    """計畫 on Taiwan, 计划 and 計劃 elsewhere; a quoted string keeps its characters."""
    written = [
        make_document(number, "一則", f"擬訂{word}三項。")
        for number, word in enumerate(("计划", "計畫", "計劃"), 1)
    ]
    service = make_service(tmp_path, written)
    assert found(service, text) == {1, 2, 3}
    assert found(service, '"计划"') == {1, 3}
    assert found(service, '"計畫"') == {2}
    service.close()


def test_marks_stand_where_the_script_is_the_one_sought(tmp_path: Path) -> None:
    """Of a text in both scripts only what was sought is marked, in either place."""
    mixed = make_document(1, "統戰与统战", "统战在前，統戰在後，企业与企業。")
    service = make_service(tmp_path, [mixed])
    hit = only(search(service, '="統戰" 企业'))
    assert hit.title_marks == (Span(0, 2),)
    assert [snippet.marks for snippet in hit.snippets] == [
        (Span(5, 7), Span(10, 12), Span(13, 15))
    ]
    marks = service.marks('="統戰" 企业', mixed)
    assert marks.title == (Span(0, 2),)
    assert marks.blocks == {"b1": (Span(5, 7), Span(10, 12), Span(13, 15))}
    assert only(search(service, "統戰")).title_marks == (Span(0, 2), Span(3, 5))
    service.close()


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("year:2020", SearchRequest(year=(2020,))),
        ("年份:2020", SearchRequest(year=(2020,))),
        ("year:2018..2019", SearchRequest(year_from=2018, year_to=2019)),
        ("year:2022..", SearchRequest(year_from=2022)),
        ("year:..2015", SearchRequest(year_to=2015)),
        ("site:青陵年鉴", SearchRequest(site=("青陵年鉴",))),
        ("site:青陵年鑑", SearchRequest(site=("青陵年鉴",))),
        (
            "site:青陵年鉴 OR site:代码摘录",
            SearchRequest(site=("青陵年鉴", "代码摘录")),
        ),
        ("region:云溪", SearchRequest(region=("云溪",))),
        ("region:林溪", SearchRequest(region=("林溪市",))),
        ("region:林溪市", SearchRequest(region=("林溪",))),
        ("kind:yearbook", SearchRequest(kind=(Kind.YEARBOOK,))),
        ("source:云溪日报", SearchRequest(source=("云溪日报",))),
        ("script:hant", SearchRequest(script=(Script.HANT,))),
        ("complete:false", SearchRequest(complete=False)),
        ("complete:true", SearchRequest(complete=True)),
    ],
)
def test_filter_in_the_query_is_the_filter_of_the_request(
    service: SearchService, text: str, request_: SearchRequest
) -> None:
    """Written or chosen, a filter keeps the same documents, and not all or none."""
    request = replace(request_, per_page=100, collapse=False)
    chosen = numbers(hit.id for hit in service.search(request).hits)
    assert found(service, text) == chosen
    assert 0 < len(chosen) < len(CORPUS)


@pytest.mark.parametrize("site", ["yunxi.example.cn", "WWW.yunxi.example.cn"])
def test_site_is_found_by_its_host(service: SearchService, site: str) -> None:
    """Documents of a host, or of a domain above it."""
    assert found(service, f"site:{site}") == {1, 2, 3}
    assert found(service, "site:example.cn") == {1, 2, 3}
    assert found(service, "site:ample.cn") == set()


def test_title_field_looks_at_titles_only(service: SearchService) -> None:
    """蓝莓 stands in one title and in another text."""
    assert found(service, "title:蓝莓") == {26}
    assert found(service, "蓝莓 -title:蓝莓") == {27}
    assert found(service, '标题:"统战工作"') == {1, 2, 4}


def test_empty_query_lists_everything(service: SearchService) -> None:
    """Without a query every document is a hit, newest known date first."""
    results = search(service, collapse=False)
    assert results.total == len(CORPUS)
    assert results.parsed == ""
    assert results.hits[0].published == "2023-03-04"


@pytest.mark.parametrize(
    ("text", "error", "position"),
    [
        ('统战 "工作', QuerySyntaxError, 3),
        ("统战)", QuerySyntaxError, 2),
        ("统战 zone:甲", UnknownField, 3),
        ("year:去年", QuerySyntaxError, 5),
    ],
)
def test_bad_query_is_an_error_with_a_position(
    service: SearchService, text: str, error: type[QuerySyntaxError], position: int
) -> None:
    """Never an empty page."""
    with pytest.raises(error) as caught:
        search(service, text)
    assert caught.value.position == position


@pytest.mark.parametrize(
    ("request_", "parameter"),
    [
        (SearchRequest(text="字" * (MAX_QUERY + 1)), "q"),
        (SearchRequest(text="\ud800"), "q"),
        (SearchRequest(per_page=0), "per_page"),
        (SearchRequest(per_page=101), "per_page"),
        (SearchRequest(page=0), "page"),
        (SearchRequest(page=MAX_RESULTS // 10 + 1), "page"),
    ],
)
def test_request_outside_the_limits_is_refused(
    service: SearchService, request_: SearchRequest, parameter: str
) -> None:
    """The request is never changed silently; the error names the parameter."""
    with pytest.raises(RequestError) as caught:
        service.search(request_)
    assert caught.value.parameter == parameter


def test_request_at_the_limits_is_answered(service: SearchService) -> None:
    """The longest query, the largest and the deepest page are allowed."""
    assert search(service, "字" * MAX_QUERY).total == 0
    assert search(service, page=MAX_RESULTS // 100).hits == ()


# -- hits ------------------------------------------------------------------


def test_hit_tells_what_is_known_of_the_document(service: SearchService) -> None:
    """Everything but the passages comes from the document."""
    hit = only(search(service, "職工之家"))
    document = CORPUS[2]
    assert hit == Hit(
        id=document.id,
        rank=1,
        score=hit.score,
        title=document.title,
        title_marks=(),
        url=document.url,
        site="云溪党建网",
        published="2022-01",
        year=2021,
        source="云溪日报",
        region="云溪",
        kind=Kind.SUMMARY,
        script=Script.HANS,
        complete=True,
        near_duplicates=0,
        snippets=hit.snippets,
    )
    assert hit.score > 0


def marked(text: str, marks: tuple[Span, ...]) -> list[str]:
    """Cut the marked characters out of a text."""
    return [text[start:end] for start, end in marks]


def test_mark_covers_the_matched_characters_of_the_original(
    service: SearchService,
) -> None:
    """馬克思 is marked whole for 马克思, and 马克思 for 馬克思."""
    for query in ("马克思", "馬克思"):
        hits = {int(hit.id, 16): hit for hit in search(service, query).hits}
        assert set(hits) == {4, 5}
        snippet = hits[4].snippets[0]
        assert marked(snippet.text, snippet.marks) == ["馬克思"]
        assert snippet.section == ("一、理論學習",)
        assert snippet.anchor == "b1"
        assert marked(hits[5].title, hits[5].title_marks) == ["马克思"]


@pytest.mark.parametrize(
    "query", ["统战", "工作 企业", '"，"', "蓝莓 OR 工会", "2023", "乾隆 -统战"]
)
def test_every_mark_is_an_occurrence(service: SearchService, query: str) -> None:
    """Marked characters fold to strings of the query, and every hit has a mark."""
    results = search(service, query, explain=True)
    assert results.explanation
    wanted = {fold(term.text) for term in results.explanation} - {"统战"}
    wanted |= {"统战"} if "-" not in query else set()
    for hit in results.hits:
        marks = marked(hit.title, hit.title_marks)
        for snippet in hit.snippets:
            marks += marked(snippet.text, snippet.marks)
        assert marks
        for mark in marks:
            left = fold(mark)
            for term in wanted:
                left = left.replace(term, "")
            assert left == ""


def test_markup_in_a_text_comes_back_verbatim(service: SearchService) -> None:
    """Data holds characters, never markup: nothing is escaped or stripped."""
    hit = only(search(service, '"<script>alert"'))
    text = CORPUS[11].blocks[0].text
    assert hit.snippets[0].text == text
    assert marked(text, hit.snippets[0].marks) == ["<script>alert"]
    assert "A&amp;B" in hit.snippets[0].text
    assert found(service, '"A&B"') == set()
    assert found(service, '"x < y && y > z"') == {12}


def test_hit_deep_in_a_long_document_has_its_snippet(service: SearchService) -> None:
    """The one mention behind 40,000 characters is shown and marked."""
    hit = only(search(service, '"归国蜂农"'))
    text = CORPUS[12].blocks[0].text
    assert text.index("归国蜂农") >= DEEP
    (snippet,) = hit.snippets
    assert marked(snippet.text, snippet.marks) == ["归国蜂农"]
    assert snippet.text in text
    assert len(snippet.text) <= 240


def test_snippets_come_from_what_was_indexed(home: Home) -> None:
    """A change in the store that is not indexed yet does not move the marks."""
    fill(home, [replace(CORPUS[4], title="全换了", blocks=())])
    service = open_service(home)
    hit = only(search(service, "教员六名"))
    assert marked(hit.snippets[0].text, hit.snippets[0].marks) == ["教员", "六名"] or (
        marked(hit.snippets[0].text, hit.snippets[0].marks) == ["教员六名"]
    )
    assert hit.title == CORPUS[4].title
    service.close()


def test_document_without_a_title_is_a_hit(service: SearchService) -> None:
    """Its title is empty and has no marks."""
    hit = only(search(service, "会议室"))
    assert (hit.title, hit.title_marks) == ("", ())
    assert hit.snippets[0].text.startswith("没有标题的一页")


# -- order, pages, copies --------------------------------------------------


def test_newest_and_oldest_put_unknown_dates_last(service: SearchService) -> None:
    """A document of which neither date nor year is known ends both orders."""
    newest = search(service, sort=Sort.NEWEST, collapse=False)
    oldest = search(service, sort=Sort.OLDEST, collapse=False)
    for results in (newest, oldest):
        assert numbers(hit.id for hit in results.hits[-2:]) == {24, 25}
    assert int(newest.hits[0].id, 16) == 14
    assert int(oldest.hits[0].id, 16) == 28
    dated = [hit.published for hit in newest.hits if len(hit.published or "") == 10]
    assert dated == sorted(dated, key=str, reverse=True)


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("collapse", [True, False])
@pytest.mark.parametrize("text", ["", "统战", "工作 OR 企业"])
def test_pages_together_are_the_whole(
    service: SearchService, text: str, sort: Sort, *, collapse: bool
) -> None:
    """No hit twice, none missing, ranks counted through, asked twice or once."""
    whole = search(service, text, sort=sort, collapse=collapse)
    pages = [
        search(service, text, sort=sort, collapse=collapse, per_page=4, page=page)
        for page in range(1, whole.total // 4 + 3)
    ]
    hits = [hit for page in pages for hit in page.hits]
    assert hits == list(whole.hits)
    assert [hit.rank for hit in hits] == list(range(1, whole.total + 1))
    assert {page.total for page in pages} == {whole.total}
    assert all(page.facets == whole.facets for page in pages)


def test_copies_are_folded_into_the_best_of_them(service: SearchService) -> None:
    """Three copies in two scripts are one hit that tells of two more."""
    folded = search(service, "走访企业")
    hit = only(folded)
    assert (folded.total, folded.total_documents, hit.near_duplicates) == (1, 3, 2)
    apart = search(service, "走访企业", collapse=False)
    assert (apart.total, apart.total_documents) == (3, 3)
    assert apart.hits[0].id == hit.id
    assert {hit.near_duplicates for hit in apart.hits} == {0}


def test_near_duplicates_are_folded(tmp_path: Path) -> None:
    """A cut and an edited text are in the hit of the whole one, as the store has it."""
    parts = sentences(1)
    texts = ["".join(parts), "".join(parts[:7]), "".join([*parts[2:], "又及。"])]
    made = [make_document(n, "渡口检修", text) for n, text in enumerate(texts, 1)]
    service = make_service(tmp_path / "alike", made)
    folded = search(service, "渡口检修")
    hit = only(folded)
    assert (folded.total, folded.total_documents, hit.near_duplicates) == (1, 3, 2)
    view = service.document(made[1].id)
    assert view.canonical == made[0].id
    assert view.near_duplicates[0].id == made[0].id
    assert view.near_duplicates[0].relation == "fuller"
    service.close()


def test_copies_that_do_not_match_are_not_counted(service: SearchService) -> None:
    """A filter leaves one of the three copies; it stands for itself."""
    hit = only(search(service, "走访企业", script=(Script.HANT,)))
    assert (int(hit.id, 16), hit.near_duplicates) == (11, 0)


# -- facets ----------------------------------------------------------------


def test_facets_count_the_hits(service: SearchService) -> None:
    """Every value that has a name, most frequent first, years latest first."""
    facets = search(service, "蓝莓 OR 工会", collapse=False).facets
    assert facets["year"] == (
        FacetCount(value=2022, count=2),
        FacetCount(value=2021, count=1),
    )
    assert facets["site"] == (
        FacetCount(value="云溪党建网", count=2),
        FacetCount(value="青陵年鉴", count=1),
    )
    assert facets["complete"] == (FacetCount(value=True, count=4),)


@pytest.mark.parametrize("collapse", [True, False])
@pytest.mark.parametrize(
    "base",
    [
        SearchRequest(),
        SearchRequest(text="统战"),
        SearchRequest(text="工作 OR 企业", site=("云溪党建网",), year=(2021,)),
        SearchRequest(year_from=2020, script=(Script.HANS,)),
        SearchRequest(text="-统战", complete=True, region=("青陵",)),
    ],
)
def test_facet_count_is_the_total_one_gets_by_choosing_it(
    service: SearchService, base: SearchRequest, *, collapse: bool
) -> None:
    """Choosing a value in place of the facet's own filter gives as many hits."""
    base = replace(base, collapse=collapse)
    for name, counts in service.search(base).facets.items():
        for facet in counts:
            chosen = _choose(base, name, facet)
            assert service.search(chosen).total == facet.count, (name, facet)


def _choose(base: SearchRequest, name: str, facet: FacetCount) -> SearchRequest:
    """Replace a facet's filter by one value."""
    if name == "complete":
        return replace(base, complete=bool(facet.value))
    without = replace(base, year_from=None, year_to=None) if name == "year" else base
    return replace(without, **{name: (facet.value,)})  # type: ignore[arg-type]  # the facets are named like the filters


def test_facet_is_counted_without_its_own_filter(service: SearchService) -> None:
    """With one year chosen the other years can still be seen."""
    every = search(service, "统战").facets["year"]
    chosen = search(service, "统战", year=(2020,))
    assert chosen.facets["year"] == every
    assert len(every) > 1
    assert sum(facet.count for facet in chosen.facets["site"]) == chosen.total


# -- explanation, pending, documents, health -------------------------------


def test_explanation_counts_the_documents_of_each_term(service: SearchService) -> None:
    """Words and strings as typed, excluded ones too; only when asked for."""
    results = search(service, '統戰 -"工作" OR 統戰', explain=True, synonyms=False)
    assert results.explanation == (
        TermExplanation(
            text="統戰", folded="统战", documents=len(holding(CORPUS, "统战"))
        ),
        TermExplanation(
            text="工作",
            folded="工作",
            documents=len(holding(CORPUS, "工作")),
            role=Role.EXACT,
            excluded=True,
        ),
    )
    assert search(service, "統戰").explanation is None


def test_parsed_query_finds_the_same(service: SearchService) -> None:
    """What the query was understood as can be typed in its place."""
    for text in ("统战工作 -企业", '"甲 乙" OR 蓝莓', "title:(统战 工作)", "標題:統戰"):
        results = search(service, text)
        again = search(service, results.parsed)
        assert [hit.id for hit in again.hits] == [hit.id for hit in results.hits]
        assert again.parsed == results.parsed


def test_pending_counts_what_the_index_does_not_have_yet(home: Home) -> None:
    """New and changed documents are pending until the next build."""
    service = open_service(home)
    assert search(service).pending == 0
    changed = replace(CORPUS[0], title="改过")
    fill(home, [changed, *CORPUS[5:8]])
    assert search(service).pending == service.health().pending == 4
    build(home)
    assert search(service).pending == service.health().pending == 0
    assert search(service).total == 8
    service.close()


def test_documents_that_the_store_lost_are_pending_too(home: Home) -> None:
    """Of five indexed documents four are in another store, and one is gone."""
    home.store.unlink()
    fill(home, CORPUS[:4])
    service = open_service(home)
    assert service.health().pending == 5
    service.close()


def test_document_is_shown_with_captures_and_copies(service: SearchService) -> None:
    """A copy in the other script is told apart from one in the same."""
    view = service.document(CORPUS[8].id)
    assert view.document == CORPUS[8]
    assert [type(capture) for capture in view.captures] == [KeptCapture]
    related = {int(copy.id, 16): copy.relation for copy in view.near_duplicates}
    assert related == {10: "copy", 11: "other-script"}
    assert view.canonical == CORPUS[8].id
    with pytest.raises(UnknownDocument):
        service.document("0" * 16 + "x")


@pytest.mark.parametrize("document", CORPUS, ids=lambda document: document.id[-2:])
def test_marks_of_a_document_are_all_occurrences(
    service: SearchService, document: Document
) -> None:
    """Every place of every word, in the title and in each block."""
    query = "统战 OR 工作 OR title:总结 -企业"
    marks = service.marks(query, document, synonyms=False)
    for block in document.blocks:
        folded = fold(block.text)
        covered = {
            place
            for start, end in marks.blocks.get(block.anchor, ())
            for place in range(start, end)
        }
        assert covered == {
            at + offset
            for word in ("统战", "工作")
            for at in range(len(folded))
            if folded.startswith(word, at)
            for offset in range(len(word))
        }
    assert ("总结" in document.title) <= (
        "总结" in "".join(marked(document.title, marks.title))
    )


def test_health_is_ok_on_a_fresh_index(service: SearchService) -> None:
    """With version and number of documents."""
    health = service.health()
    assert (health.ok, health.state, health.detail) == (True, "ok", "")
    assert health.documents == len(CORPUS)
    assert health.index_version == search(service).index_version


def test_health_names_the_state_of_the_index(tmp_path: Path) -> None:
    """Missing, then ok, stale and broken: a word and what to do."""
    home = Home(tmp_path)
    fill(home, CORPUS[:2])
    service = open_service(home)
    states = [service.health().state]
    with pytest.raises(IndexMissing):
        search(service)
    build(home)
    states.append(service.health().state)
    manifest = live_generation(home.index) / NAME
    built_with = f'"schema":"{SCHEMA_VERSION}"'
    manifest.write_text(manifest.read_text().replace(built_with, '"schema":"0"'))
    fresh = open_service(home)
    states.append(fresh.health().state)
    with pytest.raises(IndexStale):
        search(fresh)
    manifest.write_text("{")
    states.append(fresh.health().state)
    with pytest.raises(IndexBroken):
        search(fresh)
    assert states == ["missing", "ok", "stale", "broken"]
    assert fresh.health().pending == 2
    assert "wensu index --rebuild" in fresh.health().detail
    fresh.close()
    service.close()


def test_health_never_raises(home: Home) -> None:
    """A store that was damaged under the running service is told, not raised."""
    service = open_service(home)
    for name in ("store.sqlite3-wal", "store.sqlite3-shm"):
        (home.folder / name).unlink(missing_ok=True)
    home.store.write_bytes(b"not a database" * 1000)
    health = service.health()
    assert (health.ok, health.state) == (False, "store")
    service.close()


def test_archive_that_is_not_there_cannot_be_opened(tmp_path: Path) -> None:
    """The error says how to make one."""
    with pytest.raises(StoreMissing, match="wensu ingest"):
        open_service(Home(tmp_path / "none"))


def test_words_of_the_user_are_words_of_the_query(home: Home) -> None:
    """With the word in the dictionary a query is no longer cut in two."""
    service = open_service(home)
    assert len(make_analyzer().words("教员六名")) > 1
    service.close()
    (home.folder / "dictionaries").mkdir()
    (home.folder / "dictionaries" / "mine.txt").write_text("教员六名\n", "utf-8")
    build(home, rebuild=True)
    taught = open_service(home)
    results = search(taught, "教员六名", explain=True)
    assert [term.text for term in results.explanation or ()] == ["教员六名"]
    taught.close()


def test_incomplete_documents_say_so(service: SearchService) -> None:
    """A hit of which the page gave only a part is marked as such."""
    hits = search(service, "complete:false").hits
    assert {hit.complete for hit in hits} == {False}
    assert numbers(hit.id for hit in hits) == {17, 18}
