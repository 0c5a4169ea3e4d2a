"""Fills ZHIHUAN_HOME with the demo's small city and its people. Run by the browser tests as a program."""

from __future__ import annotations

from zhihuan.web import start

POINTS = 20


def main() -> None:
    start.set_up()
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from zhihuan.demo.city import build_city
    from zhihuan.demo.load import load_accounts, load_city
    from zhihuan.demo.staffing import load_staff
    from zhihuan.telemetry.store import open_store

    call_command("migrate", verbosity=0)
    load_city(build_city(POINTS))
    load_accounts()
    load_staff(timezone.localdate())
    store = open_store(settings.ZHIHUAN_STORE_URL)
    store.migrate()
    store.close()


if __name__ == "__main__":
    main()
