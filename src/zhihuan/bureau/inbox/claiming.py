"""Take a matter on (领取), give it to a colleague (交办), give it back (退回): so that work is not done twice.

It is an understanding among colleagues and no right: whoever may take a step may, taken on or not. So a
matter is never stuck with somebody who is away. Each act is in the audit trail.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.inbox.actions import ASSIGN
from zhihuan.bureau.inbox.figure import to_dos_moved
from zhihuan.bureau.inbox.known import procedure_of
from zhihuan.bureau.inbox.models import Barred, Claim, Message, ToDo
from zhihuan.bureau.inbox.telling import News, tell
from zhihuan.bureau.inbox.waiting import Waits, waits_for
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.holders import Holder, Place, holders
from zhihuan.bureau.people.models import RoleGrant, User
from zhihuan.bureau.people.scope import may

__all__ = [
    "Candidate",
    "assign",
    "candidates",
    "free_forsaken",
    "give_back",
    "move_claims",
    "take_on",
]

_ASSIGNED = gettext_lazy("一件事项交由您办理。")
_PORTION = 500


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may go on with a matter, in which role, by which place of theirs."""

    user: User
    role: str
    place_id: int


def candidates(matter: Matter) -> list[Candidate]:
    """Who may go on with it now, each once, by name; those barred left out. Four queries at most."""
    found = _able(matter)
    people = User.objects.in_bulk({each.user_id for each in found})
    first: dict[int, Candidate] = {}
    for each in found:
        who = people[each.user_id]
        first.setdefault(who.pk, Candidate(who, each.role, each.organisation_id))
    return sorted(first.values(), key=lambda each: str(each.user))


def take_on(matter: Matter, user: User, *, address: str = "") -> Claim:
    """``user`` takes the matter on themselves. PermissionDenied for whoever may not go on with it,
    ValidationError when somebody else has it."""
    return _give(matter, user, by=None, actor=user, note="", address=address)


def assign(matter: Matter, to: User, *, by: User, note: str = "", address: str = "") -> Claim:
    """``by`` gives the matter to a colleague, whoever has it now; they are told.

    ``by`` may go on with it, or holds ``inbox.assign_todos`` there: PermissionDenied otherwise.
    ValidationError when the colleague may not go on with it.
    """
    if not may(by, ASSIGN, matter) and not _able(matter, by):
        raise PermissionDenied
    if not _able(matter, to):
        words = _("%(name)s 不能办理此事项，请另选。") % {"name": to}
        raise ValidationError({"to": words})
    with transaction.atomic():
        Claim.objects.filter(matter=matter, role__in=_roles(matter)).delete()
        claim = _give(matter, to, by=by, actor=by, note=note, address=address)
        if to != by:
            tell(News(Message.Kind.ASSIGNED, _ASSIGNED, matter_id=matter.pk), [to.pk])
    return claim


@transaction.atomic
def give_back(matter: Matter, *, actor: User, address: str = "") -> None:
    """Nobody has it any more. The holder may, and whoever may assign there: PermissionDenied otherwise."""
    claims = Claim.objects.filter(matter=matter, role__in=_roles(matter))
    held = list(claims)
    if not held:
        return
    if any(each.holder_id != actor.pk for each in held) and not may(actor, ASSIGN, matter):
        raise PermissionDenied
    claims.delete()
    ToDo.objects.filter(matter=matter).update(held=False, holder=None)
    to_dos_moved()
    record("inbox.give_back", f"matter:{matter.pk}", actor=actor, address=address)


def free_forsaken() -> int:
    """Free what rests on a grant that is over, or whose holder may not sign in; how many. What a deputy
    had goes back to whom they stood in for. Periodic."""
    grant = RoleGrant.objects.open(timezone.localdate()).filter(
        user=OuterRef("holder"), role=OuterRef("role"), organisation=OuterRef("place")
    )
    gone = Q(holder__is_active=False) | Q(holder__locked_at__isnull=False)
    claims = Claim.objects.filter(gone | ~Exists(grant)).order_by("pk")[:_PORTION]
    return sum(_end(each) for each in claims.select_related("holder"))


def _end(claim: Claim) -> int:
    lender = _lender(claim)
    if lender is None:
        return _free(claim)
    with transaction.atomic():
        told = {"from": claim.holder.get_username(), "to": lender.get_username()}
        record("inbox.return", f"matter:{claim.matter_id}", **told)
        return move_claims([claim], lender)


def _lender(claim: Claim) -> User | None:
    """Whom the holder stood in for there, while that one still holds the role in their own right."""
    lent = RoleGrant.objects.filter(
        user=claim.holder_id,
        role=claim.role,
        organisation=claim.place_id,
        on_behalf_of__is_active=True,
        on_behalf_of__locked_at=None,
    )
    newest = lent.select_related("on_behalf_of").order_by("-pk").first()
    lender = newest.on_behalf_of if newest else None
    own = RoleGrant.objects.in_force().filter(
        user=lender, role=claim.role, organisation=claim.place_id, on_behalf_of__isnull=True
    )
    return lender if lender is not None and own.exists() else None


@transaction.atomic
def _free(claim: Claim) -> int:
    deleted, _each = Claim.objects.filter(pk=claim.pk, holder=claim.holder_id).delete()
    if deleted:
        rows = ToDo.objects.filter(matter=claim.matter_id, holder=claim.holder_id)
        rows.update(held=False, holder=None)
        to_dos_moved()
        told = {"holder": claim.holder_id, "role": claim.role}
        record("inbox.free", f"matter:{claim.matter_id}", **told)
    return deleted


def _give(  # noqa: PLR0913 - who gives what to whom, and on whose word
    matter: Matter, to: User, *, by: User | None, actor: User, note: str, address: str
) -> Claim:
    able = _able(matter, to)
    if not able:
        raise PermissionDenied
    first = able[0]
    claim = Claim(
        matter_id=matter.pk,
        role=first.role,
        holder=to,
        place_id=first.organisation_id,
        given_by=by,
        note=note.strip()[:200],
    )
    with transaction.atomic():
        _put(claim)
        record(
            "inbox.assign" if by else "inbox.take_on",
            f"matter:{matter.pk}",
            actor=actor,
            address=address,
            to=to.get_username(),
            role=claim.role,
        )
    return claim


def _put(claim: Claim) -> None:
    """Written with its copies. Whoever comes second is told, whatever the database locks."""
    free = ToDo.objects.filter(matter=claim.matter_id)
    taken = free.filter(held=True).exclude(holder=claim.holder_id)
    if claim.given_by is None and taken.exists():
        raise _already_taken()
    try:
        with transaction.atomic():
            Claim.objects.filter(
                matter=claim.matter_id, role=claim.role, holder=claim.holder_id
            ).delete()
            claim.save(force_insert=True)
    except IntegrityError as error:
        raise _already_taken() from error
    free.update(held=True, holder=claim.holder)
    to_dos_moved()


def _already_taken() -> ValidationError:
    return ValidationError(_("此事项已由他人领取，请刷新后查看。"))


def _roles(matter: Matter) -> list[str]:
    return [each.role for each in _waits(matter)]


def _waits(matter: Matter) -> tuple[Waits, ...]:
    return () if matter.ended_at else waits_for(procedure_of(matter), matter.state)


def _able(matter: Matter, user: User | None = None) -> list[Holder]:
    """Who may go on with it (``user`` alone, where given), those barred left out."""
    reaches = {each.role: each.reach for each in _waits(matter)}
    path = matter.party.path if matter.party else ""
    found = holders(reaches, Place(matter.town_id or "", path)) if reaches else []
    apart = set(Barred.objects.filter(matter=matter.pk).values_list("role", "user_id"))
    return [
        each
        for each in found
        if (user is None or each.user_id == user.pk) and (each.role, each.user_id) not in apart
    ]


def move_claims(claims: Sequence[Claim], to: User) -> int:
    """Give these to somebody else, by the places they now have; how many."""
    for each in claims:
        rows = ToDo.objects.filter(matter=each.matter_id, holder=each.holder_id)
        rows.update(holder=to)
        to_dos_moved()
        each.holder = to
    return Claim.objects.bulk_update(claims, ["holder", "place"], batch_size=_PORTION)
