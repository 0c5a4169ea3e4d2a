"""Who looks at the registry while it is measured: sixteen people, signed in, three kinds of reach.

An officer of a town branch sees the whole city's registry (``registry/actions.py`` says so) and works
with the filter of his town; a group's user sees the three hundred enterprises below the group; an
enterprise's user sees the one enterprise with the most points.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

OFFICER, GROUP, ENTERPRISE = "officer", "group", "enterprise"
_SEATS = (OFFICER, OFFICER, GROUP, ENTERPRISE)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody with a session: ``cookie`` is the header that says so."""

    name: str
    kind: str
    user: Any
    cookie: str


def readers(count: int) -> list[Reader]:
    """Half officers of town branches, a quarter of a group's users, a quarter of one enterprise's."""
    towns = _towns_by_size()
    return [
        _reader(number, _SEATS[number % len(_SEATS)], towns[number % len(towns)])
        for number in range(count)
    ]


def _reader(number: int, kind: str, town: Any) -> Reader:
    from django.conf import settings
    from django.test import Client

    from zhihuan.bureau.people.models import RoleGrant, User

    organisation = _organisation(kind, town)
    name = f"bench-{kind}-{number}"
    user, made = User.objects.get_or_create(username=name, defaults={"organisation": organisation})
    if made:
        role = "field_officer" if kind == OFFICER else "enterprise_user"
        RoleGrant.objects.create(user=user, role=role, organisation=organisation)
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.force_login(user)
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    return Reader(name, kind, user, f"{settings.SESSION_COOKIE_NAME}={session}")


def _organisation(kind: str, town: Any) -> Any:
    from zhihuan.bureau.people.models import Organisation

    if kind == GROUP:
        return Organisation.objects.get(kind="other", synthetic=True)
    if kind == ENTERPRISE:
        return Organisation.objects.get(pk=busiest_enterprise().pk)
    bureau, _made = Organisation.objects.get_or_create(name="市生态环境局", kind="bureau")
    branch, _made = Organisation.objects.get_or_create(
        name=f"{town.name}分局", kind="branch", parent=bureau
    )
    branch.towns.set([town])
    return branch


@cache
def busiest_enterprise() -> Any:
    """The enterprise with the most points."""
    from django.db.models import Count

    from zhihuan.bureau.registry.models import Enterprise

    return Enterprise.objects.annotate(n=Count("sites__points")).order_by("-n", "pk").first()


def _towns_by_size() -> list[Any]:
    from django.db.models import Count

    from zhihuan.bureau.places.models import Town

    return list(Town.objects.annotate(n=Count("enterprises")).order_by("-n"))
