"""A process that takes steps until it is killed: ``python acting_process.py DATABASE-URL HOME``.

Prints ``MATTER VERSION`` after each step that was acknowledged. What follows a step (an effect that
writes and takes its time) makes it likely that a kill comes in the middle of one.
"""

from __future__ import annotations

import datetime as dt
import itertools
import os
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
FIRST = dt.datetime.fromisoformat("2026-03-03T09:00+08:00")
ROUND = ("appraise", "appraised", "submit", "back")


def main() -> None:
    os.environ["ZHIHUAN_DATABASE_URL"], os.environ["ZHIHUAN_HOME"] = sys.argv[1:3]
    from zhihuan.web.start import set_up

    set_up()
    from procedures import CASE

    from zhihuan.bureau.matters import catalogue
    from zhihuan.bureau.matters.engine.effects import on_taken
    from zhihuan.bureau.matters.models import Matter
    from zhihuan.bureau.people.models import User

    catalogue.register(CASE)
    on_taken(_note)
    head = User.objects.get(username="head")
    matters = list(Matter.objects.order_by("pk"))
    print("ready", flush=True)
    for matter in itertools.cycle(matters):
        _act(matter, head)


def _act(matter: Any, head: Any) -> None:
    from zhihuan.bureau.matters.engine.taking import Acting, Said, take

    number = matter.version - 2
    said = Said({"why": "证据不足"})
    acting = Acting(head, at=FIRST + dt.timedelta(minutes=number))
    take(matter, ROUND[number % len(ROUND)], acting, said, version=matter.version)
    print(matter.pk, matter.version, flush=True)


def _note(taken: Any) -> None:
    """One row for each step, as a document or a message would be."""
    from zhihuan.bureau.audit.record import record

    record("test.followed", f"followed:{taken.matter.pk}", number=taken.event.number)
    time.sleep(0.002)


if __name__ == "__main__":
    main()
