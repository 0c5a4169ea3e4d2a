"""The proof that a matter's record is whole: the digest of its newest event, and how it comes about.

Every event holds the digest of the one before it, so the newest stands for all. It is reckoned again
here, from what the database holds now; a difference says at which event the record was changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from zhihuan.bureau.matters.engine.chain import NOTHING, digest_of_event
from zhihuan.bureau.matters.models import Matter, MatterEvent
from zhihuan.standards.derivation import Derivation, Fact, Step

__all__ = ["Proof", "proof"]


@dataclass(frozen=True, slots=True)
class Proof:
    """``digest``: of the newest event, hexadecimal. ``broken``: numbers of events that do not fit."""

    digest: str
    broken: list[int]
    derivation: Derivation

    @property
    def is_whole(self) -> bool:
        return not self.broken


def proof(matter: Matter, events: Iterable[MatterEvent]) -> Proof:
    """The proof over all events of the matter, in order."""
    before, steps, broken = NOTHING, [], []
    number = 0
    for number, event in enumerate(events, start=1):
        kept = bytes(event.digest)
        reckoned = digest_of_event(before, event)
        if event.number != number or kept != reckoned:
            broken.append(event.number)
        how = f"SM3({before.hex()[:8]}… ‖ {event.number} ‖ {event.step} ‖ …)"
        result = kept.hex() if kept == reckoned else f"{kept.hex()} ≠ {reckoned.hex()}"
        steps.append(Step(f"{event.number}", how, result))
        before = kept
    if bytes(matter.head) != before or matter.version != number:
        broken.append(number + 1)
    return Proof(before.hex(), broken, _derivation(number, broken, steps))


def _derivation(count: int, broken: list[int], steps: list[Step]) -> Derivation:
    places = "、".join(str(each) for each in broken)
    conclusion = (
        _("第 %(places)s 项起与链值不符，请联系审计管理员") % {"places": places}
        if broken
        else _("%(count)d 项经过与链值逐项相符") % {"count": count}
    )
    return Derivation(
        title=_("办理经过完整性"),
        conclusion=conclusion,
        basis=(),
        facts=(
            Fact(_("杂凑算法"), "SM3（GB/T 32905-2016）"),
            Fact(_("经过项数"), str(count)),
        ),
        steps=tuple(steps),
        cautions=(_("每项的链值由上一项的链值与本项全部内容算出；改动、删除或调换任一项，其后各项都不再相符。"),),
    )  # fmt: skip
