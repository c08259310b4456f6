"""From matches to hits: title, snippets and marks, from the text that was indexed."""

from collections.abc import Iterator, Sequence

from index.history import Gone
from index.store import Store
from search.engine import Match
from search.explanations import ScorePart
from search.highlight import choose_snippets, find_marks
from search.partial import Given, missing_words
from search.results import Hit
from search.sought import PositiveStrings
from search.texts import FoldedText, FoldedTexts
from search.verbatim import to_mark


class HitDescriber:
    """Describes matches."""

    def __init__(self, store: Store, texts: FoldedTexts) -> None:
        """Take where the documents are."""
        self._store = store
        self._texts = texts

    def __call__(
        self,
        matches: Sequence[Match],
        first: int,
        sought: PositiveStrings,
        words: Sequence[Given] = (),
    ) -> tuple[Hit, ...]:
        """Describe matches from the revisions that were indexed.

        Args:
            matches: What an engine found.
            first: The rank of the first.
            sought: What is marked in them.
            words: Words of which some may be missing.
        """
        texts = self._texts.of_all([each.revision for each in matches])
        gone = self._store.history.gone(text.head.id for text in texts)
        pairs = zip(matches, texts, strict=True)
        return tuple(
            _hit(match, text, rank, sought, words, gone.get(text.head.id))
            for rank, (match, text) in enumerate(pairs, first)
        )


def _hit(  # noqa: PLR0913, PLR0917 (what a hit is made of)
    match: Match,
    text: FoldedText,
    rank: int,
    sought: PositiveStrings,
    words: Sequence[Given],
    gone: Gone | None,
) -> Hit:
    """Describe one match from its text."""
    document = text.head
    text, sought, folding = to_mark(text, sought)
    in_title = (*sought.everywhere, *sought.title)
    return Hit(
        id=document.id,
        rank=rank,
        score=match.score,
        title=document.title,
        title_marks=find_marks(text.title, in_title, folding),
        url=document.url,
        site=document.site,
        published=document.published,
        year=document.year,
        source=document.publisher,
        region=document.region,
        kind=document.kind,
        script=document.script,
        complete=document.completeness.complete,
        near_duplicates=match.near_duplicates,
        snippets=choose_snippets(
            text.text, text.some_blocks, sought.everywhere, folding=folding
        ),
        gone=gone.at if gone else None,
        missing=missing_words(words, text.holds),
    )


def closeness_parts(match: Match) -> Iterator[ScorePart]:
    """List what closeness adds to a score."""
    for name, score in (("passage", match.passage), ("title", match.title)):
        if score:
            yield ScorePart(name, "", "", "", score)
