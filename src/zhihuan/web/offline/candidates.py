"""Which matters somebody may take along: those in which they may take a step that is fit for it, now or
later in the same visit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from zhihuan.bureau.field_records.fitness import fit_steps
from zhihuan.bureau.matters.catalogue import edition_of, procedures
from zhihuan.bureau.matters.declaration import Procedure, Step
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.reach import seen_by
from zhihuan.bureau.people.scope import scope_by

__all__ = ["candidates_for", "steps_for"]


def candidates_for(user: Any) -> QuerySet[Matter]:
    """Newest first. One query, however many."""
    wanted = Q(pk__in=[])
    for procedure in procedures():
        for step in fit_steps(procedure):
            wanted |= _waiting_for(procedure, step, user)
    rows = seen_by(user).filter(wanted, ended_at=None).select_related("party", "town")
    return rows.order_by("-opened_at", "-pk")


def steps_for(user: Any, matter: Matter) -> Iterator[Step]:
    """The fit steps that this person's roles and reach allow in this matter, whatever state it is in now."""
    procedure = edition_of(matter.procedure, matter.edition)
    for step in fit_steps(procedure):
        if scope_by(user, step.who.reaches).covers(matter):
            yield step


def _waiting_for(procedure: Procedure, step: Step, user: Any) -> Q:
    scope = scope_by(user, step.who.reaches)
    if not scope:
        return Q(pk__in=[])
    here = Q(procedure=procedure.code, edition=procedure.edition, state__in=step.sources)
    return here & scope.condition(Matter)
