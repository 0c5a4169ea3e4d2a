"""The rest of the demo's people: a branch with an officer for each town, an enterprise's user, one
delegation, and certificates of every standing. All synthetic, and called so (模拟, 演示).

Loading twice changes nothing. It knows no real person: ``load`` has refused a home with one.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from zhihuan.bureau.people.models import EnforcementCertificate, Organisation, RoleGrant, User
from zhihuan.bureau.people.roles import FIELD_OFFICER, LEADER
from zhihuan.bureau.places.models import Town
from zhihuan.bureau.registry.models import Enterprise
from zhihuan.demo.packaged import packaged

__all__ = ["load_staff", "officer_of"]

#: Days from today to a certificate's last day; officers take turns, so that every standing occurs.
#: None: no certificate.
_LAST_DAYS = (700, 400, 1000, 30, 900, -20, 500, None)
_VALID_FOR = dt.timedelta(days=3 * 365)
_LEAVE = dt.timedelta(days=14)


@transaction.atomic
def load_staff(today: dt.date) -> None:
    """Everybody whom the table of accounts does not name; call it after the city and the accounts."""
    table = packaged("accounts")
    password = make_password(table["password"])
    bureau = Organisation.objects.get(name=table["organisations"][0]["name"])
    _officer_and_enterprise(table, bureau, password)
    for town in Town.objects.filter(abolished=None).order_by("code"):
        branch = _branch(town, bureau)
        if not branch.people.exists():
            _officer(town, branch, password)
    _delegation(today)
    officers = User.objects.filter(synthetic=True, grants__role=FIELD_OFFICER).order_by("pk")
    for number, officer in enumerate(officers.distinct()):
        _certificate(officer, number, today)


def officer_of(town: Town | None) -> User | None:
    """The first officer of that town's branch: others have no right to what happens there."""
    if town is None:
        return None
    officers = User.objects.filter(synthetic=True, grants__role=FIELD_OFFICER)
    return officers.filter(organisation__towns=town).order_by("pk").first()


def _branch(town: Town, bureau: Organisation) -> Organisation:
    found = town.organisations.filter(kind=Organisation.Kind.BRANCH).first()
    if found is not None:
        return found
    short = town.name.removesuffix("街道").removesuffix("镇")
    made: Organisation = Organisation.objects.create(
        name=f"{short}分局（演示）", kind=Organisation.Kind.BRANCH, parent=bureau, synthetic=True
    )
    made.towns.set([town])
    return made


def _officer(town: Town, branch: Organisation, password: str) -> None:
    short = town.name.removesuffix("街道").removesuffix("镇")
    pinyin = "".join(
        letter for letter in town.pinyin.lower() if letter.isascii() and letter.isalpha()
    )
    _person(f"field-{pinyin}", f"模拟{short}执法员", branch, FIELD_OFFICER, password)


def _officer_and_enterprise(table: dict[str, Any], bureau: Organisation, password: str) -> None:
    """Somebody at the first enterprise, and at the branch of its town."""
    first = Enterprise.objects.filter(synthetic=True).order_by("code").first()
    if first is None:
        return
    places = {
        "officer": _branch(first.town, bureau),
        "enterprise": Organisation.objects.get(pk=first.pk),
    }
    for entry, place in places.items():
        who = table[entry]
        _person(who["username"], who["display_name"], place, who["role"], password)


def _person(username: str, name: str, place: Organisation, role: str, password: str) -> None:
    user, _made = User.objects.get_or_create(
        username=username,
        synthetic=True,
        defaults={"display_name": name, "organisation": place, "password": password},
    )
    RoleGrant.objects.get_or_create(
        user=user, role=role, organisation=place, defaults={"reason": "演示"}
    )


def _delegation(today: dt.date) -> None:
    """The leader is on leave, the head of a section stands in."""
    own = RoleGrant.objects.get(user__username="leader", user__synthetic=True, role=LEADER)
    head = User.objects.get(username="head", synthetic=True)
    RoleGrant.objects.get_or_create(
        user=head,
        role=LEADER,
        organisation=own.organisation,
        on_behalf_of=own.user,
        defaults={
            "valid_from": today,
            "valid_until": today + _LEAVE,
            "reason": "年休假（演示）",
            "granted_by": own.user,
        },
    )


def _certificate(officer: User, number: int, today: dt.date) -> None:
    last = _LAST_DAYS[number % len(_LAST_DAYS)]
    if last is None or officer.certificates.exists():
        return
    expires = today + dt.timedelta(days=last)
    EnforcementCertificate.objects.create(
        user=officer,
        number=f"模拟-{number + 1:04d}",
        issued=expires - _VALID_FOR,
        expires=expires,
    )
