"""Have all to-dos of a procedure anew: when its declaration changed, or because somebody asks.

    note_changed()             # at start: writes down what is to be done, and does nothing of it
    renew_noted(5, rest=0.1)  # beside the pages: goes on with it, portion by portion

Steps go on meanwhile: each portion is true when it is written, and every step keeps its own matter true. A
renewal goes on where it was left, whoever was killed. Several processes share one portion by portion: its row
is held while a portion is made. A process of another version, which would make them differently, leaves it alone.
"""

from __future__ import annotations

import hashlib
import json
import math
import time
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from zhihuan.bureau.inbox.keeping import renew
from zhihuan.bureau.inbox.models import ClockWatch, KnownShape, Renewal, ToDo
from zhihuan.bureau.inbox.waiting import waits_for
from zhihuan.bureau.matters.catalogue import procedures
from zhihuan.bureau.matters.declaration import Procedure, Step
from zhihuan.bureau.matters.models import Matter

__all__ = [
    "left_to_renew", "note_changed", "renew_all", "renew_changed", "renew_noted", "shape_of",
]  # fmt: skip

_PORTION = 500


def note_changed() -> None:
    """Write down every edition whose declaration gives other to-dos than are kept. As quick with a million
    matters as with none; again by another process, or before the first is done, it changes nothing."""
    kept = {(row.procedure, row.edition): row.shape for row in KnownShape.objects.all()}
    noted = {(row.procedure, row.edition): row.shape for row in Renewal.objects.all()}
    for each in procedures():
        key, shape = (each.code, each.edition), shape_of(each)
        # what is under way goes on; under way to another shape, some are of that one already
        if (noted[key] if key in noted else kept.get(key)) != shape:
            _note(each, shape)


def renew_noted(seconds: float = math.inf, rest: float = 0.0) -> int:
    """Go on with all that is written down, for so long [s] or to its end; how many matters were done. rest: behind
    each portion [s], so that whoever wants to write gets through (SQLite has one writer)."""
    until, done = time.monotonic() + seconds, 0
    noted = set(Renewal.objects.values_list("procedure", "edition", "shape"))
    for each in procedures() if noted else ():
        if (each.code, each.edition, shape := shape_of(each)) not in noted:
            continue
        while time.monotonic() < until and (count := _renew_portion(each, shape)) is not None:
            done += count
            time.sleep(rest)
    return done


def left_to_renew() -> tuple[int, int]:
    """Of all that is written down: matters still to do, and all."""
    told = Renewal.objects.aggregate(done=Sum("done"), total=Sum("total"))
    total = told["total"] or 0
    return max(total - (told["done"] or 0), 0), total


def renew_changed() -> int:
    """What ``note_changed`` finds, done at once; how many matters."""
    note_changed()
    return renew_noted()


def renew_all() -> int:
    """Those of every running matter, at once; how many matters this process did."""
    for each in procedures():
        _note(each, shape_of(each))
    return renew_noted()


def shape_of(procedure: Procedure) -> str:
    """A digest of what to-dos take from the declaration: who may do what where, and whose the clocks are."""
    told: list[Any] = [[clock.code, clock.duty] for clock in procedure.clocks]
    if procedure.party is not None:
        told.append([list(procedure.party.since), list(procedure.party.clocks)])
    for state in procedure.states:
        for waits in waits_for(procedure, state.code):
            steps = [_shape_of_step(step) for step in waits.steps]
            told.append([state.code, waits.role, int(waits.reach), steps])
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _shape_of_step(step: Step) -> list[Any]:
    """What is not kept apart from other matters has the shape it had before there was such a thing."""
    elsewhere = [[code, sorted(steps)] for code, steps in sorted(step.who.apart_elsewhere.items())]
    return [step.code, sorted(step.who.apart_from), *([elsewhere] if elsewhere else ())]


def _note(procedure: Procedure, shape: str) -> None:
    """From the beginning; where there is no matter at all, it is done with that."""
    if not _matters(procedure).exists():
        _keep_shape(procedure, shape)
        return
    total = _matters(procedure).filter(ended_at__isnull=True).count()
    given = {"shape": shape, "reached": 0, "done": 0, "total": total, "moved_at": timezone.now()}
    Renewal.objects.update_or_create(
        defaults=given, procedure=procedure.code, edition=procedure.edition
    )


@transaction.atomic
def _renew_portion(procedure: Procedure, shape: str) -> int | None:
    """The next portion of an edition; how many matters. None: nothing is left, or it is not to be of that
    shape. The row of the renewal is held, then the matters, so that no step comes between reading and writing."""
    rows = Renewal.objects.select_for_update().filter(
        procedure=procedure.code, edition=procedure.edition, shape=shape
    )
    if (row := rows.first()) is None:
        return None
    running = _matters(procedure).filter(ended_at__isnull=True, pk__gt=row.reached).order_by("pk")
    keys = list(running.values_list("pk", flat=True)[:_PORTION])
    _forget_ended(_matters(procedure).filter(pk__gt=row.reached), keys)
    if not keys:
        _keep_shape(procedure, shape)
        row.delete()
        return None
    renew(list(Matter.objects.select_for_update().filter(pk__in=keys)))
    Renewal.objects.filter(pk=row.pk).update(
        reached=keys[-1], done=F("done") + len(keys), moved_at=timezone.now()
    )
    return len(keys)


def _forget_ended(matters: QuerySet[Matter], keys: list[int]) -> None:
    """What is kept of those that ended while nothing was kept: up to the last of the portion, or of all."""
    ended = matters.filter(ended_at__isnull=False)
    if keys:
        ended = ended.filter(pk__lt=keys[-1])
    for model in (ToDo, ClockWatch):
        model._base_manager.filter(matter__in=ended).delete()


def _matters(procedure: Procedure) -> QuerySet[Matter]:
    return Matter.objects.filter(procedure=procedure.code, edition=procedure.edition)


def _keep_shape(procedure: Procedure, shape: str) -> None:
    KnownShape.objects.update_or_create(
        defaults={"shape": shape}, procedure=procedure.code, edition=procedure.edition
    )
