"""Who logged in, who tried to, who logged out: all in the audit trail; and a pause after failures.

Guessing is slowed per account and address: a stranger who guesses from elsewhere does not lock the
owner out. The audit trail itself is counted, so every process of an installation agrees and a
restart forgives nothing. It keeps no password, not even a wrong one.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.auth.models import update_last_login
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.audit.record import record

FAILURES_ALLOWED = 5
PAUSE = dt.timedelta(minutes=5)
#: Failures longer ago than this are forgotten.
REMEMBERED = dt.timedelta(minutes=30)
_IN, _FAILED, _OUT = "account.log_in", "account.log_in_failed", "account.log_out"


def is_paused(username: str, address: str) -> bool:
    """Whether this account may not be tried from this address just now.

    After five failures in a row, for five minutes after the last; every further failure begins
    another pause, a success ends the row.
    """
    now = timezone.now()
    mine = AuditEntry.objects.filter(
        subject=_subject(username), address=_cut(address), at__gt=now - REMEMBERED
    )
    failures = mine.filter(action=_FAILED)
    if (success := mine.filter(action=_IN).order_by("-id").first()) is not None:
        failures = failures.filter(pk__gt=success.pk)
    newest = list(failures.order_by("-id").values_list("at", flat=True)[:FAILURES_ALLOWED])
    return len(newest) == FAILURES_ALLOWED and newest[0] > now - PAUSE


def address_of(request: HttpRequest | None) -> str:
    """Where a request came from; "" when that is not known."""
    return "" if request is None else str(request.META.get("REMOTE_ADDR", ""))


def note_failed_factor(username: str, request: HttpRequest | None, factor: str) -> None:
    """A wrong second factor, or a password asked again: a failure like any other."""
    record(_FAILED, _subject(username), address=address_of(request), factor=factor)


def note_refused(username: str, request: HttpRequest | None) -> None:
    """Somebody proved who they are, but their account is locked or no longer in use."""
    record(_FAILED, _subject(username), address=address_of(request), why="not in use")


def listen() -> None:
    """Write down every login from now on, with the time of it in the account: Django's own receiver would keep that in a
    transaction of its own."""
    user_logged_in.disconnect(dispatch_uid="update_last_login")
    user_logged_in.connect(_logged_in, dispatch_uid="people.logged_in")
    user_login_failed.connect(_login_failed, dispatch_uid="people.login_failed")
    user_logged_out.connect(_logged_out, dispatch_uid="people.logged_out")


@transaction.atomic
def _logged_in(request: HttpRequest | None, user: Any, **_more: Any) -> None:
    update_last_login(None, user)
    # A session that code made, with no request of a browser behind it, is nobody's login.
    if request is not None and request.method:
        record(
            _IN,
            _subject(user.get_username()),
            actor=user,
            address=address_of(request),
            by=_ways(request),
        )


def _ways(request: HttpRequest) -> list[str]:
    """How somebody proved who they are: ``password``, ``socialaccount``, ``mfa:totp``."""
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY) or []
    ways = [(each.get("method"), each.get("type")) for each in records]
    return [f"{method}:{kind}" if kind else str(method) for method, kind in ways]


def _login_failed(
    credentials: dict[str, Any], request: HttpRequest | None = None, **_more: Any
) -> None:
    _record(_FAILED, str(credentials.get("username") or ""), request)


def _logged_out(request: HttpRequest | None, user: Any, **_more: Any) -> None:
    if user is not None and request is not None and request.method:
        _record(_OUT, user.get_username(), request, actor=user)


def _record(action: str, username: str, request: HttpRequest | None, actor: Any = None) -> None:
    record(action, _subject(username), actor=actor, address=address_of(request))


def _subject(username: str) -> str:
    # PostgreSQL keeps no NUL
    return f"account:{username}".replace("\0", "")[:120]


def _cut(address: str) -> str:
    return address[:45]
