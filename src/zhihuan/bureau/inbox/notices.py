"""Makes the notices of a step into messages, in the step's own transaction. An effect of the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from zhihuan.bureau.inbox.audience import Audience, audience_of, place_of
from zhihuan.bureau.inbox.models import Message
from zhihuan.bureau.inbox.telling import News, tell_all
from zhihuan.bureau.matters.declaration import Notice, Procedure
from zhihuan.bureau.matters.engine.effects import Taken
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.matters.rights import view_permission
from zhihuan.bureau.people.actions import Reach, reach_of

__all__ = ["PARTY", "give_notice"]

#: As notices name the matter's own organisation.
PARTY = "party"


def give_notice(taken: Taken) -> None:
    """A fixed number of queries, however many notices and recipients. Whoever acted is not told of their
    own act."""
    notices = taken.step.notices if taken.step is not None else ()
    if not notices:
        return
    reaches = _reaches(taken.procedure, {role for each in notices for role in each.to})
    audience = audience_of([taken.matter], reaches)
    acted = {taken.acting.actor.pk} if taken.acting.actor is not None else set[int]()
    told = [
        (
            News(Message.Kind.STEP, notice.words, matter_id=taken.matter.pk),
            _recipients(taken.matter, notice, reaches, audience) - acted,
        )
        for notice in notices
    ]
    tell_all(told)


def _recipients(
    matter: Matter, notice: Notice, reaches: Mapping[str, Reach], audience: Audience
) -> set[int]:
    party = audience.party(matter) if PARTY in notice.to else set[int]()
    named = {role: reach for role, reach in reaches.items() if role in notice.to}
    return party | {each.user_id for each in audience.roster.holders(named, place_of(matter))}


def _reaches(procedure: Procedure, roles: Iterable[str]) -> Mapping[str, Reach]:
    """As far as each role may look: who may not look at matters of the procedure is told nothing."""
    looking = view_permission(procedure)
    found = {role: reach_of(role, looking) for role in roles}
    return {role: reach for role, reach in found.items() if reach is not None}
