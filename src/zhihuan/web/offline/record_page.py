"""One record: what was written, how it stands, what happened since; and its author's decision.

Three ways out of a conflict, in plain words: send it anew knowing what others did, keep it as a note, or
discard it with a reason. A way that is not open says why. Nothing of what was written goes away.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhihuan.bureau.field_records.deciding import (
    Anew,
    NotYoursError,
    discard,
    keep_as_note,
    send_again,
)
from zhihuan.bureau.field_records.fitness import is_fit
from zhihuan.bureau.field_records.models import FieldRecord
from zhihuan.bureau.field_records.settling import Refused
from zhihuan.bureau.matters.catalogue import edition_of
from zhihuan.bureau.matters.declaration import Step
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.refusing import refusal_of
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.reach import may_view, seen_by
from zhihuan.bureau.matters.sight import whole_sight
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.matters.sheet import Sheet
from zhihuan.web.matters.story import story
from zhihuan.web.offline.door import sender_of
from zhihuan.web.offline.record_facts import facts_of, history_of, said_terms, written_sheet
from zhihuan.web.offline.shown_record import status_of, step_of
from zhihuan.web.permission import signed_in

__all__ = ["record_page"]


@dataclass(frozen=True, slots=True)
class _Scene:
    """Who looks at which record. matter: None where the reader may not see it, or there is none."""

    request: HttpRequest
    record: FieldRecord
    matter: Matter | None
    step: Step | None

    @property
    def is_mine(self) -> bool:
        return bool(self.record.user_id == self.request.user.pk)

    @property
    def may_decide(self) -> bool:
        return self.is_mine and not self.record.is_settled

    @property
    def obstacle(self) -> Any:
        """Why it cannot be sent anew as things stand; "" when it can be tried."""
        if self.matter is None:
            return _("该事项不存在，或不在您的权限范围内。")
        if self.step is None or not is_fit(self.step):
            return _("该事项没有这一可离线办理的环节。")
        procedure = edition_of(self.matter.procedure, self.matter.edition)
        return refusal_of(procedure, self.step, self.matter, Acting(self.request.user))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def record_page(request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
    """Its author's own, and to be read by whoever may see the matter."""
    scene = _scene(request, pk)
    if request.method != "POST":
        return _shown(scene)
    act = _ACTS.get(request.POST.get("_act", ""))
    if act is None:
        raise Http404
    try:
        return act(scene)
    except NotYoursError as error:
        messages.error(request, str(error))
        return redirect("visit-record", pk=pk)


def _scene(request: HttpRequest, pk: uuid.UUID) -> _Scene:
    found = FieldRecord.objects.select_related("matter", "user", "phone", "event").filter(pk=pk)
    record = found.first()
    if record is None:
        raise Http404
    is_seen = record.matter is not None and may_view(request.user, record.matter)
    if not is_seen and record.user_id != request.user.pk:
        raise Http404
    matter = None
    if is_seen:
        matter = seen_by(request.user).select_related("party").filter(pk=record.matter_id).first()
    return _Scene(request, record, matter, step_of(record.matter, record.step))


# ---- decisions ----------------------------------------------------------------------------------


def _again(scene: _Scene) -> HttpResponseBase:
    if scene.obstacle or scene.step is None or scene.matter is None:
        return _shown(scene, status=HTTPStatus.CONFLICT)
    sheet = Sheet.read(scene.step, scene.matter, scene.request)
    if not sheet.is_valid():
        return _shown(scene, sheet, HTTPStatus.UNPROCESSABLE_ENTITY)
    refused = send_again(scene.record, sender_of(scene.request), _anew(scene, sheet))
    if isinstance(refused, Refused):
        fresh = _scene(scene.request, scene.record.pk)
        return _shown(fresh, sheet, HTTPStatus.CONFLICT)
    return _done(scene, _("已办理“%(step)s”。") % {"step": scene.step.title})


def _anew(scene: _Scene, sheet: Sheet) -> Anew:
    officers = [each.pk for each in sheet.officers.officers()] if sheet.officers else []
    written = [
        [name, text]
        for name, texts in scene.request.POST.lists()
        for text in texts
        if not name.startswith(("_", "csrf"))
    ]
    changed = written if written != scene.record.values else None
    return Anew(sheet.kept(), sheet.version, officers, changed)


def _note(scene: _Scene) -> HttpResponseBase:
    keep_as_note(scene.record, sender_of(scene.request), _why(scene))
    return _done(scene, _("已留作备注，可在事项页面查看。"))


def _discard(scene: _Scene) -> HttpResponseBase:
    why = _why(scene)
    if not why:
        missing = _("作废须填写理由。")
        return _shown(scene, status=HTTPStatus.UNPROCESSABLE_ENTITY, missing=missing)
    discard(scene.record, sender_of(scene.request), why)
    return _done(scene, _("已作废，记录和理由保留备查。"))


_ACTS = {"again": _again, "note": _note, "discard": _discard}


def _why(scene: _Scene) -> str:
    return scene.request.POST.get("_why", "").strip()[:300]


def _done(scene: _Scene, words: str) -> HttpResponseBase:
    messages.success(scene.request, words)
    return redirect("visit-record", pk=scene.record.pk)


# ---- the page -----------------------------------------------------------------------------------


def _shown(
    scene: _Scene,
    sheet: Sheet | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    missing: str = "",
) -> HttpResponseBase:
    record = scene.record
    obstacle = scene.obstacle if scene.may_decide else ""
    if sheet is None and scene.may_decide and not obstacle:
        sheet = written_sheet(record, scene.step, scene.matter, scene.request.user)
    context = {
        "section": "visits",
        "trail": [Crumb(_("我的外出"), reverse("visits")), Crumb(_title(scene))],
        "title": _title(scene),
        "record": record,
        "matter": scene.matter,
        "status": status_of(record),
        "may_decide": scene.may_decide,
        "obstacle": obstacle,
        "sheet": sheet,
        "missing": missing,
        "since": _since(scene),
        "said": said_terms(record, scene.step),
        "facts": facts_of(record),
        "history": history_of(record),
    }
    return render(scene.request, "offline/record.html", context, status=status)


def _title(scene: _Scene) -> Any:
    return scene.step.title if scene.step else scene.record.step


def _since(scene: _Scene) -> list[Any]:
    """What happened in the matter since its author saw it."""
    if scene.matter is None or scene.record.is_settled:
        return []
    procedure = edition_of(scene.matter.procedure, scene.matter.edition)
    events = scene.matter.events.filter(number__gt=scene.record.version).order_by("number")
    return story(whole_sight(procedure), events, ())
