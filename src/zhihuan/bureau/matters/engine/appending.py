"""One more link in a matter's chain, with the matter's row and an entry in the audit trail.

The row says which event is the newest and its digest. It is changed only from the version it was read
at: of two who append at once the second is told, whatever the database locks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhihuan.bureau.audit.record import record
from zhihuan.bureau.matters.engine.acting import Acting
from zhihuan.bureau.matters.engine.chain import NOTHING, digest_of_event
from zhihuan.bureau.matters.engine.forms import plain
from zhihuan.bureau.matters.engine.refusals import MatterMovedError
from zhihuan.bureau.matters.models import Matter, MatterEvent

__all__ = ["MOVED", "Passage", "append"]

MOVED = _("事项已被他人办理，请查看最新情况后再办理。")


@dataclass(frozen=True, slots=True)
class Passage:
    """What happens to a matter: by which step, from which state to which, when (aware), what was said
    and who acted together. act: its name in the audit trail. ended_at: when the matter was over, None while
    it is not."""

    step: str
    source: str
    target: str
    at: datetime
    said: Mapping[str, Any] = field(default_factory=dict)
    officers: Sequence[Mapping[str, Any]] = ()
    act: str = "matter.step"
    ended_at: datetime | None = None


def append(matter: Matter, passage: Passage, acting: Acting) -> MatterEvent:
    """The event, written; ``matter`` is as it is then. MatterMovedError when it moved meanwhile."""
    event = MatterEvent(
        matter_id=matter.pk,
        number=matter.version + 1,
        at=passage.at,
        actor=acting.actor,
        actor_name=str(acting.actor) if acting.actor else "",
        officers=[dict(each) for each in passage.officers],
        step=passage.step,
        source=passage.source,
        target=passage.target,
        said={name: plain(value) for name, value in passage.said.items()},
    )
    event.digest = digest_of_event(bytes(matter.head) or NOTHING, event)
    _put_forward(matter, event, passage)
    event.save(force_insert=True)
    record(
        passage.act,
        f"matter:{matter.pk}",
        actor=acting.actor,
        address=acting.address,
        procedure=matter.procedure,
        step=passage.step,
        number=event.number,
        digest=event.digest.hex(),
    )
    return event


def _put_forward(matter: Matter, event: MatterEvent, passage: Passage) -> None:
    changed = {
        "version": event.number,
        "head": event.digest,
        "state": passage.target,
        "ended_at": passage.ended_at,
    }
    if not Matter.objects.filter(pk=matter.pk, version=matter.version).update(**changed):
        raise MatterMovedError(MOVED)
    for name, value in changed.items():
        setattr(matter, name, value)
