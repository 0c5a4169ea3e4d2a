"""A record in words: what was written, when by which clock, what came with it, what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from zhihuan.bureau.field_records.models import FieldFile, FieldRecord, Receipt
from zhihuan.bureau.field_records.settling import said_of
from zhihuan.bureau.matters.declaration import Step
from zhihuan.bureau.matters.engine.forms import form_of
from zhihuan.bureau.matters.models import Matter
from zhihuan.web.components.status import StatusKind
from zhihuan.web.components.term import Term
from zhihuan.web.components.timeline_event import TimelineEvent
from zhihuan.web.components.value import Kind
from zhihuan.web.matters.officers import officers_form
from zhihuan.web.matters.said import terms_of
from zhihuan.web.matters.sheet import EDIT, Sheet

__all__ = ["facts_of", "history_of", "said_terms", "written_sheet"]

#: A phone's clock that is further off is told.
_CLOCK_SECONDS = 600
_KINDS = {
    Receipt.Act.APPLIED: StatusKind.DONE,
    Receipt.Act.CONFLICT: StatusKind.DANGER,
    Receipt.Act.ALTERED: StatusKind.DANGER,
    Receipt.Act.FILE_REFUSED: StatusKind.WARNING,
    Receipt.Act.DISCARDED: StatusKind.VOID,
}


def written_sheet(record: FieldRecord, step: Any, matter: Any, actor: Any) -> Sheet:
    """The step's form with what was written on the phone, its files and officers, judged as of now."""
    said = said_of(record)
    chosen = {f"_officer_{n}": str(pk) for n, pk in enumerate(record.officers, 1)}
    sheet = Sheet(step, matter.version, EDIT, said, _form(step, matter, said), officers_form(step, matter, actor, chosen))  # fmt: skip
    sheet.is_valid()  # shows what is kept and what is wrong
    return sheet


def _form(step: Step, matter: Matter, said: Any) -> forms.Form | None:
    return form_of(step, matter, said)


def said_terms(record: FieldRecord, step: Step | None) -> list[Term]:
    """What was written, by the labels of the form."""
    data: MultiValueDict[str, str] = MultiValueDict()
    for name, text in record.values:
        data.appendlist(name, text)
    fields = step.form.base_fields if step is not None and step.form is not None else {}
    told = {name: _value(fields.get(name), data, name) for name in data}
    return terms_of(step, told)


def _value(field: forms.Field | None, data: MultiValueDict[str, str], name: str) -> Any:
    """As the form's widget reads it; texts where no field explains them."""
    if field is None or field.widget.needs_multipart_form:
        return data.getlist(name)
    return field.widget.value_from_datadict(data, MultiValueDict(), name)


def facts_of(record: FieldRecord) -> list[Term]:
    """When, by whom, from which phone, with which files."""
    off = record.received_at - record.sent_at
    note = ""
    if abs(off.total_seconds()) > _CLOCK_SECONDS:
        note = _("首次发送与收到相差 %(minutes)d 分钟，手机时钟可能不准") % {
            "minutes": off.total_seconds() // 60
        }
    return [
        Term(_("填写人"), record.user),
        Term(_("填写时间（手机）"), record.filled_at, Kind.MOMENT, note=note),
        Term(_("平台收到时间"), record.received_at, Kind.MOMENT),
        Term(_("填写时所见版次"), record.version),
        Term(_("设备与序号"), f"{record.phone} / {record.sequence}"),
        *(_file_term(each) for each in record.files.all()),
    ]


def _file_term(file: FieldFile) -> Term:
    if file.refusal:
        return Term(_("附件"), file.name, note=file.refusal)
    note = _("尚未收齐") if file.is_missing else f"SHA-256 {file.sha256}"
    return Term(_("附件"), file.name, note=note)


def history_of(record: FieldRecord) -> list[TimelineEvent]:
    """The receipt log of it, repeats left out."""
    rows = record.receipts.exclude(act=Receipt.Act.REPEATED).select_related("actor")
    return list(map(_told, rows))


def _told(receipt: Receipt) -> TimelineEvent:
    act = Receipt.Act(receipt.act)
    return TimelineEvent(
        at=receipt.at,
        title=act.label,
        who=str(receipt.actor),
        words="；".join(_words(receipt.detail)),
        kind=_KINDS.get(act, StatusKind.ONGOING),
        terms=(),
        notes=(),
    )


def _words(detail: dict[str, Any]) -> Iterator[str]:
    for name in ("words", "why", "name"):
        if detail.get(name):
            yield str(detail[name])
    if detail.get("amended"):
        yield _("内容有改动")
