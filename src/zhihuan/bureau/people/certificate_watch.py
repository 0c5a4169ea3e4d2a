"""Enforcement certificates that end soon or have ended: told before anybody is sent out with one."""

from __future__ import annotations

import datetime as dt
import enum

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from zhihuan.bureau.people.models import EnforcementCertificate, RoleGrant, User
from zhihuan.bureau.people.roles import FIELD_OFFICER

#: So long before its last day a certificate is warned of. The platform's own choice: no law sets it,
#: renewal takes weeks.
WARNED_BEFORE = dt.timedelta(days=60)


class Standing(enum.StrEnum):
    """How a certificate, or an officer by their certificates, stands on a day."""

    NONE = "none"
    NOT_YET = "not_yet"
    VALID = "valid"
    ENDING = "ending"
    ENDED = "ended"

    @property
    def may_enforce(self) -> bool:
        """Whether somebody of this standing may be sent out (行政处罚法 2021, §42)."""
        return self in {Standing.VALID, Standing.ENDING}


def standing(issued: dt.date | None, expires: dt.date | None, day: dt.date) -> Standing:
    """How a certificate with these days stands on ``day`` (Beijing time); None: there is none."""
    if issued is None or expires is None:
        return Standing.NONE
    if day > expires:
        return Standing.ENDED
    if day < issued:
        return Standing.NOT_YET
    return Standing.ENDING if expires - day <= WARNED_BEFORE else Standing.VALID


def in_standing(wanted: str, day: dt.date, before: str = "") -> Q:
    """The same as a condition on ``issued`` and ``expires`` (with ``before`` before their names);
    an unknown standing finds nothing."""
    issued, expires = f"{before}issued", f"{before}expires"
    begun = Q(**{f"{issued}__lte": day})
    ends = day + WARNED_BEFORE
    conditions = {
        Standing.NONE: Q(**{f"{expires}__isnull": True}),
        Standing.NOT_YET: Q(**{f"{issued}__gt": day}),
        Standing.ENDED: Q(**{f"{expires}__lt": day}),
        Standing.ENDING: begun & Q(**{f"{expires}__gte": day, f"{expires}__lte": ends}),
        Standing.VALID: begun & Q(**{f"{expires}__gt": ends}),
    }
    return conditions.get(Standing(wanted), Q()) if wanted in set(Standing) else Q(pk__in=[])


def officers(day: dt.date | None = None) -> QuerySet[User]:
    """Whoever may enforce by role, active, with the certificate that is best that day.

    Annotated: ``certificate_id``, ``certificate_number``, ``certificate_issued`` and
    ``certificate_expires``, None without any. A certificate in force comes before one to come, and
    among several the one that lasts longest.
    """
    day = day or timezone.localdate()
    holders = RoleGrant.objects.in_force(day).filter(role=FIELD_OFFICER).values("user_id")
    own = EnforcementCertificate.objects.filter(user=OuterRef("pk"))
    begun = own.filter(issued__lte=day, expires__gte=day).order_by("-expires", "-pk")
    latest = own.order_by("-expires", "-pk")
    best = Coalesce(Subquery(begun.values("pk")[:1]), Subquery(latest.values("pk")[:1]))
    return _with_details(User.objects.filter(is_active=True, pk__in=holders), best)


def _with_details(people: QuerySet[User], best: Coalesce) -> QuerySet[User]:
    """The certificate whose key ``best`` finds, spelt out."""
    chosen = EnforcementCertificate.objects.filter(pk=OuterRef("certificate_id"))
    return people.annotate(certificate_id=best).annotate(
        certificate_number=Subquery(chosen.values("number")[:1]),
        certificate_issued=Subquery(chosen.values("issued")[:1]),
        certificate_expires=Subquery(chosen.values("expires")[:1]),
    )


def best_certificate(user: User, day: dt.date | None = None) -> EnforcementCertificate | None:
    """The certificate by which somebody stands that day; one query."""
    day = day or timezone.localdate()
    held = list(user.certificates.order_by("-expires", "-pk"))
    return next((each for each in held if each.is_valid(day)), held[0] if held else None)
