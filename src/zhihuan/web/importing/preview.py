"""What a preview shows of an import file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from zhihuan.bureau.registry.importing import running
from zhihuan.bureau.registry.importing.sheet import SHEETS
from zhihuan.bureau.registry.models import ImportFile
from zhihuan.web.components.status import Status, StatusKind
from zhihuan.web.components.table import Blank, Heading, Row, Table, cell
from zhihuan.web.components.value import Kind

_STATES = {
    ImportFile.State.CHECKING: StatusKind.ONGOING,
    ImportFile.State.CHECKED: StatusKind.WAITING,
    ImportFile.State.REFUSED: StatusKind.DANGER,
    ImportFile.State.APPLYING: StatusKind.ONGOING,
    ImportFile.State.APPLIED: StatusKind.DONE,
    ImportFile.State.FAILED: StatusKind.DANGER,
}


@dataclass(frozen=True, slots=True)
class Preview:
    """``done`` of ``total`` rows while work goes on (None: not known here)."""

    title: str
    status: Status
    is_busy: bool
    was_cut_off: bool
    is_undone: bool
    done: int | None
    total: int | None
    problems: Table
    changes: Table
    news: Table


def preview_of(file: ImportFile) -> Preview:
    """Everything the page shows of this file."""
    cut_off = running.was_cut_off(file)
    progress = running.progress_of(file)
    state = ImportFile.State(file.state)
    return Preview(
        title=str(SHEETS[file.sheet].title),
        status=Status(_STATES[state], state.label),
        is_busy=file.state in ImportFile.BUSY and not cut_off,
        was_cut_off=cut_off,
        is_undone=bool(file.change_set and hasattr(file.change_set, "undone_by")),
        done=progress[0] if progress and progress[1] else None,
        total=progress[1] if progress and progress[1] else None,
        problems=_problems(file.summary),
        changes=_changes(file),
        news=_news(file.summary),
    )


def _problems(summary: dict[str, Any]) -> Table:
    heads = [
        Heading(_("行"), Kind.NUMBER),
        Heading(_("列")),
        Heading(_("所填内容")),
        Heading(_("问题与改法")),
        Heading(_("处理")),
    ]
    rows = [
        Row(
            [
                cell(row, Kind.NUMBER, is_header=True),
                cell(head),
                cell(given),
                cell(text),
                cell(_("不导入") if refuses else _("仅提示")),
            ]
        )
        for row, head, given, text, refuses in summary.get("problems", ())
    ]
    return Table(_("问题与提示"), heads, rows, Blank(_("没有问题"), _("全部行都可以导入。")))


def _changes(file: ImportFile) -> Table:
    sheet = SHEETS[file.sheet]
    names = {sheet.model._meta.get_field(n).attname: sheet.heading(n) for n in sheet.names}  # type: ignore[union-attr]
    heads = [Heading(_("行"), Kind.NUMBER), Heading(_("名称")), Heading(_("修改内容"))]
    rows = [
        Row(
            [cell(row, Kind.NUMBER, is_header=True), cell(title), cell(_told(names, before, after))]
        )
        for row, title, before, after in file.summary.get("changes", ())
    ]
    return Table(_("将修改"), heads, rows, Blank(_("没有要修改的记录")))


def _told(names: dict[str, str], before: dict[str, Any], after: dict[str, Any]) -> str:
    return "；".join(
        _("%(name)s：%(before)s → %(after)s")
        % {
            "name": names.get(name, name),
            "before": before[name] or "—",
            "after": after[name] or "—",
        }
        for name in before
    )


def _news(summary: dict[str, Any]) -> Table:
    heads = [Heading(_("行"), Kind.NUMBER), Heading(_("名称"))]
    rows = [
        Row([cell(row, Kind.NUMBER, is_header=True), cell(title)])
        for row, title in summary.get("news", ())
    ]
    return Table(_("将新增"), heads, rows, Blank(_("没有要新增的记录")))
