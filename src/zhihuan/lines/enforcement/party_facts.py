"""What papers of a case say of its party: a body by name, code, address and head; a person by name, identity document and
address. Source: 行政处罚法 §59(1)(1)."""

from __future__ import annotations

from typing import Any

from zhihuan.bureau.identities.known import identity_facts
from zhihuan.bureau.identities.models import PartyIdentity
from zhihuan.bureau.registry.models import Enterprise

__all__ = ["party_facts"]


def party_facts(case: Any, identity: PartyIdentity | None) -> dict[str, Any]:
    """body, head, address, identity, and what published copies hide: persons, addresses. "" for what is not known; of a person
    ``address`` is masked, in full it is within ``identity``."""
    firm = Enterprise.objects.filter(pk=case.party_id).first()
    who = identity_facts(identity)
    is_person = case.is_person or who["is_person"]
    head = firm.legal_representative if firm else ""
    own = who["name"] if who["is_person"] else ""
    named = (head, who["name"], case.party_name if is_person else "")
    return {
        "body": firm.name if firm else own or case.party_name or case.title,
        "head": head,
        "address": firm.address if firm else who["address"]["shown"],
        "identity": who,
        "persons": list(dict.fromkeys(each for each in named if each)),
        "addresses": [firm.address] if firm and firm.address else [],
    }
