"""``/alarms/<pk>/``: one episode: evidence on the left, rule and course on the right, acts below."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import asdict
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhihuan.bureau.exceedance.acting import dispatch, explain, note, tell_again, verify
from zhihuan.bureau.exceedance.actions import ANSWER, HANDLE, MARK, VERIFY, VIEW
from zhihuan.bureau.exceedance.manual.known import Known, known_of
from zhihuan.bureau.exceedance.models import DataMark, Episode, EpisodeEvent
from zhihuan.bureau.exceedance.refusals import RefusedError
from zhihuan.bureau.people.scope import may, scope_of
from zhihuan.standards.derivation import Derivation
from zhihuan.standards.emission.judgement import told_multiple
from zhihuan.telemetry.store import StoreUnavailable
from zhihuan.web.addresses import address
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.components.term import Term
from zhihuan.web.components.timeline_event import TimelineEvent
from zhihuan.web.components.value import Kind
from zhihuan.web.exceedance.evidence import hours_of, last_check
from zhihuan.web.exceedance.forms import ActForm, ExplainForm
from zhihuan.web.exceedance.manual_shown import manual_of
from zhihuan.web.exceedance.marks_shown import marks_of
from zhihuan.web.exceedance.words import factor_of, flags_of, span_of, status_of, title_of, worst_of
from zhihuan.web.live.factor_words import words
from zhihuan.web.permission import requires

__all__ = ["alarm", "alarm_act", "alarm_explain", "episode_for"]

_DAY = dt.timedelta(days=1)
#: What is to be done next, by stage.
_NEXT = {
    Episode.Stage.WARNED: gettext_lazy("仅作预警，不必处置；日均值超标时另成超标过程。"),
    Episode.Stage.EXPLAINING: gettext_lazy(
        "等企业说明或者标记；到时限没有答复的，转分局核实。不必等的，现在派单。"
    ),
    Episode.Stage.VERIFYING: gettext_lazy(
        "请分局在时限之前核实，结论三选一：误报、有正当原因、属实转线索。"
    ),
    Episode.Stage.RAISED: gettext_lazy("已转为线索，后续在线索中办理。"),
    Episode.Stage.CLOSED: gettext_lazy("已了结，没有待办。"),
}
#: What a button does.
_ABOUT = {
    "note": gettext_lazy("记下所知情况，不改变阶段。"),
    "tell": gettext_lazy("再次告知企业，并写明告知方式。"),
    "dispatch": gettext_lazy("交所在分局现场核实，重新计时。"),
    "false_alarm": gettext_lazy("数据或设备有误，了结。"),
    "innocent": gettext_lazy("超标属实而有正当原因，了结。"),
    "true": gettext_lazy("转为线索，交线索池研判。"),
}
_Stage, _Outcome = Episode.Stage, Episode.Outcome
_ACTS: dict[str, tuple[Any, str]] = {
    "note": (gettext_lazy("说明"), HANDLE),
    "tell": (gettext_lazy("通知企业"), HANDLE),
    "dispatch": (gettext_lazy("派单"), HANDLE),
    "false_alarm": (gettext_lazy("误报"), HANDLE),
    "innocent": (gettext_lazy("有正当原因"), VERIFY),
    "true": (gettext_lazy("属实，转线索"), VERIFY),
}
_RUN: dict[str, Callable[[int, Any, str], Episode]] = {
    "note": note,
    "tell": tell_again,
    "dispatch": dispatch,
}
#: Those that verify, with what they find.
_FINDS = {
    "false_alarm": _Outcome.FALSE_ALARM,
    "innocent": _Outcome.INNOCENT,
    "true": _Outcome.TRUE,
}


@requires(VIEW)
@require_safe
@never_cache
def alarm(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything known of it, and what the reader may do."""
    return _shown(request, episode_for(request, pk))


@requires(HANDLE)
@require_POST
def alarm_act(request: HttpRequest, pk: int) -> HttpResponse:
    """What the button says, with the words written beside it."""
    row = episode_for(request, pk)
    form = _act_form(_acts(request.user, row), known_of(row), request.POST)
    if not form.is_valid():
        return _shown(request, row, act_form=form)
    title, _permission = _ACTS[form.cleaned_data["act"]]
    try:
        _done(form, pk, request.user)
    except (RefusedError, StoreUnavailable) as error:
        form.add_error(None, _why_not(error))
        return _shown(request, row, act_form=form)
    messages.success(request, _("已办理：%(act)s。") % {"act": title})
    return redirect("alarm", pk=pk)


@requires(ANSWER)
@require_POST
def alarm_explain(request: HttpRequest, pk: int) -> HttpResponse:
    """The enterprise's own words."""
    row = episode_for(request, pk, ANSWER)
    form = ExplainForm(request.POST)
    if not form.is_valid():
        return _shown(request, row, explain_form=form)
    try:
        explain(pk, request.user, form.cleaned_data["words"])
    except RefusedError as error:
        form.add_error(None, str(error))
        return _shown(request, row, explain_form=form)
    messages.success(request, _("已提交说明，由分局核实。"))
    return redirect("alarm", pk=pk)


def _act_form(acts: list[tuple[str, Any]], known: Known, sent: QueryDict | None = None) -> ActForm:
    return ActForm(acts, known, sent, verifies=_FINDS)


def _done(form: ActForm, pk: int, user: Any) -> None:
    act, said = form.cleaned_data["act"], form.cleaned_data["words"]
    if act in _FINDS:
        verify(pk, user, _FINDS[act], said, manual=form.considered)
    else:
        _RUN[act](pk, user, said)


def _why_not(error: Exception) -> str:
    if isinstance(error, RefusedError):
        return str(error)
    return _("监测数据暂时读不到，没有办理，请稍后再试。")


def episode_for(request: HttpRequest, pk: int, permission: str = VIEW) -> Episode:
    """Within the reader's scope of that right, else Http404."""
    rows = Episode.objects.select_related("point__site__enterprise", "point__town", "clue")
    found: Episode = get_object_or_404(scope_of(request.user, permission).filter(rows), pk=pk)
    return found


def _acts(user: Any, row: Episode) -> list[tuple[str, Any]]:
    """What may be done now by this person."""
    open_acts = ["note", "tell"]
    if row.stage in (_Stage.WARNED, _Stage.EXPLAINING):
        open_acts.append("dispatch")
    if row.stage not in (_Stage.RAISED, _Stage.CLOSED):
        open_acts += ["false_alarm", "innocent", "true"]
    rights = {one: may(user, one, row) for one in (HANDLE, VERIFY)}
    return [(code, _ACTS[code][0]) for code in open_acts if rights[_ACTS[code][1]]]


def _shown(
    request: HttpRequest,
    row: Episode,
    *,
    act_form: ActForm | None = None,
    explain_form: ExplainForm | None = None,
) -> HttpResponse:
    acts, known = _acts(request.user, row), known_of(row)
    enters = may(request.user, VERIFY, row)
    answers = row.stage != _Stage.CLOSED and may(request.user, ANSWER, row)
    context = {
        "section": "alarms",
        "trail": [Crumb(_("超标告警"), address("alarms")), Crumb(title_of(row))],
        "episode": row,
        "title": title_of(row),
        "status": status_of(row),
        "facts": _facts(row),
        "derivation": Derivation.from_json(row.derivation),
        "course": _course(row),
        "past": _past(row),
        "marks": marks_of(row, reviews=enters, owns=may(request.user, MARK, row)),
        "series_url": address("series-json", row.point.code),
        "curve": _curve(row),
        "factors_json": json.dumps([asdict(words(row.factor))], ensure_ascii=False),
        "next": _NEXT[Episode.Stage(row.stage)],
        "act_shown": [(code, title, _ABOUT[code]) for code, title in acts],
        "manual": manual_of(row, known, request.user, enters=enters),
        "may_enter": enters,
        "act_form": act_form or (_act_form(acts, known) if acts else None),
        "explain_form": explain_form or (ExplainForm() if answers else None),
        "may_mark": answers and may(request.user, MARK, row),
        **_evidence(row),
    }  # fmt: skip
    refused = act_form is not None or explain_form is not None
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "exceedance/alarm.html", context, status=status)


def _curve(row: Episode) -> dict[str, str]:
    """The episode with three days before and one after it: an old one is looked at where it was."""
    since, until = row.first_at - 3 * _DAY, min(row.end_at + _DAY, timezone.now())
    return {
        "since": timezone.localtime(since).isoformat(timespec="seconds"),
        "until": timezone.localtime(until).isoformat(timespec="seconds"),
    }


def _evidence(row: Episode) -> dict[str, Any]:
    mns = list(row.point.devices.values_list("mn", flat=True).order_by("mn"))
    try:
        return {"hours": hours_of(row, mns), "checked": last_check(row, mns)}
    except StoreUnavailable:
        return {"is_silent": True}


def _facts(row: Episode) -> list[Term]:
    firm = row.point.site.enterprise if row.point.site else None
    multiple = None if row.multiple is None else Decimal(told_multiple(row.multiple))
    return [
        Term(_("企业"), firm),
        Term(_("超标点位"), row.point.name, url=address("point", row.point.code)),
        Term(_("超标因子"), factor_of(row)),
        Term(_("超标时段"), span_of(row), Kind.SPAN),
        Term(_("超标时段数"), row.periods, Kind.NUMBER),
        Term(_("扣除标记后的时段数"), row.standing, Kind.NUMBER),
        Term(_("最严重值"), worst_of(row), Kind.QUANTITY, note=_("限值 %(limit)s") % {"limit": row.limit_words}),
        Term(_("最大超标倍数"), multiple, Kind.NUMBER, reason=_("不计倍数")),
        Term(_("限值依据"), row.basis),
        Term(_("标识"), flags_of(row), reason=_("无")),
        Term(_("本阶段时限"), row.due_at, Kind.MOMENT, reason=_("没有计时")),
        Term(_("转出的线索"), row.clue, reason=_("未转"), url=address("matter", str(row.clue_id)) if row.clue else ""),
    ]  # fmt: skip


def _course(row: Episode) -> list[TimelineEvent]:
    return [
        TimelineEvent(
            each.at, each.get_kind_display(), str(each.actor or ""), each.words, notes=_notes(each)
        )
        for each in row.events.select_related("actor").order_by("-pk")[:100]
    ]


def _notes(event: EpisodeEvent) -> tuple[str, ...]:
    """What a verification made of manual monitoring."""
    manual = event.facts.get("manual", {})
    told = list(manual.get("words", ()))
    if manual.get("why"):
        told.append(_("关于手工监测：%(why)s") % {"why": manual["why"]})
    return tuple(told)


def _past(row: Episode) -> str:
    """How earlier episodes of this factor at this outlet came out: the rule's precision here."""
    earlier = Episode.objects.filter(
        point=row.point, factor=row.factor, warning=row.warning, first_at__lt=row.first_at
    )
    counts = dict(earlier.values_list("outcome").annotate(count=Count("pk")).order_by())
    named = [
        f"{_Outcome(code).label if code else _('未核实')} {count}" for code, count in counts.items()
    ]
    return "，".join(named)


def mark_for(request: HttpRequest, pk: int, permission: str) -> DataMark:
    """A mark within the reader's scope of that right, else Http404."""
    rows = scope_of(request.user, permission).filter(DataMark.objects.select_related("point"))
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
