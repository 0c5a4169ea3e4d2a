"""Fills ZHIHUAN_HOME with the demo's small city, its people and its matters, an outlet that exceeded yesterday, and a
plan whose three years are over. Run by the browser tests as a program."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

from zhihuan.web import start

POINTS = 20
LAPSED = "模拟满三年应急预案"


def main() -> None:
    start.set_up()

    from django.core.management import call_command
    from django.utils import timezone

    from zhihuan.bureau.acquisition.store import close_store, the_store
    from zhihuan.demo.business import load_lines
    from zhihuan.demo.city import build_city
    from zhihuan.demo.load import load_accounts, load_city
    from zhihuan.demo.staffing import load_staff

    call_command("migrate", verbosity=0)
    load_city(build_city(POINTS))
    load_accounts()
    load_staff(timezone.localdate())
    load_lines(timezone.localdate())
    file_three_years_ago(timezone.localdate())
    the_store()
    exceed_yesterday(timezone.localtime())
    close_store()


def file_three_years_ago(today: dt.date) -> None:
    """A plan of the enterprise whose user signs in; the platform finds that its review is due."""
    from zhihuan.bureau.clock.history import BEIJING
    from zhihuan.bureau.matters.engine.expiring import expire_due
    from zhihuan.bureau.matters.engine.taking import Acting, Said, open_matter, take
    from zhihuan.bureau.people.models import User
    from zhihuan.bureau.vault.models import StoredFile
    from zhihuan.lines.plan_filing.rules import asked_papers

    day = today - dt.timedelta(days=3 * 366)
    at = dt.datetime.combine(day, dt.time(9), BEIJING)
    owner, head = (User.objects.get(username=name) for name in ("enterprise", "head"))
    fields = {"title": LAPSED, "party": owner.organisation, "synthetic": True}
    plan = open_matter("plan_filing", Acting(owner, at=at), **fields)
    papers = dict.fromkeys(asked_papers(False, today), StoredFile.objects.first())
    said = {"plan_level": "enterprise", "risk": "L", "signed_on": day, "signer": "模拟签署人"}
    take(plan, "submit", Acting(owner, at=at), Said(said | papers), version=plan.version)
    take(plan, "file", Acting(head, at=at), Said(), version=plan.version)
    expire_due()


def exceed_yesterday(now: dt.datetime) -> None:
    """Three hours at twice the limit at an outlet of the enterprise whose user signs in: an episode to explain."""
    from zhihuan.bureau.exceedance.outlets import KINDS
    from zhihuan.bureau.exceedance.rounds import judge
    from zhihuan.bureau.people.models import User
    from zhihuan.bureau.registry.models import PointLimit
    from zhihuan.demo.exceedance import place_devices

    place_devices(now.date() - dt.timedelta(days=3))
    firm = User.objects.get(username="enterprise").organisation
    limits = PointLimit.objects.filter(
        kind="hour", upper__isnull=False, lower__isnull=True, point__kind__in=KINDS,
        point__site__enterprise=firm.pk,
    )  # fmt: skip
    limit = limits.order_by("point__code", "factor").first()
    start = dt.datetime.combine(now.date() - dt.timedelta(days=1), dt.time(8), now.tzinfo)
    report_hours(limit, int(start.timestamp()))
    span = (int(start.timestamp()), int(start.timestamp()) + 4 * 3600)
    assert judge([limit.point_id], span, now).found, "an outlet whose hours exceed is found"


def report_hours(limit: Any, start: int) -> None:
    """From ``start`` [epoch s] on: three that exceed and one that does not."""
    from zhihuan.bureau.acquisition.store import the_store
    from zhihuan.telemetry.kinds import Kind
    from zhihuan.telemetry.rows import Batch

    batch, nan = Batch(), math.nan
    for hour, times in enumerate((2.0, 2.2, 2.1, 0.4)):
        value = limit.upper * times
        row = {
            "mn": limit.point.devices.get().mn, "factor": limit.factor, "kind": int(Kind.HOUR),
            "time": start + 3600 * hour, "value": value, "minimum": nan, "maximum": nan, "total": nan,
            "zs_value": value, "zs_minimum": nan, "zs_maximum": nan, "flag": "N",
            "received": 1000 * (start + 3600 * hour + 3700), "frame_id": 1,
        }  # fmt: skip
        for column, cell in row.items():
            getattr(batch.measurements, column).append(cell)
    the_store().write(batch)


if __name__ == "__main__":
    main()
