"""Register, change and delete a record. Every act asks why and is written down with its author."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.history.changing import Changes, changing
from zhihuan.bureau.people.scope import may
from zhihuan.web.permission import opened_by
from zhihuan.web.registry.forms.why import WhyForm
from zhihuan.web.registry.noun import Noun
from zhihuan.web.registry.nouns import noun_of
from zhihuan.web.registry.trail import section_of, trail_to
from zhihuan.web.sent import sent


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def add(request: HttpRequest, noun: str, room: str = "registry") -> HttpResponseBase:
    """Register a record; ``?field=value`` fills fields in."""
    found = noun_of(noun, room)
    if not found.add or not may(request.user, found.add):
        raise PermissionDenied
    frame = _frame(request.user, found, None, _("登记%(one)s") % {"one": found.one})
    given = {name: value for name, value in request.GET.items() if name in found.form.base_fields}
    form = found.form(sent(request), initial=given, user=request.user, permission=found.add)
    return _filled_in(request, found, form, "add", frame)


def may_edit(user: Any, noun: str, room: str = "registry", **_key: Any) -> bool:
    """Whether forms of this noun's records open to somebody."""
    change = noun_of(noun, room).change
    return bool(change) and may(user, change)


@opened_by(may_edit)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: HttpRequest, noun: str, key: str, room: str = "registry") -> HttpResponseBase:
    """Change a record."""
    found = noun_of(noun, room)
    row = changeable(request.user, found, key, found.change)
    frame = _frame(request.user, found, row, _("修改%(one)s") % {"one": found.one})
    form = found.form(sent(request), instance=row, user=request.user, permission=found.change)
    return _filled_in(request, found, form, "change", frame)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def delete(request: HttpRequest, noun: str, key: str, room: str = "registry") -> HttpResponseBase:
    """Delete a record on which nothing hangs."""
    found = noun_of(noun, room)
    row = changeable(request.user, found, key, found.delete)
    frame = _frame(request.user, found, row, _("删除%(one)s") % {"one": found.one})
    form = WhyForm(sent(request))
    form.instance = row
    if request.method == "POST" and form.is_valid():
        owner = found.owner(row)
        back = owner[0].url_of(owner[1]) if owner else found.list_url
        if _deleted(request, found, form):
            messages.success(request, _("已删除“%(row)s”。") % {"row": row})
            return redirect(back)
    return render(request, "registry/delete.html", frame | {"form": form})


def _filled_in(
    request: HttpRequest, noun: Noun, form: Any, verb: str, frame: dict[str, Any]
) -> HttpResponseBase:
    """The form; once it is filled in rightly, the page of the record that it made or changed."""
    if request.method == "POST" and form.is_valid() and _saved(request, noun, form, verb):
        words = _("已登记%(one)s“%(row)s”。") if verb == "add" else _("已保存“%(row)s”。")
        messages.success(request, words % {"one": noun.one, "row": form.instance})
        return redirect(noun.url_of(form.instance))
    return render(request, "registry/edit.html", frame | {"form": form})


def changeable(user: Any, noun: Noun, key: str, permission: str) -> Any:
    """A record that this person may change: 404 when they may not see it, 403 when only that."""
    row = noun.find(user, key)
    if not permission or not may(user, permission, row):
        raise PermissionDenied
    return row


def _saved(request: HttpRequest, noun: Noun, form: Any, verb: str) -> bool:
    def act(changes: Changes) -> None:
        form.save_in(changes)
        _audit(request, noun, form, changes, verb)

    if not done(request, form, act):
        return False
    for doubt in form.doubts():
        messages.warning(request, doubt)
    return True


def _deleted(request: HttpRequest, noun: Noun, form: WhyForm) -> bool:
    def act(changes: Changes) -> None:
        changes.delete(form.instance)
        _audit(request, noun, form, changes, "delete")

    return done(request, form, act)


def done(
    request: HttpRequest, form: Any, act: Callable[[Changes], None], kind: str = "edit"
) -> bool:
    """Do ``act`` in one transaction with its reason; what hinders it becomes the form's error."""
    try:
        with changing(request.user, why=form.cleaned_data["why"], kind=kind) as changes:
            act(changes)
    except ValidationError as error:
        tell(form, error)
    except ProtectedError:
        form.add_error(
            None, _("还有其他记录关联着它，不能删除。请先处理那些记录，或改为停用、封堵。")
        )
    except IntegrityError:
        form.add_error(None, _("刚刚有人登记了相同的内容。请返回列表核对，避免重复。"))
    return not form.errors


def tell(form: Any, error: ValidationError) -> None:
    """Errors of the model beside its fields; those of fields the form has not, above it."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def _audit(request: HttpRequest, noun: Noun, form: Any, changes: Changes, verb: str) -> None:
    row = form.instance
    record(
        f"{noun.room}.{verb}",
        f"{noun.code}:{noun.key_of(row)}",
        actor=request.user,
        address=request.META.get("REMOTE_ADDR", ""),
        why=form.cleaned_data["why"],
        change_set=changes.change_set.pk,
    )


def _frame(user: Any, noun: Noun, row: Any, title: str) -> dict[str, Any]:
    """What stands around the form; made before the form writes into ``row``."""
    may_delete = row is not None and noun.delete and may(user, noun.delete, row)
    return {
        "section": section_of(noun),
        "trail": trail_to(noun, row, last=title),
        "noun": noun,
        "title": title,
        "row": str(row or ""),
        "back": noun.url_of(row) if row is not None else _list_of(noun),
        "delete_url": noun.delete_url_of(row) if may_delete else "",
    }


def _list_of(noun: Noun) -> str:
    """What is shown at its owner only has no list of its own."""
    return noun.list_url if noun.listing is not None else reverse("registry")
