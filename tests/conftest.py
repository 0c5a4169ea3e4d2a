"""What every test may ask for: reference data that is not part of the repository, and one cast of
people, outlets and devices for everything that needs the platform."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent / "support"))  # what stands beside the tests
from audited_writes import audited_writes  # noqa: F401 - autouse
from spreading import (  # noqa: F401 - hooks of pytest
    pytest_addoption,
    pytest_collection_modifyitems,
    pytest_xdist_make_scheduler,
)

# a deadline is a timed assertion: it fails where the machine is busy, not where the code is wrong
settings.register_profile("zhihuan", deadline=None, print_blob=True)
settings.load_profile("zhihuan")

_BESIDE_THE_CHECKOUT = Path(__file__).resolve().parents[2] / "shared"


def _reference_data() -> Path:
    return Path(os.environ.get("ZHIHUAN_SHARED", _BESIDE_THE_CHECKOUT))


_seen_at_failure: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _seen_at_failure.extend(said for name, said in report.user_properties if name == "open pages")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: Any) -> Iterator[None]:
    """Where the browser was when a test failed, for the trace alone seldom says; and at the very end every test that
    did not pass in one line, for what a browser says of one fills pages."""
    yield
    for said in dict.fromkeys(_seen_at_failure):
        terminalreporter.write_line(f"OPEN PAGES {said}")
    for outcome in ("failed", "error"):
        for report in terminalreporter.stats.get(outcome, ()):
            crash = getattr(report.longrepr, "reprcrash", None)
            first = crash.message.partition("\n")[0] if crash else ""
            terminalreporter.write_line(f"{outcome}: {report.nodeid} {first}"[:300])


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference data (vectors, published series).

    Absent on most machines, so tests that need it are skipped with a reason; where the
    environment says CI=true its absence is a failure.
    """
    folder = _reference_data()
    if folder.is_dir():
        return folder
    reason = f"reference data not found at {folder}; set ZHIHUAN_SHARED to its folder"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


# ---- the platform: its store, its people, one outlet with one device ------------------------
# Django is imported inside the fixtures: the rooms below it are tested without it.

CITY_DEVICE = "44200012345678901234ABCD"


@pytest.fixture(autouse=True)
def figures_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept a few seconds for the badges of people would reach the next test's people, and pages
    would cost a query less at their second look."""
    if (figure := sys.modules.get("zhihuan.bureau.inbox.figure")) is not None:
        monkeypatch.setattr(figure, "SECONDS", 0.0)


@pytest.fixture(scope="session")
def quick_passwords() -> Iterator[None]:
    """The platform's own way of keeping passwords with a thousandth of its rounds: those of an attacker are not
    asked for here. Processes that tests start take them all."""
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PBKDF2PasswordHasher, "iterations", 1_000)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    quick_passwords: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """A hook of pytest-django: the migrations are applied once a run, not once a worker."""
    from django.db import connection
    from ready_homes import tests_begin_ready

    with tests_begin_ready(connection, tmp_path_factory.mktemp("database")):
        yield


@pytest.fixture(scope="session")
def one_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The embedded engine of all stores that tests ask for; see ``support/one_engine.py``."""
    from one_engine import kept_engine

    with kept_engine(tmp_path_factory.mktemp("engine")) as one:
        yield one


@pytest.fixture
def platform_store(one_engine: Any, tmp_path: Path, settings: Any) -> Iterator[Any]:
    """An empty embedded store, shared with the web rooms as the process-wide one."""
    from zhihuan.bureau.acquisition.reported import forget_reported
    from zhihuan.bureau.acquisition.store import use_store
    from zhihuan.bureau.disclosure.today import forget_look
    from zhihuan.web.live.board import board

    settings.ZHIHUAN_LIVE_SECONDS = 0  # every look is a fresh one
    with one_engine.store(tmp_path / "telemetry") as opened:
        use_store(opened)
        board().forget()
        forget_reported()
        forget_look()
        yield opened
        use_store(None)
        board().forget()
        forget_look()


@pytest.fixture
def person(db: None) -> Callable[..., Any]:
    """``person("值班员")``: somebody who holds that role, by its name or code, at the bureau or
    at the organisation given as ``at``.
    """
    from zhihuan.bureau.people.models import Organisation, RoleGrant, User
    from zhihuan.bureau.people.roles import ROLES
    from zhihuan.bureau.people.scope import forget_grants

    codes = {str(role.name): role.code for role in ROLES.values()}

    def make(*roles: str, name: str = "", at: Any = None) -> Any:
        name = name or "-".join(roles) or "nobody"
        place = at or Organisation.objects.get_or_create(name="市生态环境局", kind="bureau")[0]
        user, _made = User.objects.get_or_create(
            username=name, defaults={"display_name": name, "organisation": place}
        )
        user.grants.all().delete()
        for role in roles:
            code = codes.get(role, role)
            RoleGrant.objects.create(user=user, role=code, organisation=place)
        _give_second_factor(user)
        forget_grants(user)
        return user

    return make


def _give_second_factor(user: Any) -> None:
    """Whoever's role demands one has one, as somebody who is at work has."""
    from allauth.mfa.models import Authenticator

    from zhihuan.bureau.people.second_factor import must_have_second_factor

    if must_have_second_factor(user):
        kind = Authenticator.Type.TOTP
        Authenticator.objects.get_or_create(user=user, type=kind, defaults={"data": {}})


@pytest.fixture
def browser_of(client: Any, person: Any) -> Callable[..., Any]:
    """``browser_of("值班员")``: a logged-in test client."""

    def log_in(*roles: str) -> Any:
        client.force_login(person(*roles))
        return client

    return log_in


@pytest.fixture
def outlet(db: None) -> Any:
    """A wastewater outlet with one 2017 device, COD (limit 50 mg/L) and ammonia nitrogen."""
    from zhihuan.bureau.places.city import find_town
    from zhihuan.bureau.registry.models import Device, MonitoringPoint, PointFactor, PointLimit

    point = MonitoringPoint.objects.create(
        code="WS-001",
        name="中山某印染厂总排口",
        kind="wastewater",
        town=find_town("三角镇"),
        lon=113.42,
        lat=22.68,
        synthetic=True,
    )
    Device.objects.create(
        mn=CITY_DEVICE, point=point, version=1, system_type="32", password="123456"
    )
    for position, factor in enumerate(("w01018", "w21003")):
        PointFactor.objects.create(point=point, factor=factor, position=position)
    for kind in ("realtime", "hour"):
        PointLimit.objects.create(
            point=point,
            factor="w01018",
            kind=kind,
            upper=50,
            basis="GB 4287-2012",
            clause="表2",
            valid_from=dt.date(2015, 1, 1),
        )
    return point


@pytest.fixture
def report(platform_store: Any) -> Callable[..., None]:
    """``report(factor, value, …)``: one durable measurement row of the outlet's device."""
    from zhihuan.telemetry.kinds import Kind
    from zhihuan.telemetry.rows import Batch

    def write(factor: str, value: float, **given: Any) -> None:
        age_seconds = given.get("age_seconds", 10)
        now = int(time.time())
        batch = Batch()
        row = {
            "mn": given.get("mn", CITY_DEVICE),
            "factor": factor,
            "kind": int(given.get("kind", Kind.REALTIME)),
            "time": given.get("time", now - age_seconds),
            "value": value,
            "minimum": given.get("minimum", float("nan")),
            "maximum": given.get("maximum", float("nan")),
            "total": float("nan"),
            "zs_value": given.get("zs_value", float("nan")),
            "zs_minimum": float("nan"),
            "zs_maximum": float("nan"),
            "flag": given.get("flag", "N"),
            "received": given.get("received", (now - age_seconds) * 1000),
            "frame_id": 1,
        }
        for column, cell in row.items():
            getattr(batch.measurements, column).append(cell)
        platform_store.write(batch)

    return write


# ---- what the public sees: stations of nobody, outlets of enterprises ------------------------

_HOUR = 3_600
_numbers = itertools.count(1)


@pytest.fixture
def firm(db: None) -> Callable[[str], Any]:
    """``firm("key")``: an enterprise whose permit is of that level."""

    from zhihuan.bureau.people.models import Organisation
    from zhihuan.bureau.places.city import find_town
    from zhihuan.bureau.registry.models import Enterprise

    def make(level: str) -> Any:
        number = next(_numbers)
        return Enterprise.objects.create(
            code=f"E{number}", name=f"某厂{number}", kind=Organisation.Kind.ENTERPRISE,
            no_code_reason="测试", town=find_town("三角镇"), level=level, address="不公开的地址",
            legal_representative="张三",
        )  # fmt: skip

    return make


@pytest.fixture
def station(db: None) -> Callable[..., Any]:
    """``station("ambient_air", enterprise=None, lake=False, limits=[…])``: a point with a device."""
    from zhihuan.bureau.places.city import find_town
    from zhihuan.bureau.registry import models

    def make(kind: str, *, enterprise: Any = None, lake: bool = False, limits: Any = ()) -> Any:
        number = next(_numbers)
        town = find_town("三角镇")
        site = models.Site.objects.create(
            code=f"S{number}", name="站", enterprise=enterprise, town=town
        )
        section = None
        if kind == "river":
            body = models.River.objects.create(
                code=f"R{number}", name="河", kind="lake" if lake else "river"
            )
            section = models.Section.objects.create(
                code=f"D{number}", name="断面", river=body, town=town
            )
        point = models.MonitoringPoint.objects.create(
            code=f"{kind.upper()}-{number}", name=f"{kind} 站", kind=kind, town=town, site=site,
            section=section, lon=113.42, lat=22.68, synthetic=True,
        )  # fmt: skip
        models.Device.objects.create(mn=f"442000{number:018d}", point=point, password="123456")
        for given in limits:
            models.PointLimit.objects.create(point=point, valid_from=dt.date(2020, 1, 1), **given)
            models.PointFactor.objects.get_or_create(point=point, factor=given["factor"])
        return point

    return make


@pytest.fixture
def sent(report: Callable[..., None]) -> Callable[..., None]:
    """``sent(point, a34004=30)``: hourly means of the last whole hour; ``data="day"``: of yesterday."""

    from zhihuan.telemetry.kinds import Kind

    def write(
        point: Any, *, data: str = "hour", flag: str = "N", age_hours: int = 0, **values: float
    ) -> None:
        this_hour = int(time.time()) // _HOUR * _HOUR - _HOUR
        yesterday = int(time.time() + 8 * _HOUR) // 86_400 * 86_400 - 8 * _HOUR - 86_400
        kind, begin = (Kind.HOUR, this_hour) if data == "hour" else (Kind.DAY, yesterday)
        for factor, value in values.items():
            moment = begin - age_hours * _HOUR
            mn = point.devices.get().mn
            report(factor, value, mn=mn, kind=kind, time=moment, flag=flag)

    return write
