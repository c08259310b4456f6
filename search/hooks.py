"""Where the front door leaves what the commands of this package need of others.

Names of entries in the ``meta`` of a click context: this package knows of no API, no
addresses of ours and no words of the interface.
"""

JSON_ANSWER = "wensu.json_answer"
"""The function that answers as the API does: from a home, the parameters and, if it
is no search, the address to what the API sends."""

JSON_PRECEDENTS = "wensu.json_precedents"
"""The same for precedents: from a home and the body of the request to JSON."""

WHY_LINES = "wensu.why_lines"
"""The function that puts a ``Why`` into lines of words."""

ADDRESSES = "wensu.addresses"
"""The function that gives, of a home, what gives the address of a document."""
