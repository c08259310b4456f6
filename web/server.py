"""The production server: waitress, with addresses as people type them."""

import re
import socket
from collections.abc import Callable
from typing import Any

import waitress
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser

_RAW = re.compile(rb"[\x80-\xff]")


class Parser(HTTPRequestParser):  # type: ignore[misc]  # waitress is untyped
    """Reads requests; Han characters in the address need not be percent-encoded.

    An address has only ASCII characters (RFC 3986), and programs write it so, but
    who types one for curl does not. Other servers take the bytes as they are.
    """

    def parse_header(self, header_plus: bytes) -> None:
        """Percent-encode the request line's raw bytes, then read the header."""
        line, end, rest = header_plus.partition(b"\r\n")
        encoded = _RAW.sub(lambda byte: b"%%%02X" % byte.group()[0], line)
        super().parse_header(encoded + end + rest)


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress is untyped
    """A connection that reads requests as above."""

    parser_class = Parser


class Server:
    """Listens, and serves until it is stopped."""

    def __init__(
        self, app: Callable[..., Any], *, host: str, port: int, threads: int
    ) -> None:
        """Begin to listen.

        Args:
            app: The WSGI application.
            host: Address or name to listen on.
            port: TCP port, 0 for any free one.
            threads: Requests answered at the same time.

        Raises:
            OSError: The port is taken or the address is not this machine's.
        """
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family, backlog=1024)
        self._server = waitress.create_server(app, sockets=[listening], threads=threads)
        self._server.channel_class = Channel
        name, number = listening.getsockname()[:2]
        self.address = f"http://{f'[{name}]' if ':' in name else name}:{number}"

    def run(self) -> None:
        """Serve until interrupted."""
        self._server.run()

    def close(self) -> None:
        """Stop listening; requests under way are finished."""
        self._server.close()
