"""Years that pass at an enterprise: its file asks the database no more, and tells what was found and handled there."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from zhihuan.bureau.acquisition.models import DeviceCommand, QuarantinedFrame
from zhihuan.bureau.compliance.of_points import forget
from zhihuan.bureau.exceedance.models import Episode
from zhihuan.bureau.history.changing import changing
from zhihuan.bureau.matters.catalogue import newest
from zhihuan.bureau.matters.models import Matter
from zhihuan.bureau.registry.models import Device, PastPlacement, Permit, PointLimit

FILE = "/registry/enterprises/QY000001/"


@pytest.fixture(autouse=True)
def _nothing_known(platform_store):
    forget()


def moment(year: int, month: int = 5) -> dt.datetime:
    return dt.datetime(year, month, 3, 9, tzinfo=timezone.get_default_timezone())


def pass_by(ours, year: int, elsewhere) -> None:
    """One year: another device, limit and permit; a change, an order, a refused frame; a matter, an episode."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    old = Device.objects.create(mn=f"OLD{year}", point=ours.point, placed=first, retired=last)
    moved = Device.objects.create(mn=f"MOVED{year}", point=elsewhere.point, placed=last)
    PastPlacement.objects.create(device=moved, point=ours.point, placed=first, removed=last)
    PointLimit.objects.create(
        point=ours.point, factor="w01018", kind="hour", upper=70, basis="旧许可证", valid_from=first,
        valid_until=last,
    )  # fmt: skip
    Permit.objects.create(
        enterprise=ours.enterprise, number=f"P{year}", valid_from=first, valid_until=last
    )
    with changing(None, why=f"{year}") as changes:
        changes.update(ours.site, address=f"地址{year}")
    for device in (old, moved):
        DeviceCommand.objects.create(
            device=device, mn=device.mn, code="1011", reason="核对", ordered_at=moment(year),
            expires_at=moment(year),
        )  # fmt: skip
        QuarantinedFrame.objects.create(
            mn=device.mn, reason="bad_crc", raw=b"##", received=moment(year)
        )
    matter(ours, year)
    episode(ours, year)


def matter(ours, year: int, code: str = "clue") -> Matter:
    procedure = next(each for each in newest() if each.code == code)
    return Matter.objects.create(
        procedure=code, edition=procedure.edition, state=procedure.begins, title=f"事项{year}",
        party_id=ours.enterprise.pk, town=ours.enterprise.town, opened_at=moment(year),
    )  # fmt: skip


def episode(ours, year: int) -> Episode:
    at = moment(year)
    return Episode.objects.create(
        point=ours.point, factor="w01018", span="day", first_at=at, end_at=at + dt.timedelta(days=1),
        periods=1, standing=1, worst_at=at, worst_value=90, excess=10, limit_words=f"{year} mg/L",
        basis="GB 4287-2012", derivation={}, stage="closed", outcome="true",
    )  # fmt: skip


def queries(browser) -> int:
    browser.get(FILE)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(FILE).status_code == 200
    return len(asked)


def test_ten_years_cost_as_many_queries_as_one(ours, theirs, sign_in):
    browser = sign_in("registrar")
    this = timezone.localdate().year
    pass_by(ours, this - 1, theirs)
    one = queries(browser)
    for back in range(2, 11):
        pass_by(ours, this - back, theirs)
    assert queries(browser) == one


def test_hundreds_of_stays_are_no_condition_each(ours, theirs, sign_in):
    """A database takes an expression only so deep (SQLite: 1,000)."""
    day = dt.date(2020, 1, 1)
    moved = Device.objects.bulk_create(
        Device(mn=f"MOVED{number}", point=theirs.point) for number in range(1_200)
    )
    PastPlacement.objects.bulk_create(
        PastPlacement(
            device=each, point=ours.point, placed=day + dt.timedelta(days=2 * number),
            removed=day + dt.timedelta(days=2 * number),
        )
        for number, each in enumerate(moved)
    )  # fmt: skip
    assert queries(sign_in("duty_officer")) > 0


def test_an_order_is_told_where_the_device_stood_then(ours, theirs, sign_in):
    moved = Device.objects.create(mn="MOVED", point=theirs.point, placed=dt.date(2024, 6, 1))
    PastPlacement.objects.create(
        device=moved, point=ours.point, placed=dt.date(2024, 1, 1), removed=dt.date(2024, 5, 31)
    )
    for number in range(40):  # more than a page of them happened elsewhere, and later
        DeviceCommand.objects.create(
            device=moved, mn="MOVED", code="1011", reason=f"别处{number}", ordered_at=moment(2024, 7),
            expires_at=moment(2024, 7),
        )  # fmt: skip
    DeviceCommand.objects.create(
        device=moved, mn="MOVED", code="1011", reason="此处", ordered_at=moment(2024, 3),
        expires_at=moment(2024, 3),
    )  # fmt: skip
    text = sign_in("duty_officer").get(FILE).content.decode()
    assert "此处" in text
    assert "别处" not in text


def test_matters_and_episodes_are_told_to_those_who_may_look_at_them(ours, theirs, sign_in):
    clue, found = matter(ours, 2025), episode(ours, 2024)
    matter(theirs, 2023)
    text = sign_in("duty_officer").get(FILE).content.decode()
    assert f"/matters/{clue.pk}/" in text
    assert f"/alarms/{found.pk}/" in text
    assert "事项2023" not in text
    for_the_firm = sign_in("enterprise_user", at=ours.enterprise).get(FILE).content.decode()
    assert "事项2025" not in for_the_firm, "clues are not the discharger's to read"
    assert f"/alarms/{found.pk}/" in for_the_firm


def test_a_past_day_does_not_tell_what_came_after(ours, sign_in):
    matter(ours, 2024)
    matter(ours, 2025)
    text = sign_in("duty_officer").get(f"{FILE}?on=2024-12-31").content.decode()
    assert "事项2024" in text
    assert "事项2025" not in text
