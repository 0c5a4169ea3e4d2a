"""Open, keep, lock and unlock accounts; every act with its reason in the audit trail.

Locking (锁定) is the security administrator's: something is wrong. It ends all sessions at once; so
does a new password. No account is ever deleted: what it did must stay somebody's.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.history.changing import changing
from zhihuan.bureau.people.granting import last_of_role
from zhihuan.bureau.people.models import RoleGrant, User
from zhihuan.bureau.people.password_keeping import hand_out_password
from zhihuan.bureau.people.signed_in import end_sessions


@transaction.atomic
def open_account(user: User, *, actor: Any, why: str, address: str = "") -> str:
    """Save a new account; its first password, returned once."""
    user.set_unusable_password()
    with changing(actor, why=why) as changes:
        changes.create(user)
    record("account.open", subject_of(user), actor=actor, address=address, why=why)
    return hand_out_password(user, actor=actor, address=address)


@transaction.atomic
def new_password(user: User, *, actor: Any, why: str, address: str = "") -> str:
    """Hand out another first password, because the owner lost theirs; ends all sessions.

    ValidationError for one's own, and for an account that cannot sign in.
    """
    must_be_another(user, actor)
    must_be_told(why)
    if not user.may_sign_in:
        raise ValidationError(_("此账号已停用或锁定，不能重置密码。"))
    record("account.new_password", subject_of(user), actor=actor, address=address, why=why)
    password = hand_out_password(user, actor=actor, address=address)
    end_sessions(user, actor=actor, why="new_password", address=address)
    return password


@transaction.atomic
def lock(user: User, *, actor: Any, why: str, address: str = "") -> None:
    """It may not be used until somebody unlocks it. ValidationError says what stands against it."""
    must_be_told(why)
    must_be_another(user, actor)
    must_not_be_the_last(user)
    with changing(actor, why=why) as changes:
        changes.update(user, locked_at=timezone.now())
        record("account.lock", subject_of(user), actor=actor, address=address, why=why)
    end_sessions(user, actor=actor, why="locked", address=address)


def unlock(user: User, *, actor: Any, why: str, address: str = "") -> None:
    """It may be used again."""
    must_be_told(why)
    with changing(actor, why=why) as changes:
        changes.update(user, locked_at=None)
        record("account.unlock", subject_of(user), actor=actor, address=address, why=why)


def must_be_told(why: str) -> None:
    """ValidationError without a reason."""
    if not why.strip():
        raise ValidationError({"why": _("请填写事由。")})


def must_be_another(user: User, actor: Any) -> None:
    """ValidationError for one's own account."""
    if actor is not None and actor.pk == user.pk:
        raise ValidationError(_("不能对自己的账号这样操作。"))


def must_not_be_the_last(user: User) -> None:
    """ValidationError when an administrator's role would be left without anybody."""
    for grant in RoleGrant.objects.in_force().filter(user=user):
        if problem := last_of_role(grant):
            raise ValidationError(problem)


def subject_of(user: User) -> str:
    """How the audit trail names an account."""
    return f"account:{user.username}"
