"""A reckoning goes into a case: whose next step asks for one, and what its form is begun with.

A step asks for a reckoning by a field of its form that says ``takes_reckoning = True``; ``amount_into`` of that
field names the one for the amount. No line is known here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from zhihuan.bureau.discretion import Reckoning
from zhihuan.bureau.matters.catalogue import procedures
from zhihuan.bureau.matters.declaration import Procedure, Step
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.refusing import may_take
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.reach import seen_by
from zhihuan.bureau.people.scope import Scope

__all__ = ["Awaiting", "awaiting"]

_MOST = 20


@dataclass(frozen=True, slots=True)
class Awaiting:
    """A case that may take the reckoning. given: name of a field → what it is begun with."""

    matter: Matter
    step: Step
    url: str
    given: Mapping[str, str]


def awaiting(user: Any, found: Reckoning) -> list[Awaiting]:
    """The newest cases in which this person may now take such a step, at most twenty; a query a step that
    asks for reckonings, and few for rights."""
    known: dict[Scope, bool] = {}
    return [
        Awaiting(matter, step, _url(matter, step), _given(step, found))
        for procedure, step in _asking()
        for matter in _standing(user, procedure, step)
        if may_take(step, matter, Acting(user), known)
    ]


def _asking() -> Iterator[tuple[Procedure, Step]]:
    for procedure in procedures():
        for step in procedure.steps:
            if _field(step):
                yield procedure, step


def _field(step: Step) -> str:
    """The name of the field that takes it; "" for none."""
    fields = getattr(step.form, "base_fields", {})
    return next((name for name, each in fields.items() if _takes(each)), "")


def _takes(field: Any) -> bool:
    return bool(getattr(field, "takes_reckoning", False))


def _standing(user: Any, procedure: Procedure, step: Step) -> Iterator[Matter]:
    rows = seen_by(user, [procedure]).filter(
        edition=procedure.edition, state__in=step.sources, ended_at__isnull=True
    )
    yield from rows.select_related("town", "party").order_by("-pk")[:_MOST]


def _url(matter: Matter, step: Step) -> str:
    return reverse("matter-step", args=[matter.pk, step.code])


def _given(step: Step, found: Reckoning) -> dict[str, str]:
    name = _field(step)
    given = {name: json.dumps(found.as_values(), ensure_ascii=False)}
    amount_into = getattr(step.form.base_fields[name], "amount_into", "")  # type: ignore[union-attr]
    if amount_into and found.amount is not None:
        given[amount_into] = f"{found.amount:f}"
    return given
