"""One case type: its questions, the fine with every step, and the two laws side by side."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhihuan.bureau.discretion import (
    AnswerRefusedError,
    CaseType,
    Comparison,
    Governs,
    Reckoning,
    TableRefusedError,
    adjust,
    case_types,
    compare,
    reckon,
    tables,
    types_after,
)
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.discretion.actions import USE
from zhihuan.web.discretion.forms import CodeForm, QuestionForm, TableForm
from zhihuan.web.discretion.handing_over import awaiting
from zhihuan.web.discretion.navigation import SECTION
from zhihuan.web.discretion.shown import Shown, shown
from zhihuan.web.discretion.similar import similar_cases
from zhihuan.web.permission import requires

__all__ = ["case"]

#: The button that lists the factors of the chosen table.
ASKS_FACTORS = "factors"


@dataclass(frozen=True, slots=True)
class Worked:
    """What an answered form came to: a reckoning, or why there is none; and the comparison asked for."""

    reckoning: Reckoning | None = None
    refusal: str = ""
    comparison: Comparison | None = None


@require_safe
@never_cache
@requires(USE)
def case(request: HttpRequest, case_id: str) -> HttpResponseBase:
    """The form alone, or with what was sent its answer."""
    form = _form(case_id, request.GET)
    worked = _work(form) if form.is_bound and form.is_valid() else Worked()
    subject = case_types().get(case_id) or tables()[case_id]
    act = subject.name if isinstance(subject, CaseType) else subject.title
    context = {
        "section": SECTION,
        "trail": [Crumb(_("裁量计算"), reverse("discretion")), Crumb(case_id)],
        "case_id": case_id,
        "act": act,
        "form": form,
        "notes": () if isinstance(subject, CaseType) else subject.notes,
        "after": () if isinstance(subject, CaseType) else types_after(subject),
        "answer": shown(worked.reckoning) if worked.reckoning else None,
        "refusal": worked.refusal,
        "comparison": _compared(worked.comparison) if worked.comparison else None,
        "awaiting": awaiting(request.user, worked.reckoning) if worked.reckoning else [],
        "similar": list(similar_cases(request, worked.reckoning)) if worked.reckoning else [],
    }
    return render(request, "discretion/case.html", context)


def _form(case_id: str, sent: QueryDict) -> QuestionForm:
    """Whoever asks for the factors of a table is not yet told what is missing elsewhere."""
    given = sent if "ended" in sent and ASKS_FACTORS not in sent else None
    if act := case_types().get(case_id):
        return CodeForm(act, given, sent if ASKS_FACTORS in sent else None)
    if found := tables().get(case_id):
        return TableForm(found, given)
    raise Http404


def _work(form: QuestionForm) -> Worked:
    """An answer that fits nothing is told at the form; a law that does not hold, where the answer stands."""
    comparison = None
    try:
        comparison = _comparison(form)
        return Worked(_adjusted(form, reckon(form.asked())), comparison=comparison)
    except TableRefusedError as error:
        return Worked(refusal=str(error), comparison=comparison)
    except AnswerRefusedError as error:
        form.add_error(None, str(error))
        return Worked()


def _comparison(form: QuestionForm) -> Comparison | None:
    if not isinstance(form, TableForm):
        return None
    old = form.asked()
    new = form.beside(old)
    if new is None:
        return None
    said = form.cleaned_data
    return compare(
        old, new, began_on=form.began, ended_on=said["ended"], decided_on=said["decided"]
    )


def _adjusted(form: QuestionForm, found: Reckoning) -> Reckoning:
    said = form.cleaned_data
    if not said.get("city"):
        return found
    points = {_("情节"): said.get("points") or Decimal(0)}
    return adjust(found, said["city"], points, decided_on=said["decided"])


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison as the page shows it."""

    verdict: str
    is_open: bool
    sides: tuple[tuple[Any, Shown | None, str], ...]
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]


def _compared(found: Comparison) -> Compared:
    verdicts = {
        Governs.OLD: _("适用行为时的旧法"),
        Governs.CODE: _("适用生态环境法典"),
        Governs.OPEN: _("适用哪部法律须由法制审核判断"),
    }
    sides = (
        (_("旧法"), found.old, found.old_refusal),
        (_("法典"), found.new, found.new_refusal),
    )
    return Compared(
        verdict=verdicts[found.governs],
        is_open=found.governs is Governs.OPEN,
        sides=tuple(
            (title, shown(each, title) if each else None, refusal) for title, each, refusal in sides
        ),
        reasons=found.reasons,
        warnings=found.warnings,
    )
