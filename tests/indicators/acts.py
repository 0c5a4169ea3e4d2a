"""Acts that count, with a matter and a step each. All synthetic."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from random import Random
from typing import Any

TOWNS = ("三角镇", "小榄镇", "大涌镇", "")
TYPES = ("超标排放水污染物", "未批先建", "")
FIRST = dt.date(2025, 1, 1)


class Acts:
    """Makes one when called; ``many`` makes a city's of two years at random."""

    def __call__(self, acts: str, day: str, **more: Any) -> Any:
        from zhihuan.bureau.matters.models import MatterEvent
        from zhihuan.bureau.places.city import find_town
        from zhihuan.indicators.models import CountedAct
        from zhihuan.lines.enforcement.models import PenaltyCase

        procedure, town = more.pop("procedure", "penalty_case"), more.pop("town", "")
        amount = more.pop("amount", None)
        at = dt.datetime.fromisoformat(f"{day}T09:00+08:00")
        where = find_town(town) if town else None
        fields = {"procedure": procedure, "edition": "2023", "state": "pay", "town": where}
        matter = PenaltyCase.objects.create(
            title=f"模拟 {acts} {day}", opened_at=at, synthetic=True, **fields
        )
        event = MatterEvent.objects.create(
            matter=matter, number=1, at=at, step="decide", source="", target="pay", digest=b"0"
        )
        return CountedAct.objects.create(
            acts=acts, matter=matter, event=event, day=day, procedure=procedure, town=where,
            amount=None if amount is None else Decimal(amount), **more,
        )  # fmt: skip

    def many(self, count: int, seed: int) -> None:
        """Of all kinds that penalty cases have, over two years, fines to the fen."""
        from zhihuan.indicators.catalogue import acts_of

        chance, kinds = Random(seed), [each.code for each in acts_of("penalty_case")]
        for _number in range(count):
            self(
                chance.choice(kinds),
                (FIRST + dt.timedelta(chance.randrange(730))).isoformat(),
                town=chance.choice(TOWNS),
                amount=chance.choice([None, f"{chance.randrange(10**8) / 100:.2f}"]),
                case_type=chance.choice(TYPES),
                source=chance.choice(["check", "monitoring", ""]),
                law=chance.choice(["code", "earlier", ""]),
                industry=chance.choice(["17", "33", ""]),
            )
