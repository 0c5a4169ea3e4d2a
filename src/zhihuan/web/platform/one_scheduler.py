"""Of many processes of one installation, one does the periodic work; when it goes, another takes over.

On PostgreSQL the turn is an advisory lock that a connection of its own holds: it is free when the process,
its machine or the database has gone. On SQLite there is one process, and it always has the turn. What is
under way when a lock is lost is finished; every job may be done twice without harm.

It refuses to wait: whoever does not have the turn asks again at the next run of a job.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import structlog
from django.db import connection

from zhihuan.telemetry.scheduler import PeriodicJob

_log = structlog.get_logger(__name__)
#: The number of the lock: any, but the same in every version.
LOCK = 0x7A68_6968
#: A machine that lost its power says nothing; the server notices within half a minute.
_NOTICED = "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"


class Turn:
    """``mine()`` tells whether this process has the turn, and takes it when it is free. Any thread."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._session: Any = None
        self._was_mine = False

    def mine(self) -> bool:
        """Raises what the driver raises when the database does not answer."""
        if connection.vendor != "postgresql":
            return True
        with self._guard:
            found = self._still_held() or self._taken()
            if found != self._was_mine:
                _log.info("periodic_work_is_ours" if found else "periodic_work_is_anothers")
            self._was_mine = found
            return found

    def give_up(self) -> None:
        """Let another take over at once."""
        with self._guard:
            self._close()

    def _still_held(self) -> bool:
        if self._session is None or not self._was_mine:
            return False
        try:
            self._session.execute("SELECT 1")
        except connection.Database.Error:
            self._close()
            return False
        return True

    def _taken(self) -> bool:
        try:
            if self._session is None:
                self._session = self._connected()
            (took,) = self._session.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone()
        except connection.Database.Error:
            self._close()
            raise
        return bool(took)

    @staticmethod
    def _connected() -> Any:
        params = connection.get_connection_params()
        given = params.get("options", "")
        wanted = {"autocommit": True, "options": f"{given} {_NOTICED}".strip()}
        for name in ("cursor_factory", "context"):
            params.pop(name, None)
        return connection.Database.connect(**params | wanted)

    def _close(self) -> None:
        session, self._session, self._was_mine = self._session, None, False
        if session is not None:
            with contextlib.suppress(connection.Database.Error):
                session.close()


def by_turns(jobs: list[PeriodicJob], turn: Turn) -> list[PeriodicJob]:
    """The same jobs, each looking first whether this process has the turn."""
    return [replace(job, run=_in_turn(job.run, turn)) for job in jobs]


def _in_turn(
    run: Callable[[], Mapping[str, object] | None], turn: Turn
) -> Callable[[], Mapping[str, object] | None]:
    def run_in_turn() -> Mapping[str, object] | None:
        return run() if turn.mine() else None

    return run_in_turn
