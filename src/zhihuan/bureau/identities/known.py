"""Whose identity a matter has: its own newest, else that of the matters it grew out of about the same party."""

from __future__ import annotations

from typing import Any

from zhihuan.bureau.identities.models import PartyIdentity
from zhihuan.bureau.matters.kin import kin_of
from zhihuan.bureau.matters.models import Matter

__all__ = ["identity_facts", "identity_of", "numbers_of"]

#: A fact that is sealed: ``public`` stands in a published copy.
_NOTHING = {"sealed": "", "shown": "", "public": ""}


def identity_of(matter: Matter) -> PartyIdentity | None:
    """The newest; None where nobody registered one, or where it is no person's. Four queries at most."""
    if matter.pk is None:
        return None
    row = PartyIdentity.objects.filter(matter=matter.pk).order_by("pk").last()
    if row is None:
        row = _elsewhere(matter)
    return row if row is not None and row.is_person else None


def numbers_of(matter: Matter) -> tuple[str, ...]:
    """Every number that was ever registered in the matter itself, in clear, the newest first. For comparing papers with
    them, never for showing. SealBrokenError."""
    rows = PartyIdentity.objects.filter(matter=matter.pk).exclude(sealed_number="").order_by("-pk")
    return tuple(dict.fromkeys(each.number for each in rows))


def identity_facts(found: PartyIdentity | None) -> dict[str, Any]:
    """What templates are told; number and address as sealed facts, which ``| opened`` opens."""
    if found is None or not found.is_person:
        return {
            "is_person": False, "is_individual": False, "name": "", "document": "",
            "number": dict(_NOTHING), "address": dict(_NOTHING),
        }  # fmt: skip
    return {
        "is_person": found.party_kind == PartyIdentity.PartyKind.PERSON,
        "is_individual": found.party_kind == PartyIdentity.PartyKind.INDIVIDUAL,
        "name": found.name,
        "document": found.document_title,
        "number": _sealed(found.sealed_number, found.shown_number, "****"),
        "address": _sealed(
            found.sealed_address, found.shown_address, found.shown_address.rstrip("*") or "****"
        ),
    }


def _sealed(token: str, shown: str, public: str) -> dict[str, str]:
    return {"sealed": token, "shown": shown, "public": public} if token else dict(_NOTHING)


def _elsewhere(matter: Matter) -> PartyIdentity | None:
    """One clue may lead to cases against several: only of the same party."""
    sources = kin_of([matter.pk])[matter.pk].sources
    if not sources:
        return None
    rows = PartyIdentity.objects.filter(matter__in=sources, matter__party=matter.party_id)
    if matter.party_id is None:
        rows = rows.filter(name=matter.party_name)
    return rows.order_by("pk").last()
