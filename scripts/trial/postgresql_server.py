"""A PostgreSQL of a trial's own, with the settings of deploy/postgresql; primary, or standby of one.

It syncs to disk, unlike the tests' server: what it promises here, it must keep when it is killed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from trial.account import Account
from trial.story import FailedTrialError


def programs() -> Path | None:
    """The folder of initdb and postgres of the newest version here; None without PostgreSQL."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    return found[-1] if found else None


@dataclass
class PostgresServer:
    """data: its folder. socket: folder of its socket. port: also of the socket's name. hba: the lines of
    pg_hba.conf. included: files of settings, later ones win."""

    account: Account
    data: Path
    socket: Path
    port: int
    hba: str
    included: list[Path] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None

    def create(self) -> None:
        """A new cluster of databases, its superuser named postgres."""
        self._run(
            "initdb",
            "-D",
            str(self.data),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        self.configure()

    def configure(self) -> None:
        """Who may come in, and the included settings."""
        lines = [f"include '{file}'" for file in self.included]
        lines += [f"port = {self.port}", f"unix_socket_directories = '{self.socket}'"]
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.write("\n" + "\n".join(lines) + "\n")
        self._own("pg_hba.conf", self.hba)

    def _own(self, name: str, text: str) -> None:
        file = self.data / name
        file.write_text(text)
        if self.account.owner:
            os.chown(file, *self.account.owner)

    def start(self) -> None:
        """Returns when it answers."""
        postgres = self._program("postgres")
        with (self.data.parent / f"{self.data.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.account.command(postgres, "-D", str(self.data)),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", start_new_session=True,
            )  # fmt: skip
        deadline = time.monotonic() + 60
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise FailedTrialError(f"PostgreSQL {self.data.name} did not start; see its log")
            time.sleep(0.1)

    def answers(self) -> bool:
        """Whether it takes connections."""
        ready = [
            self._program("pg_isready"),
            "-q",
            "-h",
            str(self.socket),
            "-p",
            str(self.port),
            "-U",
            "postgres",
            "-d",
            "postgres",
        ]
        return subprocess.run(ready, check=False).returncode == 0

    def sql(self, statement: str, database: str = "postgres") -> str:
        """What the superuser is answered."""
        where = ["-h", str(self.socket), "-p", str(self.port), "-U", "postgres", "-d", database]
        done = subprocess.run(
            self.account.command(self._program("psql"), "-X", "-A", "-t", "-q", *where, "-c", statement),
            capture_output=True, text=True, check=False, cwd="/",
        )  # fmt: skip
        if done.returncode:
            raise FailedTrialError(f"psql: {done.stderr.strip()}")
        return done.stdout.strip()

    def copy_of(self, primary: PostgresServer, user: str, password: str, name: str) -> None:
        """Become the standby ``name`` of ``primary``, which must run; a slot of that name is made."""
        told = f"user={user} password={password} application_name={name}"
        where = f"host=127.0.0.1 port={primary.port} {told}"
        self._run(
            "pg_basebackup",
            "-D",
            str(self.data),
            "-R",
            "-X",
            "stream",
            "-c",
            "fast",
            "-C",
            "-S",
            name,
            "-d",
            where,
        )
        self.configure()

    def kill(self) -> None:
        """kill -9 of the postmaster; its backends end themselves when they notice."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(30)

    def stop(self) -> None:
        """A fast shutdown."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(60)

    def _program(self, name: str) -> str:
        folder = programs()
        if folder is None:
            raise FailedTrialError(
                "PostgreSQL is not installed (Debian: apt-get install postgresql)"
            )
        return str(folder / name)

    def _run(self, name: str, *words: str) -> None:
        done = subprocess.run(
            self.account.command(self._program(name), *words),
            capture_output=True, text=True, check=False, cwd="/",
        )  # fmt: skip
        if done.returncode:
            raise FailedTrialError(f"{name}: {done.stderr.strip()}")
