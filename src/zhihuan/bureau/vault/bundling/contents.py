"""What a bundle says: the manifest, custody and accesses, as JSON can say it. Reads, decides nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from zhihuan.bureau.audit.block import micros
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.vault.evidence.claims import claims_of
from zhihuan.bureau.vault.evidence.differences import differences
from zhihuan.bureau.vault.evidence.looking import looks_at
from zhihuan.bureau.vault.kinds.recognising import KINDS
from zhihuan.bureau.vault.models import CustodyEntry, Evidence, StoredFile
from zhihuan.bureau.vault.naming import ending_of

__all__ = ["FORMAT", "accesses", "as_json", "custody", "entry_of", "matter_facts", "path_of"]

FORMAT = "zhihuan-evidence-bundle/1"


def as_json(value: Any) -> bytes:
    """The same value is always the same bytes."""
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def path_of(evidence: Evidence, folder: str = "files") -> str:
    """Where its file lies in the bundle: by number and ending; given names may be anything."""
    kind = KINDS[evidence.file.content.kind]
    ending = ending_of(evidence.file.name)
    return f"{folder}/{evidence.number:04d}.{ending if ending in kind.endings else kind.endings[0]}"


def matter_facts(matter: Matter) -> dict[str, Any]:
    """What the evidence is of, up to which event."""
    last = matter.events.order_by("-number").first()
    return {
        "id": matter.pk,
        "procedure": matter.procedure,
        "edition": matter.edition,
        "title": matter.title,
        "state": matter.state,
        "party": str(matter.party) if matter.party else "",
        "opened_at": _moment(matter.opened_at),
        "events": last.number if last else 0,
        "last_event_sm3": bytes(last.digest).hex() if last else "",
    }


def entry_of(evidence: Evidence, custody_entries: int, path: str) -> dict[str, Any]:
    """One piece of evidence of the manifest. path: of its file in the bundle."""
    return {
        "id": evidence.pk,
        "number": evidence.number,
        "title": evidence.title,
        "kind": evidence.kind,
        "kind_words": str(evidence.get_kind_display()),
        "obtained": str(evidence.get_obtained_display()),
        "origin": evidence.origin,
        "taken_at": _moment(evidence.taken_at),
        "place": evidence.place,
        "lon": evidence.lon,
        "lat": evidence.lat,
        "taken_by": evidence.taken_by,
        "added_at": _moment(evidence.added_at),
        "added_by": str(evidence.added_by) if evidence.added_by else "",
        "from_party": evidence.from_party,
        "withdrawn_at": _moment(evidence.withdrawn_at),
        "event": evidence.event.number if evidence.event else None,
        "custody_entries": custody_entries,
        "differences": [
            {"between": [each.one, each.other], "minutes": each.minutes, "metres": each.metres}
            for each in differences(*claims_of(evidence))
        ],
        "file": _file(evidence.file, path),
    }


def _file(stored: StoredFile, path: str) -> dict[str, Any]:
    content = stored.content
    return {
        "path": path,
        "name": stored.name,
        "size_bytes": content.size_bytes,
        "sha256": content.sha256,
        "sm3": content.sm3,
        "media_type": KINDS[content.kind].media_type,
        "received_at": _moment(stored.received_at),
        "received_by": str(stored.received_by) if stored.received_by else "",
        "facts": content.facts,
        "stated": {
            "at": _moment(stored.stated_at),
            "lon": stored.stated_lon,
            "lat": stored.stated_lat,
            "accuracy_m": stored.stated_accuracy_m,
        },
    }


def custody(evidence: Sequence[Evidence]) -> dict[str, list[dict[str, Any]]]:
    """Custody of each, by its id, exactly as it is chained."""
    found: dict[str, list[dict[str, Any]]] = {str(each.pk): [] for each in evidence}
    rows = CustodyEntry.objects.filter(evidence__in=evidence).order_by("evidence", "number")
    for row in rows:
        found[str(row.evidence_id)].append(
            {
                "number": row.number,
                "at": _moment(row.at),
                "at_us": micros(row.at),
                "act": row.act,
                "act_words": str(row.get_act_display()),
                "actor_id": row.actor_id,
                "actor_name": row.actor_name,
                "holder": row.holder,
                "place": row.place,
                "words": row.words,
                "digest": bytes(row.digest).hex(),
            }
        )
    return found


def accesses(evidence: Sequence[Evidence]) -> list[dict[str, Any]]:
    """Who looked at which piece when, oldest first; addresses of the network stay inside."""
    numbers = {f"evidence:{each.pk}": each.number for each in evidence}
    return [
        {"number": numbers[row.subject], "at": _moment(row.at), "who": row.actor_name, "what": row.action}
        for row in looks_at(*evidence).order_by("pk")
    ]  # fmt: skip


def _moment(moment: Any) -> str | None:
    return timezone.localtime(moment).isoformat() if moment is not None else None
