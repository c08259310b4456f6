"""The ground floor: what a document is, where it is kept, how text becomes terms.

In come cleaned documents (``crawler`` makes them), out go documents by id and an
index of their terms (``search`` asks it). Nothing here imports another package of
ours.

Open first: ``document.py`` (the data), ``store.py`` (kept on disk),
``analysis.py`` (text to terms; the only one who knows of jieba is
``tokenizer.py``), ``whoosh_schema.py`` (documents as Whoosh sees them),
``build.py`` (store to index), ``home.py`` (every path), ``errors.py``.
"""
