"""The door of every address for programs: who calls, how often, in which language; errors as
problem+json.

    @api_door(permission="registry.view_monitoringpoint")
    def things(request): ...
        request.caller.may("registry.view_device")

A caller shows a token (``Authorization: Bearer …``) or comes with a session, as pages of ours do;
then other than safe methods need the CSRF token too. ``request.user`` of a token call stays
nobody, so that no code can forget the token's narrower scopes. Other sites' scripts are not let
in: there are no CORS headers.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from zhihuan.bureau.access.caller import Caller, Refusal, TokenRefusedError, caller_by_token
from zhihuan.bureau.access.rates import rates
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.web.api import problem
from zhihuan.web.api.problem import Problem, problem_response
from zhihuan.web.errors import UNAVAILABLE
from zhihuan.web.permission import everybody

_log = logging.getLogger(__name__)
_View = Callable[..., HttpResponseBase]
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
#: For whoever reads the table of addresses: a program is answered 401, never sent to the login page.
_BY_TOKEN, _WITHOUT_TOKEN = "for programs: the door asks for a token", "for programs: open to all"
_VARIES = ("Accept-Language", "Authorization", "Cookie")


def api_door(
    *, permission: str = "", public: bool = False, known: bool = False
) -> Callable[[_View], _View]:
    """Let a view be called by programs that may do ``permission`` ("": by any caller).

    ``public``: by everybody; requests are counted by address, and there is no ``request.caller``.
    ``known`` beside it: whoever says who they are is told more; ask ``caller_if_any``.
    """

    def guard(view: _View) -> _View:
        @everybody(_WITHOUT_TOKEN if public else _BY_TOKEN)
        @csrf_exempt
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **given: Any) -> HttpResponseBase:
            language = translation.get_language_from_request(request)
            with translation.override(language):
                response = _answered(
                    request, lambda: _let_in(request, permission, public), view, args, given
                )
            response.headers.setdefault("Content-Language", language)
            response.headers.setdefault("Cache-Control", "private, no-cache")
            # public answers are the same for everybody: caches on the way may share them
            patch_vary_headers(response, _VARIES[:1] if public and not known else _VARIES)
            return response

        return guarded

    return guard


def _answered(
    request: HttpRequest, let_in: Callable[[], None], view: _View, args: Any, given: Any
) -> HttpResponseBase:
    """The view's answer, or its error told; every error is one of ours."""
    try:
        let_in()
        return view(request, *args, **given)
    except Exception as error:  # noqa: BLE001 - each sort is told apart below
        return problem_response(request, problem_of(request, error))


def problem_of(request: HttpRequest, error: Exception) -> Problem:
    """An exception as the problem it is; unexpected ones are logged, and told without detail."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, Http404):
        return Problem(problem.NOT_FOUND, _("没有这条记录，或者您无权查看。"))
    if isinstance(error, PermissionDenied):
        return Problem(problem.FORBIDDEN)
    if isinstance(error, RequestDataTooBig):
        return Problem(problem.TOO_LARGE)
    if isinstance(error, UNAVAILABLE):
        _log.error("%s: a database does not answer", request.path, exc_info=error)
        return Problem(problem.UNAVAILABLE, _("请稍后重试。"), headers={"Retry-After": "30"})
    _log.error("%s: unexpected error", request.path, exc_info=error)
    return Problem(problem.FAULT, _("这不是您的请求造成的，错误已记录，请稍后重试。"))


def _let_in(request: HttpRequest, permission: str, public: bool) -> None:
    address = address_of(request)
    _count(f"address:{address}", settings.ZHIHUAN_API_PER_ADDRESS)
    if public:
        return
    caller = _caller(request, address)
    _count(caller.key, settings.ZHIHUAN_API_PER_CALLER)
    request.caller = caller  # type: ignore[attr-defined]
    if permission:
        require(caller, permission)


def require(caller: Caller, permission: str) -> None:
    """Raises the 403 that says which of the two is missing: the scope or the right."""
    if not caller.holds(permission):
        raise Problem(problem.FORBIDDEN, _("令牌的权限范围不含 %(code)s。") % {"code": permission})
    if not caller.may(permission):
        raise Problem(
            problem.FORBIDDEN,
            _("账号没有权限 %(code)s；如工作需要，请联系管理员。") % {"code": permission},
        )


def _count(key: str, allowed: int) -> None:
    if wait := rates().admit(key, allowed):
        detail = _("每分钟至多 %(allowed)s 次，请 %(wait)s 秒后再试。")
        raise Problem(
            problem.TOO_MANY,
            detail % {"allowed": allowed, "wait": wait},
            headers={"Retry-After": str(wait)},
        )


def _caller(request: HttpRequest, address: str) -> Caller:
    scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return _by_token(text.strip(), address)
    if not scheme and request.user.is_authenticated:
        _check_origin(request)
        return Caller(request.user)
    raise _unauthenticated(_("请在请求头 Authorization 中以 Bearer 方式出示令牌。"))


def caller_if_any(request: HttpRequest) -> Caller | None:
    """Who calls an address that is open to everybody, if they say who they are.

    A token that does not open is refused: whoever shows one means to be known.
    """
    if not request.headers.get("Authorization") and not request.user.is_authenticated:
        return None
    caller = _caller(request, address_of(request))
    _count(caller.key, settings.ZHIHUAN_API_PER_CALLER)
    return caller


def _by_token(text: str, address: str) -> Caller:
    try:
        return caller_by_token(text, address)
    except TokenRefusedError as error:
        raise _unauthenticated(_refused(error.refusal), invalid=True) from error


def _refused(refusal: Refusal) -> str:
    return {
        Refusal.UNKNOWN: _("令牌不存在；请核对是否完整复制。"),
        Refusal.EXPIRED: _("令牌已到期；请重新签发。"),
        Refusal.REVOKED: _("令牌已撤销；请重新签发。"),
        Refusal.OWNER_DISABLED: _("令牌持有人的账号已停用或锁定。"),
        Refusal.WRONG_ADDRESS: _("令牌不能从这个地址使用。"),
    }[refusal]


def _unauthenticated(detail: str, *, invalid: bool = False) -> Problem:
    challenge = 'Bearer realm="zhihuan"' + (', error="invalid_token"' if invalid else "")
    return Problem(problem.UNAUTHENTICATED, detail, headers={"WWW-Authenticate": challenge})


class _CsrfGuard(CsrfViewMiddleware):
    """Django's check, without its page."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:  # noqa: ARG002 - Django's own
        return reason


def _check_origin(request: HttpRequest) -> None:
    """A session changes something only from a page of ours (CSRF)."""
    if request.method in _SAFE:
        return
    request.csrf_processing_done = False  # type: ignore[attr-defined]
    guard = _CsrfGuard(lambda _request: None)  # type: ignore[arg-type,return-value]
    guard.process_request(request)
    if guard.process_view(request, lambda: None, (), {}) is not None:
        raise Problem(problem.FORBIDDEN, _("以登录会话提交时须带 CSRF 令牌；程序请使用接口令牌。"))
