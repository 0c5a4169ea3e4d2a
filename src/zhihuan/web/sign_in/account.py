"""My account (我的账号): who one is here, how one signs in, where one is signed in just now."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhihuan.bureau.people.models import RoleGrant, User
from zhihuan.bureau.people.password_keeping import good_until
from zhihuan.bureau.people.roles import ROLES
from zhihuan.bureau.people.second_factor import has_second_factor, must_have_second_factor
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.bureau.people.signed_in import end_session, end_sessions, sessions_of
from zhihuan.web.components.status import Status, StatusKind
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind
from zhihuan.web.permission import signed_in
from zhihuan.web.sign_in.browser import told


@signed_in
@require_safe
@never_cache
def my_account(request: HttpRequest) -> HttpResponse:
    """One's own account on one page."""
    user: Any = request.user
    context = {
        "facts": _facts(user),
        "roles": _roles(user),
        "has_password": user.has_usable_password(),
        "sessions": [
            {"row": each, "browser": told(each.user_agent), "is_this": _is_this(request, each)}
            for each in sessions_of(user)
        ],
    }
    return render(request, "account/mine.html", context)


def _facts(user: User) -> list[Term]:
    return [
        Term(_("账号"), user.username, Kind.CODE),
        Term(_("姓名"), user.display_name),
        Term(_("所属机构"), user.organisation and str(user.organisation)),
        _password(user),
        Term(_("双因素认证"), _factor(user), Kind.STATUS),
    ]


def _password(user: User) -> Term:
    if not user.has_usable_password():
        return Term(_("登录密码"), None, reason=_("由统一身份认证登录"))
    if user.synthetic:
        return Term(_("登录密码"), _("已设置"))
    last = timezone.localtime(good_until(user))
    return Term(_("登录密码"), _("%(day)s 前有效") % {"day": f"{last:%Y-%m-%d}"})


def _factor(user: User) -> Status:
    if has_second_factor(user):
        return Status(StatusKind.DONE, _("已启用"))
    if must_have_second_factor(user):
        return Status(StatusKind.WARNING, _("须启用"))
    return Status(StatusKind.WAITING, _("未启用"))


def _roles(user: User) -> list[Term]:
    """The roles in force today, each with where and until when."""
    held = RoleGrant.objects.in_force().filter(user=user)
    return [
        Term(
            ROLES[grant.role].name,
            grant.organisation.name,
            note=_until(grant),
        )
        for grant in held.select_related("organisation", "on_behalf_of")
    ]


def _until(grant: RoleGrant) -> str:
    if grant.valid_until is None:
        return _("长期有效")
    last = f"{grant.valid_until:%Y-%m-%d}"
    if grant.on_behalf_of is None:
        return _("有效期至：%(last)s") % {"last": last}
    return _("代理 %(name)s，至 %(last)s") % {"name": grant.on_behalf_of, "last": last}


@signed_in
@require_POST
def end_one(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of one's own other sessions; somebody else's is not to be found."""
    others = sessions_of(request.user, but=request.session.session_key or "")
    session = next((each for each in others if each.pk == pk), None)
    if session is None:
        raise Http404
    end_session(session, actor=request.user, address=address_of(request))
    messages.success(request, _("该会话已退出。"))
    return redirect("my-account")


@signed_in
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all of one's own sessions but this one."""
    key = request.session.session_key or ""
    count = end_sessions(
        request.user, actor=request.user, why="own_wish", keep=key, address=address_of(request)
    )
    messages.success(request, _("已退出其他会话 %(count)s 个。") % {"count": count})
    return redirect("my-account")


def _is_this(request: HttpRequest, session: Any) -> bool:
    return bool(session.session_key == request.session.session_key)
