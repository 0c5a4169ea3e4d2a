"""A city's running matters for the bench of the inbox: bulk rows, no chain behind them.

Ten procedures, each with a state in which officers act and one in which heads do; clocks of every
length, a tenth of them overdue; towns as uneven as towns are. Whatever the inbox keeps is made of them by
its own ``renew``.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

PROCEDURES = 10
PORTION = 500
_STATES = ("working", "working", "reviewing", "owed")


def declare() -> list[Any]:
    """Register the procedures."""
    from zhihuan.bureau.clock import Basis
    from zhihuan.bureau.matters import catalogue
    from zhihuan.bureau.matters.declaration import (
        Clock,
        PartyView,
        Procedure,
        State,
        Step,
        Who,
    )
    from zhihuan.bureau.people.actions import Reach
    from zhihuan.bureau.people.roles import ENTERPRISE_USER, FIELD_OFFICER, SECTION_HEAD

    officers, heads = {FIELD_OFFICER: Reach.TERRITORY}, {SECTION_HEAD: Reach.TERRITORY}
    declared = [
        Procedure(
            code=f"bench_{number}",
            title=f"测算程序{number}",
            edition="2021",
            basis=Basis("测算", "", dt.date(2021, 1, 1)),
            states=(State("working", "承办"), State("reviewing", "审查"), State("owed", "待履行"),
                    State("done", "办结", end=True)),
            begins="working",
            steps=(
                Step("submit", "提交", ("working",), "reviewing", Who(officers)),
                Step("decide", "决定", ("reviewing",), "owed", Who(heads, apart_from=("submit",))),
                Step("answer", "履行", ("owed",), "done", Who({ENTERPRISE_USER: Reach.OWN})),
                Step("close", "结案", ("working", "owed"), "done", Who({**officers, **heads})),
            ),
            clocks=(Clock("whole", "办理期限", "E02", starts=("submit",), ends=("decide", "close")),
                    Clock("answer", "履行期限", "E10", starts=("decide",), ends=("answer", "close"),
                          duty="party")),
            party=PartyView(states=("owed",), steps={"answer": ()}, clocks=("answer",)),
        )
        for number in range(PROCEDURES)
    ]  # fmt: skip
    for each in declared:
        catalogue.register(each)
    return declared


def fill(matters: int, running: float) -> None:
    """That many matters, this share of them running; parties are a tenth as many."""
    from zhihuan.bureau.places.models import Town

    chance = random.Random(1)
    towns = list(Town.objects.order_by("code"))
    parties = _parties(max(matters // 10, 10))
    officer = people(towns[0])["officer"]
    for start in range(0, matters, PORTION * 10):
        count = min(PORTION * 10, matters - start)
        rows = [_matter(chance, running, towns, parties) for _each in range(count)]
        _portion(rows, officer)


def _parties(count: int) -> list[Any]:
    from zhihuan.bureau.people.models import Organisation

    rows = [
        Organisation(name=f"企业{n:06d}", kind="enterprise", synthetic=True) for n in range(count)
    ]
    made = Organisation.objects.bulk_create(rows, batch_size=1_000)
    Organisation.fill_paths(made)
    return made


def _matter(chance: Any, running: float, towns: Any, parties: Any) -> Any:
    from django.utils import timezone

    from zhihuan.bureau.matters.models import Matter

    runs = chance.random() < running
    days = chance.randint(0, 110 if runs else 2000)
    opened = timezone.now() - dt.timedelta(days=days, minutes=chance.randint(0, 900))
    return Matter(
        procedure=f"bench_{chance.randrange(PROCEDURES)}", edition="2021", title="测算事项",
        state=chance.choice(_STATES) if runs else "done", opened_at=opened, version=1,
        ended_at=None if runs else opened + dt.timedelta(days=30), synthetic=True,
        town=towns[min(int(chance.expovariate(0.15)), len(towns) - 1)],
        party=chance.choice(parties), head=b"0" * 32,
    )  # fmt: skip


def _portion(rows: list[Any], actor: Any) -> None:
    from django.db import transaction

    from zhihuan.bureau.inbox.keeping import renew
    from zhihuan.bureau.matters.models import Matter, MatterEvent, RunningClock

    with transaction.atomic():
        made = Matter.objects.bulk_create(rows, batch_size=500)
        events = MatterEvent.objects.bulk_create(
            [MatterEvent(matter=m, number=1, at=m.opened_at, actor=actor, actor_name="测算", step="submit",
                         source="working", target=m.state, digest=b"0" * 32) for m in made],
            batch_size=500,
        )  # fmt: skip
        clocks = [_clock(event) for event in events if event.matter.ended_at is None]
        RunningClock.objects.bulk_create(clocks, batch_size=500)
    alive = [each for each in made if each.ended_at is None]
    for start in range(0, len(alive), PORTION):
        with transaction.atomic():
            renew(alive[start : start + PORTION])


def _clock(event: Any) -> Any:
    from zhihuan.bureau.matters.models import RunningClock

    party = event.matter.state == "owed"
    code, limit, days = ("answer", "E10", 15) if party else ("whole", "E02", 90)
    end = event.at + dt.timedelta(days=days)
    return RunningClock(
        matter=event.matter, code=code, limit=limit, started=event, last_day=end.date(), due_at=end
    )


def people(busiest: Any) -> dict[str, Any]:
    """An officer and a head of the busiest town, an officer of the whole city, an enterprise's user."""
    from zhihuan.bureau.people.models import Organisation, RoleGrant, User

    bureau, _made = Organisation.objects.get_or_create(name="市生态环境局", kind="bureau")
    branch, _made = Organisation.objects.get_or_create(name="分局", kind="branch", parent=bureau)
    branch.towns.set([busiest])
    firm = Organisation.objects.filter(kind="enterprise").order_by("pk").first() or bureau
    places = {
        "officer": ("field_officer", branch),
        "head": ("section_head", branch),
        "city": ("field_officer", bureau),
        "party": ("enterprise_user", firm),
    }
    found = {}
    for name, (role, place) in places.items():
        user, _made = User.objects.get_or_create(
            username=f"bench-{name}", defaults={"organisation": place}
        )
        if name != "party" or place.kind == "enterprise":
            RoleGrant.objects.get_or_create(user=user, role=role, organisation=place)
        found[name] = user
    return found
