"""Fills ZHIHUAN_HOME with the demo's small city, its people and its matters, and a plan whose three years are
over. Run by the browser tests as a program."""

from __future__ import annotations

import datetime as dt

from zhihuan.web import start

POINTS = 20
LAPSED = "模拟满三年应急预案"


def main() -> None:
    start.set_up()
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from zhihuan.demo.business import load_lines
    from zhihuan.demo.city import build_city
    from zhihuan.demo.load import load_accounts, load_city
    from zhihuan.demo.staffing import load_staff
    from zhihuan.telemetry.store import open_store

    call_command("migrate", verbosity=0)
    load_city(build_city(POINTS))
    load_accounts()
    load_staff(timezone.localdate())
    load_lines(timezone.localdate())
    file_three_years_ago(timezone.localdate())
    store = open_store(settings.ZHIHUAN_STORE_URL)
    store.migrate()
    store.close()


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


if __name__ == "__main__":
    main()
