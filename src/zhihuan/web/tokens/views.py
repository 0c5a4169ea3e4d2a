"""Issue tokens (shown once), look at them, revoke them."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhihuan.bureau.access.issuing import MANAGE, revoke
from zhihuan.bureau.access.models import ApiToken
from zhihuan.bureau.people.scope import may
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.components.crumb import Crumb
from zhihuan.web.components.term import Term
from zhihuan.web.components.value import Kind
from zhihuan.web.listing import respond
from zhihuan.web.permission import requires, signed_in
from zhihuan.web.sent import sent
from zhihuan.web.tokens.forms import SystemTokenForm, TokenForm
from zhihuan.web.tokens.lists import ALL_TOKENS, MY_TOKENS, status_of, tokens_for
from zhihuan.web.tokens.scopes import words_of

_may_manage = requires(MANAGE)


@signed_in
@require_safe
@never_cache
def tokens(request: HttpRequest) -> HttpResponseBase:
    """One's own tokens."""
    lead = _("程序凭令牌调用平台接口；令牌只在签发时显示一次，平台只保存摘要。")
    return respond(
        request, MY_TOKENS, template="tokens/list.html", context={"lead": lead, "new": "token-new"}
    )


@require_safe
@never_cache
@_may_manage
def all_tokens(request: HttpRequest) -> HttpResponseBase:
    """Everybody's tokens, for whoever manages those of programs."""
    lead = _("系统令牌签发给责任账号，供其他系统调用；怀疑泄露的令牌，不论谁的，都可在此撤销。")
    return respond(
        request,
        ALL_TOKENS,
        template="tokens/list.html",
        context={"lead": lead, "new": "system-token-new", "section": "all-tokens"},
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def token_new(request: HttpRequest) -> HttpResponse:
    """Issue a personal token."""
    return _issuing(
        request, TokenForm, _("签发个人令牌"), Crumb(MY_TOKENS.title, reverse("tokens"))
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@_may_manage
def system_token_new(request: HttpRequest) -> HttpResponse:
    """Issue a system token."""
    crumb = Crumb(ALL_TOKENS.title, reverse("all-tokens"))
    return _issuing(request, SystemTokenForm, _("签发系统令牌"), crumb)


def _issuing(
    request: HttpRequest, form_type: type[TokenForm], title: str, back: Crumb
) -> HttpResponse:
    form = form_type(request, sent(request))
    frame = {"title": title, "trail": [back, Crumb(title)], "back": back.url}
    if request.method == "POST" and form.is_valid():
        issued = form.issued()
        if issued is not None:
            context = frame | {"token": issued.token, "text": issued.text}
            return render(request, "tokens/issued.html", context, status=HTTPStatus.CREATED)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "tokens/new.html", frame | {"form": form}, status=status)


@signed_in
@require_safe
@never_cache
def token(request: HttpRequest, pk: int) -> HttpResponse:
    """One token: its scopes in words, what it was used for last."""
    found = get_object_or_404(tokens_for(request.user), pk=pk)
    is_own = found.owner == request.user
    back = (
        Crumb(MY_TOKENS.title, reverse("tokens"))
        if is_own
        else Crumb(ALL_TOKENS.title, reverse("all-tokens"))
    )
    context = {
        "section": "" if is_own else "all-tokens",
        "trail": [back, Crumb(found.name)],
        "token": found,
        "status": status_of(found),
        "facts": _facts(found),
        "scopes": [(words_of(code), may(found.owner, code)) for code in found.scopes],
    }
    return render(request, "tokens/token.html", context)


@signed_in
@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke: at once and for good. Asks for no password: stopping must be easy."""
    found = get_object_or_404(tokens_for(request.user), pk=pk)
    if revoke(found, by=request.user, address=address_of(request)):
        messages.success(request, _("令牌已撤销，凭它的调用即刻被拒绝。"))
    else:
        messages.error(request, _("这个令牌先前已撤销。"))
    return redirect("token", pk=pk)


def _facts(found: ApiToken) -> list[Term]:
    return [
        Term(_("类别"), found.get_kind_display()),
        Term(_("责任账号"), str(found.owner)),
        Term(_("使用单位"), found.organisation, reason=_("个人令牌不登记")),
        Term(_("签发时间"), found.created_at, Kind.MOMENT),
        Term(_("到期时间"), found.expires_at, Kind.MOMENT),
        Term(_("最近使用"), found.last_used_at, Kind.MOMENT, reason=_("没有用过")),
        Term(_("最近使用地址"), found.last_used_address, Kind.CODE, reason=_("没有用过")),
        Term(_("允许的来源地址"), "、".join(found.addresses), Kind.CODE, reason=_("不限")),
        Term(_("撤销时间"), found.revoked_at, Kind.MOMENT, reason=_("未撤销")),
    ]
