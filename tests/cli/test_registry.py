"""``zhihuan registry``: the same import as the page: preview first, then apply, undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from zhihuan.bureau.audit.models import AuditEntry
from zhihuan.bureau.registry.importing.sheet import SHEETS
from zhihuan.bureau.registry.models import Enterprise, ImportFile
from zhihuan.cli.registry import command

pytestmark = pytest.mark.django_db

HEAD = "企业编码,名称,无信用代码的原因,镇街\n"
Run = Callable[..., Result]


@pytest.fixture
def run(person: Any) -> Run:
    person("档案管理员", name="registrar")

    def invoke(*arguments: object, account: str = "registrar") -> Result:
        as_account = () if arguments[0] in {"kinds", "template"} else ("--as", account)
        return CliRunner().invoke(command, [*map(str, arguments), *as_account])

    return invoke


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "enterprises.csv"
    file.write_text(f"{HEAD}E1,甲,测试,小榄\nE2,乙,测试,小榄\n", "utf-8")
    return file


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    file = tmp_path / "faulty.csv"
    file.write_text(f"{HEAD}E1,甲,测试,小榄\nE2,,测试,没有这个镇\n", "gb18030")
    return file


def test_without_apply_it_tells_and_does_nothing(run: Run, good: Path) -> None:
    done = run("import", "enterprise", good)
    assert done.exit_code == 0, done.output
    assert "2 rows: 2 new, 0 changed" in done.output
    assert not Enterprise.objects.exists()
    assert ImportFile.objects.get().state == "checked"


def test_with_apply_it_is_done_with_the_reason_and_audited(run: Run, good: Path) -> None:
    done = run("import", "enterprise", good, "--apply", "--why", "年度名录")
    assert done.exit_code == 0, done.output
    assert Enterprise.objects.count() == 2
    assert ImportFile.objects.get().change_set.why == "年度名录"
    entry = AuditEntry.objects.filter(action="registry.upload").get()
    assert "@" in entry.address


def test_a_reason_is_needed(run: Run, good: Path) -> None:
    assert run("import", "enterprise", good, "--apply").exit_code == 2
    assert not ImportFile.objects.exists()


def test_refused_rows_go_to_a_file_with_what_is_wrong(run: Run, faulty: Path) -> None:
    done = run("import", "enterprise", faulty, "--apply", "--why", "年度名录")
    assert done.exit_code == 1
    assert "row 3, 名称: 不能为空" in done.output
    assert [each.code for each in Enterprise.objects.all()] == ["E1"]
    rows = list(load_workbook(f"{faulty}.errors.xlsx").active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["企业编码", "E2"]
    assert "不能为空" in rows[1][-1]


def test_a_file_that_cannot_be_used_ends_with_2(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    done = run("import", "enterprise", tmp_path / "old.xls")
    assert done.exit_code == 2
    assert ".xlsx" in done.output


def test_what_was_previewed_is_applied_later_once_and_undone_whole(run: Run, good: Path) -> None:
    run("import", "enterprise", good)
    number = ImportFile.objects.get().pk
    assert run("apply", number, "--why", "年度名录").exit_code == 0
    assert run("apply", number, "--why", "年度名录").exit_code == 1
    done = run("undo", number, "--why", "传错文件")
    assert done.exit_code == 0, done.output
    assert not Enterprise.objects.exists()
    assert run("undo", number, "--why", "传错文件").exit_code == 1


def test_an_export_is_read_back_as_unchanged(run: Run, good: Path, tmp_path: Path) -> None:
    run("import", "enterprise", good, "--apply", "--why", "年度名录")
    done = run("export", "enterprise", tmp_path / "out.xlsx")
    assert "2 rows" in done.output
    again = run("import", "enterprise", tmp_path / "out.xlsx")
    assert "0 new, 0 changed, 2 as they are" in again.output


def test_templates_have_the_headings_of_their_kind(run: Run, tmp_path: Path) -> None:
    assert run("template", "enterprise", tmp_path / "t.xlsx").exit_code == 0
    heads = next(load_workbook(tmp_path / "t.xlsx").active.iter_rows(values_only=True))
    sheet = SHEETS["enterprise"]
    assert list(heads) == [sheet.heading(name) for name in sheet.names]
    assert "enterprise" in run("kinds").output


def test_who_has_no_right_is_refused_and_anothers_import_is_not_there(
    run: Run, good: Path, person: Any
) -> None:
    person("值班员", name="duty")
    refused = run("import", "enterprise", good, account="duty")
    assert refused.exit_code == 1
    assert "may not import" in refused.output
    assert run("export", "enterprise", good.with_suffix(".xlsx"), account="duty").exit_code == 1
    run("import", "enterprise", good)
    number = ImportFile.objects.get().pk
    assert run("apply", number, "--why", "x", account="duty").exit_code == 1
    assert run("import", "enterprise", good, account="nobody").exit_code == 1


def test_an_unknown_kind_is_told(run: Run, good: Path) -> None:
    done = run("import", "entreprise", good)
    assert done.exit_code == 2
    assert "enterprise" in done.output
