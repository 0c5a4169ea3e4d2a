"""A small city that measures: an outlet of an enterprise, and three public stations."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from typing import Any

import pytest

from zhihuan.telemetry.kinds import Kind
from zhihuan.telemetry.store import Batch, MeasurementRows

ROOT = "/sensorthings/v1.1"
#: 2026-06-01 00:00:00 in Beijing.
MIDNIGHT = 1_780_243_200
HOUR = 3600


@pytest.fixture(autouse=True)
def _every_look_is_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhihuan.bureau.acquisition.reported.FRESH_SECONDS", 0)


@pytest.fixture
def rows(platform_store: Any) -> Callable[..., None]:
    """``rows(mn, factor, kind, [(time, value), …])``: durable measurement rows."""

    def write(mn: str, factor: str, kind: int, told: list[tuple[int, float]], **given: Any) -> None:
        columns = MeasurementRows()
        for time, value in told:
            row = {
                "mn": mn,
                "factor": factor,
                "kind": int(kind),
                "time": time,
                "value": value,
                "flag": given.get("flag", "N"),
                "received": given.get("received", (time + 60) * 1000),
                "frame_id": 1,
            }
            for name in ("minimum", "maximum", "total", "zs_value", "zs_minimum", "zs_maximum"):
                row[name] = given.get(name, math.nan)
            for name, cell in row.items():
                getattr(columns, name).append(cell)
        platform_store.write(Batch(measurements=columns))

    return write


@pytest.fixture
def point(db: None) -> Callable[..., Any]:
    """``point("KQ-1", "ambient_air", …)``: a point with factors and one device."""
    from zhihuan.bureau.places.city import find_town
    from zhihuan.bureau.registry.models import Device, MonitoringPoint, PointFactor

    def make(code: str, kind: str, *factors: str, **given: Any) -> Any:
        made = MonitoringPoint.objects.create(
            code=code,
            name=given.get("name", f"点位 {code}"),
            kind=kind,
            town=find_town(given.get("town", "小榄镇")),
            lon=given.get("lon", 113.25),
            lat=given.get("lat", 22.66),
            site=given.get("site"),
            synthetic=given.get("synthetic", True),
        )
        Device.objects.create(mn=f"MN{code}", point=made, version=1, system_type="22")
        for position, factor in enumerate(factors):
            PointFactor.objects.create(point=made, factor=factor, position=position)
        return made

    return make


@pytest.fixture
def city(point: Any, rows: Any) -> dict[str, Any]:
    """Points by code. Hours of 1 June 2026 in Beijing everywhere, minutes and a day at the air station."""
    points = {
        made.code: made
        for made in (
            point(
                "KQ-1", "ambient_air", "a34004", "a05024", lon=113.38, lat=22.52, town="石岐街道"
            ),
            point("HL-1", "river", "w01018", "w21003", lon=113.46, lat=22.71, town="三角镇"),
            point("ZS-1", "noise", "Leq", lon=113.40, lat=22.50, synthetic=False),
            point("WS-1", "wastewater", "w01018", lon=113.42, lat=22.68, name="印染厂 100% 总排口"),
        )
    }
    for code, factor in (
        ("KQ-1", "a34004"),
        ("KQ-1", "a05024"),
        ("HL-1", "w01018"),
        ("WS-1", "w01018"),
    ):
        hours = [(MIDNIGHT + hour * HOUR, 20.0 + hour) for hour in range(24)]
        rows(f"MN{code}", factor, Kind.HOUR, hours, minimum=1.5, maximum=99.0)
    minutes = [(MIDNIGHT + minute * 600, minute / 4) for minute in range(144)]
    rows("MNKQ-1", "a34004", Kind.MINUTE, minutes)
    rows("MNKQ-1", "a34004", Kind.DAY, [(MIDNIGHT, 31.5)])
    rows("MNZS-1", "Leq", Kind.REALTIME, [(MIDNIGHT + 5, 55.0)], flag="D")
    return points


@pytest.fixture
def get(client: Any) -> Callable[..., Any]:
    """``get("/Things", filter="…", top=5)``: the answer; options without their ``$``."""

    def ask(path: str, **options: Any) -> Any:
        query = {f"${name}": str(value) for name, value in options.items()}
        return client.get(ROOT + path, query)

    return ask


@pytest.fixture
def officer(browser_of: Any) -> Any:
    """A duty officer is signed in: all of the city is theirs to see."""
    return browser_of("值班员")


@pytest.fixture
def read(get: Any, officer: Any) -> Callable[..., Any]:
    """As ``get``, by a duty officer, and the document of an answer that must be good."""

    def ask(path: str, **options: Any) -> Any:
        response = get(path, **options)
        assert response.status_code == 200, response.content.decode()
        return response.json()

    return ask


@pytest.fixture
def series(read: Any) -> Callable[..., int]:
    """``series("KQ-1", "a34004", "hour")``: the id of a Datastream."""

    def find(code: str, factor: str, kind: str) -> int:
        said = (
            f"Thing/properties/code eq '{code}' and properties/factor eq '{factor}' "
            f"and properties/kind eq '{kind}'"
        )
        (found,) = read("/Datastreams", filter=said)["value"]
        number: int = found["@iot.id"]
        return number

    return find


@pytest.fixture
def all_pages(client: Any) -> Callable[..., list[Any]]:
    """``all_pages(document)``: every entity along ``@iot.nextLink``."""

    def follow(document: dict[str, Any], most: int = 200) -> list[Any]:
        found = list(document["value"])
        for _page in range(most):
            if "@iot.nextLink" not in document:
                return found
            address = document["@iot.nextLink"].removeprefix("http://testserver")
            response = client.get(address)
            assert response.status_code == 200, response.content.decode()
            document = response.json()
            found += document["value"]
        raise AssertionError("the pages do not end")

    return follow


@pytest.fixture
def token_of(client: Any, person: Any) -> Callable[..., Callable[..., Any]]:
    """``token_of("值班员", scopes=[…])``: how a program of theirs asks; its address as with ``get``."""
    from django.utils import timezone

    from zhihuan.bureau.access.issuing import issue

    def make(role: str, *, scopes: Any = (), at: Any = None) -> Callable[..., Any]:
        owner = person(role, at=at, name=f"{role}-{at.pk if at else 0}")
        end = timezone.now() + dt.timedelta(days=1)
        wanted = scopes or owner.get_all_permissions()
        token = issue(owner, name="测试程序", scopes=wanted, expires_at=end, by=owner).text

        def ask(path: str, **options: Any) -> Any:
            query = {f"${name}": str(value) for name, value in options.items()}
            return client.get(ROOT + path, query, headers={"authorization": f"Bearer {token}"})

        ask.token = token  # type: ignore[attr-defined]
        return ask

    return make
