"""What follows of what allauth does: too many sessions end the oldest, a factor asked for again is written down."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import user_logged_in
from allauth.mfa.signals import authenticator_used
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db.models.signals import pre_save

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.people.sign_in import address_of
from zhihuan.bureau.people.signed_in import end_oldest
from zhihuan.web.sign_in.unified import keep_nothing


def listen() -> None:
    """From now on."""
    user_logged_in.connect(_one_too_many, dispatch_uid="sessions.most")
    authenticator_used.connect(_used_again, dispatch_uid="factor.used_again")
    pre_save.connect(keep_nothing, sender=SocialAccount, dispatch_uid="unified.keep_nothing")


def _one_too_many(request: Any, user: Any, **_more: Any) -> None:
    most = settings.ZHIHUAN_SESSIONS_PER_PERSON
    end_oldest(user, most=most, keep=request.session.session_key)


def _used_again(
    request: Any, user: Any, authenticator: Any, reauthenticated: bool = False, **_more: Any
) -> None:
    """Before a sensitive act; after the password it is part of signing in."""
    if reauthenticated:
        subject, kind = f"account:{user.get_username()}", str(authenticator.type)
        record("account.confirm", subject, actor=user, address=address_of(request), factor=kind)
