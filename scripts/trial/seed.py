"""A small bureau to try things on, put in through the platform's own models; run by the installed program.

    python seed.py PASSWORD MN [MN …]

One outlet for each device, all devices with the same password, one person; and two past days of frames with their seals.
Everything is labelled synthetic (模拟数据).
"""

from __future__ import annotations

import datetime as dt
import sys
from typing import Any

PERSON, PASS_PHRASE = "trial", "Trial-of-2026-works"


def main(password: str, devices: list[str]) -> None:
    from zhihuan.web.start import set_up

    set_up()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _people()
    _outlets(devices, password)
    print("seals of past days:", _past_days(devices[0]))


def _people() -> None:
    from zhihuan.bureau.people.models import Organisation, RoleGrant, User

    place, _ = Organisation.objects.get_or_create(
        name="市生态环境局", defaults={"kind": "bureau", "synthetic": True}
    )
    user = User.objects.create_user(PERSON, password=PASS_PHRASE)
    user.display_name, user.organisation = "试用", place
    user.save()
    RoleGrant.objects.create(user=user, role="duty_officer", organisation=place)


def _outlets(devices: list[str], password: str) -> None:
    from zhihuan.bureau.places.city import find_town
    from zhihuan.bureau.registry.models import Device, MonitoringPoint, PointFactor

    for index, mn in enumerate(devices):
        point = MonitoringPoint.objects.create(
            code=f"TRY-{index:03}", name=f"试用排口{index:03}（模拟数据）", kind="wastewater",
            town=find_town("三角镇"), lon=113.42, lat=22.68, synthetic=True,
        )  # fmt: skip
        Device.objects.create(mn=mn, point=point, version=1, system_type="32", password=password)
        for position, factor in enumerate(("w01018", "w21003")):
            PointFactor.objects.create(point=point, factor=factor, position=position)


def _past_days(mn: str) -> Any:
    from zhihuan.bureau.acquisition.seals import SealTable
    from zhihuan.bureau.acquisition.store import close_store, the_store
    from zhihuan.telemetry.daily_seals import DailySeals

    store = the_store()
    store.write(_frames(mn, dt.datetime.now(dt.UTC)))
    did = DailySeals(store, SealTable(), days_back=3).run()
    close_store()
    return did


def _frames(mn: str, now: dt.datetime) -> Any:
    """Sixty frames of one device on each of the two last whole days."""
    from zhihuan.hj212 import frame
    from zhihuan.telemetry.digest import frame_id, sm3
    from zhihuan.telemetry.rows import Batch

    batch = Batch()
    for back in (1, 2):
        noon = (now - dt.timedelta(days=back)).replace(hour=4, minute=0, second=0, microsecond=0)
        for minute in range(60):
            moment = noon + dt.timedelta(minutes=minute)
            wire = f"{moment + dt.timedelta(hours=8):%Y%m%d%H%M%S}"
            cp = f"DataTime={wire};w01018-Rtd={minute}.5,w01018-Flag=N"
            head = f"QN={wire}000;ST=32;CN=2011;MN={mn};Flag=5"
            raw = frame(f"{head};CP=&&{cp}&&".encode())[:-2]
            row = {
                "mn": mn, "received": int(moment.timestamp() * 1000), "frame_id": frame_id(sm3(raw)),
                "cn": "2011", "st": "32", "qn": f"{wire}000", "data_time": int(moment.timestamp()),
                "raw": raw, "sm3": sm3(raw),
            }  # fmt: skip
            for column, value in row.items():
                getattr(batch.frames, column).append(value)
    return batch


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
