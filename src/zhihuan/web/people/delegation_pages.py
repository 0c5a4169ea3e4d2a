"""Lend one's roles for a time, and end it before its time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhihuan.bureau.people.delegation import delegate as lend
from zhihuan.bureau.people.delegation import end_delegation as end_lending
from zhihuan.bureau.people.delegation import lent_by, lent_to
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.people.acting import Deed, Place, act_page
from zhihuan.web.people.forms.delegation import DelegationForm
from zhihuan.web.people.forms.grant import ReasonForm
from zhihuan.web.people.nouns.grant import role_name
from zhihuan.web.permission import signed_in
from zhihuan.web.sent import sent


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def delegate(request: HttpRequest) -> HttpResponse:
    """Which roles, to whom, from when until when."""
    user: Any = request.user
    form = DelegationForm(user, sent(request))
    deed = Deed(
        _("委托代理"), _("委托"), _("已委托。代理人在期限内可行使所选角色。"), _in_hand(form)
    )

    def act(_given: dict[str, Any]) -> None:
        done = lend(form.delegation(), actor=user, address=address_of(request))
        if moved := sum(done.moved.values()):
            messages.success(request, _("已移交 %(n)s 件在办事项。") % {"n": moved})

    return act_page(request, deed, form, _own_place(), act)


def _in_hand(form: DelegationForm) -> str:
    """What is open, so that nobody goes on leave over it."""
    told = "、".join(f"{each.work.text} {each.count}" for each in form.in_hand)
    return _("您手上还有：%(told)s。") % {"told": told} if told else ""


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def end_delegation(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own, as lender or as deputy; others' are not found."""
    user: Any = request.user
    found = get_object_or_404(lent_by(user) | lent_to(user), pk=pk)
    words = {"deputy": found.user, "holder": found.on_behalf_of, "role": role_name(found)}
    title = _("提前结束代理：%(deputy)s 代 %(holder)s 任%(role)s") % words
    deed = Deed(title, _("结束代理"), _("代理已结束。"))

    def act(given: dict[str, Any]) -> None:
        end_lending(found, actor=user, why=given["why"], address=address_of(request))

    return act_page(request, deed, ReasonForm(sent(request)), _own_place(), act)


def _own_place() -> Place:
    back = reverse("people-own")
    return Place("people-own", [Crumb(_("我的角色与代理"), back)], back)
