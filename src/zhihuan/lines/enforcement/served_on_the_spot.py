"""An effect of the engine: a decision on the spot is served by being handed over and signed for.

Its receipt is written with the step, from the signature that the step was told; nobody enters it a second time.
Source: 行政处罚法 §52; 民事诉讼法 §§87, 88.
"""

from __future__ import annotations

from zhihuan.bureau.clock.history import beijing_day
from zhihuan.bureau.documents.serving.recording import Attempt, record_service
from zhihuan.bureau.matters.engine.effects import Taken
from zhihuan.lines.enforcement.models import PenaltyCase

__all__ = ["serve_on_the_spot"]


def serve_on_the_spot(taken: Taken) -> None:
    """The receipt of ``punish``; other steps and other lines are not ours."""
    case, said = taken.matter, taken.facts.said
    if not isinstance(case, PenaltyCase) or taken.event.step != "punish":
        return
    attempt = Attempt(
        way="direct",
        tried_on=beijing_day(taken.event.at),
        recipient=case.party_name or said["received_by"],
        received_by=said["received_by"],
        served_by="、".join(each["name"] for each in taken.event.officers)[:120],
        place=said["place"],
    )
    made = taken.event.documents.get(code="decision")
    record_service(made, attempt, taken.acting.actor, taken.acting.address)
