"""Fills ZHIHUAN_HOME with a case and its evidence, or serves it. Run by the browser tests as a program.

The case is of the procedure that the engine's own tests use; it must be known to whoever serves it.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from pathlib import Path
from typing import Any

from zhihuan.web import start

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / "bureau" / "matters"), str(TESTS / "bureau" / "vault")]


def register() -> None:
    start.set_up()
    from procedures import CASE

    from zhihuan.bureau.matters import catalogue

    catalogue.register(CASE)


def serve() -> None:
    register()
    from zhihuan.cli import main

    main()


def seed() -> None:
    """Prints the keys of sessions in which people of the case are signed in, and the matter's number."""
    register()
    from django.conf import settings
    from django.core.management import call_command

    from zhihuan.telemetry.store import open_store

    call_command("migrate", verbosity=0)
    store = open_store(settings.ZHIHUAN_STORE_URL)
    store.migrate()
    store.close()
    people = _people()
    matter = _case(people)
    keys = {name: _session(user) for name, user in people.items()}
    print(json.dumps({"matter": matter.pk, "sessions": keys}))


def _people() -> dict[str, Any]:
    from zhihuan.bureau.people.models import Organisation, RoleGrant, User
    from zhihuan.bureau.places.city import find_town

    bureau = Organisation.objects.create(name="市生态环境局", kind="bureau")
    branch = Organisation.objects.create(name="三角分局", kind="branch", parent=bureau)
    branch.towns.set([find_town("三角镇")])
    firm = Organisation.objects.create(name="中山某印染厂", kind="enterprise")
    roles = {
        "field_officer": branch, "section_head": branch, "enterprise_user": firm, "security_administrator": bureau,
    }  # fmt: skip
    people = {}
    for role, place in roles.items():
        user = User.objects.create(username=role, display_name=f"模拟{role}", organisation=place)
        RoleGrant.objects.create(user=user, role=role, organisation=place)
        people[role] = user
    return people


def _case(people: dict[str, Any]) -> Any:
    import vault_samples as samples
    from django.utils import timezone

    from zhihuan.bureau.matters.engine.acting import Acting
    from zhihuan.bureau.matters.engine.taking import open_matter
    from zhihuan.bureau.places.city import find_town
    from zhihuan.bureau.vault.evidence.adding import add_evidence
    from zhihuan.bureau.vault.evidence.custody import Keeping, enter
    from zhihuan.bureau.vault.keeping import receive
    from zhihuan.bureau.vault.origin import Origin, Stated
    from zhihuan.bureau.vault.refusals import RefusedFileError

    officer, firm = people["field_officer"], people["enterprise_user"].organisation
    acting = Acting(officer, "10.0.0.8")
    matter = open_matter(
        "trial_case", acting, title="某印染厂超标排放（模拟）", party=firm, town=find_town("三角镇")
    )

    def add(content: bytes, name: str, stated: Stated = Stated(), **said: Any) -> Any:  # noqa: B008
        stored = receive(io.BytesIO(content), name, Origin(officer, "10.0.0.8", stated))
        return add_evidence(matter, stored, acting, **said)

    taken = dt.datetime(2026, 11, 3, 9, 15, tzinfo=timezone.get_default_timezone())
    said = {"obtained": "taken", "taken_at": taken, "place": "总排口", "taken_by": "张三、李四"}
    photo = add(
        samples.photo((1600, 1200)), "总排口.jpg", Stated(taken, 113.421, 22.681, 20.0),
        kind="audiovisual", title="总排口外排水体呈深蓝色", lon=113.43, lat=22.69, **said,
    )  # fmt: skip
    add(
        samples.picture("PNG"),
        "截图.png",
        kind="electronic",
        title="在线监测曲线",
        obtained="exported",
    )
    add(samples.pdf(), "检测报告.pdf", kind="appraisal", title="检测报告", obtained="requested")
    enter(photo, "hand_over", acting, Keeping("王五", "证物室 3 号柜", "移交保管"))
    enter(photo, "seal", acting, Keeping(words="封条 0012"))
    try:
        receive(
            io.BytesIO(samples.photo() + b"<script>alert(1)</script>"), "坏.jpg", Origin(officer)
        )
    except RefusedFileError:
        return matter
    raise AssertionError("a hostile file was taken")


def _session(user: Any) -> str:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


if __name__ == "__main__":
    seed()
