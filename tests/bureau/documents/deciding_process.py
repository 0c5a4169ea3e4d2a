"""A process whose children decide cases and are killed on the way: ``python deciding_process.py DATABASE-URL HOME``.

Reads lines ``MATTER BLOW``. For each a child takes the step and kills itself (SIGKILL) before its blow-th touch of
the world: a statement to the database, its commit, a file synced or put into its place. Prints ``killed`` or, where
the step was over before, ``done``. The parent itself never touches the database.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "matters")]
FIFTH = dt.datetime.fromisoformat("2026-03-05T09:00+08:00")


def main() -> None:
    os.environ["ZHIHUAN_DATABASE_URL"], os.environ["ZHIHUAN_HOME"] = sys.argv[1:3]
    from zhihuan.web.start import set_up

    set_up()
    from numbered_case import NUMBERED_CASE

    from zhihuan.bureau.matters import catalogue

    catalogue.register(NUMBERED_CASE)
    print("ready", flush=True)
    for line in sys.stdin:
        matter, blow = map(int, line.split())
        child = os.fork()
        if not child:
            _decide(matter, blow)
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        print(_told(status), flush=True)


def _told(status: int) -> str:
    if os.WIFSIGNALED(status):
        return "killed" if os.WTERMSIG(status) == signal.SIGKILL else "broken"
    return "done" if os.WEXITSTATUS(status) == 0 else "broken"


def _decide(matter: int, blow: int) -> None:
    from django.db import connection

    from zhihuan.bureau.matters.engine.taking import Acting, Said, take
    from zhihuan.bureau.matters.models import Matter
    from zhihuan.bureau.people.models import User

    found, head = Matter.objects.get(pk=matter), User.objects.get(username="head")
    touch = _Blow(blow)
    os.fsync, os.replace = touch.before(os.fsync), touch.before(os.replace)  # type: ignore[assignment]
    connection.commit = touch.before(connection.commit)  # type: ignore[method-assign]
    said = Said({"fine": "30000", "served_on": "2026-03-05"})
    with connection.execute_wrapper(touch.before_a_statement):
        take(found, "decide", Acting(head, at=FIFTH), said, version=found.version)
        touch.count()  # it was acknowledged


class _Blow:
    """Falls before the touch of that number, from 1."""

    def __init__(self, number: int) -> None:
        self._left = number

    def count(self) -> None:
        self._left -= 1
        if not self._left:
            os.kill(os.getpid(), signal.SIGKILL)

    def before(self, act: Callable[..., Any]) -> Callable[..., Any]:
        def acting(*args: Any, **given: Any) -> Any:
            self.count()
            return act(*args, **given)

        return acting

    def before_a_statement(self, execute: Any, *given: Any) -> Any:
        self.count()
        return execute(*given)


if __name__ == "__main__":
    main()
