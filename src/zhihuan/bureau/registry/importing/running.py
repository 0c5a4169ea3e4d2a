"""Check and apply an uploaded file beside the page that asked, and tell how far it is.

Progress is told within the process that works; another process sees only that work goes on. Work
that a stopped process left is found by its age and can be begun again: nothing was half done, for
an import is one transaction.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from collections.abc import Callable
from typing import Any

import structlog
from django.db import close_old_connections, connections
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.registry.importing.applying import apply_plan
from zhihuan.bureau.registry.importing.plan import Plan, Tell, make_plan
from zhihuan.bureau.registry.importing.sheet import SHEETS
from zhihuan.bureau.registry.importing.table_file import FileRefusedError, read_table
from zhihuan.bureau.registry.models import ImportFile

#: Work that has not ended after so long was cut off.
CUT_OFF_AFTER = dt.timedelta(minutes=15)
_SHOWN = 200
_progress: dict[int, tuple[int, int]] = {}
_log = structlog.get_logger(__name__)
_State = ImportFile.State


def take(sheet: str, name: str, content: bytes, user: Any) -> ImportFile:
    """Keep an uploaded file; ``begin_checking`` looks into it."""
    return ImportFile.objects.create(
        sheet=sheet,
        name=name[:200],
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=user,
    )


def begin_checking(file: ImportFile) -> None:
    """Make the plan and keep its summary; the registry stays as it is."""
    file.enter(_State.CHECKING, trouble="")
    _beside(lambda: _told(file, lambda: _check(file, _tell(file))))


def check_here(file: ImportFile, tell: Tell) -> None:
    """The same, done when this returns; ``tell(rows done, rows in all)``."""
    file.enter(_State.CHECKING, trouble="")
    _told(file, lambda: _check(file, tell))


def begin_applying(file: ImportFile, why: str) -> bool:
    """Carry out what was previewed; False when somebody else has begun, or nothing was previewed."""
    begun = _begun(file)
    if begun:
        _beside(lambda: _told(file, lambda: _apply(file, why, _tell(file))))
    return begun


def apply_here(file: ImportFile, why: str, tell: Tell) -> bool:
    """The same, done when this returns."""
    begun = _begun(file)
    if begun:
        _told(file, lambda: _apply(file, why, tell))
    return begun


def _begun(file: ImportFile) -> bool:
    """Of two that ask at once one is told to go on."""
    begun = ImportFile.objects.filter(pk=file.pk, state=_State.CHECKED).update(
        state=_State.APPLYING, since=timezone.now()
    )
    if begun:
        file.refresh_from_db()
    return bool(begun)


def progress_of(file: ImportFile) -> tuple[int, int] | None:
    """(rows done, rows in all) of work in this process; None when that is not known."""
    return _progress.get(file.pk)


def was_cut_off(file: ImportFile) -> bool:
    """Whether the process that worked on it is gone."""
    stale = timezone.now() - file.since > CUT_OFF_AFTER
    return file.state in ImportFile.BUSY and file.pk not in _progress and stale


def plan_of(file: ImportFile, tell: Tell | None = None) -> Plan:
    """The file's plan over today's registry, with the rights of who uploaded it."""
    table = read_table(bytes(file.content))
    return make_plan(SHEETS[file.sheet], table, file.uploaded_by, tell)


def _check(file: ImportFile, tell: Tell) -> None:
    try:
        plan = plan_of(file, tell)
    except FileRefusedError as error:
        file.enter(_State.REFUSED, trouble=str(error))
        return
    file.enter(_State.CHECKED, summary=summary_of(plan), digest=plan.digest)


def _apply(file: ImportFile, why: str, tell: Tell) -> None:
    plan = plan_of(file, tell)
    if plan.digest != file.digest:
        told = _("预览之后档案有变化，请重新查看预览再确认。")
        file.enter(_State.CHECKED, summary=summary_of(plan), digest=plan.digest, trouble=told)
        return
    done = apply_plan(plan, file.uploaded_by, source=file.name, why=why, tell=tell)
    file.enter(_State.APPLIED, change_set=done, trouble="")


def _told(file: ImportFile, work: Callable[[], None]) -> None:
    """Whatever goes wrong is written down with the file; nothing of it was applied then."""
    _progress[file.pk] = (0, 0)
    try:
        work()
    except Exception as error:  # noqa: BLE001 - a thread has nobody above it to hear
        _log.error("import_failed", file=file.pk, sheet=file.sheet, error=type(error).__name__)
        told = _("导入未完成，档案未作任何改动：%(error)s") % {"error": error}
        file.enter(_State.FAILED, trouble=told[:2000])
    finally:
        _progress.pop(file.pk, None)


def summary_of(plan: Plan) -> dict[str, Any]:
    """What the preview shows: counts, the first problems, the first changes."""
    return {
        "total": plan.total,
        "create": len(plan.create),
        "update": len(plan.update),
        "same": plan.same,
        "refused": plan.refused,
        "warnings": sum(not problem.refuses for problem in plan.problems),
        "unused": plan.unused,
        "problems": [
            [each.row, each.heading, each.given, each.text, each.refuses]
            for each in plan.problems[:_SHOWN]
        ],
        "changes": [
            [each.row, str(each.record), each.before, each.after] for each in plan.update[:_SHOWN]
        ],
        "news": [[each.row, str(each.record)] for each in plan.create[:_SHOWN]],
    }


def _tell(file: ImportFile) -> Tell:
    def tell(done: int, total: int) -> None:
        _progress[file.pk] = (done, total)

    return tell


def _beside(work: Callable[[], None]) -> None:
    """Run in a thread of its own, with a database connection of its own."""
    threading.Thread(target=lambda: _guarded(work), name="registry-import", daemon=True).start()


def _guarded(work: Callable[[], None]) -> None:
    close_old_connections()
    try:
        work()
    finally:
        connections.close_all()
