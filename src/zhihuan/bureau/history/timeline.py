"""What was changed in a file, as happenings: one an act, however many records it touched."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhihuan.bureau.history.models import Change, ChangeSet
from zhihuan.bureau.timeline.happening import Happening, Place, Subject
from zhihuan.bureau.timeline.rows import key_of, rows_after
from zhihuan.bureau.timeline.source import Source

CODE = "change"
_NAMED = 3


def read(subject: Subject, place: Place | None, most: int) -> list[Happening]:
    """Two queries: the acts, and what each touched in this file."""
    mine = Change.objects.filter(about_id=subject.organisation)
    acts = ChangeSet.objects.filter(pk__in=mine.values("change_set_id")).select_related("actor")
    found = rows_after(acts, "at", CODE, place, most)
    touched: dict[int, list[Change]] = {}
    for change in mine.filter(change_set__in=found).only(
        "change_set_id", "model", "title", "before", "after"
    ):
        touched.setdefault(change.change_set_id, []).append(change)
    return [_happening(each, touched.get(each.pk, [])) for each in found]


def _happening(act: ChangeSet, changes: list[Change]) -> Happening:
    return Happening(
        at=act.at,
        source=CODE,
        key=key_of(act.pk),
        title=f"{act.get_kind_display()}：{_named(changes)}",
        who=str(act.actor) if act.actor else "",
        words=act.why or act.source,
        tone="void" if act.kind == ChangeSet.Kind.UNDO else "done",
        link=("registry-change", str(act.pk)),
    )


def _named(changes: Iterable[Change]) -> str:
    told = [f"{_verb(each)}“{_title(each)}”" for each in changes]
    words = "、".join(dict.fromkeys(told[:_NAMED]))
    if len(told) <= _NAMED:
        return words
    return _("%(words)s 等 %(count)s 条") % {"words": words, "count": len(told)}


def _title(change: Change) -> str:
    """How a record is called; a record of personal data (``PERSONAL``) only by its kind."""
    try:
        model = apps.get_model(change.model)
    except LookupError:
        return change.title
    return str(model._meta.verbose_name) if getattr(model, "PERSONAL", False) else change.title


def _verb(change: Change) -> str:
    if change.before is None:
        return _("新增")
    return _("删除") if change.after is None else _("修改")


SOURCE = Source(CODE, gettext_lazy("档案变更"), "registry.view_enterprise", read)
