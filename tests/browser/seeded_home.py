"""Fills ZHIHUAN_HOME with a small synthetic city in which every state and every mark occurs.

Run by the browser tests as a program (the embedded store belongs to one process at a time, and the
platform under test is another one). Point ``SYN-00000`` has everything a chart must show: a gap,
marks, exceedances, an invalid and a differing statistic of ours, extremes, raw frames. Some traffic is
in quarantine, and two orders to it have ended.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import random
import time
from dataclasses import dataclass
from typing import Any

from shapely.geometry import Point, shape

from zhihuan.bureau.places.packaged import find_city
from zhihuan.hj212 import BEIJING, Group, encode
from zhihuan.telemetry.digest import frame_id, sm3
from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.rows import Batch, StatisticRows
from zhihuan.telemetry.store import TelemetryStore, open_store
from zhihuan.web import start

HOUR, DAY = 3_600, 86_400
OFFICER, PASSWORD = "officer", "a-browser-test-only"
DEVICE_PASSWORD = "123456"
RULE = "synthetic-rule"


@dataclass(frozen=True)
class Factor:
    code: str
    usual: float
    upper: float


#: kind of point -> (system type, noun of its name, factors)
KINDS = {
    "wastewater": ("32", "总排口", [Factor("w01018", 32.0, 50.0), Factor("w21003", 2.1, 5.0)]),
    "flue_gas": ("31", "锅炉排口", [Factor("a21026", 18.0, 35.0), Factor("a21002", 31.0, 50.0)]),
    "ambient_air": ("22", "空气站", [Factor("a34004", 24.0, 75.0)]),
    "river": ("21", "断面站", [Factor("w01009", 6.1, 20.0)]),
    "noise": ("23", "噪声点", [Factor("LA", 54.0, 70.0)]),
}


@dataclass(frozen=True)
class Outlet:
    """One synthetic point with one device."""

    index: int
    town: str
    lon: float
    lat: float

    @property
    def code(self) -> str:
        return f"SYN-{self.index:05d}"

    @property
    def mn(self) -> str:
        return f"8844200{self.index:017d}"

    @property
    def kind(self) -> str:
        return list(KINDS)[self.index % len(KINDS)]

    @property
    def name(self) -> str:
        from zhihuan.bureau.places.city import town_names

        town = town_names()[self.town].removesuffix("街道").removesuffix("镇")
        return f"{town}模拟{KINDS[self.kind][1]}{self.index:03d}"

    @property
    def factors(self) -> list[Factor]:
        return KINDS[self.kind][2]

    @property
    def state(self) -> str:
        """What the point is made to be: 0 exceeds, then one in seven of each unusual state."""
        unusual = {0: "exceeding", 3: "abnormal", 5: "offline"}
        return unusual.get(self.index % 7, "normal")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=40)
    outlets = outlets_of_the_city(parser.parse_args().points)
    start.set_up()
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    add_officer()
    register(outlets)
    add_quarantined(outlets[0], int(time.time()))
    add_exchanges(outlets[0])
    add_token()
    add_webhook()
    store = open_store(settings.ZHIHUAN_STORE_URL)
    store.migrate()
    now = int(time.time())
    store.write(latest_values(outlets, now))
    store.write(published_values(outlets, now))
    fill_the_shown_outlet(store, outlets[0], now)
    store.close()


def outlets_of_the_city(count: int) -> list[Outlet]:
    """Places inside the approximate town cells, the same on every run."""
    packaged = find_city("442000") / "towns.geojson"
    features = json.loads(packaged.read_text("utf-8"))["features"]
    towns = [(each["properties"]["code"], shape(each["geometry"])) for each in features]
    chance = random.Random(212)
    return [Outlet(i, *place_in(*towns[i % len(towns)], chance)) for i in range(count)]


def place_in(town: str, area: Any, chance: random.Random) -> tuple[str, float, float]:
    west, south, east, north = area.bounds
    while True:
        place = Point(chance.uniform(west, east), chance.uniform(south, north))
        if area.contains(place):
            return town, round(place.x, 6), round(place.y, 6)


def add_officer() -> None:
    from zhihuan.bureau.people.models import Organisation, RoleGrant, User
    from zhihuan.bureau.people.roles import REGISTRAR

    bureau = Organisation.objects.create(name="市生态环境局", kind="bureau", synthetic=True)
    user = User.objects.create_user(
        OFFICER, password=PASSWORD, display_name="陈值班", organisation=bureau, synthetic=True
    )
    RoleGrant.objects.create(user=user, role=REGISTRAR, organisation=bureau)


def add_token() -> None:
    """The officer's token number 1, never used."""
    from django.utils import timezone

    from zhihuan.bureau.access.issuing import issue
    from zhihuan.bureau.people.models import User

    officer, end = User.objects.get(username=OFFICER), timezone.now() + dt.timedelta(days=90)
    scopes = ["registry.view_monitoringpoint", "registry.view_enterprise"]
    issue(officer, name="科室月报脚本", scopes=scopes, expires_at=end, by=officer)


def add_webhook() -> None:
    """The officer's subscription number 1, paused, with a delivery that was given up."""
    from zhihuan.bureau.people.models import User
    from zhihuan.bureau.webhooks.holding import set_up, switch
    from zhihuan.bureau.webhooks.trial import try_out

    officer = User.objects.get(username=OFFICER)
    kinds = ["record.changed", "device.silent"]
    made = set_up(officer, name="市数据交换平台", url="https://exchange.example/hook", kinds=kinds)
    trial = try_out(made.subscription, by=officer)
    trial.log.create(status=500, milliseconds=42, outcome="接收方应答 500")
    trial.state, trial.attempts, trial.outcome = "dead", 10, "接收方应答 500"
    trial.save()
    switch(made.subscription, on=False, by=officer)


def register(outlets: list[Outlet]) -> None:
    from zhihuan.bureau.registry.models import Device, MonitoringPoint

    for outlet in outlets:
        point = MonitoringPoint.objects.create(
            code=outlet.code,
            name=outlet.name,
            kind=outlet.kind,
            town_id=outlet.town,
            lon=outlet.lon,
            lat=outlet.lat,
            synthetic=True,
        )
        Device.objects.create(
            mn=outlet.mn,
            point=point,
            system_type=KINDS[outlet.kind][0],
            version=1,
            password=DEVICE_PASSWORD,
            realtime_seconds=HOUR,  # so that nothing falls silent while the tests run
        )
        add_factors(point, outlet.factors)


def add_factors(point: Any, factors: list[Factor]) -> None:
    from zhihuan.bureau.registry.models import PointFactor, PointLimit

    for position, factor in enumerate(factors):
        PointFactor.objects.create(point=point, factor=factor.code, position=position)
        for kind in ("realtime", "hour", "day"):
            PointLimit.objects.create(
                point=point,
                factor=factor.code,
                kind=kind,
                upper=factor.upper,
                basis="模拟限值（仅供测试）",
                clause="表1",
                valid_from=dt.date(2020, 1, 1),
            )


def add_quarantined(outlet: Outlet, now: int) -> None:
    """Damaged, unknown, unreadable, and replayed traffic; the damaged has number 1, and so on."""
    from zhihuan.bureau.acquisition.models import QuarantinedFrame

    good = realtime_frame(outlet, {"w01018": 31.5, "w21003": 2.04}, now)
    stranger = good.replace(outlet.mn.encode(), b"9" * 24)
    noise = bytes(range(128, 256)) * 4
    for reason, mn, raw, given in (
        ("bad_crc", outlet.mn, good[:-6] + b"0000\r\n", {"detail": "CRC 0000, 3D40 expected"}),
        ("unknown_device", "9" * 24, stranger, {"detail": "CN=2011 ST=32"}),
        ("junk", "", noise, {}),
        ("bad_number", outlet.mn, good, {"stored": True, "replayed_at": moment(now)}),
    ):
        QuarantinedFrame.objects.create(
            reason=reason, mn=mn, raw=raw, peer="10.0.0.8:40123", received=moment(now), **given
        )


def add_exchanges(outlet: Outlet) -> None:
    """Order 1 was carried out, order 2 was never answered."""
    from zhihuan.bureau.acquisition.models import DeviceCommand
    from zhihuan.bureau.registry.models import Device

    device, now = Device.objects.get(mn=outlet.mn), int(time.time())
    asked = f"QN={beijing(now)}000;ST=32;CN=1061;PW=******;MN={outlet.mn};Flag=5;CP=&&&&".encode()
    told = f"QN={beijing(now)}000;ST=91;CN=9011;PW=******;MN={outlet.mn};Flag=4;CP=&&QnRtn=1&&"
    for status, outcome, steps in (
        ("done", "", ["sent", "qn_rtn", "reply", "exe_rtn", "done"]),
        ("failed", "设备多次重发均无应答", ["sent", "resent", "resent", "timeout", "failed"]),
    ):
        order = DeviceCommand.objects.create(
            device=device,
            mn=outlet.mn,
            code="1061",
            reason="核对实时数据间隔",
            orderer="陈值班",
            status=status,
            outcome=outcome,
            qn=f"{beijing(now)}000",
            qn_rtn=1 if status == "done" else None,
            exe_rtn=1 if status == "done" else None,
            expires_at=moment(now + HOUR),
            finished_at=moment(now),
        )
        for step in steps:
            raw = asked if step in {"sent", "resent"} else told.encode() if "rtn" in step else b""
            order.steps.create(step=step, qn=order.qn, raw=raw, code=1 if "rtn" in step else None)


def moment(at: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(at, dt.UTC)


def add_row(columns: Any, **row: Any) -> None:
    """One row to the columns; what is not given is missing."""
    for name in columns.__slots__:
        getattr(columns, name).append(row.get(name, math.nan))


def latest_values(outlets: list[Outlet], now: int) -> Batch:
    """One real-time value of every factor, in the state the outlet is made to be."""
    batch = Batch()
    for outlet in outlets:
        at = now - (3 * DAY if outlet.state == "offline" else 20)
        for position, factor in enumerate(outlet.factors):
            first = position == 0
            exceeds = first and outlet.state == "exceeding"
            add_row(
                batch.measurements,
                mn=outlet.mn,
                factor=factor.code,
                kind=Kind.REALTIME,
                time=at,
                value=factor.upper * 1.3 if exceeds else factor.usual,
                flag="D" if first and outlet.state == "abnormal" else "N",
                received=at * 1000,
                frame_id=0,
            )
    return batch


#: kind of point -> factor -> (usual, by how much stations differ): what the public pages show
PUBLISHED = {
    "ambient_air": {"a34004": (28, 14), "a34002": (45, 12), "a05024": (90, 30),
                    "a21026": (0.007, 0.001), "a21004": (0.024, 0.004), "a21005": (0.6, 0.05)},
    "river": {"w01010": (22, 1), "w01001": (7.2, 0.1), "w01009": (6.3, 0.4), "w01019": (3.2, 0.3),
              "w21003": (0.4, 0.3), "w21011": (0.12, 0.03), "w21001": (1.2, 0.1)},
    "noise": {"Leq": (54, 2)},
}  # fmt: skip


def published_values(outlets: list[Outlet], now: int) -> Batch:
    """The last three whole hours of public stations; some stations are silent."""
    batch, last = Batch(), now // HOUR * HOUR - HOUR
    for outlet in outlets:
        for factor, (usual, step) in PUBLISHED.get(outlet.kind, {}).items():
            for hour in range(3 if outlet.state != "offline" else 0):
                add_row(
                    batch.measurements,
                    mn=outlet.mn,
                    factor=factor,
                    kind=Kind.HOUR,
                    time=last - hour * HOUR,
                    value=usual + step * (outlet.index % 10 // 2 - hour),
                    flag="N",
                    received=(last + HOUR) * 1000,
                    frame_id=0,
                )
    return batch


def fill_the_shown_outlet(store: TelemetryStore, outlet: Outlet, now: int) -> None:
    batch, own = Batch(), StatisticRows()
    last = now // HOUR * HOUR
    midnight = (now + 8 * HOUR) // DAY * DAY - 8 * HOUR
    spans = [
        (Kind.REALTIME, 60, now // 60 * 60 - 300, 1440),
        (Kind.MINUTE, 600, now // 600 * 600, 144),
        (Kind.HOUR, HOUR, last, 24 * 7),
        (Kind.DAY, DAY, midnight, 60),
    ]
    for factor in outlet.factors:
        for kind, step, end, count in spans:
            for back in range(count, 0, -1):
                add_measured(batch, own, outlet.mn, factor, kind, end - back * step, back)
    add_frames(batch, outlet, now)
    store.write(batch)
    store.write_statistics(own)


def add_measured(
    batch: Batch,
    own: StatisticRows,
    mn: str,
    factor: Factor,
    kind: Kind,
    at: int,
    back: int,
) -> None:
    """The device's value ``back`` periods ago, and ours where we compute one."""
    hourly = kind == Kind.HOUR
    if hourly and 40 <= back < 45:
        return  # a gap
    value = daily_course(factor.usual, at)
    spread = math.nan if kind == Kind.REALTIME else factor.usual * 0.12
    mark = "M" if hourly and 70 <= back < 74 else "D" if hourly and back in {20, 21} else "N"
    key = {"mn": mn, "factor": factor.code, "kind": kind, "time": at}
    extremes = {"minimum": value - spread, "maximum": value + spread}
    add_row(
        batch.measurements,
        **key,
        value=value,
        **extremes,
        flag=mark,
        received=(at + 1) * 1000,
        frame_id=0,
    )
    if kind in {Kind.HOUR, Kind.DAY}:
        add_row(
            own,
            **key,
            value=value * 1.08 if back in {12, 55} else value,
            flag="N",
            valid_count=60,
            expected_count=60,
            valid=back not in {20, 33},
            rule=RULE,
            computed=(at + HOUR) * 1000,
        )


def daily_course(usual: float, at: int) -> float:
    """A day's course with a morning peak that exceeds the limit now and then."""
    hour = (at + 8 * HOUR) % DAY / HOUR
    peak = 0.75 * math.exp(-(((hour - 9.5) / 2.2) ** 2)) * (1 + 0.25 * math.sin(at / DAY * 5))
    return round(usual * (0.85 + peak + 0.05 * math.sin(at / 1999)), 2)


def add_frames(batch: Batch, outlet: Outlet, now: int) -> None:
    for minutes in range(30, 0, -1):
        at = now - 60 * minutes
        values = {each.code: daily_course(each.usual, at) for each in outlet.factors}
        raw = realtime_frame(outlet, values, at).removesuffix(b"\r\n")
        add_row(
            batch.frames,
            mn=outlet.mn,
            received=at * 1000,
            frame_id=frame_id(sm3(raw)),
            cn="2011",
            st=KINDS[outlet.kind][0],
            qn=beijing(at) + "000",
            data_time=at,
            raw=raw,
            sm3=sm3(raw),
        )


def realtime_frame(outlet: Outlet, values: dict[str, float], at: int) -> bytes:
    """A real-time frame of 2017 that asks for an answer, as the outlet's device sends it."""
    groups = [Group(code, {"Rtd": f"{value:.2f}", "Flag": "N"}) for code, value in values.items()]
    return encode(
        qn=beijing(at) + "000",
        st=KINDS[outlet.kind][0],
        cn="2011",
        pw=DEVICE_PASSWORD,
        mn=outlet.mn,
        flag=5,
        cp=[("DataTime", beijing(at)), *groups],
    )


def beijing(at: int) -> str:
    return dt.datetime.fromtimestamp(at, BEIJING).strftime("%Y%m%d%H%M%S")


if __name__ == "__main__":
    main()
