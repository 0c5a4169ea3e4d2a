"""Move a device to another point; where it stood stays on record."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.history.changing import Changes
from zhihuan.bureau.people.scope import scope_of
from zhihuan.bureau.registry.placing import move
from zhihuan.web.registry.edit_page import changeable, done
from zhihuan.web.registry.forms.move import MoveForm
from zhihuan.web.registry.nouns import noun_of
from zhihuan.web.registry.trail import section_of, trail_to
from zhihuan.web.sent import sent


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def move_device(request: HttpRequest, key: str) -> HttpResponseBase:
    """Ask where to, from when and why; then move it."""
    noun = noun_of("devices")
    device = changeable(request.user, noun, key, noun.change)
    form = MoveForm(sent(request), user=request.user)
    title = _("移到其他点位")
    trail = trail_to(noun, device, last=title)

    def act(changes: Changes) -> None:
        given = form.cleaned_data
        before = str(device.point)
        move(changes, device, given["to"], given["on"], given["why"])
        if not scope_of(request.user, noun.change).covers(device):
            raise ValidationError({"to": _("此点位不在您的管辖范围。")})
        record(
            "registry.move",
            f"devices:{device.mn}",
            actor=request.user,
            address=request.META.get("REMOTE_ADDR", ""),
            why=given["why"],
            came_from=before,
            to=str(device.point),
            on=given["on"].isoformat(),
        )

    if request.method == "POST" and form.is_valid() and done(request, form, act):
        words = _("已将设备 %(mn)s 移到“%(point)s”。")
        messages.success(request, words % {"mn": device.mn, "point": device.point.name})
        return redirect(noun.url_of(device))
    context = {"form": form, "title": title, "row": device, "noun": noun, "trail": trail}
    context |= {"section": section_of(noun), "back": noun.url_of(device)}
    return render(request, "registry/move.html", context)
