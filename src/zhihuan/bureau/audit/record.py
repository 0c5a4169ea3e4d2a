"""Write one audit entry. Call it inside the transaction of the act, so both stand or fall together."""

from __future__ import annotations

from typing import Any

from zhihuan.bureau.audit.models import AuditEntry


def record(
    action: str, subject: str, *, actor: Any = None, address: str = "", **detail: Any
) -> AuditEntry:
    """Append one entry.

    ``action`` is a dotted verb (``command.order``), ``subject`` names the thing in people's terms
    (``device:440100…``). ``detail`` must be JSON and must never hold a password or a key. ``actor``
    is a user, or None for the platform itself.
    """
    known = actor if actor is not None and actor.is_authenticated else None
    return AuditEntry.objects.create(
        action=action,
        subject=subject[:120],
        actor=known,
        actor_name=str(known) if known else "",
        # longer than any address: cut, for an act must not fail on where it came from
        address=(address or "")[:45],
        detail=detail,
    )
