"""The production server over a real socket."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from web.cli import main

PAGE = """云溪县2020年统战工作总结

一年来，云溪县委统战部围绕中心、服务大局，走访民营企业四十家，办成实事十二件，群众满意。
"""
WENSU = [sys.executable, "-c", "from web.cli import main; main()"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one page."""
    folder = tmp_path_factory.mktemp("served")
    page = folder / "page.txt"
    page.write_text(PAGE, "utf-8")
    for command in (["ingest", str(page)], ["index"]):
        assert (
            CliRunner().invoke(main, ["--home", str(folder), *command]).exit_code == 0
        )
    return folder


@pytest.fixture(scope="module")
def port(home: Path) -> Iterator[int]:
    """The port of a running wensu serve."""
    command = [*WENSU, "--home", str(home), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 (our own command)
        assert process.stdout is not None
        said = process.stdout.readline()
        assert said.startswith("serving http://127.0.0.1:")
        yield int(said.rsplit(":", 1)[1])
        process.terminate()


def ask(port: int, line: bytes) -> tuple[bytes, bytes]:
    """Send one request line; return status line and body."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(line + b"\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    return head.split(b"\r\n")[0], body


def test_han_characters_in_an_address_are_understood(port: int) -> None:
    """A query typed for curl without encoding is the same query."""
    address = "/api/v1/search?q=统战".encode()
    status, body = ask(port, b"GET " + address + b" HTTP/1.1")
    assert status == b"HTTP/1.1 200 OK"
    assert json.loads(body)["query"]["text"] == "统战"


def test_encoded_addresses_stay_what_they_are(port: int) -> None:
    """Percent-encoded bytes are not encoded again."""
    status, body = ask(port, b"GET /api/v1/search?q=%E7%BB%9F%E6%88%98 HTTP/1.1")
    assert status == b"HTTP/1.1 200 OK"
    assert json.loads(body)["query"]["text"] == "统战"


def test_a_taken_port_is_said_in_one_sentence(port: int, home: Path) -> None:
    """Listening where somebody listens already ends with status 1 and advice."""
    arguments = ["--home", str(home), "serve", "--port", str(port)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1
    assert "choose others with --host and --port" in result.output
