"""kill -9 at any point of a step that makes documents leaves it undone or done: no number without its document, no
document without its file, and a file without its row is found and named.

A real process is killed before every statement, commit, sync and renaming of the step, one after the other, on the
database of this test (SQLite, or PostgreSQL where the suite runs on it).
"""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from numbered_case import NUMBERED_CASE

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.documents.kept import FOLDER
from zhihuan.bureau.documents.leftovers import leftovers, sweep
from zhihuan.bureau.documents.models import DocumentNumber, MatterDocument, NumberCounter
from zhihuan.bureau.documents.numbers.keeping import gaps, unused
from zhihuan.bureau.documents.stored import stored_faults
from zhihuan.bureau.matters import catalogue
from zhihuan.bureau.matters.engine.taking import Acting, open_matter, take
from zhihuan.bureau.matters.engine.verifying import newest_matter, verify_matters
from zhihuan.bureau.matters.models import Matter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]

PROGRAM = Path(__file__).with_name("deciding_process.py")
MOST_TOUCHES = 400


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Path:
    settings.ZHIHUAN_HOME = tmp_path / "home"
    return tmp_path / "home"


@pytest.fixture
def case(cast: Any, home: Path) -> Iterator[Matter]:
    """A case that stands before its decision."""
    catalogue.register(NUMBERED_CASE)
    acting = Acting(cast.officer, officers=[cast.officer, cast.second], at=at("03-02"))
    fields = {"title": "某印染厂超标排放", "party": cast.firm, "town": cast.town}
    matter = open_matter(NUMBERED_CASE.code, acting, **fields)
    for step in ("file", "submit"):
        take(matter, step, acting, version=matter.version)
    connection.close()  # nothing of ours is in the way
    yield matter
    catalogue.forget(NUMBERED_CASE.code)


@pytest.fixture
def decide(home: Path) -> Iterator[Callable[[Matter, int], str]]:
    """``decide(case, 7)``: a process decides it and is killed before its seventh touch; "killed" or "done"."""
    program = [sys.executable, str(PROGRAM), database_url(), str(home)]
    pipe = subprocess.PIPE
    with subprocess.Popen(program, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"

        def once(matter: Matter, blow: int) -> str:
            connection.close()
            print(matter.pk, blow, file=process.stdin, flush=True)
            return process.stdout.readline().strip()

        yield once
        process.stdin.close()


def test_killed_before_any_touch_of_the_world_a_decision_is_whole_or_not_there(
    case: Matter, decide: Callable[[Matter, int], str]
) -> None:
    left_something = False
    for blow in range(1, MOST_TOUCHES):
        assert decide(case, blow) == "killed", f"before touch {blow}"
        nothing_is_torn()
        left_something |= bool(leftovers())
        if is_decided(case):
            break
    assert 30 < blow < MOST_TOUCHES - 1, "the step touches the world that often"
    assert left_something, "a kill fell between a file and its row"
    assert [each.number for each in DocumentNumber.objects.all()] == [1]
    assert leftovers() == [], "the same facts make the same file, which has its row now"


def test_a_file_whose_step_was_never_taken_again_is_named_and_goes_when_asked(
    case: Matter, decide: Callable[[Matter, int], str], home: Path
) -> None:
    blow = 1
    while not leftovers():
        assert decide(case, blow) == "killed"
        blow += 1
    named = {each.sha256 for each in leftovers()}
    there = {path.name for path in (home / FOLDER / "files").rglob("*") if path.is_file()}
    assert named == there
    assert sweep(dt.timedelta(hours=1)) == 0, "it may be of a step under way"
    assert sweep(dt.timedelta(0)) >= len(named)
    assert leftovers() == []
    assert AuditEntry.objects.get(action="document.sweep").detail["files"] == len(named)


def nothing_is_torn() -> None:
    """Rows, numbers, files and chain agree with each other, whichever way the step went."""
    assert stored_faults() == []
    assert gaps() == unused() == []
    assert list(verify_matters(1, newest_matter())) == []
    documents = MatterDocument.objects.count()
    numbers = DocumentNumber.objects.count()
    assert (documents, numbers) in {(0, 0), (2, 1)}
    assert sum(NumberCounter.objects.values_list("last", flat=True)) == numbers
    assert AuditEntry.objects.filter(action="document.make").count() == documents


def is_decided(matter: Matter) -> bool:
    decided = Matter.objects.get(pk=matter.pk).state == "decided"
    assert decided == MatterDocument.objects.exists()
    return decided


def at(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2026-{day}T09:00+08:00")


def database_url() -> str:
    """Of the database this test runs on."""
    given: dict[str, Any] = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    return f"postgres://{given['USER']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
