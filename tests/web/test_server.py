"""The production server over a real socket."""

import json
import os
import re
import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner

from tests.web.served import Served, ask, make_home, serving, until
from web.cli import main


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one page."""
    return make_home(tmp_path_factory.mktemp("served"))


@pytest.fixture(scope="module")
def served(home: Path) -> Iterator[Served]:
    """A server of two workers."""
    with serving(home) as served:
        yield served


@pytest.fixture
def port(served: Served) -> int:
    """The port it listens on."""
    return served.port


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


def test_oldest_clients_are_answered(port: int) -> None:
    """HTTP/1.0 has no Host header; what is linked has the address listened on."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(b"GET /opensearch.xml HTTP/1.0\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert answer.startswith(b"HTTP/1.0 200 OK\r\n")
    assert f"http://127.0.0.1:{port}/search".encode() in answer


def test_a_taken_port_is_said_in_one_sentence(port: int, home: Path) -> None:
    """Listening where somebody listens already ends with status 1 and advice."""
    arguments = ["--home", str(home), "serve", "--port", str(port)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1
    assert "choose others with --host and --port" in result.output


def test_head_of_a_page_has_no_body(port: int) -> None:
    """HEAD is answered like GET, and nothing follows the head."""
    status, body = ask(port, b"HEAD /search HTTP/1.1")
    assert (status, body) == (b"HTTP/1.1 200 OK", b"")


def test_requests_of_all_workers_are_counted_together(served: Served) -> None:
    """Whichever worker is asked for the metrics, it tells of all requests."""
    for _ in range(20):
        ask(served.port, b"GET /openapi.json HTTP/1.1")
    counted = b'wensu_requests_total{route="/openapi.json",status="200"} 20\n'
    texts = [ask(served.port, b"GET /metrics HTTP/1.1")[1] for _ in range(6)]
    assert all(counted in text for text in texts)
    assert texts[0].count(b'kind="resident"') == 2


def test_each_request_is_a_line_of_the_log_without_what_was_sought(
    served: Served,
) -> None:
    """The log has method, path, status, time, bytes and client; not the query."""
    ask(served.port, "GET /search?q=秘密&page=1 HTTP/1.1".encode())
    ask(served.port, b"GET /%0Anone HTTP/1.1")
    until(lambda: "path=/%0Anone status=404" in served.log.read_text("utf-8"))
    log = served.log.read_text("utf-8")
    assert re.search(
        r"method=GET path=/search status=200 ms=[\d.]+ bytes=\d+ client=127.0.0.1\n",
        log,
    )
    assert "秘密" not in log
    assert "%E7%A7%98" not in log


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"GET /api/v1/search?q=" + b"x" * 70_000 + b" HTTP/1.1", b"414"),
        (b"GET /api/v1/search HTTP/1.1" + b"\r\nX: 1" * 200, b"431"),
    ],
)
def test_what_is_refused_unread_is_declared(
    port: int, line: bytes, status: bytes
) -> None:
    """The server answers before the application can: its statuses are described."""
    assert ask(port, line)[0].split()[1] == status
    described = json.loads(ask(port, b"GET /openapi.json HTTP/1.1")[1])
    for methods in described["paths"].values():
        for operation in methods.values():
            assert status.decode() in operation["responses"]


def test_worker_that_is_killed_is_started_again(home: Path) -> None:
    """The other one answers meanwhile, and what it counted is kept."""
    with serving(home) as served:
        counted = b'wensu_requests_total{route="/help",status="200"} 1\n'

        def metrics() -> bytes:
            return ask(served.port, b"GET /metrics HTTP/1.1")[1]

        before = served.workers()
        ask(served.port, b"GET /help HTTP/1.1")
        until(lambda: counted in metrics())
        os.kill(min(before), signal.SIGKILL)
        until(lambda: len(served.workers() - before) == 1)
        until(lambda: metrics().count(b'kind="resident"') == 2)
        assert counted in metrics()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_ends_all_processes_with_status_0(
    home: Path, number: signal.Signals
) -> None:
    """No worker is left, and stopping is no failure."""
    with serving(home) as served:
        workers = served.workers()
        served.process.send_signal(number)
        assert served.process.wait(timeout=30) == 0
        assert not any(Path(f"/proc/{worker}").exists() for worker in workers)


def test_workers_end_when_the_first_process_is_killed(home: Path) -> None:
    """No worker goes on without the one that watches it."""
    with serving(home) as served:
        workers = served.workers()
        served.process.kill()
        served.process.wait()
        until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))


def test_store_that_is_taken_away_is_told_and_not_made_anew(
    home: Path, tmp_path: Path
) -> None:
    """What needs it is refused with a sentence; an empty one would hide the loss."""
    folder = tmp_path / "home"
    copytree(home, folder)
    with serving(folder) as served:
        body = ask(served.port, b"GET /api/v1/search HTTP/1.1")[1]
        [hit] = json.loads(body)["hits"]
        for file in folder.glob("store.sqlite3*"):
            file.unlink()
        line = f"GET /api/v1/documents/{hit['id']}/cite HTTP/1.1".encode()
        answers = [ask(served.port, line) for _ in range(40)]
        assert not (folder / "store.sqlite3").exists()
    refused = [json.loads(body) for status, body in answers if b"503" in status]
    assert {problem["type"] for problem in refused} == {"/problems/store-not-usable"}
    assert {problem["status"] for problem in refused} == {503}


def test_new_index_is_answered_from_without_a_failed_request(home: Path) -> None:
    """While generations are made, swapped in and removed, every search succeeds."""
    with serving(home) as served:
        statuses, versions, stop = set[bytes](), set[str](), threading.Event()

        def search() -> None:
            while not stop.is_set():
                status, body = ask(served.port, b"GET /api/v1/search?q=x HTTP/1.1")
                statuses.add(status)
                versions.add(json.loads(body)["index_version"])

        askers = [threading.Thread(target=search) for _ in range(4)]
        for asker in askers:
            asker.start()
        until(lambda: len(versions) == 1)
        for _ in range(3):
            seen = len(versions)
            rebuild = ["--home", str(home), "index", "--rebuild"]
            assert CliRunner().invoke(main, rebuild).exit_code == 0
            until(lambda seen=seen: len(versions) > seen)  # type: ignore[misc]
        stop.set()
        for asker in askers:
            asker.join()
    assert statuses == {b"HTTP/1.1 200 OK"}
