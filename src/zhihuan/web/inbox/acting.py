"""Take a matter on, give it back, give it to a colleague."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zhihuan.bureau.inbox import claiming
from zhihuan.bureau.inbox.actions import ASSIGN, READ_TO_DOS
from zhihuan.bureau.inbox.asking import forget_waiting
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.reach import seen_by
from zhihuan.bureau.people.scope import may
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.people.acting import Deed, Place, act_page
from zhihuan.web.permission import requires
from zhihuan.web.sent import sent


@requires(READ_TO_DOS)
@require_POST
def take_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it on oneself."""
    matter = _matter(request, pk)
    try:
        claiming.take_on(matter, request.user, address=address_of(request))  # type: ignore[arg-type]
        messages.success(request, _("已领取：%(title)s。") % {"title": matter})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _back(request)


@requires(READ_TO_DOS)
@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Let others have it."""
    matter = _matter(request, pk)
    claiming.give_back(matter, actor=request.user, address=address_of(request))  # type: ignore[arg-type]
    messages.success(request, _("已退回待领取：%(title)s。") % {"title": matter})
    return _back(request)


class AssignForm(forms.Form):
    """To whom, with a word about why."""

    to = forms.ChoiceField(
        label=gettext_lazy("交给"), help_text=gettext_lazy("只列出现在能办理此事项的人员")
    )
    note = forms.CharField(
        label=gettext_lazy("说明"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("选填；勿写投诉人信息"),
    )

    def __init__(self, candidates: list[claiming.Candidate], *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.people = {str(each.user.pk): each.user for each in candidates}
        choices = [(key, str(user)) for key, user in self.people.items()]
        self.fields["to"].choices = [("", _("请选择")), *choices]  # type: ignore[attr-defined]


@requires(READ_TO_DOS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it to a colleague who may go on with it."""
    user: Any = request.user
    matter = _matter(request, pk)
    candidates = claiming.candidates(matter)
    if not may(user, ASSIGN, matter) and user not in [each.user for each in candidates]:
        raise PermissionDenied
    form = AssignForm(candidates, sent(request))
    title = _("交办：%(title)s") % {"title": matter}
    deed = Deed(title, _("交办"), _("已交办。"))

    def act(given: dict[str, Any]) -> None:
        claiming.assign(
            matter,
            form.people[given["to"]],
            by=user,
            note=given["note"],
            address=address_of(request),
        )

    back = reverse("inbox")
    return act_page(request, deed, form, Place("inbox", [Crumb(_("待办"), back)], back), act)


def _matter(request: HttpRequest, pk: int) -> Matter:
    """One that the reader may look at."""
    found = seen_by(request.user).filter(pk=pk).select_related("party").first()
    if found is None:
        raise Http404
    return found


def _back(request: HttpRequest) -> HttpResponse:
    """Where the reader came from, if it is a page of ours."""
    forget_waiting(request.user)
    back = request.POST.get("back", "")
    host = {request.get_host()}
    ours = url_has_allowed_host_and_scheme(back, host, require_https=request.is_secure())
    return redirect(back if back and ours else reverse("inbox"))
