"""Have all to-dos of a procedure anew: when its declaration changed, or because somebody asks.

Portion by portion, so that steps go on meanwhile; each portion is true when it is written, and every
step keeps its own matter true.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from zhihuan.bureau.inbox.keeping import renew
from zhihuan.bureau.inbox.models import ClockWatch, KnownShape, ToDo
from zhihuan.bureau.inbox.waiting import waits_for
from zhihuan.bureau.matters.catalogue import procedures
from zhihuan.bureau.matters.declaration import Procedure
from zhihuan.bureau.matters.models import Matter

__all__ = ["renew_all", "renew_changed", "shape_of"]

_PORTION = 500


def renew_changed() -> int:
    """Those of every edition whose declaration gives other to-dos than were kept; how many matters."""
    known = {(row.procedure, row.edition): row.shape for row in KnownShape.objects.all()}
    changed = [
        each for each in procedures() if known.get((each.code, each.edition)) != shape_of(each)
    ]
    return sum(_renew(each) for each in changed)


def renew_all() -> int:
    """Those of every running matter; how many matters."""
    return sum(_renew(each) for each in procedures())


def shape_of(procedure: Procedure) -> str:
    """A digest of what to-dos take from the declaration: who may do what where, and whose the clocks are."""
    told: list[Any] = [[clock.code, clock.duty] for clock in procedure.clocks]
    for state in procedure.states:
        for waits in waits_for(procedure, state.code):
            steps = [[step.code, sorted(step.who.apart_from)] for step in waits.steps]
            told.append([state.code, waits.role, int(waits.reach), steps])
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _renew(procedure: Procedure) -> int:
    matters = Matter.objects.filter(procedure=procedure.code, edition=procedure.edition)
    ended = matters.filter(ended_at__isnull=False)  # while nothing was kept
    ToDo.objects.filter(matter__in=ended).delete()
    ClockWatch.objects.filter(matter__in=ended).delete()
    renewed = sum(_renew_portion(keys) for keys in _portions(matters))
    given = {"shape": shape_of(procedure)}
    KnownShape.objects.update_or_create(
        defaults=given, procedure=procedure.code, edition=procedure.edition
    )
    return renewed


def _portions(matters: Any) -> Iterator[list[int]]:
    last = 0
    running = matters.filter(ended_at__isnull=True).order_by("pk").values_list("pk", flat=True)
    while keys := list(running.filter(pk__gt=last)[:_PORTION]):
        yield keys
        last = keys[-1]


@transaction.atomic
def _renew_portion(keys: list[int]) -> int:
    """Locked, so that no step comes between reading and writing."""
    rows = list(Matter.objects.select_for_update().filter(pk__in=keys))
    renew(rows)
    return len(rows)
