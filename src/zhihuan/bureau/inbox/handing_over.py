"""What somebody has taken on, for whoever leaves or is away: counted, and moved to another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.inbox.claiming import move_claims
from zhihuan.bureau.inbox.models import Claim
from zhihuan.bureau.people.models import Organisation, RoleGrant, User
from zhihuan.bureau.people.open_work import OpenWork

__all__ = ["CLAIMED_MATTERS"]


def _count(holder: User, places: Iterable[Organisation]) -> int:
    return Claim.objects.filter(holder=holder, place__in=list(places)).count()


@transaction.atomic
def _hand_over(holder: User, deputy: User, places: Iterable[Organisation], actor: Any) -> int:
    """What rests on a role at these places, to somebody who holds the role there or elsewhere; where they
    do not, it is freed before long (``claiming.free_forsaken``)."""
    held: dict[str, list[int]] = {}
    grants = RoleGrant.objects.open(timezone.localdate()).filter(user=deputy).order_by("pk")
    for role, place in grants.values_list("role", "organisation_id"):
        held.setdefault(role, []).append(place)
    claims = list(Claim.objects.filter(holder=holder, place__in=list(places)))
    for each in claims:
        theirs = held.get(each.role, [each.place_id])
        each.place_id = each.place_id if each.place_id in theirs else theirs[0]
    moved = move_claims(claims, deputy)
    if moved:
        told = {"to": deputy.get_username(), "moved": moved}
        record("inbox.hand_over", f"user:{holder.get_username()}", actor=actor, **told)
    return moved


CLAIMED_MATTERS = OpenWork("matters", _("已领取的事项"), _count, _hand_over)
