"""A file's plan: what is new, what changes, what is wrong; applied whole, undone whole."""

from __future__ import annotations

import pytest

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.history.models import Change
from zhihuan.bureau.history.past import undo
from zhihuan.bureau.people.models import Organisation
from zhihuan.bureau.registry.importing.applying import apply_plan
from zhihuan.bureau.registry.importing.plan import make_plan
from zhihuan.bureau.registry.importing.sheet import SHEETS
from zhihuan.bureau.registry.importing.table_file import FileRefusedError, read_table
from zhihuan.bureau.registry.models import (
    Contact,
    Device,
    Enterprise,
    MonitoringPoint,
    Outlet,
    Site,
)

pytestmark = pytest.mark.django_db

HEAD = "企业编码,名称,统一社会信用代码,无信用代码的原因,镇街,经度,纬度,生产状态"
GOOD = "11320000MB151840XJ"


@pytest.fixture
def registrar(person):
    return person("档案管理员")


def plan_of(user, *lines: str, sheet: str = "enterprise", head: str = HEAD):
    return make_plan(SHEETS[sheet], read_table("\n".join((head, *lines)).encode()), user)


def told(plan) -> dict[int, str]:
    return {problem.row: f"{problem.heading}：{problem.text}" for problem in plan.problems}


def test_new_rows_are_created_with_paths_and_history(registrar):
    plan = plan_of(
        registrar, f"E1,甲厂,{GOOD},,小榄,113.23,22.67,在产", "E2,乙医院,,附属机构无证照,东升镇,,,"
    )
    assert (len(plan.create), plan.refused, plan.problems) == (2, 0, [])
    made = apply_plan(plan, registrar, source="企业.csv", why="年度更新")
    first, second = Enterprise.objects.order_by("code")
    assert (first.name, first.credit_code, first.kind, first.town_id) == (
        "甲厂", GOOD, "enterprise", "442000118",
    )  # fmt: skip
    assert (first.path, second.path) == (f"/{first.pk}/", f"/{second.pk}/")
    assert Organisation.objects.get(pk=second.pk).name == "乙医院"
    assert (second.status, second.town_id) == ("operating", "442000118")
    assert set(Change.objects.values_list("object_id", flat=True)) == {
        str(first.pk),
        str(second.pk),
    }
    assert (made.kind, made.source, made.why) == ("import", "企业.csv", "年度更新")
    entry = AuditEntry.objects.get(action="registry.import")
    assert (entry.detail["created"], entry.actor) == (2, registrar)


def test_a_known_row_changes_only_where_it_differs(registrar):
    apply_plan(plan_of(registrar, f"E1,甲厂,{GOOD},,小榄,,,在产"), registrar, source="a")
    again = plan_of(registrar, f"E1,甲厂,{GOOD},,小榄,,,在产")
    assert (again.same, len(again.create), len(again.update)) == (1, 0, 0)
    plan = plan_of(registrar, f"E1,甲新厂,{GOOD},,小榄,,,停产")
    assert plan.update[0].before == {"name": "甲厂", "status": "operating"}
    act = apply_plan(plan, registrar, source="b")
    row = Enterprise.objects.get()
    assert (row.name, row.status, row.credit_code) == ("甲新厂", "suspended", GOOD)
    undo(act, registrar)
    row.refresh_from_db()
    assert (row.name, row.status) == ("甲厂", "operating")


def test_columns_the_file_lacks_are_left_alone(registrar):
    apply_plan(plan_of(registrar, f"E1,甲厂,{GOOD},,小榄,113.23,22.67,停产"), registrar, source="a")
    plan = plan_of(registrar, "E1,甲新厂,小榄", head="企业编码,名称,镇街")
    apply_plan(plan, registrar, source="b")
    row = Enterprise.objects.get()
    assert (row.name, row.status, row.lon, row.credit_code) == ("甲新厂", "suspended", 113.23, GOOD)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("E1,,,测试,小榄,,,", "名称：不能为空"),
        ("E1,甲,,,小榄,,,", "填写统一社会信用代码"),
        ("E1,甲,,测试,越秀,,,", "镇街：没有这个镇街"),
        ("E1,甲,,测试,小榄,113.2,,", "同时填写"),
        ("E1,甲,1234,,小榄,,,", "18 位"),
        ("E1,甲,,测试,小榄,,,停", "可填：在产"),
    ],
)
def test_a_wrong_row_stays_out_and_says_how_to_mend_it(registrar, line, words):
    plan = plan_of(registrar, line, "E2,乙,,测试,小榄,,,")
    assert words in told(plan)[2]
    assert (plan.refused, len(plan.create), plan.create[0].row) == (1, 1, 3)


def test_warnings_are_told_and_the_row_is_taken(registrar):
    plan = plan_of(registrar, "E1,甲,91310115MA1H8R7C6D,,小榄,116.4,39.9,")
    assert [p.refuses for p in plan.problems] == [False, False]
    assert "校验位" in plan.problems[0].text
    assert "本市之外" in plan.problems[1].text
    assert (plan.refused, len(plan.create)) == (0, 1)


def test_two_rows_or_two_bodies_that_are_the_same_are_told(registrar):
    plan = plan_of(
        registrar, f"E1,甲,{GOOD},,小榄,,,", "E1,甲,,测试,小榄,,,", f"E2,乙,{GOOD},,小榄,,,"
    )
    assert "与第 2 行重复" in told(plan)[3]
    assert "与“甲”相同" in told(plan)[4]
    apply_plan(plan, registrar, source="a")
    stored = plan_of(registrar, f"E3,丙,{GOOD},,小榄,,,")
    assert "与“甲”相同" in told(stored)[2]


def test_a_branch_imports_into_its_own_towns_only(registrar, person):
    apply_plan(plan_of(registrar, "E9,别镇厂,,测试,三角,,,"), registrar, source="a")
    branch = Organisation.objects.create(name="小榄分局", kind="branch")
    branch.towns.set(["442000118"])
    user = person("档案管理员", name="branch", at=branch)
    plan = plan_of(user, "E1,甲,,测试,小榄,,,", "E2,乙,,测试,三角,,,", "E9,改名,,测试,小榄,,,")
    assert [each.row for each in plan.create] == [2]
    assert "权限范围" in told(plan)[3]
    assert "权限范围之外" in told(plan)[4]
    assert plan.update == []


def test_references_are_found_by_code_or_name_and_doubt_is_told(registrar):
    apply_plan(
        plan_of(registrar, "E1,甲,,测试,小榄,,,", "E2,同名,,测试,小榄,,,", "E3,同名,,测试,小榄,,,"),
        registrar,
        source="a",
    )
    plan = plan_of(
        registrar, "S1,厂区,E1,小榄", "S2,厂区,甲,小榄", "S3,厂区,同名,小榄", "S4,厂区,无此,小榄",
        sheet="site", head="编码,名称,所属企业编码,镇街",
    )  # fmt: skip
    assert "有 2 个企业叫这个名称" in told(plan)[4]
    assert "没有这个企业" in told(plan)[5]
    apply_plan(plan, registrar, source="b")
    assert {site.enterprise.code for site in Site.objects.all()} == {"E1"}
    outlets = plan_of(
        registrar, "S1,DA001,锅炉口,废气", "S2,DA001,锅炉口,废气",
        sheet="outlet", head="厂区,排口编号,排口名称,介质",
    )  # fmt: skip
    apply_plan(outlets, registrar, source="c")
    assert Outlet.objects.count() == 2
    people = plan_of(registrar, "E1,李四,0760-88888888", sheet="contact", head="企业,姓名,电话")
    apply_plan(people, registrar, source="d")
    assert Contact.objects.get().file_of == Enterprise.objects.get(code="E1").pk


def test_points_and_devices_come_from_a_file_too(registrar):
    points = plan_of(
        registrar, "P1,总排口,废水排口,小榄,113.23,22.67",
        sheet="point", head="点位编码,点位名称,类别,镇街,经度,纬度",
    )  # fmt: skip
    apply_plan(points, registrar, source="a")
    devices = plan_of(
        registrar,
        "442000000000000000000001,P1,32",
        sheet="device",
        head="设备编号,监测点位,系统编码",
    )
    apply_plan(devices, registrar, source="b")
    assert Device.objects.get().point == MonitoringPoint.objects.get()


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("企业编码,镇街", "缺少列：名称"),
        ("企业编码,名 称,名称,镇街", "出现两次"),
        ("企业编码,企业名称们,镇街", "“企业名称们”是否应为“名称”"),
    ],
)
def test_columns_that_do_not_fit_are_told(registrar, head, words):
    with pytest.raises(FileRefusedError, match=words):
        plan_of(registrar, "E1,x,小榄", head=head)


def test_headings_that_nothing_is_read_from_are_told(registrar):
    plan = plan_of(registrar, "E1,甲,小榄,x", head="企业编码,名称,镇街,备注")
    assert plan.unused == ["备注"]


def test_the_same_file_over_the_same_registry_is_the_same_plan(registrar):
    first = plan_of(registrar, "E1,甲,,测试,小榄,,,")
    assert first.digest == plan_of(registrar, "E1,甲,,测试,小榄,,,").digest
    assert first.digest != plan_of(registrar, "E1,乙,,测试,小榄,,,").digest
    apply_plan(first, registrar, source="a")
    assert first.digest != plan_of(registrar, "E1,甲,,测试,小榄,,,").digest


def test_the_number_of_queries_does_not_grow_with_the_rows(
    registrar, django_assert_max_num_queries
):
    lines = [f"E{n},甲{n},,测试,小榄,,," for n in range(300)]
    with django_assert_max_num_queries(12):
        plan_of(registrar, *lines)


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS.keys())
def test_every_sheet_is_sound(sheet):
    assert set(sheet.identity) <= set(sheet.names)
    headings = [sheet.heading(name) for name in sheet.names]
    assert len(set(headings)) == len(headings)
    needed = {
        f.name
        for f in sheet.model._meta.fields
        if not (f.blank or f.has_default() or f.primary_key)
    }
    assert needed <= {*sheet.names, *sheet.fixed, "organisation_ptr"}


def test_an_import_of_new_records_is_undone_whole(registrar):
    lines = [f"E{n},甲{n},,测试,小榄,113.23,22.67,在产" for n in range(3)]
    act = apply_plan(plan_of(registrar, *lines), registrar, source="a")
    undo(act, registrar, "传错文件")
    assert (Enterprise.objects.count(), Organisation.objects.filter(kind="enterprise").count()) == (
        0,
        0,
    )
