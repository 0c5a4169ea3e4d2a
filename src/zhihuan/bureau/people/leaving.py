"""End of employment (离职), and coming back. The account stays: what it did must stay somebody's.

Whoever leaves loses every role at once, lends and stands in for nobody any more, and can no longer
sign in. Coming back brings no role back: those are granted anew.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.history.changing import changing
from zhihuan.bureau.people import open_work
from zhihuan.bureau.people.accounts import (
    must_be_another,
    must_be_told,
    must_not_be_the_last,
    subject_of,
)
from zhihuan.bureau.people.granting import end_grants
from zhihuan.bureau.people.models import Organisation, RoleGrant, User
from zhihuan.bureau.people.signed_in import end_sessions


@transaction.atomic
def leave(
    user: User, *, actor: Any, why: str, successor: User | None = None, address: str = ""
) -> dict[str, int]:
    """End somebody's employment; how much open work of each kind went to the successor.

    ValidationError while there is open work and nobody to take it, for oneself, for the last holder
    of an administrator's role, and without a reason.
    """
    _check(user, successor, actor, why)
    places = list(Organisation.objects.filter(grants__user=user).distinct())
    moved = open_work.hand_over(user, successor, places, actor) if successor else {}
    end_grants(_grants_of(user), actor=actor, why=why, address=address)
    with changing(actor, why=why) as changes:
        changes.update(user, is_active=False)
        record(
            "account.leave",
            subject_of(user),
            actor=actor,
            address=address,
            why=why,
            successor=successor.username if successor else None,
            moved=moved,
        )
    end_sessions(user, actor=actor, why="left", address=address)
    return moved


def come_back(user: User, *, actor: Any, why: str, address: str = "") -> None:
    """The account may be used again, without any role."""
    must_be_told(why)
    with changing(actor, why=why) as changes:
        changes.update(user, is_active=True)
        record("account.come_back", subject_of(user), actor=actor, address=address, why=why)


def in_hand(user: User) -> list[open_work.InHand]:
    """Open work that somebody must take over."""
    return open_work.in_hand(user, Organisation.objects.filter(grants__user=user).distinct())


def _grants_of(user: User) -> list[RoleGrant]:
    """Everything open that somebody holds or lent."""
    rows = RoleGrant.objects.open(timezone.localdate())
    mine = rows.filter(Q(user=user) | Q(on_behalf_of=user))
    return list(mine.select_related("user", "organisation", "on_behalf_of"))


def _check(user: User, successor: User | None, actor: Any, why: str) -> None:
    must_be_told(why)
    must_be_another(user, actor)
    must_not_be_the_last(user)
    if successor is not None and (successor.pk == user.pk or not successor.may_sign_in):
        raise ValidationError({"successor": _("接手人须是另一个在用账号。")})
    if successor is None and (left := in_hand(user)):
        told = "、".join(f"{each.work.text} {each.count}" for each in left)
        words = _("还有在办事项（%(told)s），请选择接手人。") % {"told": told}
        raise ValidationError({"successor": words})
