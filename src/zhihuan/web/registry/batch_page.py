"""Change many records at once: chosen on a list, or all that its filters find. Always looked at first.

The choice travels in the form (``row``) or in the address (the list's own filters). A look and its
confirmation must be about the same records in the same state: else it is looked at again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.history.fields import as_json
from zhihuan.bureau.history.models import Change, ChangeSet
from zhihuan.bureau.people.scope import may, scope_of
from zhihuan.bureau.registry.batch import MOST, Outcome, outcomes, write
from zhihuan.web.listing.question import Question
from zhihuan.web.registry.changes.words import ChangeLine, line, referred
from zhihuan.web.registry.edit_page import done
from zhihuan.web.registry.forms.batch import BatchForm
from zhihuan.web.registry.noun import Noun
from zhihuan.web.registry.nouns import noun_of
from zhihuan.web.registry.trail import section_of, trail_to

_SHOWN = 100
#: In the address: all that its filters find, not what was ticked.
_ALL = "all"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be changed: keys that came with the form, or none for all that the address asks."""

    rows: list[Any]
    keys: list[str]
    is_cut: bool
    words: list[str]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def batch(request: HttpRequest, noun: str) -> HttpResponseBase:
    """Ask what and why, show what would become of each record, and do it when confirmed."""
    found = noun_of(noun)
    if found.listing is None or not found.batch:
        raise Http404
    if not may(request.user, found.change):
        raise PermissionDenied
    chosen = _chosen(request, found)
    step = request.POST.get("step", "")
    form = BatchForm(request.POST if step else None, noun=found, user=request.user)
    looked: list[Outcome] = []
    if step and form.is_valid() and chosen.rows and not chosen.is_cut:
        looked = outcomes(chosen.rows, form.values)
        seen = _digest(looked, form.values)
        if (
            step == "apply"
            and _is_same(request, form, seen)
            and _applied(request, found, form, looked)
        ):
            return redirect(found.list_url)
    title = _("批量修改%(one)s") % {"one": found.one}
    context = {
        "section": section_of(found),
        "trail": trail_to(found, last=title),
        "title": title,
        "noun": found,
        "chosen": chosen,
        "most": MOST,
        "form": form,
        "looked": bool(looked),
        "seen": _digest(looked, form.values) if looked else "",
        "counts": _counts(looked),
        "lines": _lines(found, looked),
    }
    return render(request, "registry/batch.html", context)


def _chosen(request: HttpRequest, noun: Noun) -> Chosen:
    """Only records that the person may change, whatever was sent."""
    assert noun.listing is not None  # noqa: S101 - the view refuses nouns without one
    keys = [key for key in request.POST.getlist("row") if key.isdecimal() and key.isascii()]
    rows = noun.rows(request.user, noun.change)
    along = noun.model.SCOPE.organisation.rpartition("__")[0]
    if along:
        rows = rows.select_related(along, *noun.related)
    words: list[str] = []
    if keys or not request.GET.get(_ALL):
        rows = rows.filter(pk__in=keys[:MOST])
    else:
        question = Question.read(noun.listing, request.GET)
        rows, words = question.narrow(rows), question.words(request.user)
    found = list(rows.order_by("pk")[: MOST + 1])
    return Chosen(found[:MOST], keys, len(found) > MOST, words)


def _applied(request: HttpRequest, noun: Noun, form: BatchForm, looked: Sequence[Outcome]) -> bool:
    def act(changes: Any) -> None:
        count = write(changes, looked)
        keys = [each.row.pk for each in looked if each.is_change]
        within = scope_of(request.user, noun.change).filter(noun.model._default_manager.all())
        if _count_of(within, keys) != count:
            raise ValidationError(_("这样修改后，有记录将不在您的管辖范围内。请核对镇街。"))
        record(
            "registry.batch",
            f"{noun.code}:{count}",
            actor=request.user,
            address=request.META.get("REMOTE_ADDR", ""),
            why=form.cleaned_data["why"],
            change_set=changes.change_set.pk,
            fields=sorted(form.values),
            changed=count,
        )

    if not done(request, form, act, kind=ChangeSet.Kind.BATCH):
        return False
    count = _counts(looked)["changed"]
    messages.success(request, _("已修改 %(count)s 条。") % {"count": count})
    return True


def _count_of(rows: Any, keys: Sequence[int]) -> int:
    return sum(rows.filter(pk__in=keys[n : n + 500]).count() for n in range(0, len(keys), 500))


def _is_same(request: HttpRequest, form: BatchForm, seen: str) -> bool:
    if request.POST.get("seen") == seen:
        return True
    form.add_error(None, _("预览之后，所选的记录或填写的内容已变化。请核对下面新的预览后再确认。"))
    return False


def _digest(looked: Sequence[Outcome], values: dict[str, Any]) -> str:
    """Of every record as it would be and what differs from now."""
    told = [(each.row.pk, each.before, as_json(each.row)) for each in looked]
    text = json.dumps([told, sorted(values)], sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def _counts(looked: Sequence[Outcome]) -> dict[str, int]:
    return {
        "changed": sum(each.is_change for each in looked),
        "same": sum(not each.before for each in looked),
        "refused": sum(bool(each.error) for each in looked),
    }


def _lines(noun: Noun, looked: Sequence[Outcome]) -> list[ChangeLine]:
    """Those with an error first, then those that change, up to a hundred."""
    wanted = sorted((each for each in looked if each.before), key=lambda each: not each.error)
    shown, label = wanted[:_SHOWN], noun.model._meta.label_lower
    changes = [
        Change(pk=n, model=label, title=str(each.row), before=each.before, after={})
        for n, each in enumerate(shown)
    ]
    pairs = {n: _pairs(each) for n, each in enumerate(shown)}
    names = referred(changes, pairs)
    told = [line(change, pairs[change.pk], names) for change in changes]
    return [
        ChangeLine(each.kind, each.title, "", each.fields, each.hidden, outcome.error)
        for each, outcome in zip(told, shown, strict=True)
    ]


def _pairs(outcome: Outcome) -> dict[str, tuple[Any, Any]]:
    now = as_json(outcome.row)
    return {name: (value, now[name]) for name, value in outcome.before.items()}


def batch_query(query: QueryDict) -> str:
    """The filters of an address, without its place: what “all that was found” means."""
    kept = query.copy()
    for name in ("after", "before", "size", "sort", "col", "format"):
        kept.pop(name, None)
    kept[_ALL] = "1"
    return kept.urlencode()
