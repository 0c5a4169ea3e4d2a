"""kill -9 in the middle of reminders: what was told is never told again, nothing is left out.

A real process tells on the database of this test (SQLite, or PostgreSQL where the suite runs on it).
"""

from __future__ import annotations

import datetime as dt
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from zhihuan.bureau.inbox.escalating import escalate
from zhihuan.bureau.inbox.models import ClockWatch, Message, Receipt
from zhihuan.bureau.matters.engine.taking import Acting, open_matter, take

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

CLOCKS, KILLS = 40, 3
PROGRAM = Path(__file__).with_name("escalating_process.py")
NOW = dt.datetime.fromisoformat("2026-05-18T09:00+08:00")


@pytest.fixture
def watched(case, cast, moment):
    """So many filed cases, all to be told of at the same moment; nobody has taken them on."""
    acting = Acting(cast.officer, officers=[cast.officer, cast.second], at=moment.at)
    for number in range(CLOCKS):
        matter = open_matter(case.code, acting, title=f"{number}", town=cast.town)
        take(matter, "file", acting, version=matter.version)
    connection.close()  # nothing of ours is in the way
    return cast


def test_each_clock_is_told_once_to_everybody_whatever_is_killed(watched, tmp_path):
    chance = random.Random(int(time.time()))
    for _round in range(KILLS):
        killed_after(chance.uniform(0.02, 0.2), tmp_path)
        told = Message.objects.count()
        assert told == ClockWatch.objects.filter(told=1).count()
        assert Receipt.objects.count() == 3 * told
    escalate(NOW)
    escalate(NOW)
    assert Message.objects.count() == CLOCKS
    assert Message.objects.values("matter").distinct().count() == CLOCKS
    assert Receipt.objects.count() == 3 * CLOCKS  # both officers and the head


def killed_after(seconds: float, home: Path) -> None:
    """Run the process and kill it so long after it told something, or let it end."""
    program = [sys.executable, str(PROGRAM), database_url(), str(home)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.stdout.readline()
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)


def database_url() -> str:
    """Of the database this test runs on."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    return f"postgres://{given['USER']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
