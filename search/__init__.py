"""A query in, results out.

In comes what somebody typed, out go plain results: hits, snippets with marks,
facets, totals. There is no markup in any of it, and nothing here knows of pages
or HTTP.

Open first: ``service.py`` (the one door), ``parser.py`` and ``query.py`` (the
query language), ``whoosh_query.py`` and ``whoosh_engine.py`` (what matches),
``highlight.py`` (marks and snippets), ``results.py`` (the answer). Shared wording:
``precedents.py``, ``similar.py``.
"""
