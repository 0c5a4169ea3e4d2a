"""An effect of the engine: what a step was told of its party's identity is sealed and kept, in the step's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhihuan.bureau.identities.known import identity_of
from zhihuan.bureau.identities.models import PartyIdentity
from zhihuan.bureau.identities.secret import Secret
from zhihuan.bureau.matters.engine.effects import Taken
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.registry.sealing import seal
from zhihuan.bureau.search.entries import keep_anew

__all__ = ["identity_told", "keep_identity"]

_Kind = PartyIdentity.PartyKind


def identity_told(matter: Matter, said: Mapping[str, Any]) -> PartyIdentity | None:
    """What the answers of a form tell, not saved; None where they tell nothing of it."""
    kind = said.get("party_kind")
    if not kind or (kind != _Kind.ENTITY and not said.get("id_name")):
        return None
    number, address = said.get("id_number"), said.get("id_address")
    return PartyIdentity(
        matter_id=matter.pk,
        party_kind=kind,
        name=said.get("id_name") or "",
        document=said.get("id_document") or "",
        sealed_number=seal(number.clear) if isinstance(number, Secret) else "",
        shown_number=str(number or ""),
        sealed_address=seal(address.clear) if isinstance(address, Secret) else "",
        shown_address=str(address or ""),
    )


def keep_identity(taken: Taken) -> None:
    """A party that is no person leaves a row only where it takes the place of a person's."""
    matter = taken.matter
    row = identity_told(matter, taken.facts.said) if taken.step is not None else None
    if row is None or (row.party_kind == _Kind.ENTITY and identity_of(matter) is None):
        return
    row.added_at, row.added_by = taken.event.at, taken.acting.actor
    row.save()
    if row.party_kind == _Kind.PERSON and matter.party_id is None:
        _call(matter, row.name)


def _call(matter: Matter, name: str) -> None:
    """A natural person stands in no register: the matter says who it is about."""
    matter.party_name = name
    Matter.objects.filter(pk=matter.pk).update(party_name=name)
    keep_anew(Matter, [matter.pk])
