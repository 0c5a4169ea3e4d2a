"""An uploaded file's way: checked, previewed, applied once, or told why not."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from zhihuan.bureau.registry.importing import running
from zhihuan.bureau.registry.importing.sheet import SHEETS
from zhihuan.bureau.registry.importing.table_file import read_table
from zhihuan.bureau.registry.importing.workbook import export, faulty_rows, template
from zhihuan.bureau.registry.models import Enterprise, ImportFile

pytestmark = pytest.mark.django_db

GOOD = "企业编码,名称,无信用代码的原因,镇街\nE1,甲,测试,小榄\nE2,,测试,小榄\n".encode()


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(running, "_beside", lambda work: work())


@pytest.fixture
def registrar(person):
    return person("档案管理员")


@pytest.fixture
def checked(registrar):
    file = running.take("enterprise", "企业.csv", GOOD, registrar)
    running.begin_checking(file)
    return file


def test_a_checked_file_tells_what_it_would_do_and_has_done_nothing(checked):
    assert checked.state == "checked"
    assert [checked.summary[name] for name in ("total", "create", "refused")] == [2, 1, 1]
    assert checked.summary["problems"][0][:2] == [3, "名称"]
    assert not Enterprise.objects.exists()


def test_it_is_applied_once(checked):
    assert running.begin_applying(checked, "年度更新")
    assert not running.begin_applying(checked, "年度更新")
    assert (checked.state, Enterprise.objects.count()) == ("applied", 1)
    assert checked.change_set.why == "年度更新"


def test_a_registry_that_changed_since_the_preview_is_previewed_again(checked):
    Enterprise.objects.create(
        code="E1", name="别人登记的", kind="enterprise", no_code_reason="x", town_id="442000118"
    )
    running.begin_applying(checked, "年度更新")
    assert (checked.state, checked.summary["update"]) == ("checked", 1)
    assert "预览之后" in checked.trouble
    assert Enterprise.objects.get().name == "别人登记的"


def test_a_file_that_cannot_be_read_is_told(registrar):
    file = running.take("enterprise", "x.xls", b"\xd0\xcf\x11\xe0", registrar)
    running.begin_checking(file)
    assert (file.state, "另存为 .xlsx" in file.trouble) == ("refused", True)


def test_what_goes_wrong_beside_the_page_is_written_down(checked, monkeypatch):
    def broken(*_args, **_more):
        raise OSError("磁盘已满")

    monkeypatch.setattr(running, "apply_plan", broken)
    running.begin_applying(checked, "年度更新")
    assert (checked.state, "磁盘已满" in checked.trouble) == ("failed", True)
    assert running.progress_of(checked) is None


def test_work_that_a_stopped_process_left_is_found_by_its_age(checked):
    checked.enter(ImportFile.State.APPLYING)
    assert not running.was_cut_off(checked)
    checked.since -= running.CUT_OFF_AFTER + dt.timedelta(seconds=1)
    assert running.was_cut_off(checked)


def test_what_is_exported_is_read_back_as_unchanged(checked, registrar):
    running.begin_applying(checked, "年度更新")
    content = export(SHEETS["enterprise"], Enterprise.objects.all())
    again = running.take("enterprise", "back.xlsx", content, registrar)
    running.begin_checking(again)
    assert (again.summary["same"], again.summary["total"], again.summary["problems"]) == (1, 1, [])


def test_refused_rows_come_as_a_file_with_what_is_wrong(checked):
    content = faulty_rows(read_table(GOOD), running.plan_of(checked).problems)
    rows = list(load_workbook(io.BytesIO(content)).active.values)
    assert rows[0][-1] == "问题"
    assert (len(rows), rows[1][0], rows[1][-1]) == (2, "E2", "名称：不能为空")


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS.keys())
def test_every_template_has_the_headings_the_import_reads(sheet):
    table = read_table(template(sheet))
    assert list(table.headings) == [sheet.heading(name) for name in sheet.names]


def test_text_from_outside_never_becomes_a_formula(registrar):
    file = running.take(
        "enterprise", "x.csv", GOOD.replace("甲".encode(), b'=HYPERLINK("http://x")'), registrar
    )
    running.begin_checking(file)
    running.begin_applying(file, "测试")
    content = export(SHEETS["enterprise"], Enterprise.objects.all())
    cell = load_workbook(io.BytesIO(content)).active["B2"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x")')
