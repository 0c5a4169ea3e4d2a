# ruff: noqa: ARG001 - Django fixes the parameters of its error handlers
"""Error pages in plain words: what happened, and what the reader can do about it.

They show no stack trace, no path and no internal name.
"""

from __future__ import annotations

import sys
from http import HTTPStatus

from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from zhihuan.telemetry.store import StoreError

_WORDS = {
    HTTPStatus.BAD_REQUEST: (
        _("请求内容有误"),
        _("提交的内容不完整或格式不对。请返回上一页核对后重新提交。"),
    ),
    HTTPStatus.FORBIDDEN: (
        _("没有权限"),
        _("您的账号没有此项权限。如工作需要，请联系管理员调整角色。"),
    ),
    HTTPStatus.NOT_FOUND: (
        _("没有找到"),
        _("您要看的内容不存在，或已被移除。请核对地址，或从首页重新进入。"),
    ),
    HTTPStatus.TOO_MANY_REQUESTS: (
        _("访问过于频繁"),
        _("请稍后再刷新。"),
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        _("系统出错"),
        _("这不是您的操作造成的。错误已记录，请稍后重试；如反复出现，请联系运维人员并说明时间。"),
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        _("数据库暂时不可用"),
        _("监测数据暂时读不出来，设备上报的数据不会因此丢失。请稍后刷新。"),
    ),
}


#: What the store and the database raise when they cannot answer.
UNAVAILABLE = (StoreError, OperationalError, InterfaceError)
#: The frame of a page for when no database may be asked: nobody's name, no messages, no banner.
_FRAME_WITHOUT_DATABASE = {
    "user": AnonymousUser(),
    "navigation": (),
    "user_menu": (),
    "badges": (),
    "search_url": "",
    "messages": (),
    "has_synthetic_data": False,
}


def error_page(
    request: HttpRequest, status: HTTPStatus, explanation: str | None = None
) -> HttpResponse:
    """The page for ``status``; ``explanation`` replaces the general words when one knows better."""
    title, words = _WORDS[status]
    context = {"title": title, "explanation": explanation or words, "status": int(status)}
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        context |= _FRAME_WITHOUT_DATABASE
    return render(request, "error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 where it was a database that did not answer, before any view was reached."""
    if isinstance(sys.exception(), UNAVAILABLE):
        return unavailable(request)
    return error_page(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def unavailable(request: HttpRequest) -> HttpResponse:
    response = error_page(request, HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = "30"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    words = _("页面已过期，或浏览器没有接受 Cookie。请返回上一页，刷新后重新提交。")
    return error_page(request, HTTPStatus.FORBIDDEN, str(words))
