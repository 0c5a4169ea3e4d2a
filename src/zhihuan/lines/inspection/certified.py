"""Officers with a valid certificate, as drawn lists and forms need them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from zhihuan.bureau.people.actions import Reach
from zhihuan.bureau.people.holders import Place, roster_of
from zhihuan.bureau.people.models import EnforcementCertificate, User
from zhihuan.bureau.people.roles import FIELD_OFFICER

__all__ = ["Officer", "officers_by_town", "told_of"]

Officer = dict[str, Any]
_REACHES = {FIELD_OFFICER: Reach.TERRITORY}


def told_of(users: Iterable[User], day: date) -> list[Officer]:
    """id, name and certificate of each, in the order given; those without one valid that day are left out."""
    given = list(users)
    numbers = _numbers([each.pk for each in given], day, day)
    return [
        {"id": each.pk, "name": str(each), "certificate": numbers[each.pk]}
        for each in given
        if each.pk in numbers
    ]


def officers_by_town(towns: Iterable[str], first: date, last: date) -> list[Officer]:
    """Field officers whose certificate is valid from the first day to the last: id, name, certificate and the
    towns among those asked for in which they work; by certificate number."""
    codes = sorted(set(towns))
    roster = roster_of(_REACHES, [Place(town=code) for code in codes])
    works: dict[int, list[str]] = {}
    for code in codes:
        for key in {each.user_id for each in roster.holders(_REACHES, Place(town=code))}:
            works.setdefault(key, []).append(code)
    numbers = _numbers(works, first, last)
    names = {each.pk: str(each) for each in User.objects.filter(pk__in=numbers)}
    found = [
        {"id": key, "name": names[key], "certificate": number, "towns": works[key]}
        for key, number in numbers.items()
    ]
    return sorted(found, key=lambda each: str(each["certificate"]))


def _numbers(users: Iterable[int], first: date, last: date) -> dict[int, str]:
    rows = EnforcementCertificate.objects.filter(
        user__in=list(users), issued__lte=first, expires__gte=last
    )
    return dict(rows.order_by("expires").values_list("user_id", "number"))
