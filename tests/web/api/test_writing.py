"""Creating and changing records: within one's scope, checked, written into history, undone again."""

from __future__ import annotations

import pytest

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.history.models import Change, ChangeSet
from zhihuan.bureau.history.past import undo
from zhihuan.bureau.registry.models import Device, Enterprise, MonitoringPoint, River, Site
from zhihuan.web.api.resources import RESOURCES

API = "/api/v1"


@pytest.fixture
def registrar(program_of, branch):
    """Keeps the registry of the first town."""
    return program_of("档案管理员", at=branch)


def new_site(here) -> dict:
    return {"code": "S9", "name": "新厂区", "enterprise": "E1", "town": here.town.code}


def test_the_address_of_a_record_with_a_chinese_code_opens(registrar, here):
    made = registrar.post(f"{API}/sites?why=现场核实", new_site(here) | {"code": "厂一"})
    assert made.status_code == 201
    assert made["Location"].isascii()
    assert registrar.get(made["Location"]).json()["code"] == "厂一"


def test_a_created_record_is_answered_with_its_address_and_reads_the_same(registrar, here):
    made = registrar.post(f"{API}/sites?why=现场核实", new_site(here))
    assert (made.status_code, made["Location"]) == (201, f"{API}/sites/S9")
    assert registrar.get(made["Location"]).json() == made.json()
    assert made.json()["enterprise"] == "E1"


def test_history_and_audit_know_who_why_and_through_which_token(registrar, here):
    registrar.post(f"{API}/sites?why=现场核实", new_site(here))
    act = ChangeSet.objects.get()
    assert (act.why, act.source) == ("现场核实", "API 测试程序")
    assert Change.objects.get().model == "registry.site"
    entry = AuditEntry.objects.get(action="api.create")
    assert (entry.subject, entry.actor) == ("site:S9", act.actor)
    assert entry.detail["change_set"] == act.pk
    assert entry.detail["token"]


def test_what_was_written_can_be_undone(registrar, here):
    registrar.patch(f"{API}/sites/S1", {"address": "错误地址"})
    act = ChangeSet.objects.get()
    undo(act, act.actor)
    assert Site.objects.get(code="S1").address == ""


def test_a_change_touches_what_is_given_and_nothing_else(registrar, here):
    before = registrar.get(f"{API}/points/WS-1").json()
    after = registrar.patch(f"{API}/points/WS-1", {"name": "二号排口"}).json()
    assert after == before | {"name": "二号排口"}


def test_changing_nothing_leaves_no_trace(registrar, here):
    assert registrar.patch(f"{API}/points/WS-1", {"name": "总排口"}).status_code == 200
    assert not ChangeSet.objects.exists()
    assert not AuditEntry.objects.filter(action="api.change").exists()


def test_another_town_s_record_is_refused_before_and_after(registrar, here, there):
    refused = registrar.patch(f"{API}/sites/S2", {"name": "改"})
    assert refused.status_code == 403
    moved = registrar.patch(f"{API}/sites/S1", {"town": there.town.code, "enterprise": None})
    assert moved.status_code == 403
    assert Site.objects.get(code="S1").town == here.town
    made = registrar.post(
        f"{API}/sites", new_site(here) | {"town": there.town.code, "enterprise": None}
    )
    assert made.status_code == 403
    assert not Site.objects.filter(code="S9").exists()
    assert not ChangeSet.objects.exists()


def test_nothing_is_hung_on_what_lies_outside_one_s_scope(registrar, here, there):
    refused = registrar.post(f"{API}/sites", new_site(here) | {"enterprise": "E2"})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "enterprise"


def test_an_enterprise_guesses_no_other_s_record_by_writing(here, there, program_of):
    program = program_of("企业用户", at=here.enterprise)
    for key in ("S1", "S2"):
        assert program.patch(f"{API}/sites/{key}", {"name": "改"}).status_code == 403


def test_a_reader_s_token_writes_nothing_although_its_owner_may(program_of, branch, here):
    program = program_of("档案管理员", at=branch, scopes=["registry.view_site"])
    assert program.patch(f"{API}/sites/S1", {"name": "改"}).status_code == 403


@pytest.mark.parametrize(("given", "field"), [
    ({"name": "厂"}, "code"),
    ({"code": "S9", "name": "厂", "town": "999"}, "town"),
    ({"code": "S9", "name": "厂", "town": "442000104", "lon": 113.4}, "lat"),
    ({"code": "S9", "name": "厂", "town": "442000104", "lon": 500, "lat": 22}, "lon"),
    ({"code": "S9", "name": "厂", "town": "442000104", "colour": "red"}, "colour"),
    ({"code": "S9" * 30, "name": "厂", "town": "442000104"}, "code"),
    ({"code": "S9", "name": 7, "town": "442000104"}, "name"),
])  # fmt: skip
def test_what_is_wrong_is_told_by_field(registrar, here, given, field):
    refused = registrar.post(f"{API}/sites", given)
    assert refused.status_code == 422
    assert field in [error["field"] for error in refused.json()["errors"]]
    assert not Site.objects.filter(name="厂").exists()


def test_the_same_code_twice_is_a_conflict(registrar, here):
    refused = registrar.post(f"{API}/sites", new_site(here) | {"code": "S1"})
    assert refused.status_code == 409
    assert refused.json()["errors"][0]["field"] == "code"


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(registrar, here):
    read = registrar.get(f"{API}/sites/S1")
    registrar.patch(f"{API}/sites/S1", {"address": "民安路 1 号"})
    late = registrar.patch(f"{API}/sites/S1", {"address": "旧地址"}, **{"if-match": read["ETag"]})
    assert late.status_code == 412
    fresh = registrar.get(f"{API}/sites/S1")
    again = registrar.patch(f"{API}/sites/S1", {"address": "新"}, **{"if-match": fresh["ETag"]})
    assert again.status_code == 200


def test_a_body_that_is_not_json_is_told_as_that(registrar, here):
    assert registrar.post(f"{API}/sites", "{not json").json()["type"].endswith(":malformed")
    form = registrar._client.post(f"{API}/sites", {"code": "S9"}, headers=registrar._headers)
    assert form.status_code == 415


def test_no_secret_can_be_set_and_none_is_lost(registrar, here):
    refused = registrar.patch(f"{API}/devices/{here.device.mn}", {"password": "new"})
    assert refused.status_code == 422
    assert registrar.patch(f"{API}/devices/{here.device.mn}", {"enabled": False}).status_code == 200
    assert Device.objects.get().password == "123456"


#: What one sends to create a record of every resource that can be written.
NEW = {
    "enterprises": {"code": "E9", "name": "新厂", "town": "T", "no_code_reason": "测试"},
    "permits": {"number": "914420099", "enterprise": "E1", "valid_from": "2025-01-01"},
    "sites": {"code": "S9", "name": "新厂区", "town": "T", "enterprise": "E1"},
    "outlets": {"site": "S1", "number": "DW009", "name": "雨水口", "medium": "rain"},
    "facilities": {"site": "S1", "number": "TW009", "name": "沉淀池", "kind": "treatment"},
    "points": {"code": "WS-9", "name": "排口", "kind": "wastewater", "site": "S1", "town": "T",
               "lon": 113.4, "lat": 22.6},
    "devices": {"mn": "44200012345678901234ZZ", "point": "WS-1"},
    "limits": {"point": "WS-1", "factor": "w01018", "kind": "day", "upper": 40.5,
               "basis": "GB 4287-2012", "valid_from": "2025-01-01"},
    "rivers": {"code": "R9", "name": "新河", "kind": "stream", "basin": "中顺大围"},
    "sections": {"code": "D9", "name": "桥", "river": "R1", "town": "T"},
    "construction-sites": {"code": "G9", "name": "工地", "kind": "building", "town": "T"},
}  # fmt: skip


@pytest.mark.parametrize("name", [*NEW, "vehicles"])
def test_a_record_of_every_resource_is_created_and_changed(
    name, here, branch, program_of, registrar
):
    given = NEW.get(name, {"plate": "粤T88888", "use": "waste"})
    given = {key: here.town.code if value == "T" else value for key, value in given.items()}
    of_the_city = {"vehicles", "rivers"}  # before it has a section a river lies in no town
    keeper = program_of("档案管理员") if name in of_the_city else registrar
    made = keeper.post(f"{API}/{name}", given)
    assert made.status_code == 201, made.content.decode()
    assert made.json() == made.json() | given
    text = next(key for key in ("name", "issued_by", "vin", "clause", "system_type")
                if key in made.json())  # fmt: skip
    value = "1" * 17 if text == "vin" else "改"
    changed = keeper.patch(made["Location"], {text: value})
    assert changed.status_code == 200, changed.content.decode()
    assert changed.json() == made.json() | {text: value}


def test_every_resource_that_can_be_written_is_tried_here():
    assert {name for name, each in RESOURCES.items() if each.writing} == {*NEW, "vehicles"}


def test_a_new_enterprise_is_an_organisation_of_that_kind(registrar, here):
    given = NEW["enterprises"] | {"town": here.town.code}
    assert registrar.post(f"{API}/enterprises", given).status_code == 201
    assert Enterprise.objects.get(code="E9").kind == "enterprise"
    assert MonitoringPoint.objects.count() == 1


def test_a_river_is_changed_by_whoever_looks_after_one_of_its_towns(here, there, registrar):
    assert registrar.patch(f"{API}/rivers/R1", {"basin": "联围"}).status_code == 200
    assert registrar.patch(f"{API}/rivers/R2", {"basin": "联围"}).status_code == 403
    refused = registrar.post(f"{API}/rivers", {"code": "R9", "name": "新河"})
    assert refused.status_code == 403
    assert not River.objects.filter(code="R9").exists()
