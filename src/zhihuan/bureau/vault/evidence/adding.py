"""Add a kept file to a matter as evidence: numbered, its custody begun, from now on never deleted."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.vault.evidence.custody import Keeping, enter
from zhihuan.bureau.vault.evidence.said import digest_of_said, said_of
from zhihuan.bureau.vault.keeping import hold
from zhihuan.bureau.vault.models import CustodyEntry, Evidence, StoredFile

__all__ = ["add_evidence", "is_outside"]


@transaction.atomic
def add_evidence(matter: Matter, stored: StoredFile, acting: Acting, **said: Any) -> Evidence:
    """said: kind, title, obtained and the other facts of ``Evidence``. Two who add at once are numbered one
    after the other."""
    Matter.objects.select_for_update().get(pk=matter.pk)
    last = Evidence.objects.filter(matter=matter).aggregate(last=Max("number"))["last"] or 0
    evidence = Evidence(
        matter_id=matter.pk,
        number=last + 1,
        file=stored,
        added_at=acting.moment(),
        added_by=acting.actor,
        from_party=is_outside(acting.actor),
        **said,
    )
    evidence.full_clean(exclude=["matter", "file", "event", "added_by", "withdrawn_at"])
    evidence.save(force_insert=True)
    hold(stored)
    record(
        "evidence.add", f"evidence:{evidence.pk}", actor=acting.actor, address=acting.address,
        matter=matter.pk, number=evidence.number, sha256=stored.content.sha256, sm3=stored.content.sm3,
        said=digest_of_said(said_of(evidence)).hex(),
    )  # fmt: skip
    holder = str(acting.actor) if acting.actor else ""
    enter(evidence, CustodyEntry.Act.RECEIVE, acting, Keeping(holder=holder))
    return evidence


def is_outside(actor: Any) -> bool:
    """Whether somebody belongs to no part of the bureau."""
    place = getattr(actor, "organisation", None)
    return place is not None and place.kind not in Organisation.INSIDE
