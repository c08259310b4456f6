"""``wensu serve`` on a free port of loopback, for tests over a real socket."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

from web.cli import main

PAGE = """云溪县2020年统战工作总结

一年来，云溪县委统战部围绕中心、服务大局，走访民营企业四十家，办成实事十二件，群众满意。
"""
_LISTEN = "0A"  # Source: Linux, include/net/tcp_states.h
WENSU = [sys.executable, "-c", "from web.cli import main; main()"]


def make_home(folder: Path) -> Path:
    """Make an archive of one page."""
    page = folder / "page.txt"
    page.write_text(PAGE, "utf-8")
    for command in (["ingest", str(page)], ["index"]):
        done = CliRunner().invoke(main, ["--home", str(folder), *command])
        assert done.exit_code == 0
    return folder


class Served(NamedTuple):
    """A running ``wensu serve``."""

    process: subprocess.Popen[str]
    port: int
    log: Path

    def workers(self) -> set[int]:
        """Give its workers, as the system knows them."""
        task = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return set(map(int, task.read_text("ascii").split()))

    def listening(self) -> int:
        """Count the workers that listen; each has a socket of its own."""
        table = Path("/proc/net/tcp").read_text("ascii")
        return table.count(f":{self.port:04X} 00000000:0000 {_LISTEN}")


def until(holds: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


@contextmanager
def serving(home: Path, workers: int = 2) -> Iterator[Served]:
    """Run ``wensu serve`` until all its workers listen; kill what is left of it."""
    command = [*WENSU, "--home", str(home), "serve", "--port", "0"]
    command += ["--workers", str(workers)]
    log = home / "log.txt"
    with (
        log.open("w", encoding="utf-8") as errors,
        subprocess.Popen(  # noqa: S603 (our own command)
            command, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            assert said.startswith("serving http://127.0.0.1:")
            served = Served(process, int(said.rsplit(":", 1)[1]), log)
            until(lambda: served.listening() == workers)
            yield served
            if process.poll() is None:
                process.terminate()
                assert process.wait(timeout=30) == 0
        finally:
            process.kill()


def ask(port: int, line: bytes) -> tuple[bytes, bytes]:
    """Send one request line; return status line and body."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(line + b"\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    return head.split(b"\r\n")[0], body
