"""The pages of a file: the file itself, as JSON, its contacts when asked for, its timeline, its hours."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.people.scope import may
from zhihuan.bureau.registry.models import Contact, Enterprise
from zhihuan.web.registry.file.contacts import contacts_of
from zhihuan.web.registry.file.contents import Contents, Moment, contents_of
from zhihuan.web.registry.file.document import document
from zhihuan.web.registry.file.sections import sections_of
from zhihuan.web.registry.file.story import events_of, page_of
from zhihuan.web.registry.file.strips import strips_of
from zhihuan.web.registry.file.todo_box import todo_box
from zhihuan.web.registry.nouns import noun_of
from zhihuan.web.registry.nouns.enterprise import status_of
from zhihuan.web.registry.record_page import opening, shown_acts
from zhihuan.web.registry.trail import section_of, trail_to


@dataclass(frozen=True, slots=True)
class Asked:
    """A file as somebody asked for it. ``problem``: what was wrong with the day."""

    enterprise: Enterprise
    contents: Contents | None
    moment: Moment
    problem: str = ""


@require_safe
@never_cache
def enterprise_file(request: HttpRequest, key: str) -> HttpResponseBase:
    """One page; ``?on=2026-05-03`` as of the end of that day."""
    asked = ask(request, key)
    if asked.contents is None:
        return render(request, "registry/file/unknown.html", _frame(asked), status=404)
    return render(request, "registry/file/file.html", _page(request, asked, asked.contents))


@require_POST
@never_cache
def contacts(request: HttpRequest, key: str) -> HttpResponseBase:
    """The contacts in full; each look is written to the audit trail before anything is shown."""
    asked = ask(request, key)
    if not may(request.user, "registry.view_contact", asked.enterprise):
        raise PermissionDenied
    record(
        "contact.view",
        f"enterprise:{asked.enterprise.code}",
        actor=request.user,
        address=request.META.get("REMOTE_ADDR", ""),
        contacts=list(
            Contact.objects.filter(enterprise=asked.enterprise).values_list("pk", flat=True)
        ),
    )
    context = {"contacts": contacts_of(asked.enterprise, request.user, in_full=True)}
    context |= _frame(asked)
    is_fragment = getattr(request, "htmx", None)
    return render(
        request,
        "registry/file/_contacts.html" if is_fragment else "registry/file/contacts.html",
        context,
    )


@require_safe
@never_cache
def timeline(request: HttpRequest, key: str) -> HttpResponseBase:
    """The timeline from a place on: the next part of it for htmx, a page of its own without."""
    asked = ask(request, key)
    if asked.contents is None:
        raise Http404
    context = _frame(asked) | _story(request, asked.contents)
    is_fragment = getattr(request, "htmx", None)
    name = "registry/file/_timeline.html" if is_fragment else "registry/file/timeline.html"
    return render(request, name, context)


@require_safe
@never_cache
def file_json(request: HttpRequest, key: str) -> HttpResponse:
    """The file as JSON; the timeline holds its newest page."""
    asked = ask(request, key)
    if asked.problem:
        return JsonResponse({"title": asked.problem, "status": 400}, status=400)
    if asked.contents is None:
        raise Http404
    happened, _more = page_of(asked.contents, request.user, request.GET.get("after", ""))
    told = document(
        asked.contents, happened, with_devices=may(request.user, "registry.view_device")
    )
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def ask(request: HttpRequest, key: str) -> Asked:
    """The file, within the reader's scope; 403 without the right, 404 outside the scope."""
    noun = noun_of("enterprises")
    if not may(request.user, noun.view):
        raise PermissionDenied
    enterprise = noun.find(request.user, key)
    moment, problem = moment_of(request.GET.get("on", ""))
    return Asked(enterprise, contents_of(enterprise, moment), moment, problem)


def moment_of(text: str) -> tuple[Moment, str]:
    """The day asked for, and what is wrong with it; the present when there is something wrong."""
    if not text.strip():
        return Moment(), ""
    try:
        day = dt.date.fromisoformat(text.strip())
    except ValueError:
        words = _("“%(given)s”不是日期，请按 2026-05-03 的样式填写。下面是当前的档案。")
        return Moment(), words % {"given": text[:20]}
    if day >= timezone.localdate():
        return Moment(), "" if day == timezone.localdate() else _("日期在将来。下面是当前的档案。")
    if day.year < 1990:
        return Moment(), _("平台没有 1990 年以前的档案。下面是当前的档案。")
    return Moment(day), ""


def _frame(asked: Asked) -> dict[str, Any]:
    noun = noun_of("enterprises")
    return {
        "section": section_of(noun),
        "trail": trail_to(noun, asked.enterprise),
        "noun": noun,
        "row": asked.enterprise,
        "on": asked.moment.on,
        "problem": asked.problem,
        "file_url": noun.url_of(asked.enterprise),
        "key": noun.key_of(asked.enterprise),
    }


def _page(request: HttpRequest, asked: Asked, contents: Contents) -> dict[str, Any]:
    user, noun, now = request.user, noun_of("enterprises"), asked.moment.on is None
    sees_data = may(user, "registry.view_monitoringpoint")
    assert noun.facts is not None  # noqa: S101 - the enterprise has a page
    return (
        _frame(asked)
        | _story(request, contents)
        | {
            "row": contents.enterprise,
            "status": status_of(contents.enterprise),
            "facts": [opening(term, user) for term in noun.facts(contents.enterprise)],
            "acts": shown_acts(noun, asked.enterprise, user) if now else [],
            "strip": strips_of(contents) if sees_data else None,
            "parts": sections_of(contents, user),
            "todo": todo_box(contents, user) if now else [],
            "contacts": contacts_of(asked.enterprise, user, in_full=False) if now else None,
        }
    )


def _story(request: HttpRequest, contents: Contents) -> dict[str, Any]:
    found, more = page_of(contents, request.user, request.GET.get("after", ""))
    key = noun_of("enterprises").key_of(contents.enterprise)
    url = reverse("registry-timeline", args=[key])
    on = f"&on={contents.moment.on}" if contents.moment.on else ""
    return {"events": events_of(found), "more_url": f"{url}?after={more}{on}" if more else ""}
