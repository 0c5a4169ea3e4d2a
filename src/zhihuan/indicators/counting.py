"""From the events of one matter to the acts that count. Pure: matter and events in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zhihuan.bureau.clock.history import beijing_day, moment_of
from zhihuan.indicators.declaration import Acts, Occasion, Traits, Which

__all__ = ["Counted", "counted"]

_FEN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Counted:
    """One act that counts: of which kind, which event it is (its key), on which day, and what it is worth."""

    acts: str
    event: int
    day: date
    amount: Decimal | None
    traits: Traits


def counted(matter: Any, events: Sequence[Any], kinds: Iterable[Acts]) -> Iterator[Counted]:
    """``matter``: of the line's own model. ``events``: all of it, in order."""
    for kind in kinds:
        for event in _chosen(kind, events):
            occasion = Occasion(matter, event, events)
            if kind.only(occasion):
                yield _counted(kind, occasion)


def _chosen(kind: Acts, events: Sequence[Any]) -> list[Any]:
    taken = [each for each in events if each.step in kind.steps]
    if kind.which is Which.EVERY:
        return taken
    return taken[:1] if kind.which is Which.FIRST else taken[-1:]


def _counted(kind: Acts, occasion: Occasion) -> Counted:
    amount = kind.amount(occasion)
    return Counted(
        kind.code,
        occasion.event.pk,
        _day(kind, occasion),
        None if amount is None else Decimal(amount).quantize(_FEN),
        kind.traits(occasion),
    )


def _day(kind: Acts, occasion: Occasion) -> date:
    """As the form told it; of the step itself where it told nothing."""
    told = moment_of(occasion.said.get(kind.day)) if kind.day else None
    return beijing_day(told or occasion.event.at)
