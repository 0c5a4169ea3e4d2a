"""Grant a role to a person, and take it back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from zhihuan.bureau.people.granting import grant_role, lent_of, revoke_role
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.listing import respond
from zhihuan.web.people.acting import Deed, Place, act_page
from zhihuan.web.people.forms.grant import GrantForm, ReasonForm
from zhihuan.web.people.nouns.account import ACCOUNT
from zhihuan.web.people.nouns.grant import DELEGATIONS, GRANT, role_name
from zhihuan.web.registry.edit_page import changeable
from zhihuan.web.registry.trail import section_of, trail_to
from zhihuan.web.sent import sent

GRANTING = "people.grant_role"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def grant(request: HttpRequest, username: str) -> HttpResponse:
    """Which role, where, from when until when."""
    person = changeable(request.user, ACCOUNT, username, GRANTING)
    form = GrantForm(person, sent(request))
    words = _("授权只由安全管理员办理，不能给自己授权；三员之间、三员与业务角色之间不得兼任。")
    deed = Deed(
        _("授予角色：%(person)s") % {"person": person},
        _("授予"),
        _("已向“%(person)s”授予角色。") % {"person": person},
        words,
    )

    def act(_given: dict[str, Any]) -> None:
        grant_role(form.grant(), actor=request.user, address=address_of(request))

    place = Place(section_of(ACCOUNT), trail_to(ACCOUNT, person), ACCOUNT.url_of(person))
    return act_page(request, deed, form, place, act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a grant now; what was lent of it ends too."""
    found = changeable(request.user, GRANT, str(pk), GRANTING)
    words = {"person": found.user, "role": role_name(found)}
    lent = lent_of(found)
    deed = Deed(
        _("收回授权：%(person)s 的%(role)s") % words,
        _("收回"),
        _("已收回“%(person)s”的%(role)s。") % words,
        _("此人据此委托他人的 %(n)s 项代理将同时结束。") % {"n": len(lent)} if lent else "",
        is_grave=True,
    )

    def act(given: dict[str, Any]) -> None:
        revoke_role(found, actor=request.user, why=given["why"], address=address_of(request))

    place = Place(section_of(GRANT), trail_to(GRANT, found), GRANT.url_of(found))
    return act_page(request, deed, ReasonForm(sent(request)), place, act)


@require_safe
@never_cache
def delegations(request: HttpRequest) -> HttpResponseBase:
    """Who acts for whom, within one's scope."""
    lead = _("委托不能超出委托人自己的角色，到期自动结束；委托人的角色收回或到期，代理同时失效。")
    return respond(request, DELEGATIONS, context={"lead": lead, "section": "people-delegations"})
