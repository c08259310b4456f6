"""The codec: posting lists as flat arrays on disk, behind Whoosh's extension point.

In go posting lists made by ``index.inverter``; out come the same lists, read by
NumPy from a memory map. ``segment_file`` states the format of the one file that a
segment has, ``elias_fano`` how a list of numbers is written in it, ``container``
how the file is cut into checked sections; ``whoosh_codec`` is what Whoosh sees.
Open ``segment_file`` first.
"""
