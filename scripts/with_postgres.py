"""Run a command with a PostgreSQL of its own: started for it, gone after it.

    python scripts/with_postgres.py pytest tests

Sets ZHIHUAN_DATABASE_URL for the command. The server lives in a temporary folder, listens on a
loopback port of the system's choice and does not sync to disk: it is for tests. It plans queries as an
installed one does (``deploy/postgresql/zhihuan.conf``). PostgreSQL refuses to run as root, so root runs it
as the account ``postgres`` of the Debian package.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

DEPLOYED = Path(__file__).parents[1] / "deploy/postgresql/zhihuan.conf"
#: What decides how a query is planned and how much of its data stays in memory.
PLANNING = (
    "shared_buffers",
    "effective_cache_size",
    "work_mem",
    "random_page_cost",
    "effective_io_concurrency",
    "jit",
    "max_parallel_workers_per_gather",
)
MISSING = "PostgreSQL is not installed (Debian: apt-get install postgresql)."


def main(command: list[str]) -> int:
    """Run ``command`` and return its exit code; 0 with a word if PostgreSQL is absent, 1 in CI."""
    programs = _programs()
    if programs is None:
        print(f"with_postgres: {MISSING} The command was not run.", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    with tempfile.TemporaryDirectory(prefix="zhihuan-postgres-") as folder:
        return _run_beside_server(programs, Path(folder), command)


def _programs() -> Path | None:
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    return versions[-1] if versions else None


def _run_beside_server(programs: Path, folder: Path, command: list[str]) -> int:
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
    data, port = folder / "data", _free_port()
    as_server = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    initdb = [programs / "initdb", "-D", data, "-U", "zhihuan", "-A", "trust", "-E", "UTF8"]
    subprocess.run(
        [*as_server, *initdb, "--locale=C.UTF-8"], check=True, stdout=subprocess.DEVNULL, cwd=folder
    )
    options = (
        f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off -c synchronous_commit=off "
        f"-c full_page_writes=off -c max_connections=200 {_planning(DEPLOYED.read_text())}"
    )
    control = [*as_server, programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log"]
    subprocess.run(
        [*control, "-o", options, "start"], check=True, stdout=subprocess.DEVNULL, cwd=folder
    )
    url = f"postgres://zhihuan@127.0.0.1:{port}/postgres"
    try:
        environment = {**os.environ, "ZHIHUAN_DATABASE_URL": url}
        return subprocess.run(command, env=environment, check=False).returncode
    finally:
        stop = [*control, "-m", "immediate", "stop"]
        subprocess.run(stop, check=False, stdout=subprocess.DEVNULL, cwd=folder)


def _planning(configuration: str) -> str:
    """The options of ``PLANNING`` as the file has them; KeyError for one that it has not."""
    lines = (line.partition("#")[0].partition("=") for line in configuration.splitlines())
    told = {name.strip(): value.strip() for name, _equals, value in lines}
    return " ".join(f"-c {name}={told[name]}" for name in PLANNING)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
