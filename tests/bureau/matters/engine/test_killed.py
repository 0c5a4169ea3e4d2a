"""kill -9 in the middle of steps leaves each either before or after, never between.

A real process takes steps on the database of this test (SQLite, or PostgreSQL where the suite runs on
it). ``ZHIHUAN_MATTER_KILLS`` says how often it is killed (3).
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from trial_walk import nine

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.matters.engine.taking import Acting, open_matter, take
from zhihuan.bureau.matters.engine.verifying import newest_matter, verify_matters
from zhihuan.bureau.matters.models import ClockMark, Matter, MatterEvent, RunningClock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(3600)]

KILLS = int(os.environ.get("ZHIHUAN_MATTER_KILLS", "3"))
PROGRAM = Path(__file__).parents[1] / "acting_process.py"


@pytest.fixture
def matters(case, cast):
    """Three that were filed: from there the process takes them round and round."""
    both = [cast.officer, cast.second]
    found = []
    for _ in range(3):
        acting = Acting(cast.officer, "", both, nine("03-02"))
        found.append(open_matter(case.code, acting, title="x", town=cast.town))
        take(found[-1], "file", acting, version=1)
    connection.close()  # nothing of ours is in the way
    return found


def test_every_step_is_whole_or_not_there(matters, tmp_path):
    seed = int(time.time())
    chance = random.Random(seed)
    acknowledged: dict[int, int] = {}
    for number in range(KILLS):
        told = killed_after(chance.uniform(0.05, 0.6), tmp_path)
        assert told, f"seed {seed}, round {number}: nothing was done before the kill"
        acknowledged.update(told)
        whole(acknowledged)


def killed_after(seconds: float, home: Path) -> dict[int, int]:
    """Run the process, kill it so long after it began to act; the steps it had acknowledged."""
    program = [sys.executable, str(PROGRAM), database_url(), str(home)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        first = process.stdout.readline()
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        lines = [first, *process.stdout.read().splitlines()]
    # the last line may be cut off by the kill
    pairs = [line.split() for line in lines if len(line.split()) == 2]
    return {int(matter): int(version) for matter, version in pairs}


def whole(acknowledged: dict[int, int]) -> None:
    """Events, row, trail, clocks and what follows all say the same, and nothing acknowledged is gone."""
    assert list(verify_matters(1, newest_matter())) == []
    for matter in Matter.objects.all():
        events = MatterEvent.objects.filter(matter=matter)
        steps = list(events.order_by("number").values_list("step", flat=True))
        assert matter.version >= acknowledged.get(matter.pk, 0)
        noted = AuditEntry.objects.filter(subject=f"matter:{matter.pk}").count()
        followed = AuditEntry.objects.filter(subject=f"followed:{matter.pk}").count()
        assert noted == len(steps) == followed + 2 == matter.version
        marks = ClockMark.objects.filter(clock__matter=matter).count()
        assert marks == steps.count("appraise") + steps.count("appraised")
        (clock,) = RunningClock.objects.filter(matter=matter)
        assert (clock.due_at is None) == (matter.state == "appraising")


def database_url() -> str:
    """Of the database this test runs on."""
    given: dict[str, Any] = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    return f"postgres://{given['USER']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
