"""The state of all that an answer is made of, by name."""

from index.store import Store
from search.completions import LiveCompletions
from search.engine import Engine
from search.synonyms import SynonymFiles


def name_state(
    engine: Engine, live: LiveCompletions, synonyms: SynonymFiles, store: Store
) -> str:
    """Name it: index, completions, synonyms and store; a few looks at files.

    Two equal names have equal answers, in whatever process.

    Raises:
        IndexNotUsable: There is no index, or it is stale or broken.
    """
    files = (live.state(), synonyms.state, store.database.file_state())
    return f"{engine.version()} {files}"
