"""A bureau, one firm with one stack, and a clock that the walk moves. Run as a program: fills ZHIHUAN_HOME, or serves it.

The bureau's clock (``django.utils.timezone.now``, as everywhere in these tests) and the gateway's (``time.time_ns``)
begin on a fixed Monday, so that the law and the calendar of the walk are always the same, and stand where the file
``clock`` of the home says from then on. Sessions and what a phone keeps live by ``time.time``, like the browser.
Rounds that the platform makes every ten minutes, or every minute, come every second.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from pathlib import Path
from typing import Any

from django.utils import timezone

BEIJING = dt.timezone(dt.timedelta(hours=8))
#: Monday, in the first weeks of the Code; Mid-Autumn and the National Day lie ahead.
START = dt.datetime(2026, 9, 7, 15, 0, tzinfo=BEIJING)
MN = "44200012345678900001ABCD"
POINT, STACK, FIRM = "FG-0001", "1号炉废气总排口", "中山模拟热电有限公司"
SULPHUR_DIOXIDE = "a21026"
LIMIT = 35.0
#: account → role, where, name
PEOPLE = {
    "owner": ("enterprise_user", "firm", "吴环保"),
    "duty": ("duty_officer", "bureau", "何值班"),
    "officer": ("field_officer", "branch", "陈执法"),
    "second": ("field_officer", "branch", "林执法"),
    "head": ("section_head", "branch", "黄局长"),
    "reviewer": ("case_reviewer", "bureau", "梁审查"),
    "lawyer": ("legal_reviewer", "bureau", "罗法制"),
    "leader": ("leader", "bureau", "郑局长"),
}
CERTIFIED = ("officer", "second")
BRANCH, BUREAU = "三角分局", "中山市生态环境局（模拟）"


def move_clock(file: Path) -> None:
    """Let the bureau's clock stand so many seconds beside the machine's as the file says, from now on."""

    def now_ns(real: Any = time.time_ns) -> int:
        return int(real() + float(file.read_text("ascii")) * 1e9)

    timezone.now = lambda: dt.datetime.fromtimestamp(now_ns() / 1e9, dt.UTC)
    time.time_ns = now_ns


def set_clock(file: Path, moment: dt.datetime) -> None:
    """Let it be that moment now. Renamed into place: it is read all the time."""
    fresh = file.with_suffix(".new")
    fresh.write_text(f"{moment.timestamp() - time.time():.3f}", "ascii")
    fresh.replace(file)


def clock_file() -> Path:
    return Path(os.environ["ZHIHUAN_HOME"]) / "clock"


# ---- serving ----


def serve() -> None:
    move_clock(clock_file())
    from zhihuan.web import start

    start.set_up()
    from zhihuan.web.platform import exceedance_jobs, matter_jobs

    hurried(exceedance_jobs, "exceedance_jobs")
    hurried(matter_jobs, "matter_jobs")
    from zhihuan.cli import main

    main()


def hurried(module: Any, name: str) -> None:
    """The same jobs, a second apart."""
    from dataclasses import replace

    declared = getattr(module, name)
    setattr(module, name, lambda: [replace(job, every_seconds=1.0) for job in declared()])


# ---- filling ----


def seed() -> None:
    """Prints the accounts' numbers."""
    set_clock(clock_file(), START)
    move_clock(clock_file())
    from zhihuan.web import start

    start.set_up()
    from django.conf import settings
    from django.core.management import call_command

    from zhihuan.telemetry.store import open_store

    call_command("migrate", verbosity=0)
    store = open_store(settings.ZHIHUAN_STORE_URL)
    store.migrate()
    store.close()
    places = _places()
    _stack(places["firm"])
    print(json.dumps({name: _person(name, places) for name in PEOPLE}))


def _places() -> dict[str, Any]:
    from zhihuan.bureau.people.models import Organisation
    from zhihuan.bureau.places.city import find_town
    from zhihuan.bureau.registry.models import Enterprise

    town = find_town("三角镇")
    bureau = Organisation.objects.create(name=BUREAU, kind="bureau", synthetic=True)
    branch = Organisation.objects.create(name=BRANCH, kind="branch", parent=bureau, synthetic=True)
    branch.towns.set([town])
    firm = Enterprise.objects.create(
        code="QY000001", name=FIRM, kind="enterprise", no_code_reason="模拟", town=town, level="key",
        address="三角镇模拟路1号", legal_representative="张三丰", synthetic=True,
    )  # fmt: skip
    return {"bureau": bureau, "branch": branch, "firm": firm}


def _stack(firm: Any) -> None:
    from zhihuan.bureau.registry import models

    permit = models.Permit.objects.create(
        enterprise=firm, number="91442000MOCK0001P", valid_from="2024-01-01", valid_until="2028-12-31"
    )  # fmt: skip
    site = models.Site.objects.create(
        code="SITE-0001", name="厂区", enterprise=firm, town=firm.town
    )
    outlet = models.Outlet.objects.create(site=site, number="DA001", name=STACK, medium="gas")
    point = models.MonitoringPoint.objects.create(
        code=POINT, name=STACK, kind="flue_gas", site=site, outlet=outlet, town=firm.town, lon=113.42,
        lat=22.68, synthetic=True,
    )  # fmt: skip
    models.Device.objects.create(
        mn=MN, point=point, system_type="31", version=1, password="123456", placed=dt.date(2024, 1, 1),
        registered=dt.date(2024, 1, 1),
    )  # fmt: skip
    models.PointFactor.objects.create(point=point, factor=SULPHUR_DIOXIDE)
    models.PointLimit.objects.create(
        point=point, factor=SULPHUR_DIOXIDE, kind="hour", upper=LIMIT, permit=permit,
        basis="GB 13223-2011", clause="表1", valid_from=dt.date(2024, 1, 1),
    )  # fmt: skip


def _person(username: str, places: dict[str, Any]) -> int:
    from zhihuan.bureau.people.models import RoleGrant, User
    from zhihuan.demo.packaged import packaged

    role, where, name = PEOPLE[username]
    user = User.objects.create_user(
        username, password=packaged("accounts")["password"], display_name=name,
        organisation=places[where], synthetic=True,
    )  # fmt: skip
    RoleGrant.objects.create(user=user, role=role, organisation=places[where])
    if username in CERTIFIED:
        user.certificates.create(
            number=f"模拟44-{username}", issued=dt.date(2024, 1, 1), expires=dt.date(2029, 1, 1)
        )
    return int(user.pk)


if __name__ == "__main__":
    seed()
