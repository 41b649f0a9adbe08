"""A PostgreSQL server of the tests' own: a free port, an unprivileged user, gone afterwards."""

from __future__ import annotations

import contextlib
import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import psycopg

BINARIES = Path("/usr/lib/postgresql")
USER = "postgres"  # Debian's package makes it; the server refuses to run as root
_NUMBERS = itertools.count(1)
_TEMPLATE = "guide"


class Server:
    """A running server; each database that it gives is a new one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = _free_port()

    @classmethod
    @contextlib.contextmanager
    def started(cls) -> Iterator[Server]:
        """Make a cluster, start it, and take it away in the end."""
        folder = Path(tempfile.mkdtemp(prefix="guide-postgresql-"))
        if os.geteuid() == 0:
            os.chown(folder, pwd.getpwnam(USER).pw_uid, pwd.getpwnam(USER).pw_gid)
        server = cls(folder)
        try:
            server._start()
            yield server
        finally:
            server._run("pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "stop")
            shutil.rmtree(folder, ignore_errors=True)

    def database(self) -> str:
        """Make an empty database, and return its address as AUDIOGUIDE_DATABASE_URL has it."""
        name = f"{_TEMPLATE}_{os.getpid()}_{next(_NUMBERS)}"
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self._address(name).replace("postgresql://", "postgresql+psycopg://")

    def _address(self, name: str) -> str:
        return f"postgresql://{USER}@127.0.0.1:{self._port}/{name}"

    def _start(self) -> None:
        data = str(self._folder / "data")
        self._run("initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-p {self._port} -k {self._folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        log = str(self._folder / "log")
        self._run("pg_ctl", "-D", data, "-l", log, "-w", "-t", "60", "-o", options, "start")

    def _run(self, program: str, *arguments: str) -> None:
        newest = max(BINARIES.glob("*/bin"), key=lambda path: int(path.parent.name))
        command: Sequence[str] = [str(newest / program), *arguments]
        if os.geteuid() == 0:
            command = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", *command]
        subprocess.run(
            command,
            check=True,
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=120,
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
