"""Fills ZHIHUAN_HOME with visits that wait to be made, or serves it. Run by the browser tests as a program.

The visit is of the procedure that the tests of field records use; it must be known to whoever serves it.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

from zhihuan.web import start

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / "bureau" / "field_records"))
#: How many there are: each test takes its own.
VISITS = 12


def register() -> None:
    start.set_up()
    from visits import VISIT

    from zhihuan.bureau.matters import catalogue

    catalogue.register(VISIT)


def serve() -> None:
    register()
    from zhihuan.cli import main

    main()


def seed() -> None:
    """Prints the keys of the officers' sessions, their numbers, and the matters' numbers."""
    register()
    from django.conf import settings
    from django.core.management import call_command

    from zhihuan.telemetry.store import open_store

    call_command("migrate", verbosity=0)
    store = open_store(settings.ZHIHUAN_STORE_URL)
    store.migrate()
    store.close()
    people = _people()
    matters = [_visit(people["officer"], number) for number in range(1, VISITS + 1)]
    told = {
        "matters": [each.pk for each in matters],
        "sessions": {
            name: [_session(user) for _ in range(VISITS)] for name, user in people.items()
        },
        "accounts": {name: user.pk for name, user in people.items()},
    }
    print(json.dumps(told))


def _people() -> dict[str, Any]:
    from zhihuan.bureau.people.models import Organisation, RoleGrant, User
    from zhihuan.bureau.places.city import find_town

    bureau = Organisation.objects.create(name="市生态环境局", kind="bureau")
    branch = Organisation.objects.create(name="三角分局", kind="branch", parent=bureau)
    branch.towns.set([find_town("三角镇")])
    people = {}
    for username, name in (("officer", "陈执法"), ("second", "林执法")):
        user = User.objects.create(username=username, display_name=name, organisation=branch)
        RoleGrant.objects.create(user=user, role="field_officer", organisation=branch)
        user.certificates.create(
            number=f"模拟44-{username}", issued=dt.date(2020, 1, 1), expires=dt.date(2040, 1, 1)
        )
        people[username] = user
    return people


def _visit(officer: Any, number: int) -> Any:
    from zhihuan.bureau.matters.engine.taking import Acting, open_matter
    from zhihuan.bureau.places.city import find_town
    from zhihuan.bureau.registry.models import Enterprise

    firm = Enterprise.objects.create(
        code=f"QY{number:06d}", name=f"中山市三角镇模拟印染有限公司{number}", kind="enterprise",
        no_code_reason="模拟", town=find_town("三角镇"), synthetic=True,
    )  # fmt: skip
    return open_matter(
        "trial_visit", Acting(officer), title=f"检查模拟印染厂{number}", party_id=firm.pk,
        party_name=firm.name, town=find_town("三角镇"), synthetic=True,
    )  # fmt: skip


def _session(user: Any) -> str:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


if __name__ == "__main__":
    seed()
