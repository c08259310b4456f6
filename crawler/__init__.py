"""Pages in, documents out: fetch or open, decode, read, clean.

In come bytes of web pages and text renderings, out go ``index.document.Document``
values in the store, or the reason why a page yielded none. What is taken off a
page is kept beside the text with the rule that took it.

Open first: ``clean.py`` (the order of the steps), ``blocks.py`` (what the two
readers ``html.py`` and ``plaintext.py`` hand over), ``site.py`` (site profiles;
the files are in ``sites/``), ``ingest.py`` (the stage itself).
"""
