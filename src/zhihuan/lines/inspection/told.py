"""What the templates of a visit are told beside the matter: what the registry states, who was met, who a party is that is a
person, signatures.

A signature is told as a line of text (``signatures.strokes``), which the template draws. Of a visit that is not
saved there is nothing to tell, so that a specimen is made without a platform.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from zhihuan.bureau.identities.known import identity_facts, identity_of
from zhihuan.bureau.matters.models import MatterEvent
from zhihuan.bureau.signatures.field import signature_in
from zhihuan.lines.inspection.stated import Stated, stated_of

__all__ = ["SIGNED", "facts_of", "lines_of"]

#: The names of signatures in the forms of records.
SIGNED = ("party_signed", "witness_signed", "officer_1_signed", "officer_2_signed")
_RECORDS = ("record", "interview", "sample")


def facts_of(visit: Any) -> dict[str, Any]:
    """Plain values; "" for what is not there."""
    if visit.pk is None:
        return _facts(Stated("", "", "", ""), {}, {}, visit)
    events = {each.step: each for each in _events(visit)}
    stated = stated_of(
        visit.party, timezone.localdate(visit.begun_at) if visit.begun_at else timezone.localdate()
    )
    signed = {step: lines_of(events[step].said) for step in _RECORDS if step in events}
    began = dict(events["begin"].said) if "begin" in events else {}
    return _facts(stated, signed, began, visit)


def lines_of(said: Any) -> dict[str, str]:
    """Each signature of a record as a line to draw; "" for one not given."""
    found = {name: signature_in(said.get(name)) for name in SIGNED}
    return {name: each.drawn() if each else "" for name, each in found.items()}


def _facts(stated: Stated, signed: Any, began: Any, visit: Any) -> dict[str, Any]:
    nothing, who = dict.fromkeys(SIGNED, ""), identity_facts(identity_of(visit))
    named = (began.get("person_name"), stated.head, who["name"])
    return {
        "address": stated.address,
        "head": stated.head,
        "permit": stated.permit,
        "level": stated.level,
        "outlets": [f"{each.title}（{each.words}）" for each in stated.of("outlet")],
        "identity": who,
        "person": began.get("person_name") or "",
        "duty": began.get("person_duty") or "",
        "arrived_at": began.get("arrived_at") or "",
        "signed": {step: signed.get(step, nothing) for step in _RECORDS},
        "planned": "、".join(f"{each['name']}（{each['certificate']}）" for each in visit.planned),
        "persons": list(dict.fromkeys(each for each in named if each)),
        "addresses": [each for each in (stated.address,) if each],
    }


def _events(visit: Any) -> Any:
    return MatterEvent.objects.filter(matter=visit.pk).order_by("number")
