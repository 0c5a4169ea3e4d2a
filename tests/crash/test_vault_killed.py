"""Killed at any moment while files come in, the vault holds every file that a row names."""

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
from ready_homes import ready

pytestmark = [pytest.mark.crash, pytest.mark.timeout(900)]

ROUNDS = int(os.environ.get("ZHIHUAN_CRASH_ROUNDS", "3"))

GIVE = """
import io, os
from zhihuan.web.start import set_up
set_up()
from zhihuan.bureau.vault.keeping import receive
from zhihuan.bureau.vault.origin import Origin
print("ready", flush=True)
while True:
    stored = receive(io.BytesIO(os.urandom(50_000).hex().encode()), "a.txt", Origin())
    print(stored.pk, stored.content.sha256, flush=True)
"""

LOOK = """
import datetime as dt, json
from zhihuan.web.start import set_up
set_up()
from zhihuan.bureau.vault.examining import examine
from zhihuan.bureau.vault.models import StoredFile
from zhihuan.bureau.vault.sweeping import sweep
from zhihuan.bureau.vault.vaults import the_vault
wrong = [each.words for each in examine(the_vault(), lambda *_: None)]
swept = sweep(the_vault(), grace=dt.timedelta(0), unclaimed=dt.timedelta(days=7))
after = [each.words for each in examine(the_vault(), lambda *_: None)]
rows = dict(StoredFile.objects.values_list("pk", "content__sha256"))
print(json.dumps([wrong + after, rows, swept.files + swept.half]))
"""


def python(home: Path, code: str, **more: Any) -> subprocess.Popen[str]:
    own = {name: text for name, text in os.environ.items() if not name.startswith("ZHIHUAN_")}
    environment = {**own, "ZHIHUAN_HOME": str(home)}
    return subprocess.Popen(
        [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True, **more
    )


def test_no_row_without_its_file_and_leftovers_are_found(tmp_path: Path) -> None:
    import json

    home = tmp_path / "home"
    ready(home)
    told: dict[str, str] = {}
    leftovers = 0
    for _round in range(ROUNDS):
        giving = python(home, GIVE)
        assert giving.stdout is not None
        assert giving.stdout.readline() == "ready\n"
        time.sleep(random.uniform(0.05, 0.8))
        giving.send_signal(signal.SIGKILL)
        said = giving.communicate()[0].splitlines()
        whole = [
            line.split() for line in said if len(line.split()) == 2 and len(line.split()[1]) == 64
        ]
        told |= dict(whole)
        looking = python(home, LOOK)
        wrong, rows, swept = json.loads(looking.communicate()[0])
        assert wrong == []
        assert {pk: rows.get(pk) for pk in told} == told
        leftovers += swept
    assert told
    print(f"{len(told)} files told, {leftovers} leftovers swept in {ROUNDS} rounds")
