"""What a service is put together from."""

from typing import NamedTuple

from index.analysis import Analyzer
from index.store import Store
from search.completions import LiveCompletions
from search.synonyms import SynonymFiles
from search.texts import FoldedTexts


class Parts(NamedTuple):
    """What a service is made of, beside its engine.

    Attributes:
        store: Has the documents.
        analyzer: Cuts text into words.
        texts: Has the folded texts of documents.
        synonyms: The equivalents in use.
        live: Completions of the index that answers.
    """

    store: Store
    analyzer: Analyzer
    texts: FoldedTexts
    synonyms: SynonymFiles
    live: LiveCompletions
