"""Fills ZHIHUAN_HOME with cases in every state and the people of them. Run by the browser tests as a
program, with ``cases_settings``.
"""

from __future__ import annotations

import datetime as dt

from zhihuan.web import start

#: account → role, name
PEOPLE = {
    "officer": ("field_officer", "陈执法"),
    "second": ("field_officer", "林执法"),
    "head": ("section_head", "黄科长"),
    "owner": ("enterprise_user", "吴环保"),
    "leader": ("leader", "何局长"),
}


def main() -> None:
    start.set_up()
    from django.conf import settings
    from django.core.management import call_command

    from zhihuan.telemetry.store import open_store

    call_command("migrate", verbosity=0)
    fill(people())
    store = open_store(settings.ZHIHUAN_STORE_URL)
    store.migrate()
    store.close()


def people() -> dict[str, object]:
    """Everybody by account, and the firm."""
    from zhihuan.bureau.people.models import Organisation, RoleGrant, User
    from zhihuan.bureau.places.city import find_town
    from zhihuan.bureau.registry.models import Enterprise
    from zhihuan.demo.packaged import packaged

    password = packaged("accounts")["password"]
    bureau = Organisation.objects.create(name="市生态环境局", kind="bureau", synthetic=True)
    branch = Organisation.objects.create(
        name="三角分局", kind="branch", parent=bureau, synthetic=True
    )
    branch.towns.set([find_town("三角镇")])
    firm = Enterprise.objects.create(
        code="QY000001",
        name="中山市三角镇模拟印染有限公司",
        kind="enterprise",
        no_code_reason="模拟",
        town=find_town("三角镇"),
        synthetic=True,
    )
    made: dict[str, object] = {"firm": firm}
    for username, (role, name) in PEOPLE.items():
        place = firm if role == "enterprise_user" else branch
        user = User.objects.create_user(
            username, password=password, display_name=name, organisation=place, synthetic=True
        )
        RoleGrant.objects.create(user=user, role=role, organisation=place)
        made[username] = user
    for username in ("officer", "second"):
        made[username].certificates.create(
            number=f"模拟44-{username}", issued=dt.date(2020, 1, 1), expires=dt.date(2040, 1, 1)
        )
    return made


def fill(cast: dict[str, object]) -> None:
    """Case 1 is opened, 2 filed, 3 stands still, 4 is long overdue, 5 waits for the decision, 6 is
    decided, 7 is over; more behind them, so that lists have pages."""
    for number, steps in enumerate(COURSES, start=1):
        walk(cast, number, steps)
    for number in range(len(COURSES) + 1, 31):
        walk(cast, number, COURSES[number % len(COURSES)])


#: days ago that each began, then its steps with the days ago of each
COURSES = (
    (1, ()),
    (6, (("file", 5),)),
    (20, (("file", 19), ("appraise", 10))),
    (160, (("file", 159),)),
    (12, (("file", 11), ("appraise", 10), ("appraised", 6), ("submit", 2))),
    (30, (("file", 29), ("submit", 9), ("decide", 3))),
    (60, (("file", 59), ("submit", 50), ("back", 49), ("submit", 45), ("drop", 40))),
)
TAKERS = {"file": "officer", "appraise": "officer", "appraised": "officer", "submit": "officer",
          "back": "head", "decide": "head", "drop": "head"}  # fmt: skip


def walk(
    cast: dict[str, object], number: int, course: tuple[int, tuple[tuple[str, int], ...]]
) -> None:
    from django.utils import timezone

    from zhihuan.bureau.matters.engine.taking import Acting, Said, open_matter, take

    now, (begun, steps) = timezone.now(), course

    def acting(who: str, days: int) -> Acting:
        officers = [cast["officer"], cast["second"]] if who == "officer" else ()
        return Acting(cast[who], officers=officers, at=now - dt.timedelta(days=days))

    firm = cast["firm"]
    matter = open_matter(
        "trial_case", acting("officer", begun), title=f"模拟案件{number}：废水化学需氧量超标排放",
        party_id=firm.pk, town=firm.town, synthetic=True,
    )  # fmt: skip
    said = {"fine": "50000.00", "served_on": now.date().isoformat(), "why": "须补充排口采样记录。"}
    for step, days in steps:
        take(matter, step, acting(TAKERS[step], days), Said(said), version=matter.version)


if __name__ == "__main__":
    main()
