"""Open an account (its first password is shown once), reset, lock and unlock it, end an employment."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhihuan.bureau.people import accounts, leaving
from zhihuan.bureau.people.models import User
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.people.acting import Deed, Place, act_page, attempted, frame
from zhihuan.web.people.forms.grant import ReasonForm
from zhihuan.web.people.forms.leaving import LeavingForm
from zhihuan.web.people.nouns.account import ACCOUNT
from zhihuan.web.registry.edit_page import changeable
from zhihuan.web.registry.trail import section_of, trail_to
from zhihuan.web.sent import sent

OPENING, KEEPING, LOCKING = "people.add_user", "people.change_user", "people.lock_user"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def open_account(request: HttpRequest) -> HttpResponse:
    """A new account, without any right."""
    form = ACCOUNT.form(sent(request), user=request.user, permission=OPENING)
    title = _("开设账号")
    if request.method == "POST" and form.is_valid():
        handed = _handed(request, form, form.instance, accounts.open_account)
        if handed is not None:
            return _show_once(request, form.instance, handed, title)
    context = {
        "section": section_of(ACCOUNT),
        "trail": trail_to(ACCOUNT, last=title),
        "title": title,
        "form": form,
        "back": ACCOUNT.list_url,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "registry/edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def reset_password(request: HttpRequest, username: str) -> HttpResponse:
    """Another first password; whoever signs in with it must choose another."""
    person = changeable(request.user, ACCOUNT, username, KEEPING)
    form = ReasonForm(sent(request))
    deed = Deed(
        _("重置密码"),
        _("重置"),
        "",
        _("核实确为本人后再办理。新密码只显示一次，首次登录时须修改；此人现有登录全部退出。"),
        is_grave=True,
    )
    if request.method == "POST" and form.is_valid():
        handed = _handed(request, form, person, accounts.new_password)
        if handed is not None:
            return _show_once(request, person, handed, deed.title)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "people/act.html", frame(deed, form, _place(person)), status=status)


def _handed(request: HttpRequest, form: Any, person: User, act: Callable[..., str]) -> str | None:
    """The password that the act handed out; None when it was refused."""
    handed: list[str] = []

    def hand(given: dict[str, Any]) -> None:
        password = act(person, actor=request.user, why=given["why"], address=address_of(request))
        handed.append(password)

    return handed[0] if attempted(form, hand) else None


def _show_once(request: HttpRequest, person: User, password: str, title: str) -> HttpResponse:
    context = {
        "section": section_of(ACCOUNT),
        "trail": trail_to(ACCOUNT, person, last=title),
        "title": title,
        "person": person,
        "password": password,
        "back": ACCOUNT.url_of(person),
    }
    return render(request, "people/password.html", context, status=HTTPStatus.CREATED)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def lock(request: HttpRequest, username: str) -> HttpResponse:
    """Something is wrong: nobody uses it until it is unlocked."""
    person = changeable(request.user, ACCOUNT, username, LOCKING)
    warning = _("锁定后此人现有登录立即退出，解锁前不能登录；用于账号可疑或被盗用时。")
    done = _("已锁定账号“%(person)s”。") % {"person": person}
    deed = Deed(_("锁定账号"), _("锁定"), done, warning, is_grave=True)
    return _plain_act(request, person, deed, accounts.lock)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def unlock(request: HttpRequest, username: str) -> HttpResponse:
    """It is all right again."""
    person = changeable(request.user, ACCOUNT, username, LOCKING)
    done = _("已解锁账号“%(person)s”。") % {"person": person}
    return _plain_act(request, person, Deed(_("解锁账号"), _("解锁"), done), accounts.unlock)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def come_back(request: HttpRequest, username: str) -> HttpResponse:
    """Somebody who left works here again."""
    person = changeable(request.user, ACCOUNT, username, KEEPING)
    done = _("已恢复账号“%(person)s”。") % {"person": person}
    warning = _("恢复后没有任何角色，请安全管理员重新授权。")
    deed = Deed(_("恢复账号"), _("恢复"), done, warning)
    return _plain_act(request, person, deed, leaving.come_back)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def leave(request: HttpRequest, username: str) -> HttpResponse:
    """End of employment: every right ends, open work goes to somebody."""
    person = changeable(request.user, ACCOUNT, username, KEEPING)
    form = LeavingForm(person, sent(request))
    deed = Deed(
        _("办理离职"),
        _("停用账号"),
        _("已为“%(person)s”办理离职，账号已停用。") % {"person": person},
        _("账号立即停用，全部角色、委托与受托代理同时结束；账号及其记录保留。"),
        is_grave=True,
    )

    def act(given: dict[str, Any]) -> None:
        moved = leaving.leave(
            person,
            actor=request.user,
            why=given["why"],
            successor=given.get("successor"),
            address=address_of(request),
        )
        if count := sum(moved.values()):
            messages.success(request, _("已移交 %(n)s 件在办事项。") % {"n": count})

    return act_page(request, deed, form, _place(person), act)


def _plain_act(
    request: HttpRequest, person: User, deed: Deed, act: Callable[..., None]
) -> HttpResponse:
    def do(given: dict[str, Any]) -> None:
        act(person, actor=request.user, why=given["why"], address=address_of(request))

    return act_page(request, deed, ReasonForm(sent(request)), _place(person), do)


def _place(person: User) -> Place:
    return Place(section_of(ACCOUNT), trail_to(ACCOUNT, person), ACCOUNT.url_of(person))
