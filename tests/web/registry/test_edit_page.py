"""Registering, changing, deleting: what is refused, with which words, and what is written down."""

from __future__ import annotations

import datetime as dt

import pytest

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.history.models import Change, ChangeSet
from zhihuan.bureau.registry.models import (
    Contact,
    Device,
    Enterprise,
    MonitoringPoint,
    PointLimit,
    Site,
)
from zhihuan.web.registry.nouns import nouns


def form_of(browser, path: str) -> dict[str, str]:
    """What a browser would send back from the form as it stands."""
    form = browser.get(path).context["form"]
    values = {name: form[name].value() for name in form.fields}
    values["seen"] = form.fields["seen"].initial or ""
    return {name: _sent(value) for name, value in values.items() if value not in (None, False)}


def _sent(value: object) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)


def edit_of(code: str, row: object) -> str:
    return nouns()[code].edit_url_of(row)


NEW = {"name": "中山市某镇人民医院东区分院", "status": "operating", "why": "现场核实登记"}


def test_a_body_without_a_credit_code_can_be_registered(ours, sign_in):
    browser = sign_in("registrar")
    given = NEW | {"town": ours.site.town_id, "no_code_reason": "医院分院区，由总院统一登记"}
    response = browser.post("/registry/enterprises/new/", given)
    made = Enterprise.objects.get(name=NEW["name"])
    assert response["Location"] == f"/registry/enterprises/{made.code}/"
    assert made.code == "QY000002", "numbered after the last one without a code"
    assert made.kind == "enterprise"
    assert made.path == f"/{made.pk}/"


def test_neither_code_nor_reason_is_refused_at_the_field(ours, sign_in):
    response = sign_in("registrar").post(
        "/registry/enterprises/new/", NEW | {"town": ours.site.town_id}
    )
    text = response.content.decode()
    assert response.status_code == 200
    assert "填写无信用代码的原因" in text
    assert 'href="#id_credit_code"' in text
    assert 'aria-invalid="true"' in text


def test_a_wrong_check_character_is_told_and_taken(ours, sign_in):
    given = NEW | {"town": ours.site.town_id, "credit_code": "91350100M000100Y44"[:17] + "4"}
    response = sign_in("registrar").post("/registry/enterprises/new/", given, follow=True)
    assert Enterprise.objects.filter(credit_code=given["credit_code"]).exists()
    assert "校验码应为 3" in response.content.decode()


def test_the_same_credit_code_twice_is_refused_with_the_name_of_the_other(ours, sign_in):
    browser, code = sign_in("registrar"), "91350100M000100Y43"
    given = NEW | {"town": ours.site.town_id, "credit_code": code}
    browser.post("/registry/enterprises/new/", given)
    again = browser.post("/registry/enterprises/new/", given | {"name": "另一个名字"})
    assert f"已登记给“{NEW['name']}”" in again.content.decode()


def test_a_coordinate_outside_the_town_warns_and_does_not_refuse(ours, sign_in):
    given = NEW | {
        "town": ours.site.town_id, "no_code_reason": "模拟", "lon": "113.24", "lat": "22.66",
    }  # fmt: skip
    response = sign_in("registrar").post("/registry/enterprises/new/", given, follow=True)
    assert Enterprise.objects.filter(name=NEW["name"]).exists()
    assert "不在三角镇内" in response.content.decode()


def test_a_change_needs_a_reason_and_leaves_who_what_and_why(ours, sign_in):
    browser, path = sign_in("registrar"), edit_of("sites", ours.site)
    given = form_of(browser, path) | {"name": "新厂区"}
    assert "请填写变更事由" in browser.post(path, given).content.decode()
    assert browser.post(path, given | {"why": "企业来函"}).status_code == 302
    change = Change.objects.get(model="registry.site", object_id=str(ours.site.pk))
    assert (change.before, change.after) == ({"name": "厂区1"}, {"name": "新厂区"})
    assert change.about_id == ours.enterprise.pk
    assert change.change_set.why == "企业来函"
    entry = AuditEntry.objects.get(action="registry.change")
    assert entry.subject == "sites:S001"
    assert entry.detail["change_set"] == change.change_set_id


def test_two_people_cannot_overwrite_each_other_unknowingly(ours, sign_in):
    browser, path = sign_in("registrar"), edit_of("sites", ours.site)
    given = form_of(browser, path) | {"name": "甲", "why": "核实"}
    Site.objects.filter(pk=ours.site.pk).update(name="乙")
    response = browser.post(path, given)
    assert "已被他人修改" in response.content.decode()
    assert Site.objects.get().name == "乙"


def test_a_record_cannot_be_moved_out_of_ones_own_area(ours, theirs, branch, sign_in):
    browser, path = sign_in("registrar", at=branch), edit_of("sites", ours.site)
    given = form_of(browser, path) | {"town": theirs.site.town_id, "why": "核实"}
    assert browser.post(path, given).status_code == 200
    assert Site.objects.get(pk=ours.site.pk).town_id == ours.site.town_id


def test_nothing_can_be_hung_on_what_lies_outside_ones_area(ours, theirs, branch, sign_in):
    browser = sign_in("registrar", at=branch)
    given = {
        "site": theirs.site.code,
        "number": "DW009",
        "name": "x",
        "medium": "water",
        "why": "核实",
    }
    response = browser.post("/registry/outlets/new/", given)
    assert "不在您的管辖范围" in response.content.decode()
    assert not theirs.site.outlets.filter(number="DW009").exists()


@pytest.mark.parametrize("code", [c for c, noun in nouns().items() if noun.listing])
def test_only_those_who_keep_the_registry_may_register(code, ours, sign_in):
    assert sign_in("duty_officer").get(f"/registry/{code}/new/").status_code == 403


def test_a_new_limit_ends_the_one_before_it_the_day_before(ours, sign_in):
    given = {
        "point": "WS-001", "factor": "w01018", "kind": "hour", "upper": "60", "basis": "许可证",
        "permit": ours.permit.number, "valid_from": "2026-07-01", "why": "许可证变更",
    }  # fmt: skip
    assert sign_in("registrar").post("/registry/limits/new/", given).status_code == 302
    old, new = PointLimit.objects.filter(point=ours.point).order_by("valid_from")
    assert (old.upper, old.valid_until) == (80, dt.date(2026, 6, 30))
    assert (new.upper, new.valid_from, new.valid_until) == (60, dt.date(2026, 7, 1), None)
    assert ChangeSet.objects.get().changes.count() == 2, "one act"


def test_an_overlap_is_refused_in_words(ours, sign_in):
    given = {
        "point": "WS-001", "factor": "w01018", "kind": "hour", "upper": "60", "basis": "x",
        "valid_from": "2023-01-01", "why": "补登",
    }  # fmt: skip
    response = sign_in("registrar").post("/registry/limits/new/", given)
    assert "与已登记的限值（2024-01-01 –）重叠" in response.content.decode()
    assert PointLimit.objects.count() == 1
    assert not ChangeSet.objects.exists()


def test_the_permit_of_another_enterprise_is_refused(ours, theirs, sign_in):
    given = {
        "point": "WS-001", "factor": "w01018", "kind": "day", "upper": "60", "basis": "x",
        "valid_from": "2026-01-01", "permit": theirs.permit.number, "why": "补登",
    }  # fmt: skip
    response = sign_in("registrar").post("/registry/limits/new/", given)
    assert "此许可证不属于该点位的企业" in response.content.decode()


def test_a_password_is_set_and_never_shown(ours, sign_in):
    browser, path = sign_in("registrar"), edit_of("devices", ours.device)
    assert "123456" not in browser.get(path).content.decode()
    given = form_of(browser, path) | {"new_password": "s3cret-pw", "why": "设备更换密码"}
    page = browser.post(path, given, follow=True)
    assert "s3cret-pw" not in page.content.decode()
    assert Device.objects.get(pk=ours.device.pk).password == "s3cret-pw"
    written = str(list(Change.objects.values())) + str(list(AuditEntry.objects.values()))
    assert "s3cret-pw" not in written
    assert AuditEntry.objects.filter(
        action="registry.change", subject__startswith="devices:"
    ).exists()


def test_what_was_typed_as_a_secret_does_not_come_back_with_an_error(ours, sign_in):
    browser, path = sign_in("registrar"), edit_of("devices", ours.device)
    given = form_of(browser, path) | {"new_password": "s3cret-pw", "mn": "不是"}
    assert "s3cret-pw" not in browser.post(path, given).content.decode()


def test_factors_are_kept_in_their_order(ours, sign_in):
    browser, path = sign_in("registrar"), edit_of("points", ours.point)
    given = form_of(browser, path) | {"factors": "w21003，w01018 w00000", "why": "增测氨氮"}
    assert browser.post(path, given).status_code == 302
    kept = ours.point.factors.order_by("position").values_list("factor", flat=True)
    assert list(kept) == ["w21003", "w01018", "w00000"]


def test_an_unknown_factor_is_named(ours, sign_in):
    browser, path = sign_in("registrar"), edit_of("points", ours.point)
    given = form_of(browser, path) | {"factors": "w01018 cod", "why": "增测"}
    assert "因子代码表中没有：cod" in browser.post(path, given).content.decode()


def test_a_device_is_moved_and_where_it_stood_is_kept(ours, works, sign_in):
    other = works("三角镇", 7)
    path = f"/registry/devices/{ours.device.mn}/move/"
    given = {"to": other.point.code, "on": "2026-03-01", "why": "原排口封堵"}
    browser = sign_in("registrar")
    assert browser.post(path, given).status_code == 302
    moved = Device.objects.get(pk=ours.device.pk)
    assert (moved.point_id, moved.placed) == (other.point.pk, dt.date(2026, 3, 1))
    past = moved.past_placements.get()
    assert (past.point_id, past.placed, past.removed) == (
        ours.point.pk, dt.date(2024, 1, 1), dt.date(2026, 2, 28),
    )  # fmt: skip
    page = browser.get(nouns()["devices"].url_of(moved)).content.decode()
    assert "2026-02-28" in page
    assert "原排口封堵" in page


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"to": "WS-001", "on": "2026-03-01"}, "设备已在此点位"),
        ({"to": "WS-002", "on": "2024-01-01"}, "移装日期须晚于"),
        ({"to": "WS-999", "on": "2026-03-01"}, "没有找到“WS-999”"),
    ],
)
def test_a_move_that_makes_no_sense_is_refused_in_words(ours, theirs, sign_in, given, words):
    path = f"/registry/devices/{ours.device.mn}/move/"
    response = sign_in("registrar").post(path, given | {"why": "移装"})
    assert words in response.content.decode()
    assert Device.objects.get(pk=ours.device.pk).point_id == ours.point.pk


def test_what_others_hang_on_is_not_deleted(ours, sign_in):
    browser = sign_in("registrar")
    path = f"/registry/enterprises/{ours.enterprise.code}/delete/"
    response = browser.post(path, {"why": "重复登记"})
    assert "还有其他记录关联着它" in response.content.decode()
    assert Enterprise.objects.filter(pk=ours.enterprise.pk).exists()


def test_a_contact_can_be_deleted_by_its_own_enterprise(ours, theirs, sign_in):
    browser = sign_in("enterprise_user", at=ours.enterprise)
    assert (
        browser.post(f"/registry/contacts/{theirs.contact.pk}/delete/", {"why": "离职"}).status_code
        == 404
    )
    path = f"/registry/contacts/{ours.contact.pk}/delete/"
    assert browser.post(path, {"why": "离职"}).status_code == 302
    assert list(Contact.objects.all()) == [theirs.contact]


def test_a_point_is_registered_at_an_outlet_by_its_number(ours, sign_in):
    given = {
        "code": "WS-100", "name": "雨水口", "kind": "wastewater", "site": "S001",
        "outlet_number": "DW001", "factors": "w01018", "town": ours.site.town_id,
        "lon": ours.site.town.lon, "lat": ours.site.town.lat, "why": "新建在线监测",
    }  # fmt: skip
    browser = sign_in("registrar")
    assert browser.post("/registry/points/new/", given).status_code == 302
    assert MonitoringPoint.objects.get(code="WS-100").outlet_id == ours.outlet.pk
    wrong = browser.post("/registry/points/new/", given | {"code": "X", "outlet_number": "DW777"})
    assert "没有排口“DW777”" in wrong.content.decode()
