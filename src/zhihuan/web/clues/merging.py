"""Merge several clues: which one stays is chosen, the others end and point to it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from zhihuan.bureau.matters.engine.acting import Acting, Said
from zhihuan.bureau.matters.engine.refusals import FormRefusedError, StepRefusedError
from zhihuan.bureau.matters.engine.taking import take
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.lines.clues.models import Clue
from zhihuan.web.clues.clue_list import MERGE, clues_seen_by
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.permission import requires

__all__ = ["merge"]

_FEWEST, _MOST = 2, 20


class MergingForm(forms.Form):
    """Which stays, and why. The chosen ones come along as ``row``, the versions seen as ``version``."""

    into = forms.ChoiceField(label=gettext_lazy("保留哪一条"), widget=forms.RadioSelect)
    reasons = forms.CharField(
        label=gettext_lazy("合并理由"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "同一对象、同一问题。实名举报人及其告知期限随之转入，仍须逐一告知、反馈。"
        ),
    )

    def __init__(self, clues: list[Clue], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["into"].choices = [  # type: ignore[attr-defined]
            (str(each.pk), f"{each.pk} {each.title}：{each.contradiction}") for each in clues
        ]


@require_POST
@requires(MERGE)
def merge(request: HttpRequest) -> HttpResponseBase:
    """First what was chosen in the pool, then, with ``_stage``, the merger itself."""
    clues = _chosen(request)
    if not _FEWEST <= len(clues) <= _MOST:
        words = _("请在线索池中选择 2 至 20 条尚未办结的线索再合并。")
        messages.error(request, words)
        return redirect("clues")
    if request.POST.get("_stage") != "merge":
        return _page(request, clues, MergingForm(clues))
    form = MergingForm(clues, request.POST)
    if not form.is_valid():
        return _page(request, clues, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _merged(request, clues, form)


def _chosen(request: HttpRequest) -> list[Clue]:
    keys = [int(key) for key in request.POST.getlist("row") if key.isascii() and key.isdecimal()]
    rows = clues_seen_by(request.user).filter(pk__in=keys[: _MOST + 1], ended_at__isnull=True)
    return list(rows.exclude(state="draft").select_related("town").order_by("opened_at", "pk"))


def _page(
    request: HttpRequest,
    clues: list[Clue],
    form: MergingForm,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponseBase:
    context = {
        "section": "clues",
        "trail": [Crumb(_("线索池"), reverse("clues")), Crumb(_("合并线索"))],
        "clues": clues,
        "form": form,
    }
    return render(request, "clues/merge.html", context, status=status)


def _merged(request: HttpRequest, clues: list[Clue], form: MergingForm) -> HttpResponseBase:
    """All of them or none: where one may not be merged, it is said which and why."""
    into = int(form.cleaned_data["into"])
    others = [each for each in clues if each.pk != into]
    try:
        _merge_all(request, others, into, form.cleaned_data["reasons"])
    except _NotMergedError as error:
        form.add_error(None, str(error))
        return _page(request, clues, form, HTTPStatus.CONFLICT)
    words = _("已将 %(count)d 条线索并入本线索。") % {"count": len(others)}
    messages.success(request, words)
    return redirect("matter", pk=into)


class _NotMergedError(Exception):
    """Which clue was not merged, and why."""


@transaction.atomic
def _merge_all(request: HttpRequest, others: list[Clue], into: int, reasons: str) -> None:
    acting = Acting(request.user, address_of(request))
    seen = dict(zip(request.POST.getlist("seen"), request.POST.getlist("version"), strict=False))
    for each in others:
        version = seen.get(str(each.pk), "")
        said = Said({"into": into, "reasons": reasons})
        try:
            take(each, "merge", acting, said, version=int(version) if version.isdecimal() else -1)
        except FormRefusedError as error:
            words = "；".join(text for texts in error.errors.values() for text in texts)
            raise _NotMergedError(f"{each.title}：{words}") from error
        except StepRefusedError as error:
            raise _NotMergedError(f"{each.title}：{error.words}") from error
