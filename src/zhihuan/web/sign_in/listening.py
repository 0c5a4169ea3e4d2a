"""What allauth does is written down: factors added and taken away, and too many sessions ended."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import user_logged_in
from allauth.mfa import signals
from django.conf import settings

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.bureau.people.signed_in import end_oldest


def listen() -> None:
    """From now on."""
    acts = {
        "add": signals.authenticator_added,
        "remove": signals.authenticator_removed,
        "reset": signals.authenticator_reset,
    }
    for verb, signal in acts.items():
        signal.connect(_writer(f"account.{verb}_factor"), weak=False, dispatch_uid=f"factor.{verb}")
    user_logged_in.connect(_one_too_many, dispatch_uid="sessions.most")


def _writer(action: str) -> Any:
    def write(request: Any, user: Any, authenticator: Any, **_more: Any) -> None:
        record(
            action,
            f"account:{user.get_username()}",
            actor=user,
            address=address_of(request),
            factor=str(authenticator.type),
        )

    return write


def _one_too_many(request: Any, user: Any, **_more: Any) -> None:
    most = settings.ZHIHUAN_SESSIONS_PER_PERSON
    end_oldest(user, most=most, keep=request.session.session_key)
